"""Reviewing the whole page: an act of its own, alone or with an approval, by one or by several."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.models.raw import refused
from tests.reviewing import (
    approved_change,
    declare_an_interest,
    lose_the_declaration,
    lose_the_right,
    standing_of,
)
from wiki.acts.reviewing import diff_views, review, whole_page_review
from wiki.acts.safety import corrections
from wiki.acts.upkeep import reverification
from wiki.acts.writing import drafts
from wiki.audit import chain
from wiki.audit.verify import Proof
from wiki.models import (
    Event,
    Link,
    Notice,
    Origin,
    Publication,
    PublishedPage,
    WholePageReview,
    clock,
)
from wiki.policy import reviewer_standing
from wiki.policy.due_dates import due_after
from wiki.policy.refusal import Refused
from wiki.published import rebuild

STARTER = "Starter content, not yet reviewed by a clinician"


def names(people):
    return [one.name for one in people]


@pytest.fixture
def starter(db):
    return cast.load_page("Headache", body="## What it is\n\nOne.\n\nTwo is new.\n\nThree.\n\nFour.")


# The act itself.


def test_a_whole_page_review_is_logged_and_bound_in_the_chain(
    published, clinician, moderator, second_moderator
):
    reverification.change_owner(published, to=clinician, by=moderator)
    before = list(Publication.objects.values_list("pk", "revision"))

    made = cast.review_whole(published, second_moderator, f"  {cast.CHECKED} ")

    assert list(Publication.objects.values_list("pk", "revision")) == before
    assert (made.checked, made.by_name, made.standing["role"]) == (
        cast.CHECKED,
        "Dr Lena Fischer",
        "moderator",
    )
    assert {one["answer"] for one in made.checklist} == {"yes"}
    event = Event.objects.get(act="review_page")
    assert (event.page, event.revision, event.actor) == (published, made.revision, second_moderator)
    assert Notice.objects.get(event=event).recipient == clinician
    assert Link.objects.filter(table="whole_page_review", row=made.pk).count() == 1
    connection.check_constraints()
    assert list(Proof().troubles()) == []


def test_a_rebuild_keeps_whole_page_reviews(starter, clinician, moderator, second_moderator):
    cast.review_whole(starter, second_moderator)
    approved_change(starter, clinician, moderator, summary="Plainer.")
    before = PublishedPage.objects.filter(page=starter).values().get()

    list(rebuild.rebuild())

    assert PublishedPage.objects.filter(page=starter).values().get() == before


@pytest.mark.parametrize(
    ("before", "changes", "sentence"),
    [
        (None, {"digest": "0" * 64}, "Another version went live"),
        (None, {"checked": "It is fine."}, "Say in a sentence what you checked"),
        (None, {"checklist": []}, "Answer this first"),
        (lose_the_right, {}, "Only a moderator may review a whole page"),
        (lose_the_declaration, {}, "A declaration of interests"),
        (declare_an_interest, {}, "Calcium plc"),
    ],
)
def test_a_whole_page_review_is_refused_with_its_reason(
    published, second_moderator, before, changes, sentence
):
    if before:
        before(second_moderator)

    with pytest.raises(Refused, match=sentence):
        cast.review_whole(published, second_moderator, **changes)

    assert not WholePageReview.objects.exists()


@pytest.mark.parametrize(("answer", "sentence"), [("no", "answered No"), ("not_applicable", "Say why")])
def test_a_blocking_checklist_answer_stops_a_whole_page_review(published, second_moderator, answer, sentence):
    revision = Publication.objects.open().get(page=published).revision
    first, *others = cast.reading(revision).checklist

    with pytest.raises(Refused, match=sentence):
        cast.review_whole(published, second_moderator, checklist=[first | {"answer": answer}, *others])


def test_nobody_reviews_a_page_of_which_they_wrote_a_part(published, clinician, moderator, second_moderator):
    approved_change(published, second_moderator, moderator, summary="Mine.")
    approved_change(published, clinician, moderator, summary="Not mine.")

    with pytest.raises(Refused, match="You are among those who wrote this page"):
        cast.review_whole(published, second_moderator)


def test_the_same_wording_for_two_whole_page_reviews_is_refused(
    published, clinician, moderator, second_moderator
):
    other = cast.make_page(clinician, moderator, "Another")
    cast.review_whole(published, second_moderator, cast.CHECKED)

    with pytest.raises(Refused, match="word for word"):
        cast.review_whole(other, second_moderator, cast.CHECKED.upper())


def test_a_page_under_safety_correction_cannot_be_reviewed_whole(published, moderator, second_moderator):
    one = corrections.propose(
        published, passage="A second paragraph.", replacement="Other words.", reason="It harms.", by=moderator
    )
    corrections.second(one.pk, by=second_moderator, digest=one.digest)

    with pytest.raises(Refused, match="corrected for safety"):
        cast.review_whole(published, moderator)


# Several signatures.

DOSED = "## Treatment\n\nTake 50 mg a day.\n\nA second paragraph."


@pytest.fixture
def dosed(db):
    return cast.load_page("Alendronate", kind="drug", body=DOSED)


def test_a_page_with_doses_needs_a_pharmacist_or_specialist_review(dosed, moderator, second_moderator):
    cast.make_qualified(second_moderator, profession="pharmacist")

    first = cast.review_whole(dosed, moderator)
    assert (first.missing, first.due_on) == (["one pharmacist or treating specialist"], None)
    assert standing_of(dosed).sentence == STARTER
    assert Event.objects.filter(act="sign_page").count() == 1
    with pytest.raises(Refused, match="signed for the whole of this text already"):
        cast.review_whole(dosed, moderator, "Something else that I checked on this page.")

    last = cast.review_whole(dosed, second_moderator)
    assert (last.missing, last.together_with) == ([], [first.pk])
    assert names(standing_of(dosed).whole.by) == ["Dr Amara Osei", "Dr Lena Fischer"]


def test_the_next_review_is_due_by_the_first_of_several_signatures(dosed, moderator, second_moderator):
    """What one of two looked up months ago is that old, however late the other signs."""
    cast.make_qualified(second_moderator, profession="pharmacist")
    live = Publication.objects.open().get(page=dosed).revision
    first = WholePageReview.objects.create(
        page=dosed,
        revision=live,
        digest=live.digest,
        checked=cast.CHECKED,
        by=moderator,
        by_name=str(moderator),
        standing=reviewer_standing.standing_of(moderator, clock.now()),
        reviewed_at=clock.now() - dt.timedelta(days=70),
        missing=["one pharmacist or treating specialist"],
    )
    chain.bind("whole_page_review", first, page_id=dosed.pk)

    last = cast.review_whole(dosed, second_moderator)

    assert last.together_with == [first.pk]
    assert last.due_on == due_after(first.reviewed_at, "drug")


def test_a_review_signature_that_meets_no_requirement_is_refused(dosed, moderator, second_moderator):
    cast.review_whole(dosed, moderator)

    with pytest.raises(Refused, match="This takes one pharmacist or treating specialist") as refusal:
        cast.review_whole(dosed, second_moderator)

    revision = Publication.objects.open().get(page=dosed).revision
    assert whole_page_review.why_not(revision, second_moderator) == str(refusal.value)


def test_a_change_between_two_signatures_voids_the_first(dosed, clinician, moderator, second_moderator):
    cast.make_qualified(second_moderator, profession="pharmacist")
    cast.review_whole(dosed, moderator)
    approved_change(dosed, clinician, second_moderator, summary="Plainer.")

    made = cast.review_whole(dosed, second_moderator)

    assert made.missing == ["one moderator"]
    assert standing_of(dosed).whole is None


def test_a_page_that_readers_do_not_see_is_not_reviewed(clinician, moderator):
    sent = cast.submit(drafts.propose(cast.document(), author=clinician))

    with pytest.raises(Refused, match="Readers do not see this page"):
        whole_page_review.review_whole_page(sent.page, by=moderator, reading=cast.reading(sent))


def test_nobody_reviews_a_page_that_holds_their_words_by_a_colleague(
    published, clinician, moderator, second_moderator
):
    body = f"{cast.document().body}\n\nNobody is given more than one tablet of it a day."
    turned_down = cast.propose_change(published, second_moderator, body=body)
    review.reject(turned_down.pk, by=moderator, reason="It has no source.")
    approved_change(published, clinician, moderator, body=body)

    with pytest.raises(Refused, match="among those who wrote this page"):
        cast.review_whole(published, second_moderator)


# Together with an approval.


def approve_whole(revision, by):
    diff_views.open_comparison(revision, by=by)
    return whole_page_review.approve_and_review(
        revision.pk, by=by, shown=cast.shown(revision), reading=cast.reading(revision)
    )


def test_one_approval_can_sign_a_change_and_the_whole_page(starter, clinician, moderator):
    revision = cast.propose_change(starter, clinician)

    made = approve_whole(revision, moderator)

    standing = standing_of(starter)
    assert (standing.whole.number, standing.whole.due, standing.changes) == (2, made.due_on, 0)
    assert names(standing.change.by) == ["Dr Amara Osei"]


def test_a_refused_approval_stores_no_whole_page_review(starter, clinician, moderator):
    revision = cast.propose_change(starter, clinician)
    reading = cast.reading(revision, checklist=[])

    with pytest.raises(Refused):
        whole_page_review.approve_and_review(
            revision.pk, by=moderator, shown=cast.shown(revision), reading=reading
        )

    revision.refresh_from_db()
    assert revision.state == "submitted"
    assert not WholePageReview.objects.exists()


def test_an_approval_sent_again_signs_for_no_text_that_readers_have_no_more(
    starter, clinician, moderator, second_moderator
):
    cast.approve(earlier := cast.propose_change(starter, clinician), moderator)
    shown, reading = cast.shown(earlier), cast.reading(earlier)
    approved_change(starter, clinician, second_moderator, summary="Plainer.")

    with pytest.raises(Refused, match="Another version went live"):
        whole_page_review.approve_and_review(earlier.pk, by=moderator, shown=shown, reading=reading)

    assert not WholePageReview.objects.exists()


def test_both_signers_of_a_change_sign_for_the_whole_page(dosed, clinician, moderator, second_moderator):
    cast.make_qualified(second_moderator, profession="pharmacist")
    revision = cast.propose_change(dosed, clinician, body=DOSED.replace("50", "40"))

    approve_whole(revision, moderator)
    assert standing_of(dosed).whole is None
    approve_whole(revision, second_moderator)

    assert names(standing_of(dosed).whole.by) == ["Dr Amara Osei", "Dr Lena Fischer"]
    connection.check_constraints()
    assert list(Proof().troubles()) == []


# What the database holds by itself.


def create_unbound(fields):
    """Write a review without its link, and end the transaction."""
    WholePageReview.objects.create(**fields)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_an_invalid_whole_page_review(published, clinician, moderator):
    made = cast.review_whole(published, moderator)
    fields = {one.name: getattr(made, one.name) for one in made._meta.concrete_fields if one.name != "id"}

    for changed in ({"digest": "0" * 64}, {"by": clinician}, {"by": None}, {"together_with": [made.pk]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WholePageReview.objects.create(**{**fields, **changed})
    with pytest.raises(IntegrityError, match="bound by no link"), transaction.atomic():
        create_unbound(fields)
    refused(f"UPDATE wiki_wholepagereview SET checked = 'x' WHERE id = {made.pk}", by="append-only")
    refused(f"DELETE FROM wiki_wholepagereview WHERE id = {made.pk}", by="append-only")


def test_an_imported_page_says_that_no_clinician_reviewed_it(db, moderator):
    page = cast.load_page("Loaded", origin=Origin.IMPORT)

    assert standing_of(page).sentence == "Loaded from files, not yet reviewed by a clinician"
