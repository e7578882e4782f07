"""Applying to write: who may, who hears of it, and what an answer does."""

import pytest

from tests import cast
from wiki.acts.people import applications
from wiki.models import Application, Event, Letter, Notice, Role
from wiki.policy.refusal import Refused

WHO = {"profession": "Paediatric nurse", "wish": "Seizures in children."}


@pytest.fixture
def administrator(db):
    return cast.make_user("root", Role.ADMINISTRATOR)


@pytest.fixture
def applied(reader, administrator):
    return applications.apply(reader, **WHO)


def test_administrators_get_a_notice_and_mail_of_an_application(applied, administrator):
    [notice] = Notice.objects.of_person(administrator)

    assert notice.event.act == "apply_to_write"
    letter = Letter.objects.get(recipient=administrator)
    assert letter.subject == "Somebody applies to write"


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.MODERATOR, Role.ADMINISTRATOR])
def test_an_application_by_a_person_with_a_role_is_refused(db, role):
    with pytest.raises(Refused, match="You need not apply"):
        applications.apply(cast.make_user("somebody", role), **WHO)


def test_a_second_open_application_is_refused(applied, reader):
    with pytest.raises(Refused, match="You have applied already"):
        applications.apply(reader, **WHO)


def test_a_declined_applicant_may_apply_again(applied, reader, administrator):
    applications.answer(applied.pk, by=administrator, is_granted=False, words="Say more.")

    assert applications.apply(reader, **WHO).is_open


@pytest.mark.parametrize(("is_granted", "role"), [(True, Role.CLINICIAN), (False, Role.READER)])
def test_an_answer_notifies_the_applicant_and_grants_the_role_if_positive(
    applied, reader, administrator, is_granted, role
):
    one = applications.answer(applied.pk, by=administrator, is_granted=is_granted, words="Welcome, or not.")

    reader.refresh_from_db()
    assert reader.role == role
    assert (one.answer, one.answered_by_name, one.is_granted) == (
        "Welcome, or not.", str(administrator), is_granted,
    )  # fmt: skip
    assert "answer_application" in [one.event.act for one in Notice.objects.of_person(reader)]
    assert Event.objects.filter(act="role", person=reader).exists() == is_granted


@pytest.mark.parametrize("is_granted", [True, False])
@pytest.mark.parametrize("by", ["reader", "clinician", "moderator"])
def test_only_administrators_answer_applications(applied, request, by, is_granted):
    person = request.getfixturevalue(by)

    with pytest.raises(Refused, match="Only an administrator"):
        applications.answer(applied.pk, by=person, is_granted=is_granted, words="Yes.")

    applied.refresh_from_db()
    assert applied.is_open


@pytest.mark.parametrize("is_granted", [True, False])
def test_an_application_is_answered_once(applied, administrator, is_granted):
    applications.answer(applied.pk, by=administrator, is_granted=False, words="Not now.")

    with pytest.raises(Refused, match="was first"):
        applications.answer(applied.pk, by=administrator, is_granted=is_granted, words="Yes.")

    assert Application.objects.get().answer == "Not now."


def test_who_may_not_answer_is_not_told_who_did(applied, moderator, administrator):
    applications.answer(applied.pk, by=administrator, is_granted=False, words="Not now.")

    with pytest.raises(Refused, match="Only an administrator answers"):
        applications.answer(applied.pk, by=moderator, is_granted=True, words="Yes.")


@pytest.mark.parametrize("words", ["", "  \n"])
def test_an_answer_without_text_is_refused(applied, administrator, words):
    with pytest.raises(Refused, match="Say in a sentence"):
        applications.answer(applied.pk, by=administrator, is_granted=True, words=words)


def test_an_application_with_invisible_characters_is_refused(reader):
    with pytest.raises(Refused):
        applications.apply(reader, profession="Nurse\u200b", wish="Seizures.")
