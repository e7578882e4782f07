"""Own words: nobody signs what they typed, by whatever path it comes back to readers."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests import cast
from tests.acts.reviewing.returning import (
    MORE,
    THEIRS,
    live_of,
    refused_to,
    retiring,
    sent_in,
    signed_by_another_only,
    with_theirs,
)
from tests.reviewing import at, signed_in, verdict_on, words
from wiki.acts.people import disclosures
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.models import Revision, User
from wiki.policy import own_words
from wiki.policy.refusal import Conflict, Refused

REASON = "Wrong and dangerous."


@pytest.fixture
def topic(published):
    return published


@pytest.fixture
def writer(moderator):
    """Return the moderator whose words come back."""
    return moderator


def reverted(topic, writer, second_moderator):
    """Return the writer's version, published by a colleague and reverted."""
    theirs = sent_in(topic, writer, with_theirs(topic))
    cast.approve(theirs, second_moderator)
    review.unapprove(theirs.pk, by=second_moderator, reason=REASON)
    return theirs


def test_own_words_kept_in_a_conflict_after_a_revert_bar_their_author(
    topic, writer, second_moderator, colleague
):
    theirs = sent_in(topic, writer, with_theirs(topic))
    cast.approve(theirs, second_moderator)
    draft = drafts.edit(topic, author=colleague)
    edited = draft.document.body.replace(THEIRS, f"{THEIRS} {MORE}")
    draft = drafts.save(draft, replace(draft.document, body=edited), by=colleague, impact="wording")
    review.unapprove(theirs.pk, by=second_moderator, reason=REASON)
    with pytest.raises(Conflict):
        cast.submit(draft)
    draft = submission.settle(draft, draft.document, by=colleague)

    waiting = cast.submit(draft)

    refused_to(writer, waiting)
    page_seen = words(signed_in(second_moderator).get(at("review", waiting)))
    assert "it holds words that were reverted" in page_seen
    assert REASON in page_seen
    assert "Written by Dr Tomás Rey and Dr Amara Osei." in page_seen
    assert (cast.approve(waiting, second_moderator)).until is None


def test_own_words_restored_from_an_old_version_bar_their_author(topic, writer, second_moderator, colleague):
    theirs = reverted(topic, writer, second_moderator)
    browser = signed_in(colleague)
    address = f"{reverse('edit', args=[live_of(topic).slug])}?from={theirs.number}"
    form = browser.get(address).context["form"]
    assert f'name="from" value="{theirs.number}"' in browser.get(address).content.decode()
    posted = {"title": theirs.title, "kind": theirs.kind, "body": form.document.body}
    posted |= {"summary": theirs.document.summary, "act": "save", "from": theirs.number}
    browser.post(address, posted | {"base": live_of(topic).pk})
    draft = Revision.objects.drafts_of(colleague).get()

    waiting = cast.submit(draft)

    assert draft.second_parent == theirs
    assert waiting.events.get(act="submit").data["restores"] == theirs.number
    refused_to(writer, waiting)


def test_authors_cannot_republish_own_words_by_taking_back_their_removal(
    topic, writer, second_moderator, clinician
):
    cast.approve(sent_in(topic, writer, with_theirs(topic)), second_moderator)
    removing = sent_in(topic, clinician, live_of(topic).document.body.replace(THEIRS, MORE))
    cast.approve(removing, second_moderator)

    with pytest.raises(Refused, match="you wrote in version 2"):
        review.unapprove(removing.pk, by=writer, reason=REASON)

    assert live_of(topic) == removing
    assert review.unapprove(removing.pk, by=second_moderator, reason=REASON)


def test_ones_own_error_can_be_reverted(topic, writer, second_moderator):
    theirs = sent_in(topic, writer, with_theirs(topic))
    cast.approve(theirs, second_moderator)

    assert review.unapprove(theirs.pk, by=writer, reason=REASON)


def test_taking_back_is_refused_with_a_declared_interest(topic, writer, second_moderator, clinician):
    other = sent_in(topic, clinician, with_theirs(topic))
    cast.approve(other, second_moderator)
    disclosures.declare(writer, [disclosures.Declared("employment", "A firm", pages=[topic])])

    with pytest.raises(Refused, match="You declared"):
        review.unapprove(other.pk, by=writer, reason=REASON)


def copied_after(ending):
    """Return a life in which the writer's version ends unpublished and a colleague copies its words."""

    def life(topic, writer, second, colleague):
        theirs = sent_in(topic, writer, with_theirs(topic))
        ending(theirs, writer, second)
        return sent_in(topic, colleague, with_theirs(topic))

    return life


def _moved_and_edited(topic, writer, second, colleague):
    reverted(topic, writer, second)
    edited = THEIRS.replace("a person", "any patient").replace("work well", "work")
    return sent_in(topic, colleague, f"{edited}\n\n{live_of(topic).document.body}")


def _in_the_summary(topic, writer, second, colleague):
    reverted(topic, writer, second)
    return cast.propose_change(topic, colleague, summary=THEIRS)


def _in_a_note(topic, writer, second, colleague):
    reverted(topic, writer, second)
    cast.make_source(colleague)
    other = cast.make_page(colleague, second)
    return cast.propose_change(topic, colleague, statements=(cast.statement(other, note=THEIRS),))


def _built_upon_by_somebody_else(topic, writer, second, colleague):
    reverted(topic, writer, second)
    first = sent_in(topic, colleague, with_theirs(topic))
    clinician = User.objects.get(username="clinician")
    return cast.build(first, clinician, summary="Other plain words of the summary.")


def _rebased(topic, writer, second, colleague):
    reverted(topic, writer, second)
    waiting = sent_in(topic, colleague, with_theirs(topic))
    clinician = User.objects.get(username="clinician")
    cast.approve(cast.propose_change(topic, clinician, summary="Other plain words of it."), second)
    return review.rebase(waiting.pk, by=second)


def _long_ago(topic, writer, second, colleague):
    cast.approve(sent_in(topic, writer, with_theirs(topic)), second)
    clinician = User.objects.get(username="clinician")
    cast.approve(sent_in(topic, clinician, live_of(topic).document.body.replace(THEIRS, MORE)), second)
    return sent_in(topic, colleague, with_theirs(topic))


def _over_two_people(topic, writer, second, colleague):
    reverted(topic, writer, second)
    first = sent_in(topic, colleague, with_theirs(topic))
    review.reject(first.pk, by=second, reason=REASON)
    clinician = User.objects.get(username="clinician")
    return sent_in(topic, clinician, f"{THEIRS}\n\n{live_of(topic).document.body}")


def _with_hidden_characters(topic, writer, second, colleague):
    reverted(topic, writer, second)
    return sent_in(topic, colleague, with_theirs(topic, words=THEIRS.replace("e", "е").upper()))


def _after_everything_was_reverted(topic, writer, second, colleague):
    theirs = reverted(topic, writer, second)
    review.unapprove(live_of(topic).pk, by=second, reason=REASON)
    return sent_in(topic, colleague, f"{live_of(topic).document.body}\n\n{theirs.document.body}")


def _from_a_page_that_is_merged_into_it(topic, writer, second, colleague):
    goes = cast.make_page(colleague, second)
    theirs = cast.propose_change(goes, writer, body=f"{live_of(goes).document.body}\n\n{THEIRS}")
    review.reject(theirs.pk, by=second, reason=REASON)
    retiring(goes, topic, colleague)
    return sent_in(topic, colleague, with_theirs(topic))


def _in_a_draft_that_stays_open(topic, writer, second, colleague):
    cast.make_edit(topic, writer, body=with_theirs(topic))
    return sent_in(topic, colleague, with_theirs(topic))


def _from_a_draft_of_a_page_that_is_merged_into_it(topic, writer, second, colleague):
    goes = cast.make_page(colleague, second)
    cast.make_edit(goes, writer, body=f"{live_of(goes).document.body}\n\n{THEIRS}")
    retiring(goes, topic, colleague)
    return sent_in(topic, colleague, with_theirs(topic))


def _from_a_page_that_was_retired_for_it(topic, writer, second, colleague):
    """Nobody can read the words of a retired page, so they are new on the page that took its place."""
    goes = cast.make_page(colleague, second)
    theirs = cast.propose_change(goes, writer, body=f"{live_of(goes).document.body}\n\n{THEIRS}")
    cast.approve(theirs, second)
    cast.approve(retiring(goes, topic, colleague), second)
    return sent_in(topic, colleague, with_theirs(topic))


PATHS = {
    "rejected, then copied": copied_after(lambda one, w, m: review.reject(one.pk, by=m, reason=REASON)),
    "sent back, then copied": copied_after(
        lambda one, w, m: review.request_changes(one.pk, by=m, reason=REASON)
    ),
    "withdrawn, then copied": copied_after(lambda one, w, m: submission.withdraw(one, by=w)),
    "still waiting, and copied": copied_after(lambda one, w, m: None),
    "moved and edited": _moved_and_edited,
    "put into the summary": _in_the_summary,
    "put into a statement's note": _in_a_note,
    "built upon by somebody else": _built_upon_by_somebody_else,
    "rebased": _rebased,
    "read by readers long ago": _long_ago,
    "passed on by two people": _over_two_people,
    "with hidden characters": _with_hidden_characters,
    "after everything was reverted": _after_everything_was_reverted,
    "typed into a draft that is open": _in_a_draft_that_stays_open,
    "from a draft of a page that is merged into it": _from_a_draft_of_a_page_that_is_merged_into_it,
    "from a page that is merged into it": _from_a_page_that_is_merged_into_it,
    "from a page that was retired for it": _from_a_page_that_was_retired_for_it,
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_no_path_brings_own_words_back_by_ones_own_signature(
    path, topic, writer, second_moderator, colleague, clinician
):
    waiting = path(topic, writer, second_moderator, colleague)

    signed_by_another_only(waiting, writer, second_moderator)


def test_a_refusal_names_the_draft_that_holds_the_words(topic, writer, colleague):
    waiting = _in_a_draft_that_stays_open(topic, writer, None, colleague)

    with pytest.raises(Refused, match="you wrote in your draft of this page: “Never give bisphosphonates"):
        cast.sign(waiting, writer)


def test_what_somebody_copies_into_a_draft_after_it_was_sent_in_is_not_theirs(
    topic, writer, second_moderator, colleague
):
    waiting = sent_in(topic, colleague, with_theirs(topic))
    cast.make_edit(topic, writer, body=with_theirs(topic))

    assert (cast.approve(waiting, writer)).until is None


def test_drafts_of_others_are_shown_to_nobody(topic, writer, second_moderator, colleague):
    waiting = _in_a_draft_that_stays_open(topic, writer, None, colleague)

    assert {one.revision for one in own_words.stems_of(waiting, live_of(topic))} == {waiting}
    assert own_words.stems_of(waiting, live_of(topic), by=[second_moderator.pk]) == []


def test_posting_an_approval_of_own_words_is_refused(topic, writer, second_moderator, colleague):
    waiting = _over_two_people(topic, writer, second_moderator, colleague)

    answer = signed_in(writer).post(at("approve", waiting), verdict_on(waiting))

    assert answer.status_code == 409
    assert "you wrote in version 2, which was reverted" in words(answer)
    assert not waiting.verdicts.filter(decision="approve").exists()


def test_an_author_of_other_words_may_sign(topic, writer, second_moderator, colleague):
    theirs = sent_in(topic, writer, with_theirs(topic))
    review.reject(theirs.pk, by=second_moderator, reason=REASON)

    assert (cast.approve(sent_in(topic, colleague, with_theirs(topic, words=MORE)), writer)).until is None


def test_an_author_of_published_words_may_sign(topic, writer, second_moderator, colleague):
    cast.approve(sent_in(topic, writer, with_theirs(topic)), second_moderator)
    moved = live_of(topic).document.body.replace(f"\n\n{THEIRS}", "")

    assert (cast.approve(sent_in(topic, colleague, f"{THEIRS}\n\n{moved}\n\n{MORE}"), writer)).until is None


def test_an_author_who_built_on_words_is_not_their_source(
    topic, writer, second_moderator, colleague, clinician
):
    theirs = sent_in(topic, colleague, with_theirs(topic))
    built = cast.build(theirs, writer, summary="Other plain words of the summary.")
    review.reject(built.pk, by=second_moderator, reason=REASON)
    review.reject(theirs.pk, by=second_moderator, reason=REASON)

    stems = own_words.stems_of(sent_in(topic, clinician, with_theirs(topic)), live_of(topic))

    assert {one.revision.author for one in stems if one.revision.author != clinician} == {colleague}


def test_a_version_without_restored_words_stems_only_from_itself(topic, colleague, clinician):
    waiting = cast.propose_change(topic, colleague, summary="Other plain words of the summary.")

    stems = own_words.stems_of(waiting, live_of(topic))

    assert [one.revision for one in stems] == [waiting]


def test_words_do_not_stem_from_who_sent_them_in_later(topic, colleague, clinician):
    first, later = (sent_in(topic, one, with_theirs(topic)) for one in (colleague, clinician))

    stems = [own_words.stems_of(one, live_of(topic)) for one in (first, later)]

    assert [[one.revision for one in found] for found in stems] == [[first], [first, later]]
