"""Going live and being reverted: intervals, addresses, what waited beneath, when review is due."""

import datetime as dt
from dataclasses import replace

import pytest

from tests import cast
from wiki.acts.reviewing import diff_views, review
from wiki.acts.writing import drafts
from wiki.domain.lifecycle import State
from wiki.models import Address, Ending, Event, Publication, PublishedPage, Revision, clock
from wiki.policy import due_dates
from wiki.policy.refusal import NotReady, Refused
from wiki.text.document import Retirement


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "kind", "due"),
    [
        ("2026-05-03", "condition", "2028-05-03"),
        ("2026-05-03", "drug", "2027-05-03"),
        ("2026-05-03", "symptom", "2029-05-03"),
        ("2026-05-03", "anatomy", "2031-05-03"),
        ("2024-02-29", "treatment", "2025-02-28"),
        ("2026-12-31", "test", "2027-12-31"),
    ],
)
def test_the_next_review_is_due_after_the_months_of_the_kind(moment, kind, due):
    assert due_dates.due_after(at(moment), kind) == dt.date.fromisoformat(due)


def test_a_publication_ends_at_the_moment_the_next_begins(published, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    first, second = Publication.objects.filter(page=published).order_by("pk")
    assert first.until == second.since
    assert (first.ending, second.ending, second.until) == (Ending.REPLACED, "", None)


def test_a_renamed_page_keeps_its_old_address(published, clinician, moderator):
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, title="Low parathyroid hormone")), moderator
    )

    assert set(published.addresses.values_list("slug", flat=True)) == {
        "hypoparathyroidism",
        "low-parathyroid-hormone",
    }
    assert PublishedPage.objects.get(page=published).slug == "low-parathyroid-hormone"


def test_a_page_can_take_its_old_title_again(published, clinician, moderator):
    for title in ("Low parathyroid hormone", "Hypoparathyroidism"):
        cast.approve(cast.submit(cast.make_edit(published, clinician, title=title)), moderator)

    assert PublishedPage.objects.get(page=published).slug == "hypoparathyroidism"
    assert Address.objects.filter(page=published).count() == 2


def test_approving_a_child_includes_its_parent_and_tells_its_author(
    published, clinician, colleague, moderator
):
    beneath = cast.submit(cast.make_edit(published, clinician, summary="Beneath."))
    draft = drafts.build_on(beneath, author=colleague)
    words = cast.document("Hypoparathyroidism", summary="Above.")
    cast.approve(cast.submit(drafts.save(draft, words, by=colleague)), moderator)

    assert Revision.objects.get(pk=beneath.pk).state == State.INCLUDED
    assert Event.objects.get(act="include").data == {"into": 3}
    approval = Event.objects.filter(act="approve").latest("pk")
    assert approval.data["authors"] == sorted([clinician.pk, colleague.pk])
    assert clinician.notices.filter(event=approval).exists()


def test_a_page_with_every_version_reverted_is_not_published(published, moderator):
    live = PublishedPage.objects.get(page=published).publication.revision

    assert review.unapprove(live.pk, by=moderator, reason="Wrong.") is None

    assert not Publication.objects.open().exists()
    assert Publication.objects.get().ending == Ending.UNAPPROVED
    assert not PublishedPage.objects.exists()
    assert published.addresses.exists()


def test_a_page_under_review_goes_live_again(published, colleague, moderator):
    live = PublishedPage.objects.get(page=published).publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    cast.approve(cast.submit(drafts.edit(published, author=colleague)), moderator)

    assert PublishedPage.objects.get(page=published).title == "Hypoparathyroidism"


def test_taking_back_restores_the_previous_publication_with_its_facts(published, clinician, moderator):
    first = Publication.objects.get(page=published)
    second = cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    fallback = review.unapprove(second.revision_id, by=moderator, reason="Wrong.")

    assert fallback is not None
    kept = ("revision", "verdict", "way", "loaded", "whole_page_review", "changes", "signed", "likeness")
    assert [getattr(fallback, name) for name in kept] == [getattr(first, name) for name in kept]
    second.refresh_from_db()
    assert fallback.since == second.until


def test_a_clock_set_back_never_makes_a_publication_end_before_it_begins(
    published, clinician, moderator, monkeypatch
):
    first = Publication.objects.get(page=published)
    waiting = cast.propose_change(published, clinician)
    diff_views.open_comparison(waiting, by=moderator)
    monkeypatch.setattr(clock, "now", lambda: first.since - dt.timedelta(hours=1))

    second = review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting))

    first.refresh_from_db()
    assert second is not None
    assert first.until is not None
    assert first.since < first.until == second.since


def test_no_page_goes_live_at_the_address_of_another(published, clinician, moderator, monkeypatch):
    """The checks refuse it first; should they let it pass, the act still does."""
    draft = drafts.propose(cast.document("Gout"), author=clinician)
    waiting = cast.submit(draft)
    cast.load_page("Gout")
    monkeypatch.setattr(review, "_stopping", lambda act: [])

    with pytest.raises(Refused, match="Another page has the address /wiki/gout/"):
        cast.sign(waiting, moderator)

    assert not Publication.objects.filter(revision=waiting).exists()


def test_no_page_retires_for_one_that_readers_do_not_see(published, clinician, moderator, monkeypatch):
    other = cast.make_page(clinician, moderator, "Gout")
    draft = cast.make_edit(other, clinician)
    retired = replace(draft.document, retirement=Retirement("It is in the other one.", published.pk))
    draft = drafts.save(draft, retired, by=clinician, impact="action", meaning="Look there.")
    waiting = cast.submit(draft, impact="action", meaning="Look there.")
    *earlier, last = map(cast.specialist_for, cast.needs_left(waiting))
    for signer in earlier:
        cast.sign(waiting, signer)
    review.unapprove(published.revisions.get().pk, by=moderator, reason="It is wrong.")
    monkeypatch.setattr(review, "_stopping", lambda act: [])

    with pytest.raises(NotReady):
        cast.sign(waiting, last)

    assert not Publication.objects.filter(revision=waiting).exists()
