"""Names that an account may have: nobody else's, nor the wiki's own, at every door where one is given."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import cast
from wiki.acts.people import accounts
from wiki.models import Event, User
from wiki.policy import person_names
from wiki.policy.refusal import Refused

# Ways to write the name of Dr Amara Osei, whose user name is "moderator".
ALIKE = [
    "Dr Amara Osei",
    "Amara Osei",
    "dr. amara osei",
    "DR AMARA OSEI",
    "Prof Dr med Amara Osei",
    "Amara Osei, MD, PhD",
    "Professor Amara-Osei",
    "AmaraOsei",
    "Amara  Osei",
    "Amara\u00a0Osei",
    "Am\u0430ra Osei",
    "Ａｍａｒａ Ｏｓｅｉ",
    "Amára Öséi",
    "Amara Ose1",
    "Amara 0sei",
    "Arnara Osei",
    "𝐃𝐫 𝐀𝐦𝐚𝐫𝐚 𝐎𝐬𝐞𝐢",
    "Dг Amara Osei",
    "A.m.a.r.a Osei",
    "Dra. Amara Osei",
    "Dott.ssa Amara Osei",
    "Доктор Amara Osei",
    "Amara Osei MBBS, FRACP",
    "Amara Osei PA-C",
    "MUDr. Amara Osei",
    "A/Prof Amara Osei",
    "Mme Amara Osei",
    "دكتور Amara Osei",
    "Amara Osei 医生",
    "Amara Osei 🩺",
    "Moderator",
    "m0derator",
]
RESERVED = [
    "Causeway",
    "CAUSEWAY",
    "Саuѕеwау",
    "Dr Causeway",
    "Former contributor",
    "Former Contributоr",
    "The Causeway",
]


@pytest.mark.parametrize("name", ALIKE)
def test_a_name_that_looks_like_a_colleagues_is_refused(moderator, clinician, name):
    assert person_names.why_not(name, clinician) == person_names.IS_TAKEN
    assert person_names.why_not(name, moderator) == ""


def test_the_name_of_a_demo_account_is_taken_without_its_mark(moderator, clinician):
    moderator.is_demo = True
    moderator.save(update_fields=["is_demo", "name"])

    assert person_names.why_not("Dr Amara Osei", clinician) == person_names.IS_TAKEN
    assert person_names.why_not("Dr Amara Osei", moderator) == ""


@pytest.mark.parametrize("name", RESERVED)
def test_names_of_the_wiki_itself_are_refused(clinician, name):
    assert person_names.why_not(name, clinician) == person_names.IS_RESERVED


@pytest.mark.parametrize(
    "name", ["Dr Amara Ofori", "Tamara Osei", "A. Osei", "李明", "Nora Winter", "Ing Lek", "An", "A. Board"]
)
def test_distinct_names_are_accepted(moderator, clinician, name):
    assert person_names.why_not(name, clinician) == ""


def test_a_name_without_letters_is_refused(clinician):
    assert person_names.why_not("...", clinician) == person_names.NO_LETTERS


@pytest.mark.parametrize(
    "name",
    [
        *("Dr", "Prof. Dr. med.", "Administrator", "Аdministrator", "Verified clinician", "A clinician"),
        *(
            "Editorial team",
            "The review-board",
            "Anonymous",
            "Deleted user",
            "Ex contributor",
            "No clinician",
        ),
    ],
)
def test_a_title_alone_names_nobody(clinician, name):
    assert person_names.why_not(name) == person_names.IS_A_TITLE


OFFICES = [
    *("Admin", "admin2", "ADMIN ✓", "The Admin", "Site admin", "Wiki-Admin", "Аdmin"),
    *("NHS", "N.H.S.", "NHS England", "WHO", "World Health Organization", "CDC", "General Medical Council"),
    *("Support", "Support team", "Help desk", "Reviewer 2", "Moderators", "Head of neurology", "Info"),
    *("Royal College of Physicians", "University Hospital", "Department of Health", "PhD student"),
]
PEOPLE = [
    *("Osei A", "A. Osei", "A O", "AO", "Dr O", "W H O", "J. R. R.", "X", "A1", "Ng", "Ema"),
    *("Dr Wales", "Dr Press", "Prof. England", "Sarah Guest", "John Hospital", "Dr College Smith"),
    *("Who Wai Lam", "Student Mbeki", "Kim Trust", "Nurse Patient Okoro", "R2 D2", "Amara Royal"),
]


@pytest.mark.parametrize("name", OFFICES)
def test_the_name_of_an_office_or_an_institution_is_nobodys(clinician, name):
    assert person_names.why_not(name) == person_names.IS_A_TITLE


@pytest.mark.parametrize("name", PEOPLE)
def test_initials_and_surnames_that_are_words_of_offices_are_names(clinician, name):
    assert person_names.why_not(name) == ""


@pytest.mark.parametrize(
    "changes",
    [
        *({"name": "Dr Am\u0430ra Osei"}, {"username": "amara.osei"}, {"name": "Causeway"}),
        *({"name": "NHS England"}, {"username": "admin"}),
    ],
)
def test_signing_up_with_a_refused_name_fails(client, moderator, changes):
    words = {"name": "Nora Winter", "email": "nora@example.org", "username": "nora"}
    words |= {"password1": "a-long-new-password", "password2": "a-long-new-password"}

    answer = client.post(reverse("account_signup"), words | changes)

    assert answer.status_code == 200
    said = ("looks like it", "wiki itself", "names nobody")
    assert any(one in answer.content.decode() for one in said)
    assert not User.objects.filter(email="nora@example.org").exists()


def test_the_profile_form_refuses_a_taken_name_and_keeps_typed_values(client, moderator, clinician):
    client.force_login(clinician)

    answer = client.post(
        reverse("profile"), {"name": "Prof Amara Osei", "about": "I write.", "shown": "name"}
    )

    assert answer.status_code == 422
    assert person_names.IS_TAKEN in answer.content.decode()
    assert "I write." in answer.content.decode()


def test_introduce_refuses_a_taken_name(moderator, clinician):
    with pytest.raises(Refused, match="looks like it"):
        accounts.introduce(clinician, name="Dr Amara Osei", profession="", about="")


@pytest.mark.parametrize("username", ["Amara-Osei", "causeway"])
def test_createsuperuser_refuses_a_taken_or_reserved_name(moderator, username):
    with pytest.raises(CommandError, match=r"looks like it|wiki itself"):
        call_command("createsuperuser", username=username, email="x@example.org", interactive=False)

    assert not User.objects.filter(username=username).exists()


def test_the_database_refuses_a_confusable_name(moderator, clinician):
    clinician.name = "Prof. Am\u0430ra Osei"

    with pytest.raises(IntegrityError, match="name_key"), transaction.atomic():
        clinician.save(update_fields=["name"])


def test_a_profile_change_is_logged_with_the_old_value(clinician):
    accounts.introduce(clinician, name="Dr Ines Berg", profession="neurologist", about="")

    line = Event.objects.get(act="change_account")
    assert (line.actor, line.person) == (clinician, clinician)
    assert line.data["changed"] == {
        "name": ["Dr Ines Albrecht", "Dr Ines Berg"],
        "profession": ["endocrinologist", "neurologist"],
    }


def test_saving_an_unchanged_profile_logs_nothing(clinician):
    accounts.introduce(clinician, name=clinician.name, profession=clinician.profession, about="More of me.")

    assert not Event.objects.filter(act="change_account").exists()


def test_a_change_of_e_mail_address_is_logged_masked(clinician):
    accounts.record_address(clinician, before="ines@example.org", after="i.albrecht@example.com")

    before, after = Event.objects.get(act="change_account").data["changed"]["email"]
    assert before.startswith("i…@example.org (")
    assert after.startswith("i…@example.com (")
    assert "albrecht" not in after


def test_only_administrators_correct_accounts_and_none_closes_their_own(clinician, moderator, administrator):
    said: dict[str, Any] = {
        "name": "Other",
        "profession": "",
        "about": "",
        "is_active": False,
        "reason": "Because.",
    }

    with pytest.raises(Refused, match="Only an administrator"):
        accounts.correct_account(clinician, by=moderator, **said)
    with pytest.raises(Refused, match="You cannot close your own"):
        accounts.correct_account(administrator, by=administrator, **said)
    with pytest.raises(Refused, match="Say why"):
        accounts.correct_account(clinician, by=administrator, **{**said, "reason": " "})


def test_the_record_and_its_files_name_the_account(client, moderator, administrator):
    accounts.grant_role(cast.make_user("ann"), "clinician", by=administrator)
    client.force_login(moderator)

    rows = b"".join(client.get(reverse("record-file", args=["jsonl"])).streaming_content).decode()
    table = b"".join(client.get(reverse("record-file", args=["csv"])).streaming_content).decode()

    assert f'"by_account": {administrator.pk}, "by_user_name": "admin"' in rows
    assert '"person_user_name": "ann"' in rows
    assert "by_account,by_user_name" in table
