"""Granting roles, the last administrator, and demo accounts."""

import pytest

from tests import cast
from wiki.acts.people import accounts as people
from wiki.acts.people import demo_accounts
from wiki.models import Event, Notice, Page, User
from wiki.policy.refusal import Refused


def test_an_administrator_grants_a_role_and_it_is_logged(reader, administrator):
    people.grant_role(reader, "moderator", by=administrator)

    kept = User.objects.get(pk=reader.pk)
    assert (kept.role, kept.can_review, kept.is_staff) == ("moderator", True, False)
    event = Event.objects.get(act="role")
    assert (event.actor, event.person) == (administrator, reader)
    assert (event.data["before"], event.data["after"]) == ("reader", "moderator")
    assert Notice.objects.of_person(reader).exists()


def test_administrators_see_the_account_pages_and_others_do_not(reader, administrator):
    person = people.grant_role(reader, "administrator", by=administrator)
    assert (person.is_staff, person.is_superuser) == (True, False)

    person = people.grant_role(reader, "reader", by=administrator)
    assert (person.is_staff, person.is_superuser) == (False, False)


@pytest.mark.parametrize("username", ["reader", "clinician", "moderator"])
def test_only_administrators_grant_roles(reader, clinician, moderator, administrator, username):
    by = User.objects.get(username=username)

    with pytest.raises(Refused, match="Only an administrator grants roles"):
        people.grant_role(by, "moderator" if by.role != "moderator" else "administrator", by=by)


def test_an_administrator_whose_account_is_closed_grants_nothing(reader, administrator):
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    with pytest.raises(Refused, match="Only an administrator"):
        people.grant_role(reader, "clinician", by=administrator)


@pytest.mark.parametrize(
    ("role", "sentence"), [("emperor", "There is no such role"), ("reader", "has that role already")]
)
def test_an_unknown_or_unchanged_role_is_refused(reader, administrator, role, sentence):
    with pytest.raises(Refused, match=sentence):
        people.grant_role(reader, role, by=administrator)


def test_the_last_administrator_cannot_lose_the_role(administrator):
    with pytest.raises(Refused, match="This is the only administrator"):
        people.grant_role(administrator, "reader", by=administrator)


def test_an_administrator_can_step_down_if_another_remains(administrator):
    other = cast.make_user("other", "administrator")

    people.grant_role(administrator, "reader", by=administrator)

    assert User.objects.get(pk=other.pk).can_administer


def test_demo_accounts_are_created_once(db):
    demo_accounts.begin_demo()
    demo_accounts.begin_demo()
    accounts = demo_accounts.ensure_demo_accounts("first-password")
    demo_accounts.ensure_demo_accounts("second-password")

    assert Event.objects.filter(act="demo").count() == 1
    assert dict(accounts)["second-moderator"] == "Moderator"
    assert User.objects.get(username="admin").is_staff
    assert User.objects.get(username="reader").check_password("second-password")


def test_a_database_with_pages_is_refused_as_a_demo(published, clinician):
    assert demo_accounts.demo_state() == "other"
    with pytest.raises(Refused, match="holds real work"):
        demo_accounts.begin_demo()
    with pytest.raises(Refused, match="not a demo database"):
        demo_accounts.ensure_demo_accounts("a-password")
    assert Page.objects.count() == 1


def test_closing_an_account_notifies_its_person_and_logs_the_reason(reader, administrator):
    words = {"name": reader.name, "profession": reader.profession, "about": reader.about}

    people.correct_account(reader, by=administrator, reason="They left.", is_active=False, **words)

    event = Event.objects.get(act="close_account")
    assert (event.actor, event.person) == (administrator, reader)
    assert event.data["changed"]["is_active"] == [True, False]
    assert event.data["reason"] == "They left."
    assert Notice.objects.of_person(reader).filter(event=event).exists()


def test_opening_an_account_again_gives_the_person_what_they_could_do_and_tells_them(
    clinician, administrator
):
    words = {"name": clinician.name, "profession": clinician.profession, "about": clinician.about}
    people.correct_account(clinician, by=administrator, reason="They left.", is_active=False, **words)

    opened = people.correct_account(clinician, by=administrator, reason="Back.", is_active=True, **words)

    assert User.objects.get(pk=clinician.pk).can_write
    assert opened.is_active
    event = Event.objects.get(act="open_account")
    assert (event.actor, event.person) == (administrator, clinician)
    assert event.data == {"changed": {"is_active": [False, True]}, "reason": "Back."}
    assert Notice.objects.of_person(clinician).filter(event=event).exists()
    assert [one.act for one in Event.objects.filter(person=clinician)].count("close_account") == 1
