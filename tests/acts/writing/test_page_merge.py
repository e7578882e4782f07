"""Merging two pages: submission, signatures, approval, rebase, revert."""

from dataclasses import replace

import pytest
from django.db import connection

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import disclosures
from wiki.acts.reviewing import diff_views, review
from wiki.acts.writing import drafts, page_merge, retirement, submission
from wiki.audit.verify import Proof
from wiki.domain.lifecycle import State
from wiki.domain.professions import Risk
from wiki.models import Event, Publication, PublishedPage, Revision, Role, Verdict
from wiki.policy import quorum
from wiki.policy.refusal import Conflict, Refused
from wiki.published.rebuild import rebuild
from wiki.screens.page_merge import preview_of
from wiki.screens.reviewing.queue_rows import waiting_for
from wiki.text.document import Retirement


@remembered
def second():
    return cast.make_user("second", Role.MODERATOR)


def states(*revisions):
    return [Revision.objects.get(pk=one.pk).state for one in revisions]


def live(page):
    published = Publication.objects.live_of(page)
    assert published is not None
    return published.revision


def retiring_half(sent):
    half = sent.retiring_half()
    assert half is not None
    return half


def troubles():
    connection.check_constraints()
    return list(map(str, Proof().troubles()))


def not_as_derived():
    return [(page, found) for page, found in rebuild() if found]


# --- What can be merged ------------------------------------------------------------------------------------


def test_a_page_is_not_merged_with_itself(published, clinician):
    with pytest.raises(Refused, match="with itself"):
        page_merge.merge_pages(published, published, by=clinician)


def test_merging_a_retired_page_is_refused(published, stays, clinician, moderator):
    retired = retirement.retire(stays, by=clinician, retirement=Retirement("Why."))
    cast.approve(retired, moderator)

    for goes, other in ((published, stays), (stays, published)):
        with pytest.raises(Refused, match="not published"):
            page_merge.merge_pages(goes, other, by=clinician)


def test_merging_a_page_under_review_is_refused(published, stays, clinician, moderator):
    review.unapprove(
        PublishedPage.objects.get(page=published).publication.revision_id, by=moderator, reason="Wrong."
    )

    with pytest.raises(Refused, match="not published"):
        page_merge.merge_pages(published, stays, by=clinician)


def test_a_reader_cannot_merge_pages(published, stays, reader):
    with pytest.raises(Refused, match="Only clinicians and moderators may write"):
        page_merge.merge_pages(published, stays, by=reader)


def test_a_merge_lists_dropped_and_doubled_statements(stays, clinician, moderator):
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    rows = cast.statement(stays), cast.statement(seizures, grade="high")
    goes = cast.make_page(clinician, moderator, statements=rows)
    row = cast.statement(seizures)
    cast.approve(cast.submit(cast.make_edit(stays, clinician, statements=(row,))), moderator)

    merging = preview_of(goes, stays, reader=clinician)

    assert merging.dropped == 1
    assert merging.doubled == [("Seizures", row, rows[1])]
    assert merging.whole.statements == (row,)


# --- One submission ----------------------------------------------------------------------------------------


def test_a_merge_is_one_submission_of_two_revisions(published, stays, merging, moderator):
    staying, going = merging

    assert (staying.page, going.page) == (stays, published)
    assert going.document.retirement == Retirement(
        "This page was merged into “Low parathyroid hormone”.", stays.pk
    )
    assert replace(going.document, retirement=None) == live(published).document
    assert list(Revision.objects.waiting()) == [staying]
    assert [row.nature for row in waiting_for(moderator)] == ["Merges two pages"]
    assert not troubles()


def test_approving_a_merge_publishes_both_halves(published, stays, merging, moderator):
    cast.approve(merging[0], moderator)

    assert states(*merging) == [State.APPROVED, State.APPROVED]
    assert (live(stays), live(published)) == merging
    published.refresh_from_db()
    assert published.replaced_by == stays
    assert "A third paragraph." in live(stays).document.body
    for half in merging:
        assert Event.objects.filter(page=half.page_id, act="approve", revision=half).count() == 1
    assert not troubles()


def test_a_rebuild_after_a_page_merge_changes_nothing(published, stays, clinician, moderator):
    body = "See [[Hypoparathyroidism]] and [[Low parathyroid hormone]]."
    row = cast.statement(published)
    cast.make_page(clinician, moderator, "Thyroid surgery", body=body, statements=(row,))
    cast.approve(cast.submit(page_merge.merge_pages(published, stays, by=clinician)), moderator)

    assert not not_as_derived()


def test_a_merge_needs_the_signatures_of_both_halves(published, stays, merging):
    staying, going = merging
    alone = {"stays": live(stays), "goes": live(published)}
    needed = [one.label for one in staying.requirements.order_by("pk")]

    assert needed == [one.label for one in going.requirements.order_by("pk")]
    assert "retirement" in staying.rules
    for half, before in ((staying, alone["stays"]), (going, alone["goes"])):
        own = quorum.quorum_of(before.document, half.document, impact="wording")
        assert {*own.rules} <= {*staying.rules}
        assert len(own.needs) <= len(needed)
        assert list(Risk).index(staying.risk) <= list(Risk).index(own.risk)


def test_one_signature_is_stored_with_the_digest_of_each_half(merging, moderator):
    staying, going = merging
    cast.approve(staying, moderator)

    given = {
        half: {(one.reviewer_id, one.decided_at) for one in half.verdicts.all()} for half in (staying, going)
    }
    assert given[staying] == given[going]
    assert given[staying]
    assert {one.digest for one in going.verdicts.all()} == {going.digest}


def test_signing_a_merge_requires_having_seen_the_retiring_page(merging, moderator):
    staying = merging[0]
    diff_views.open_comparison(staying, by=moderator)

    for digest in ("", staying.digest, "0" * 64):
        with pytest.raises(Refused, match="both pages"):
            review.approve(staying.pk, by=moderator, shown=replace(cast.shown(staying), retires=digest))
    assert not Verdict.objects.filter(revision__in=merging).exists()


@pytest.mark.parametrize("act", ["reject", "request_changes"])
def test_turning_down_a_merge_turns_down_both_halves(merging, moderator, act):
    getattr(review, act)(merging[0].pk, by=moderator, reason="No.")

    expected = State.REJECTED if act == "reject" else State.CHANGES_REQUESTED
    assert states(*merging) == [expected, expected]
    assert {one.reason for one in Verdict.objects.filter(revision__in=merging)} == {"No."}
    assert not troubles()


def test_withdrawing_a_merge_withdraws_both_halves_and_it_can_be_resumed(
    merging, clinician, moderator, published
):
    submission.withdraw(merging[0], by=clinician)
    assert states(*merging) == [State.WITHDRAWN, State.WITHDRAWN]

    again = cast.submit(drafts.resume(merging[0], author=clinician))

    assert retiring_half(again).page == published
    cast.approve(again, moderator)
    assert live(published).document.retirement
    assert not troubles()


def test_acts_on_the_retiring_half_alone_are_refused(merging, clinician, colleague, moderator):
    going = merging[1]
    acts = [
        lambda: review.approve(going.pk, by=moderator, shown=cast.shown(going)),
        lambda: review.reject(going.pk, by=moderator, reason="No."),
        lambda: review.request_changes(going.pk, by=moderator, reason="No."),
        lambda: review.rebase(going.pk, by=moderator),
        lambda: submission.withdraw(going, by=clinician),
        lambda: drafts.build_on(going, author=colleague),
    ]
    for act in acts:
        with pytest.raises(Refused, match="one half of a merge"):
            act()

    submission.withdraw(merging[0], by=clinician)
    with pytest.raises(Refused, match="one half of a merge"):
        drafts.resume(going, author=clinician)


def test_a_revision_built_on_a_merge_merges_both_pages(merging, published, stays, colleague, moderator):
    child = cast.build(merging[0], colleague, summary="Other plain words of both.")
    cast.approve(child, moderator)

    assert states(*merging) == [State.INCLUDED, State.INCLUDED]
    assert live(published) == child.retiring_half()
    assert not troubles()


# --- Either page moves on ----------------------------------------------------------------------------------


def test_a_change_of_the_retiring_page_before_submission_is_merged_in(published, stays, clinician, colleague):
    draft = page_merge.merge_pages(published, stays, by=clinician)
    moderator = cast.make_user("third", Role.MODERATOR)
    body = live(published).document.body + "\n\nA fourth paragraph."
    cast.approve(cast.propose_change(published, colleague, body=body), moderator)

    with pytest.raises(submission.MergedWithNewVersion):
        cast.submit(draft)

    draft.refresh_from_db()
    assert "A fourth paragraph." in draft.document.body
    assert retiring_half(cast.submit(draft)).parent == live(published)


@pytest.mark.parametrize("which", ["goes", "stays"])
def test_a_merge_must_be_rebased_when_either_page_changed(
    published, stays, merging, colleague, moderator, which
):
    page = {"goes": published, "stays": stays}[which]
    body = live(page).document.body + "\n\nA fourth paragraph."
    cast.approve(cast.propose_change(page, colleague, body=body), moderator)

    (row,) = (one for one in waiting_for(moderator) if one.revision == merging[0])
    assert row.must_rebase
    with pytest.raises(Refused, match="must be rebased"):
        cast.sign(merging[0], moderator)
    merged = review.rebase(merging[0].pk, by=moderator)

    assert "A fourth paragraph." in merged.document.body
    cast.approve(merged, moderator)
    assert (live(stays), live(published)) == (merged, merged.retiring_half())
    assert states(*merging) == [State.INCLUDED, State.INCLUDED]
    assert not troubles()


def test_a_conflict_in_a_merge_is_settled_by_the_author(published, stays, clinician, colleague, moderator):
    draft = page_merge.merge_pages(published, stays, by=clinician)
    body = draft.document.body.replace("A third paragraph.", "A third paragraph of two pages.")
    sent = cast.submit(drafts.save(draft, replace(draft.document, body=body), by=clinician, impact="wording"))
    other = live(published).document.body.replace("A third paragraph.", "Something else.")
    cast.approve(cast.propose_change(published, colleague, body=other), moderator)

    with pytest.raises(Conflict):
        review.rebase(sent.pk, by=moderator)

    again = review.settle_conflict(sent, by=clinician)
    now = live(published).pk
    with pytest.raises(Conflict):
        submission.settle(
            again, again.document, by=clinician, compared_with=live(stays).pk, taken_over=now - 1
        )
    submission.settle(again, again.document, by=clinician, compared_with=live(stays).pk, taken_over=now)
    cast.approve(cast.submit(again), moderator)
    assert live(published).document.retirement


def test_a_merge_of_a_page_retired_meanwhile_becomes_an_edit_of_one_page(
    published, stays, merging, clinician, moderator
):
    cast.approve(retirement.retire(published, by=clinician, retirement=Retirement("Why.")), moderator)

    for act in (cast.sign, lambda one, by: review.rebase(one.pk, by=by)):
        with pytest.raises(Refused, match="cannot be merged"):
            act(merging[0], moderator)
    submission.withdraw(merging[0], by=clinician)
    draft = drafts.resume(merging[0], author=clinician)
    with pytest.raises(submission.MergedWithNewVersion, match="edit of this page alone"):
        cast.submit(draft)
    draft.refresh_from_db()
    sent = cast.submit(draft)

    assert sent.retiring_half() is None
    cast.approve(sent, moderator)
    assert not troubles()


# --- Who may not -------------------------------------------------------------------------------------------


def test_an_author_of_the_retiring_page_cannot_sign_the_merge(published, stays, clinician, moderator, second):
    words = "Own words of the second moderator that nobody has approved."
    body = f"{live(published).document.body}\n\n{words}"
    mine = cast.propose_change(published, second, body=body)
    review.reject(mine.pk, by=moderator, reason="No.")
    draft = page_merge.merge_pages(published, stays, by=clinician)
    whole = replace(draft.document, body=f"{draft.document.body}\n\n{words}")
    sent = cast.submit(drafts.save(draft, whole, by=clinician, impact="wording"))

    with pytest.raises(Refused, match="words that you wrote"):
        cast.sign(sent, second)


@pytest.mark.parametrize("which", ["goes", "stays"])
def test_an_interest_in_either_page_bars_acts_on_the_merge(published, stays, merging, second, which):
    page = {"goes": published, "stays": stays}[which]
    interest = disclosures.Declared("employment", "A firm", names=(live(page).title,))
    disclosures.declare(second, [interest])

    for act in (cast.sign, lambda one, by: review.reject(one.pk, by=by, reason="No.")):
        with pytest.raises(Refused, match="You declared"):
            act(merging[0], second)
