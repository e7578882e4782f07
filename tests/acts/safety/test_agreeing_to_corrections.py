"""Who may propose a safety correction, agree to it and lift it."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.acts.safety.correcting import (
    DOSE,
    bring_forward,
    corrected,
    html,
    propose,
    second,
)
from wiki.acts.people import credentials, disclosures
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections
from wiki.models import Cause, Correction, Credential, Event, PublishedPage, Task
from wiki.policy.refusal import Refused

ANOTHER = "A third paragraph."
REFUSALS = {
    "Say why in a sentence": {"reason": " "},
    "Shorten this by 1 character": {"reason": "x" * 401},
    "still holds the passage": {"replacement": f"{DOSE} Or so."},
    "Write one paragraph": {"replacement": "One.\n\nTwo."},
    "does not stand in what readers see": {"passage": "Never said."},
}


@pytest.mark.parametrize("sentence", REFUSALS)
def test_an_invalid_correction_is_refused_with_its_reason(sentence, dosed, moderator):
    with pytest.raises(Refused, match=sentence):
        propose(dosed, moderator, **REFUSALS[sentence])


def test_a_clinician_cannot_propose_a_correction(dosed, clinician):
    with pytest.raises(Refused, match="Only a moderator corrects"):
        propose(dosed, clinician)


@pytest.mark.parametrize("who", ["proposes", "agrees"])
def test_other_words_ask_both_for_a_registration_and_withholding_does_not(
    who, dosed, moderator, second_moderator, administrator
):
    lacking = moderator if who == "proposes" else second_moderator
    for one in Credential.objects.filter(person=lacking):
        credentials.revoke(one.pk, by=administrator, reason="It has ended.")

    with pytest.raises(Refused, match="registration as a health professional"):
        corrected(dosed, moderator, second_moderator)
    corrected(dosed, moderator, second_moderator, passage=ANOTHER, replacement="")

    assert DOSE in html(dosed)
    assert ANOTHER not in html(dosed)


def test_a_correction_of_an_unpublished_page_is_refused(dosed, moderator):
    review.unapprove(
        PublishedPage.objects.get(page=dosed).publication.revision_id, by=moderator, reason="No."
    )

    with pytest.raises(Refused, match="nothing to correct"):
        propose(dosed, moderator)


def test_a_passage_is_corrected_once_at_a_time(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)

    with pytest.raises(Refused, match="Dr Amara Osei was first"):
        propose(dosed, second_moderator)
    second(one, second_moderator)
    with pytest.raises(Refused, match="corrected already"):
        propose(dosed, moderator)


def test_nobody_agrees_to_their_own_proposal(dosed, moderator):
    one = propose(dosed, moderator)

    with pytest.raises(Refused, match="another moderator has to agree"):
        second(one, moderator)
    with pytest.raises(IntegrityError, match="correction_needs_two_moderators"), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(seconded_by=moderator)


def test_a_moderator_without_declaration_cannot_agree(dosed, moderator):
    one = propose(dosed, moderator)
    other = cast.make_user("undeclared", "clinician")
    other.role = "moderator"
    other.save()

    with pytest.raises(Refused, match="declaration"):
        second(one, other)


def test_agreeing_with_another_digest_than_proposed_is_refused(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)

    with pytest.raises(Refused, match="not what was proposed"):
        corrections.second(one.pk, by=second_moderator, digest="other")


def test_agreeing_is_refused_when_the_proposer_lost_the_role(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)
    moderator.role = "reader"
    moderator.save()

    with pytest.raises(Refused, match="may not review any more"):
        second(one, second_moderator)


def test_agreeing_twice_names_who_agreed_first(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    with pytest.raises(Refused, match="Dr Lena Fischer was first: this correction is in effect"):
        second(one, cast.make_user("third", "moderator"))
    with pytest.raises(Refused, match="There is no such correction"):
        corrections.second(0, by=second_moderator, digest="")


def test_agreeing_is_refused_once_the_passage_is_gone(dosed, clinician, moderator, second_moderator):
    one = propose(dosed, moderator)
    cast.approve(cast.propose_change(dosed, clinician, body="Nothing of that."), second_moderator)

    with pytest.raises(Refused, match="does not stand in what readers see"):
        second(one, second_moderator)


def test_a_proposal_can_be_ended_by_any_moderator(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)

    corrections.lift(one.pk, by=moderator, reason="My mistake.")

    with pytest.raises(Refused, match="Dr Amara Osei was first: this correction was taken away"):
        second(one, second_moderator)
    with pytest.raises(Refused, match="was taken away"):
        corrections.lift(one.pk, by=second_moderator, reason="Why.")


def test_a_third_moderator_lifts_a_correction(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    corrections.lift(one.pk, by=cast.make_user("third", "moderator"), reason="The dose is for adults.")

    assert DOSE in html(dosed)
    assert Event.objects.filter(act="lift", data__reason="The dose is for adults.").exists()


def test_its_two_moderators_and_authors_cannot_lift_a_correction(
    dosed, clinician, moderator, second_moderator
):
    one = corrected(dosed, moderator, second_moderator)
    clinician.role = "moderator"
    clinician.save()
    disclosures.declare(clinician)

    for by, sentence in (
        (moderator, "a third moderator"),
        (second_moderator, "a third moderator"),
        (clinician, "among the authors"),
        (cast.make_user("colleague", "clinician"), "Only a moderator"),
    ):
        with pytest.raises(Refused, match=sentence):
            corrections.lift(one.pk, by=by, reason="It was right.")


def test_a_correction_of_a_page_under_review_can_be_lifted(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)
    review.unapprove(
        PublishedPage.objects.get(page=dosed).publication.revision_id, by=moderator, reason="No."
    )

    lifted = corrections.lift(one.pk, by=cast.make_user("third", "moderator"), reason="Over.")

    assert not lifted.is_in_effect


def test_a_lapsed_correction_opens_one_task_which_closes_with_full_review(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)
    assert corrections.update_tasks_of_lapsed() == 0
    bring_forward(one)

    assert [corrections.update_tasks_of_lapsed(), corrections.update_tasks_of_lapsed()] == [1, 0]
    assert not Task.objects.get(cause=Cause.LAPSED).is_closed
    cast.approve(one.follow_up, second_moderator)
    assert corrections.update_tasks_of_lapsed() == 1
    assert Task.objects.get(cause=Cause.LAPSED).is_closed
