"""Registrations and declarations: who enters them, who vouches for them, how long they hold."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from wiki.acts.people import accounts, credentials, disclosures
from wiki.models import Credential, Disclosure, Event, Interest, Notice, Role, User, Verdict
from wiki.policy.refusal import Refused

TODAY = dt.date.today
NEXT_YEAR = dt.timedelta(days=365)


def enter(person, *specialties, profession="physician", number="7654321"):
    words = {"profession": profession, "specialties": list(specialties)}
    return credentials.enter(person, body="General Medical Council", number=number, **words)


def verify(one, by, **changes):
    words = {"how": "The register shows it.", "until": TODAY() + NEXT_YEAR, **changes}
    return credentials.verify(one.pk, by=by, **words)


# --- Registrations ----------------------------------------------------------------------------------------


def test_a_registration_counts_once_an_administrator_has_verified_it(clinician, administrator):
    one = enter(clinician, "clinical_genetics")
    before = clinician.calling

    verify(one, administrator)

    assert before == "endocrinologist (not verified)"
    assert User.objects.get(pk=clinician.pk).calling == "clinical geneticist"
    assert [one.event.act for one in Notice.objects.of_person(clinician)] == ["verify_credential"]
    assert [one.event.act for one in Notice.objects.of_person(administrator)] == ["enter_credential"]
    assert Event.objects.get(act="verify_credential").data["how"] == "The register shows it."


@pytest.mark.parametrize(
    ("profession", "specialties", "words"),
    [
        ("physician", [], "physician"),
        ("physician", ["neurology", "neuroradiology"], "neurologist and neuroradiologist"),
        ("pharmacist", [], "pharmacist"),
        ("pharmacist", ["toxicology"], "pharmacist (toxicology)"),
    ],
)
def test_a_persons_calling_names_their_specialties_and_profession(reader, profession, specialties, words):
    cast.make_qualified(reader, *specialties, profession=profession)

    assert reader.calling == words


def test_a_long_calling_is_cut_to_the_length_of_a_signature(reader):
    cast.make_qualified(reader, *["clinical_pharmacology", "infectious_diseases", "paediatric_neurology"])
    cast.make_qualified(reader, profession="pharmacist")

    assert len(reader.calling) == 80
    assert reader.calling.endswith("…")


def test_an_expired_registration_no_longer_counts(clinician):
    cast.make_qualified(clinician, "neurology", until=TODAY())
    tomorrow = TODAY() + dt.timedelta(days=1)

    assert clinician.calling_on(TODAY()) == "neurologist"
    assert clinician.calling_on(tomorrow) == "endocrinologist (not verified)"
    assert Credential.objects.of_person(clinician).valid_on(tomorrow).first() is None


def test_a_signature_stores_the_signers_calling_without_registration_number(published, moderator, colleague):
    cast.approve(cast.propose_change(published, colleague), moderator)

    verdict = Verdict.objects.filter(reviewer=moderator).latest("pk")
    assert verdict.reviewer_profession == "neuroradiologist"
    assert verdict.standing["specialties"] == ["neuroradiology"]
    assert set(verdict.standing["credentials"][0]) == {"words", "body", "until"}


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (credentials.verify, {"how": "Seen.", "until": TODAY() + NEXT_YEAR}),
        (credentials.decline, {"reason": "Not there."}),
    ],
)
def test_nobody_decides_on_their_own_registration(administrator, act, words):
    one = enter(administrator)

    with pytest.raises(Refused, match=r"You cannot .* your own registration"):
        act(one.pk, by=administrator, **words)


def test_the_database_refuses_verifying_ones_own_registration(administrator):
    one = enter(administrator)

    with pytest.raises(IntegrityError, match="nobody_verifies_their_own_credential"), transaction.atomic():
        Credential.objects.filter(pk=one.pk).update(
            verified_at=dt.datetime.now(dt.UTC),
            verified_by=administrator,
            verified_by_name="Alex",
            valid_until=TODAY(),
        )


@pytest.mark.parametrize("act", ["verify", "decline", "revoke"])
def test_only_an_administrator_decides_on_registrations(clinician, moderator, act):
    one = enter(clinician)
    words = {"how": "Seen.", "until": TODAY() + NEXT_YEAR} if act == "verify" else {"reason": "No."}

    with pytest.raises(Refused, match="Only an administrator"):
        getattr(credentials, act)(one.pk, by=moderator, **words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"how": " "}, "Say how you verified it"),
        ({"until": TODAY()}, "between tomorrow and 5 years"),
        ({"until": TODAY() + 6 * NEXT_YEAR}, "between tomorrow and 5 years"),
    ],
)
def test_a_verification_without_method_or_valid_day_is_refused(clinician, administrator, words, sentence):
    with pytest.raises(Refused, match=sentence):
        verify(enter(clinician), administrator, **words)


def test_a_verified_registration_is_revoked_and_an_unverified_one_declined(clinician, administrator):
    one = enter(clinician)
    with pytest.raises(Refused, match="Decline it instead"):
        credentials.revoke(one.pk, by=administrator, reason="No.")
    verify(one, administrator)

    with pytest.raises(Refused, match="Alex Admin was first"):
        verify(one, administrator)
    with pytest.raises(Refused, match="Revoke it instead"):
        credentials.decline(one.pk, by=administrator, reason="No.")


@pytest.mark.parametrize(("act", "standing"), [("decline", "declined"), ("revoke", "revoked")])
def test_an_ended_registration_has_a_reason_and_no_longer_counts(clinician, administrator, act, standing):
    one = enter(clinician, "neurology")
    if act == "revoke":
        verify(one, administrator)
    with pytest.raises(Refused, match="Say why"):
        getattr(credentials, act)(one.pk, by=administrator, reason=" ")

    ended = getattr(credentials, act)(one.pk, by=administrator, reason="The register does not know it.")

    assert ended.standing == standing
    assert clinician.calling == "endocrinologist (not verified)"
    assert Notice.objects.of_person(clinician)[0].event.data["reason"] == "The register does not know it."
    with pytest.raises(Refused, match=f"is {standing} already"):
        credentials.withdraw(one.pk, by=clinician)


def test_only_its_own_person_takes_a_registration_back(clinician, colleague):
    one = enter(clinician)
    with pytest.raises(Refused, match="Only the person"):
        credentials.withdraw(one.pk, by=colleague)

    assert credentials.withdraw(one.pk, by=clinician).standing == "withdrawn"

    with pytest.raises(Refused, match="no longer there"):
        credentials.withdraw(0, by=clinician)


@pytest.mark.parametrize("words", [{"profession": "wizard"}, {"specialties": ["alchemy"]}])
def test_professions_and_specialties_are_closed_lists(clinician, words):
    with pytest.raises(Refused, match="from the lists"):
        credentials.enter(
            clinician, **{"profession": "nurse", "specialties": [], "body": "NMC", "number": "1", **words}
        )


def test_the_same_registration_is_entered_once(clinician):
    enter(clinician)

    with pytest.raises(Refused, match="entered this registration already"):
        enter(clinician)


@pytest.mark.parametrize(
    "change", ["number = 'X'", "valid_until = '2099-01-01'", "verified_how = 'Trust me.'"]
)
def test_the_database_refuses_changes_of_a_verified_registration(clinician, administrator, change):
    verify(enter(clinician), administrator)

    with (
        pytest.raises(IntegrityError, match="stays as it was"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(f"UPDATE wiki_credential SET {change}")


# --- Declarations of interests ----------------------------------------------------------------------------


def test_a_declaration_expires_after_a_year_and_a_new_one_replaces_it(clinician, published):
    first = disclosures.declare(
        clinician, [disclosures.Declared("shares", "Acme", pages=[published], names=["acmol"])]
    )
    second = disclosures.declare(clinician)

    assert first.expires_on == TODAY() + NEXT_YEAR
    assert Disclosure.objects.current_of(clinician, TODAY()) == second
    assert Disclosure.objects.current_of(clinician, second.expires_on + dt.timedelta(days=1)) is None
    assert list(first.interests.get().pages.all()) == [published]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE wiki_disclosure SET expires_on = '2099-01-01'",
        "UPDATE wiki_interest SET party = 'Nobody'",
        "DELETE FROM wiki_interest_pages; DELETE FROM wiki_interest; SET CONSTRAINTS ALL IMMEDIATE",
        "DELETE FROM wiki_interest; DELETE FROM wiki_disclosure; SET CONSTRAINTS ALL IMMEDIATE",
    ],
)
def test_the_database_refuses_changes_of_a_declaration(clinician, published, change):
    disclosures.declare(clinician, [disclosures.Declared("shares", "Acme", names=["acmol"])])

    with (
        pytest.raises(IntegrityError, match=r"append-only|goes with its"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(change)


def test_removing_an_account_removes_its_registrations_and_declarations(clinician, administrator):
    enter(clinician)
    disclosures.declare(clinician, [disclosures.Declared("shares", "Acme", names=["acmol"])])

    accounts.remove_account(clinician, by=administrator)

    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Interest.objects.exists()
    assert not Credential.objects.exists()


def test_nobody_reviews_without_a_declaration(published, colleague):
    undeclared = User.objects.create_user("undeclared", role=Role.MODERATOR, name="Dr Un Declared")
    change = cast.propose_change(published, colleague)

    with pytest.raises(Refused, match="Declare your interests, or that you have none"):
        cast.sign(change, undeclared)
