"""A text hidden for good: from readers, from its author, from every door; the row stays as proof."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections
from wiki.acts.safety.suppression import suppress
from wiki.acts.writing import drafts
from wiki.models import Event, Notice, Publication, PublishedPage, Revision, Suppression
from wiki.policy.refusal import Refused
from wiki.screens.review import open_review_screen


@remembered
def versions(published, clinician, moderator):
    """Return three versions that were in force one after the other; the last one is."""
    first = PublishedPage.objects.get(page=published).publication.revision
    more = [
        cast.approve(cast.propose_change(published, clinician, summary=words), moderator).revision
        for words in ("The second.", "The third.")
    ]
    return [first, *more]


def seen_by(person):
    return set(Revision.objects.visible_to(person))


def test_an_old_version_is_hidden_from_all_but_moderators_and_administrators(
    versions, reader, clinician, moderator, administrator
):
    suppress(versions[0].pk, by=moderator, reason="A patient’s name.")

    assert [versions[0] in seen_by(one) for one in (AnonymousUser(), reader, clinician)] == [False] * 3
    assert [versions[0] in seen_by(one) for one in (moderator, administrator)] == [True, True]
    assert PublishedPage.objects.get().publication.revision == versions[2]


def test_a_writer_does_not_see_by_a_comparison_what_was_suppressed(versions, published, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="Waits.")
    suppress(versions[2].pk, by=moderator, reason="A patient’s name.")

    assert open_review_screen(waiting, by=clinician).before is None
    assert open_review_screen(waiting, by=moderator).before == versions[2].document


def test_row_and_digest_stay_and_the_act_is_on_record(versions, clinician, moderator):
    suppress(versions[0].pk, by=moderator, reason="A patient’s name.")

    kept = Revision.objects.get(pk=versions[0].pk)
    assert (kept.digest, kept.document.digest()) == (versions[0].digest, versions[0].digest)
    assert Event.objects.filter(act="suppress", revision=kept, actor=moderator).exists()
    assert Notice.objects.filter(recipient=clinician, event__act="suppress").exists()


def test_edge_17_suppressing_what_is_in_force_takes_it_back_to_one_that_is_not_suppressed(
    versions, moderator
):
    suppress(versions[1].pk, by=moderator, reason="The same name.")

    instead = suppress(versions[2].pk, by=moderator, reason="A patient’s name.")

    assert instead is not None
    assert instead.revision == versions[0]
    assert PublishedPage.objects.get().summary == versions[0].document.summary


def test_edge_17_with_nothing_left_the_page_is_under_review_and_no_edit_begins_with_it(
    published, clinician, moderator
):
    only = PublishedPage.objects.get(page=published).publication.revision

    assert suppress(only.pk, by=moderator, reason="A libel.") is None
    assert not PublishedPage.objects.filter(page=published).exists()
    assert drafts.begins_with(published) is None
    with pytest.raises(Refused, match="was suppressed"):
        drafts.revert(Revision.objects.get(pk=only.pk), author=clinician)


def test_a_returned_text_that_was_suppressed_is_not_begun_again(published, clinician, moderator):
    sent = cast.propose_change(published, clinician)
    review.reject(sent.pk, by=moderator, reason="A name.")
    suppress(sent.pk, by=moderator, reason="A name.")

    with pytest.raises(Refused, match="was suppressed"):
        drafts.resume(sent, author=clinician)


def test_it_is_refused_with_a_sentence(versions, published, clinician, moderator):
    draft = cast.make_edit(published, clinician, summary="Begun.")
    waiting = cast.submit(cast.make_edit(published, moderator, summary="Waiting."))
    suppress(versions[0].pk, by=moderator, reason="A name.")

    for revision, by, reason, sentence in (
        (versions[1], clinician, "Why.", "Only a moderator"),
        (versions[0], moderator, "Why.", "suppressed already"),
        (draft, moderator, "Why.", "only its author sees it"),
        (waiting, moderator, "Why.", "Reject it first"),
        (versions[1], moderator, " ", "Say why"),
        (versions[1], moderator, "x" * 402, "Shorten this by 2 characters"),
    ):
        with pytest.raises(Refused, match=sentence):
            suppress(revision.pk, by=by, reason=reason)


def test_the_database_holds_it_too(versions, moderator):
    live = Publication.objects.open().get()
    suppress(versions[0].pk, by=moderator, reason="A name.")

    with pytest.raises(IntegrityError, match="cannot be published"), transaction.atomic():
        Publication.objects.create(
            page=live.page,
            revision=versions[0],
            verdict=versions[0].verdicts.get(),
            in_force=live.in_force,
        )
    with pytest.raises(IntegrityError, match="in force or waits"), transaction.atomic():
        Suppression.objects.create(
            revision=versions[2], by=moderator, by_name="Dr", reason="Why.", at=live.since
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Suppression.objects.update(reason="Other.")


def test_a_correction_of_a_page_left_without_text_waits_for_nobody(published, moderator, second_moderator):
    one = corrections.propose(
        published, passage="A second paragraph.", replacement="", reason="Why.", by=moderator
    )
    suppress(
        PublishedPage.objects.get(page=published).publication.revision_id, by=moderator, reason="A libel."
    )

    with pytest.raises(Refused, match="nothing to correct"):
        corrections.second(one.pk, by=second_moderator, digest=one.digest)
