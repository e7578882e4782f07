"""Own words that somebody typed and did not send in: discarded with the draft, or deleted from it."""

from dataclasses import replace

import pytest

from tests import cast
from tests.acts.reviewing.returning import (
    MORE,
    THEIRS,
    live_of,
    retiring,
    sent_in,
    signed_by_another_only,
    with_theirs,
)
from wiki.acts.writing import drafts, submission
from wiki.models import DeletedWords, User
from wiki.policy.refusal import Refused


@pytest.fixture
def topic(published):
    return published


@pytest.fixture
def writer(moderator):
    """Return the moderator whose words come back."""
    return moderator


def _discarded(topic, writer, second, colleague):
    drafts.discard(cast.make_edit(topic, writer, body=with_theirs(topic)), by=writer)
    return sent_in(topic, colleague, with_theirs(topic))


def _edited_out(topic, writer, second, colleague):
    """The draft that lost the words stays open."""
    draft = cast.make_edit(topic, writer, body=with_theirs(topic))
    drafts.save(draft, live_of(topic).document, by=writer)
    return sent_in(topic, colleague, with_theirs(topic))


def _edited_out_and_sent_in(topic, writer, second, colleague):
    draft = cast.make_edit(topic, writer, body=with_theirs(topic))
    draft = drafts.save(draft, replace(live_of(topic).document, summary=MORE), by=writer)
    cast.approve(cast.submit(draft), second)
    return sent_in(topic, colleague, with_theirs(topic))


def _edited_out_and_discarded(topic, writer, second, colleague):
    draft = cast.make_edit(topic, writer, body=with_theirs(topic))
    draft = drafts.save(draft, live_of(topic).document, by=writer)
    drafts.discard(draft, by=writer)
    return sent_in(topic, colleague, with_theirs(topic))


def _lost_in_a_conflict(topic, writer, second, colleague):
    draft = cast.make_edit(topic, writer, body=with_theirs(topic))
    cast.approve(sent_in(topic, User.objects.get(username="clinician"), f"{MORE} It is short."), second)
    submission.settle(draft, live_of(topic).document, by=writer)
    return sent_in(topic, colleague, with_theirs(topic))


def _typed_into_a_form_that_is_not_whole(topic, writer, second, colleague):
    """A note of a statement about a page that is not chosen yet is no part of a document."""
    draft = cast.make_edit(topic, writer)
    typed = {"head": {"body": draft.document.body}, "statements": [{"note": THEIRS}]}
    drafts.save(draft, draft.document, by=writer, typed=typed)
    return sent_in(topic, colleague, with_theirs(topic))


def _deleted_from_a_form_that_is_not_whole(topic, writer, second, colleague):
    draft = cast.make_edit(topic, writer)
    typed = {"head": {"body": draft.document.body}, "statements": [{"note": THEIRS}]}
    draft = drafts.save(draft, draft.document, by=writer, typed=typed)
    drafts.save(draft, draft.document, by=writer)
    return sent_in(topic, colleague, with_theirs(topic))


def _discarded_and_edited(topic, writer, second, colleague):
    drafts.discard(cast.make_edit(topic, writer, body=with_theirs(topic)), by=writer)
    edited = THEIRS.replace("a person", "any patient").replace("work well", "work").replace("e", "е")
    return sent_in(topic, colleague, f"{edited}\n\n{live_of(topic).document.body}")


def _discarded_on_a_page_that_is_merged_into_it(topic, writer, second, colleague):
    goes = cast.make_page(colleague, second)
    draft = cast.make_edit(goes, writer, body=f"{live_of(goes).document.body}\n\n{THEIRS}")
    drafts.discard(draft, by=writer)
    retiring(goes, topic, colleague)
    return sent_in(topic, colleague, with_theirs(topic))


PATHS = {
    "typed into a draft that was discarded": _discarded,
    "typed into a draft and deleted there": _edited_out,
    "deleted from a draft before it was sent in": _edited_out_and_sent_in,
    "deleted from a draft that was discarded": _edited_out_and_discarded,
    "given up in a conflict": _lost_in_a_conflict,
    "typed into a form that is not whole": _typed_into_a_form_that_is_not_whole,
    "deleted from a form that is not whole": _deleted_from_a_form_that_is_not_whole,
    "discarded, then edited by another": _discarded_and_edited,
    "discarded on a page that is merged into it": _discarded_on_a_page_that_is_merged_into_it,
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_nobody_signs_what_they_typed_and_deleted(
    path, topic, writer, second_moderator, colleague, clinician
):
    waiting = path(topic, writer, second_moderator, colleague)

    signed_by_another_only(waiting, writer, second_moderator)


def test_a_refusal_says_that_the_words_were_not_sent_in(topic, writer, second_moderator, colleague):
    waiting = _discarded(topic, writer, second_moderator, colleague)

    with pytest.raises(
        Refused, match="you wrote in a draft of this page and did not send in: “Never give bis"
    ):
        cast.sign(waiting, writer)


def test_what_somebody_only_took_out_of_the_published_text_is_not_theirs(
    topic, writer, second_moderator, colleague, clinician
):
    cast.approve(sent_in(topic, clinician, with_theirs(topic)), second_moderator)
    draft = drafts.edit(topic, author=writer)
    draft = drafts.save(draft, replace(draft.document, body=MORE), by=writer)
    cast.approve(sent_in(topic, clinician, f"{MORE} It is short."), second_moderator)
    submission.settle(draft, live_of(topic).document, by=writer)
    again = sent_in(topic, colleague, f"{live_of(topic).document.body}\n\n{THEIRS}")

    assert (cast.approve(again, writer)).until is None


def test_what_was_deleted_after_it_was_sent_in_by_another_is_not_theirs(topic, writer, colleague):
    waiting = sent_in(topic, colleague, with_theirs(topic))
    drafts.discard(cast.make_edit(topic, writer, body=with_theirs(topic)), by=writer)

    assert (cast.approve(waiting, writer)).until is None


def test_of_deleted_words_no_text_is_kept_and_of_none_nothing(topic, writer):
    drafts.discard(drafts.edit(topic, author=writer), by=writer)
    assert not DeletedWords.objects.exists()

    drafts.discard(cast.make_edit(topic, writer, body=with_theirs(topic)), by=writer)

    (kept,) = DeletedWords.objects.values("page", "author", "numbers")
    assert (kept["page"], kept["author"]) == (topic.pk, writer.pk)
    assert kept["numbers"]
    assert all(isinstance(one, int) for one in kept["numbers"])
