"""Verdicts: who may give them, on what, and what comes of them."""

import pytest

from tests import cast
from tests.moderating import behind_its_back
from tests.remembered import remembered
from wiki.acts.reviewing import diff_views, review
from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import (
    Decision,
    Event,
    Notice,
    Publication,
    PublishedPage,
    Requirement,
    Revision,
    User,
    Verdict,
)
from wiki.policy.refusal import Conflict, NotReady, Refused

FOURTH = "\n\nA fourth paragraph."


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician, summary="A new summary."))


@pytest.fixture
def overtaken(published, clinician, colleague, moderator):
    """Return a function that submits a change, then lets another one go live."""

    def submit(mine, theirs):
        revision = cast.submit(cast.make_edit(published, clinician, **mine))
        cast.approve(cast.submit(cast.make_edit(published, colleague, **theirs)), moderator)
        return revision

    return submit


BESIDE = {"summary": "My summary."}, {"body": cast.document().body + FOURTH}
CLASH = {"summary": "My summary."}, {"summary": "Their summary."}


def live_of(page):
    return PublishedPage.objects.get(page=page).publication.revision


def test_an_approval_is_signed_and_shown(published, waiting, moderator):
    before = live_of(published)
    checklist = [{"id": "sources", "text": "Sources say this", "blocking": True, "answer": "yes"}]

    diff_views.open_comparison(waiting, by=moderator)
    publication = review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting), checklist=checklist)

    verdict = waiting.verdicts.get()
    assert publication is not None
    assert publication.verdict == verdict
    assert (verdict.digest, verdict.compared_with, verdict.checklist) == (waiting.digest, before, checklist)
    assert (verdict.reviewer_name, verdict.reviewer_profession, verdict.reviewer_role) == (
        "Dr Amara Osei",
        "neuroradiologist",
        "Moderator",
    )
    assert live_of(published) == waiting


def test_a_signature_names_the_person_as_they_are_now(waiting, moderator):
    User.objects.filter(pk=moderator.pk).update(name="Prof Amara Osei")

    cast.approve(waiting, moderator)

    assert waiting.verdicts.get().reviewer_name == "Prof Amara Osei"


@pytest.mark.parametrize("act", ["approve", "request_changes", "reject"])
@pytest.mark.parametrize("username", ["clinician", "colleague", "reader", "admin"])
def test_only_moderators_review(waiting, username, act, colleague, reader, administrator):
    person = User.objects.get(username=username)

    with pytest.raises(Refused, match=r"Only a moderator may review|You are among the authors"):
        decide(act, waiting, by=person)

    assert Revision.objects.get(pk=waiting.pk).state == State.SUBMITTED
    assert not waiting.verdicts.exists()


def decide(act, revision, by):
    if act == "approve":
        return cast.sign(revision, by)
    return getattr(review, act)(revision.pk, by=by, reason="Because.")


@pytest.mark.parametrize("act", ["approve", "request_changes", "reject"])
def test_a_moderator_does_not_review_what_they_wrote(published, moderator, act):
    revision = cast.submit(cast.make_edit(published, moderator))

    with pytest.raises(Refused, match="You are among the authors of this change"):
        decide(act, revision, by=moderator)


def test_approving_without_opening_the_comparison_is_refused(waiting, moderator):
    with pytest.raises(Refused, match="You have not opened what this changes"):
        review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting))


@pytest.mark.parametrize("act", ["approve", "request_changes", "reject"])
def test_nobody_reviews_without_a_declaration_of_the_last_year(waiting, moderator, act):
    expired = "UPDATE wiki_disclosure SET expires_on = '2020-01-01' WHERE person_id = %s"
    behind_its_back(expired, moderator.pk)

    with pytest.raises(Refused, match="A declaration of interests from the last year is required"):
        decide(act, waiting, by=moderator)


def test_an_approval_is_refused_when_another_version_went_live_meanwhile(overtaken, moderator):
    revision = overtaken(*BESIDE)
    shown = ShownComparison(revision.digest, revision.parent_id)

    with pytest.raises(Refused, match="Another version went live while you were reading"):
        review.approve(revision.pk, by=moderator, shown=shown)


def test_an_approval_with_another_digest_than_shown_is_refused(waiting, moderator):
    shown = ShownComparison("0" * 64, waiting.parent_id)

    with pytest.raises(Refused, match="What you were shown is not what was submitted"):
        review.approve(waiting.pk, by=moderator, shown=shown)


def test_approving_an_outdated_change_is_refused_until_it_is_rebased(overtaken, moderator):
    revision = overtaken(*BESIDE)

    with pytest.raises(Refused, match="It must be rebased before it can be approved"):
        cast.approve(revision, moderator)


def test_an_approval_is_refused_when_the_title_was_taken_meanwhile(clinician, moderator):
    first, second = (cast.submit(drafts.propose(cast.document("Twins"), author=clinician)) for _ in "ab")
    cast.approve(first, moderator)

    with pytest.raises(NotReady, match="There is already a page at /wiki/twins/"):
        cast.approve(second, moderator)


def test_a_no_to_a_blocking_question_stops_the_approval(waiting, moderator):
    checklist = [
        {"text": "It is kind", "blocking": False, "answer": "no"},
        {"text": "Doses were checked", "blocking": True, "answer": "no"},
    ]
    diff_views.open_comparison(waiting, by=moderator)

    with pytest.raises(Refused, match="“Doses were checked” is answered No"):
        review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting), checklist=checklist)

    assert not waiting.verdicts.exists()


def test_approving_twice_gives_the_same_publication(waiting, moderator):
    publication = cast.approve(waiting, moderator)

    assert review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting)) == publication
    assert waiting.verdicts.count() == 1


def test_approving_a_reverted_revision_again_is_refused(waiting, moderator):
    cast.approve(waiting, moderator)
    review.unapprove(waiting.pk, by=moderator, reason="Wrong.")

    with pytest.raises(Refused, match="Dr Amara Osei was first: approval reverted"):
        cast.approve(waiting, moderator)


def test_a_revision_that_needs_two_signatures_waits_for_the_second(
    published, waiting, moderator, second_moderator
):
    Requirement.objects.create(revision=waiting, role="moderator", label="a second moderator")
    before = live_of(published)

    first = cast.sign(waiting, moderator)
    again = review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting))
    assert (first, again, live_of(published)) == (None, None, before)
    assert Event.objects.filter(act="sign", revision=waiting).count() == 1

    cast.sign(waiting, second_moderator)
    assert live_of(published) == waiting


def test_a_signature_of_a_former_moderator_does_not_count(published, waiting, moderator, second_moderator):
    Requirement.objects.create(revision=waiting, role="moderator", label="a second moderator")
    cast.sign(waiting, moderator)
    User.objects.filter(pk=moderator.pk).update(role="reader")

    assert cast.sign(waiting, second_moderator) is None


@pytest.mark.parametrize(
    ("act", "state"),
    [("request_changes", State.CHANGES_REQUESTED), ("reject", State.REJECTED)],
)
def test_turning_down_keeps_the_text_and_tells_the_author_why(waiting, clinician, moderator, act, state):
    verdict = getattr(review, act)(waiting.pk, by=moderator, reason="  The source says less. ")

    kept = Revision.objects.get(pk=waiting.pk)
    assert (kept.state, kept.document.summary) == (state, "A new summary.")
    assert (verdict.reason, verdict.digest) == ("The source says less.", waiting.digest)
    notice = Notice.objects.of_person(clinician).first()
    assert notice is not None
    assert (notice.event.act, notice.event.data["reason"]) == (act, "The source says less.")


@pytest.mark.parametrize("act", ["request_changes", "reject"])
@pytest.mark.parametrize("reason", ["", " \n "])
def test_turning_down_without_a_reason_is_refused(waiting, moderator, act, reason):
    with pytest.raises(Refused, match="Say why in a sentence"):
        getattr(review, act)(waiting.pk, by=moderator, reason=reason)


def test_authors_of_child_revisions_hear_of_a_rejection(waiting, colleague, moderator):
    draft = drafts.build_on(waiting, author=colleague)
    cast.submit(drafts.save(draft, cast.document("Hypoparathyroidism", summary="More."), by=colleague))

    review.reject(waiting.pk, by=moderator, reason="No.")

    assert Notice.objects.of_person(colleague).filter(event__act="reject").exists()


def test_a_clean_rebase_waits_with_both_parents_and_its_author(published, clinician, moderator, overtaken):
    revision = overtaken(*BESIDE)

    merged = review.rebase(revision.pk, by=moderator)

    assert (merged.state, merged.author, merged.number) == (State.SUBMITTED, clinician, 4)
    assert (merged.parent, merged.second_parent) == (live_of(published), revision)
    assert merged.document.summary == "My summary."
    assert merged.document.body.endswith("A fourth paragraph.")
    assert list(Revision.objects.waiting()) == [merged]


def test_an_author_can_rebase_their_change(clinician, overtaken):
    assert review.rebase(overtaken(*BESIDE).pk, by=clinician).author == clinician


def test_a_clinician_cannot_rebase_another_persons_change(colleague, overtaken):
    with pytest.raises(Refused, match="Only its author, or a moderator"):
        review.rebase(overtaken(*BESIDE).pk, by=colleague)


def test_rebasing_an_up_to_date_change_is_refused(waiting, moderator):
    with pytest.raises(Refused, match="there is nothing to rebase"):
        review.rebase(waiting.pk, by=moderator)


def test_a_rebase_is_done_once(moderator, overtaken):
    revision = overtaken(*BESIDE)
    review.rebase(revision.pk, by=moderator)

    with pytest.raises(Refused, match="This has been rebased already"):
        review.rebase(revision.pk, by=moderator)


def test_a_rebase_that_conflicts_writes_nothing(moderator, overtaken):
    revision = overtaken(*CLASH)

    with pytest.raises(Conflict) as refusal:
        review.rebase(revision.pk, by=moderator)

    assert [one.field for one in refusal.value.merge.clashes] == ["summary"]
    assert list(Revision.objects.waiting()) == [revision]


def test_turning_down_a_rebased_revision_turns_down_the_original(moderator, overtaken):
    revision = overtaken(*BESIDE)
    merged = review.rebase(revision.pk, by=moderator)

    review.reject(merged.pk, by=moderator, reason="No.")

    assert not Revision.objects.waiting().exists()
    verdict = Verdict.objects.get(revision=revision)
    assert (verdict.decision, verdict.digest, verdict.reason) == (Decision.REJECT, revision.digest, "No.")


def test_an_author_settles_a_conflict_in_a_draft(published, clinician, overtaken, moderator):
    revision = overtaken(*CLASH)

    draft = review.settle_conflict(revision, by=clinician)
    with pytest.raises(Conflict):
        cast.submit(draft)
    settled = submission.settle(draft, draft.document, by=clinician, compared_with=live_of(published).pk)
    cast.approve(cast.submit(settled), moderator)

    assert Revision.objects.get(pk=revision.pk).state == State.WITHDRAWN
    assert Event.objects.get(act="withdraw").data == {"reason": "to settle a conflict"}
    assert PublishedPage.objects.get(page=published).summary == "My summary."


def test_only_the_author_settles_a_conflict(moderator, overtaken):
    with pytest.raises(Refused, match="Only its author may do that"):
        review.settle_conflict(overtaken(*CLASH), by=moderator)


def test_an_approval_is_reverted_with_its_reason(published, waiting, clinician, moderator):
    before = live_of(published)
    cast.approve(waiting, moderator)

    fallback = review.unapprove(waiting.pk, by=moderator, reason=" The source was retracted. ")

    assert fallback is not None
    assert fallback.revision == before == live_of(published)
    assert Revision.objects.get(pk=waiting.pk).state == State.UNAPPROVED
    verdict = waiting.verdicts.get(decision=Decision.UNAPPROVE)
    assert verdict.reason == "The source was retracted."
    assert Notice.objects.of_person(clinician).filter(event__act="unapprove").exists()


def test_a_moderator_may_revert_what_they_wrote(published, moderator, second_moderator):
    revision = cast.submit(cast.make_edit(published, moderator))
    cast.approve(revision, second_moderator)

    review.unapprove(revision.pk, by=moderator, reason="I was wrong.")

    assert live_of(published) != revision


def test_taking_back_without_a_reason_is_refused(published, moderator):
    with pytest.raises(Refused, match="Say why in a sentence"):
        review.unapprove(live_of(published).pk, by=moderator, reason=" ")


def test_only_moderators_take_an_approval_back(published, clinician):
    with pytest.raises(Refused, match="Only a moderator may revert an approval"):
        review.unapprove(live_of(published).pk, by=clinician, reason="Mine.")


def test_taking_back_a_replaced_version_is_refused(published, waiting, moderator):
    before = live_of(published)
    cast.approve(waiting, moderator)

    with pytest.raises(Refused, match="This version is not the published one"):
        review.unapprove(before.pk, by=moderator, reason="Old.")

    assert Publication.objects.open().get(page=published).revision == waiting
