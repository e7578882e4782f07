"""Several signatures on one change: who may give them, which count, and what they say it means."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import accounts
from wiki.acts.reviewing import diff_views, review
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import Event, Notice, Page, Revision, Role, User, Verdict
from wiki.policy.refusal import Refused
from wiki.policy.signatures import signatures_of
from wiki.screens.reviewing.review import open_review_screen

GENETIC = "one clinical geneticist or genetic counsellor"


@remembered
def gene(clinician, moderator):
    """Return the published page of a gene."""
    return cast.make_page(clinician, moderator, "PDGFB", kind="gene")


@remembered
def waiting(gene: Page, clinician: User) -> Revision:
    """Return a change that needs a geneticist and a moderator."""
    return cast.submit(cast.make_edit(gene, clinician), impact="action", meaning="Ask for the test.")


@pytest.fixture
def geneticist(db):
    """Return a moderator who is registered in clinical genetics."""
    person = cast.make_user("geneticist", Role.MODERATOR, "Dr Mei Lin", "clinical geneticist")
    cast.make_qualified(person, "clinical_genetics")
    return person


def test_a_submission_keeps_the_requirements_of_its_day(waiting):
    needs = waiting.requirements.order_by("pk")

    assert [need.label for need in needs] == [GENETIC, "one moderator"]
    assert (needs[0].reason, waiting.rules, waiting.risk) == (
        "the page of a gene changes; its author says that readers would do something else",
        ["gene_page", "said_action"],
        "medium",
    )


def test_the_first_signature_does_not_publish_and_the_second_does(waiting, moderator, geneticist):
    assert cast.sign(waiting, moderator) is None
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED

    publication = cast.sign(waiting, geneticist)

    assert publication is not None
    assert publication.verdict is not None
    assert publication.verdict.reviewer == geneticist
    assert [need.label for need in cast.needs_left(waiting)] == []


def test_the_order_of_two_signatures_does_not_matter(waiting, moderator, geneticist):
    assert cast.sign(waiting, geneticist) is None
    assert [need.label for need in cast.needs_left(waiting)] == ["one moderator"]

    assert cast.sign(waiting, moderator) is not None


def test_the_author_hears_of_a_signature_and_of_what_is_missing(waiting, moderator, clinician):
    cast.sign(waiting, moderator)

    event = Event.objects.get(act="sign", revision=waiting)
    assert event.data["needs"] == [GENETIC]
    assert Notice.objects.filter(recipient=clinician, event=event).exists()


def test_a_signature_that_nothing_needs_is_refused(waiting, moderator, second_moderator):
    cast.sign(waiting, moderator)

    with pytest.raises(Refused, match="would not count: what is missing is that of a clinical gen"):
        cast.sign(waiting, second_moderator)

    assert waiting.verdicts.count() == 1


def test_signing_twice_stores_one_signature(waiting, moderator):
    cast.sign(waiting, moderator)

    assert cast.sign(waiting, moderator) is None
    assert waiting.verdicts.count() == 1


def test_a_signer_may_still_request_changes(waiting, moderator):
    cast.sign(waiting, moderator)

    review.request_changes(waiting.pk, by=moderator, reason="I overlooked a line.")

    waiting.refresh_from_db()
    assert waiting.state == State.CHANGES_REQUESTED


def test_signatures_are_described_in_words(waiting, moderator, geneticist):
    before = signatures_of(waiting)
    cast.sign(waiting, moderator)
    after = signatures_of(waiting)

    day = f"{waiting.verdicts.get().decided_at:%-d %B %Y}"
    assert before.words == f"Needs {GENETIC} and one moderator; nobody has signed yet."
    assert after.words.startswith(f"Needs {GENETIC} and one moderator; has one moderator (Dr Amara Osei, ")
    assert after.words.endswith(f"{day}).")
    assert (before.why, after.still) == (
        "the page of a gene changes; its author says that readers would do something else",
        GENETIC,
    )


def test_the_screen_shows_what_ones_signature_would_meet(waiting, moderator, geneticist, second_moderator):
    first = open_review_screen(waiting, by=geneticist)
    assert (first.signs_as, first.completes, first.left_after) == (
        GENETIC.removeprefix("one "),
        False,
        "one moderator",
    )
    cast.sign(waiting, moderator)

    last, idle, done = (
        open_review_screen(waiting, by=one) for one in (geneticist, second_moderator, moderator)
    )

    assert (last.can_approve, last.completes, last.left_after) == (True, True, "")
    assert (idle.can_approve, idle.signs_as, idle.is_idle != "") == (False, "", True)
    assert (done.can_approve, done.has_signed, done.is_idle) == (False, True, "")


def test_a_signer_is_reassigned_to_let_a_specialist_sign(waiting, geneticist, moderator):
    counsellor = cast.make_user("counsellor", Role.MODERATOR)
    cast.make_qualified(counsellor, profession="genetic_counsellor")
    cast.sign(waiting, geneticist)

    assert cast.sign(waiting, counsellor) is not None


def test_an_approval_without_a_meaning_confirms_the_authors(waiting, moderator, geneticist):
    cast.sign(waiting, moderator)
    publication = cast.sign(waiting, geneticist)

    assert publication is not None
    assert (publication.impact, publication.meaning) == ("action", "Ask for the test.")


def test_the_last_correction_of_the_meaning_is_published(waiting, moderator, geneticist):
    diff_views.open_comparison(waiting, by=moderator)
    said = " Ask  before any surgery. "
    review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting), impact="safety", meaning=said)

    publication = cast.sign(waiting, geneticist)

    assert publication is not None
    assert (publication.impact, publication.meaning) == ("safety", "Ask before any surgery.")
    case = open_review_screen(waiting, by=geneticist)
    assert [one.verdict.reviewer for one in case.corrections] == [moderator, geneticist]


def test_a_correction_of_the_impact_without_meaning_is_refused(waiting, moderator):
    diff_views.open_comparison(waiting, by=moderator)

    with pytest.raises(Refused, match="Say in one plain sentence"):
        review.approve(waiting.pk, by=moderator, shown=cast.shown(waiting), impact="safety")

    assert not Verdict.objects.filter(revision=waiting).exists()


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("A third paragraph.", "A third paragraph.\n\nA fourth paragraph.", [GENETIC, "one moderator"]),
        ("A third paragraph.", "A *third* paragraph.", [GENETIC]),
        ("A first paragraph.", "A first paragraph, changed.", [GENETIC, "one moderator"]),
    ],
    ids=["elsewhere", "form alone", "beside"],
)
def test_a_rebase_keeps_a_signed_summary_while_only_the_form_of_the_body_changes(
    waiting, gene, colleague, moderator, geneticist, old, new, missing
):
    cast.sign(waiting, moderator)
    body = cast.document().body.replace(old, new)
    cast.approve(cast.propose_change(gene, colleague, body=body), moderator)

    merged = review.rebase(waiting.pk, by=moderator)

    assert (merged.impact, merged.meaning) == ("action", "Ask for the test.")
    assert [need.label for need in cast.needs_left(merged)] == missing


def test_a_child_revision_is_compared_with_the_published_version(waiting, colleague):
    above = cast.build(waiting, colleague, kind="condition")

    assert above.rules == ["gene_page", "kind"]


def test_edge_25_a_change_of_the_rules_keeps_requirements_of_waiting_work(
    waiting, gene, colleague, moderator
):
    """The rule is a snapshot; a vote that does not count any more is kept, with the reason."""
    cast.sign(waiting, moderator)
    asked = list(waiting.requirements.order_by("pk"))
    User.objects.filter(pk=moderator.pk).update(role=Role.READER)

    found = signatures_of(waiting)

    assert list(found.needs) == asked
    assert [one.why_not for one in found.given] == ["this person may not review at present"]
    assert [need.label for need in found.missing] == [GENETIC, "one moderator"]
    assert waiting.verdicts.count() == 1


def test_edge_25_a_vote_counts_again_when_its_signer_may_review_again(waiting, moderator, geneticist):
    cast.sign(waiting, moderator)
    User.objects.filter(pk=moderator.pk).update(role=Role.READER)
    assert cast.sign(waiting, geneticist) is None
    assert [need.label for need in cast.needs_left(waiting)] == ["one moderator"]
    User.objects.filter(pk=moderator.pk).update(role=Role.MODERATOR)

    assert cast.needs_left(waiting) == []
    another = cast.make_user("another", Role.MODERATOR)
    assert cast.sign(waiting, another) is not None


def test_edge_25_a_vote_of_an_account_that_is_gone_does_not_publish(
    waiting, moderator, geneticist, administrator
):
    cast.sign(waiting, moderator)
    accounts.remove_account(moderator, by=administrator)

    assert cast.sign(waiting, geneticist) is None
    assert "the account was removed since" in [one.why_not for one in signatures_of(waiting).given]


def test_edge_12_returning_to_the_approved_text_withdraws_waiting_work(published, clinician):
    """It equals what is approved: the author takes the pending change back, and nothing is approved anew."""
    pending = cast.submit(cast.make_edit(published, clinician, summary="A new summary."))
    live = published.publications.get().revision
    back = drafts.build_on(pending, author=clinician)
    drafts.save(back, live.document, by=clinician)

    with pytest.raises(Refused, match="withdraw version 2, which still waits"):
        cast.submit(back)
    submission.withdraw(pending, by=clinician)

    pending.refresh_from_db()
    assert pending.state == State.WITHDRAWN
    assert published.publications.count() == 1


def test_edge_29_author_and_reviewer_see_that_the_same_text_was_rejected(published, clinician, moderator):
    first = cast.submit(cast.make_edit(published, clinician, summary="Once more."))
    review.reject(first.pk, by=moderator, reason="No source says so.")

    again = cast.submit(drafts.resume(first, author=clinician))

    for person in (clinician, moderator):
        assert open_review_screen(again, by=person).turned_down == [first]


def test_a_corrected_meaning_is_shown_even_if_the_impact_stays(waiting, moderator, second_moderator):
    diff_views.open_comparison(waiting, by=moderator)
    review.approve(
        waiting.pk, by=moderator, shown=cast.shown(waiting), impact="action", meaning="Ask for two tests."
    )

    (one,) = open_review_screen(waiting, by=second_moderator).corrections

    assert (one.verdict.meaning, one.impact) == ("Ask for two tests.", "action")
