"""A share of what was judged is judged once more, blind; nothing is reverted by it."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.reviewing import signed_in
from wiki.acts.people import disclosures
from wiki.acts.reviewing import review, second_reads
from wiki.domain.lifecycle import State
from wiki.models import (
    Cause,
    Event,
    Notice,
    Publication,
    Remark,
    RemarkPlace,
    SecondRead,
    Task,
    User,
    clock,
)
from wiki.policy.refusal import Refused

APPROVE, REJECT = "approve", "reject"


@pytest.fixture(autouse=True)
def _all_are_drawn(settings):
    """Draw every verdict."""
    settings.SECOND_READS = 1


@pytest.fixture
def third(db):
    """Return a moderator who has had no part in anything."""
    return cast.make_user("third", "moderator", "Dr Ida Third")


@pytest.fixture
def drawn(published):
    """Return the second read of the page's first version."""
    return SecondRead.objects.get(revision__page=published)


def decide(one, by, decision=APPROVE, reason=""):
    return second_reads.decide(one.pk, by=by, decision=decision, reason=reason)


def test_an_approval_can_be_drawn_with_its_publication_and_verdict(published, clinician, moderator):
    publication = cast.approve(cast.propose_change(published, clinician), moderator)

    drawn = SecondRead.objects.get(revision=publication.revision)
    assert drawn.publication == publication
    assert drawn.verdict == publication.verdict
    assert drawn.kind == "condition"


def test_a_rejection_can_be_drawn_without_a_publication(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician)

    review.reject(waiting.pk, by=moderator, reason="No source.")

    drawn = SecondRead.objects.get(revision=waiting)
    assert drawn.publication is None
    assert drawn.verdict.decision == REJECT


def test_a_share_of_zero_draws_no_second_reads(settings, clinician, moderator):
    settings.SECOND_READS = 0

    cast.make_page(clinician, moderator)

    assert not SecondRead.objects.exists()


def test_a_second_read_is_offered_only_to_moderators_who_took_no_part(
    drawn, third, clinician, moderator, reader
):
    assert second_reads.waiting_for(third) == [drawn]
    for person in (moderator, clinician, reader):
        assert second_reads.waiting_for(person) == []


def test_a_moderator_who_saw_the_decision_cannot_read_it_blind(drawn, third):
    fourth = cast.make_user("fourth", "moderator")
    assert signed_in(third).get(f"/review/{drawn.revision_id}/").status_code == 200

    assert second_reads.waiting_for(third) == []
    assert second_reads.waiting_for(fourth) == [drawn]
    with pytest.raises(Refused, match="have seen what was decided"):
        decide(drawn, third)


def test_a_moderator_who_saw_a_change_before_it_was_decided_may_read_it_blind(
    published, clinician, moderator, third
):
    waiting = cast.propose_change(published, clinician)
    assert signed_in(third).get(f"/review/{waiting.pk}/").status_code == 200
    cast.approve(waiting, moderator)

    assert SecondRead.objects.get(revision=waiting) in second_reads.waiting_for(third)


def test_only_somebody_with_the_training_that_the_change_needed_reads_it_again(published, clinician, third):
    pharmacist, another = (cast.make_user(name, "moderator") for name in ("pharmacist", "another"))
    for person in (pharmacist, another):
        cast.make_qualified(person, profession="pharmacist")
    body = "## Signs\n\nA first paragraph. Calcitriol is taken."
    cast.approve(cast.propose_change(published, clinician, body=body), pharmacist)
    drawn = SecondRead.objects.get(revision__page=published, revision__number=2)

    with pytest.raises(Refused, match="needed one pharmacist or treating specialist"):
        decide(drawn, third)
    assert drawn not in second_reads.waiting_for(third)
    assert drawn in second_reads.waiting_for(another)
    decide(drawn, another)


def test_a_moderator_without_declaration_gets_no_second_reads(drawn):
    undeclared = User.objects.create_user("undeclared", role="moderator")

    assert second_reads.waiting_for(undeclared) == []
    with pytest.raises(Refused, match="declaration of interests"):
        decide(drawn, undeclared)


def test_authors_of_a_parent_revision_cannot_read_its_child(published, clinician, moderator, third):
    beneath = cast.propose_change(published, third)
    above = cast.build(beneath, clinician, summary="Built on it.")
    cast.approve(above, moderator)
    drawn = SecondRead.objects.get(revision=above)

    assert drawn not in second_reads.waiting_for(third)
    with pytest.raises(Refused, match="took part"):
        decide(drawn, third)


def test_nobody_reads_a_second_time_words_that_others_copied_from_them(
    published, clinician, moderator, third
):
    """A copy descends from nothing that its first author wrote: only the words tell whose they are."""
    words = {"summary": "The kidneys are asked for before anything else is done."}
    review.reject(cast.propose_change(published, third, **words).pk, by=moderator, reason="No source.")
    copied = cast.propose_change(published, clinician, **words)
    cast.approve(copied, moderator)

    with pytest.raises(Refused, match="words that you wrote"):
        decide(SecondRead.objects.get(revision=copied), third)


def test_a_second_read_by_a_participant_is_refused(drawn, moderator, clinician, third):
    with pytest.raises(Refused, match="took part"):
        decide(drawn, moderator)
    with pytest.raises(Refused, match="Only a moderator"):
        decide(drawn, clinician)
    Remark.objects.create(
        page=drawn.revision.page,
        revision=drawn.revision,
        place=RemarkPlace.WHOLE,
        text="Which dose?",
        author=third,
        author_name=str(third),
        made_at=clock.now(),
    )
    with pytest.raises(Refused, match="took part"):
        decide(drawn, third)


def test_a_second_read_with_a_declared_interest_is_refused(drawn, third):
    disclosures.declare(third, [disclosures.Declared("shares", "A company", pages=[drawn.revision.page])])

    with pytest.raises(Refused, match="You declared"):
        decide(drawn, third)


def test_an_agreeing_second_read_is_stored_without_notices(drawn, third):
    done = decide(drawn, third)

    assert done.agrees
    assert (done.reader, done.reader_name) == (third, "Dr Ida Third")
    assert Event.objects.get(act="second_read").data["agrees"] is True
    assert not SecondRead.objects.disagreed()
    assert not Task.objects.exists()
    assert not Notice.objects.filter(event__act="second_read").exists()


def test_a_disagreeing_read_of_a_published_version_opens_a_task(drawn, third, moderator):
    decide(drawn, third, REJECT, "The dose is for adults.")

    assert list(SecondRead.objects.disagreed()) == [drawn]
    task = Task.objects.get()
    assert (task.cause, task.page) == (Cause.SECOND_READ, drawn.revision.page)
    assert task.data["reason"] == "The dose is for adults."
    assert Notice.objects.filter(recipient=moderator, event__act="open_task").exists()
    assert Publication.objects.open().get(page=task.page).revision == drawn.revision
    drawn.revision.refresh_from_db()
    assert drawn.revision.state == State.APPROVED


def test_a_disagreeing_read_of_a_rejection_is_told_to_moderators(published, clinician, moderator, third):
    waiting = cast.propose_change(published, clinician)
    review.reject(waiting.pk, by=moderator, reason="No source.")

    decide(SecondRead.objects.get(revision=waiting), third)

    assert not Task.objects.exists()
    assert Notice.objects.filter(recipient=moderator, event__act="second_read").count() == 1
    waiting.refresh_from_db()
    assert waiting.state == State.REJECTED


def test_a_second_read_that_rejects_needs_a_reason(drawn, third):
    with pytest.raises(Refused, match="Say why"):
        decide(drawn, third, REJECT, "  ")


def test_a_second_read_is_decided_once(drawn, third, second_moderator):
    decide(drawn, third)

    with pytest.raises(Refused, match="Somebody else has read this"):
        decide(drawn, second_moderator, REJECT, "No.")


@pytest.mark.parametrize("change", [{"decision": REJECT}, {"verdict_id": 0}, {"reader_name": "Nobody"}])
def test_the_database_refuses_changes_of_a_decided_second_read(drawn, third, change):
    decide(drawn, third)

    with pytest.raises(IntegrityError, match="decided once"), transaction.atomic():
        SecondRead.objects.update(**change)


@pytest.mark.parametrize("who", ["clinician", "moderator"])
def test_the_database_refuses_a_second_reader_who_took_part(drawn, request, who):
    person = request.getfixturevalue(who)

    with pytest.raises(IntegrityError, match="takes no part"), transaction.atomic():
        SecondRead.objects.update(reader=person, decision=APPROVE, decided_at=clock.now())


def test_the_database_refuses_deleting_a_second_read(drawn):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        drawn.delete()


def test_agreement_is_reported_overall_and_for_each_kind(drawn, third, clinician, moderator):
    cast.make_page(clinician, moderator, kind="symptom")
    for one in second_reads.waiting_for(third):
        decide(one, third)

    told = {kind: found.sentence for kind, found in second_reads.agreement_by_kind()}

    assert told == {
        "All kinds": "too few to tell: 2 of 2 agree",
        "Condition": "too few to tell: 1 of 1 agree",
        "Symptom": "too few to tell: 1 of 1 agree",
    }


def test_the_list_of_second_reads_takes_a_fixed_number_of_queries(
    drawn, third, clinician, moderator, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as few:
        second_reads.waiting_for(third)
    for _ in range(3):
        cast.make_page(clinician, moderator)

    with django_assert_max_num_queries(len(few)):
        assert len(second_reads.waiting_for(third)) == 4
