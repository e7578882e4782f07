"""Registrations, declarations and suspensions in the browser."""

import datetime as dt
import json
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse

from tests import cast
from tests.reviewing import at, queries_of, signed_in, verdict_on, words
from wiki.acts.people import credentials, disclosures, suspension
from wiki.models import Credential, Disclosure, Interest, Role, User

REGISTERED: dict[str, Any] = {
    "profession": "physician",
    "specialties": ["neurology", "neuroradiology"],
    "body": "General Medical Council",
    "number": "7654321",
}
ROW = {
    "interests-TOTAL_FORMS": "1",
    "interests-INITIAL_FORMS": "0",
    "interests-0-nature": "shares",
    "interests-0-party": "Acme",
    "interests-0-page_1": "hypoparathyroidism",
    "interests-0-names": "acmol\n\n Osei A ",
}
NONE = {"interests-TOTAL_FORMS": "0", "interests-INITIAL_FORMS": "0", "none": "on"}


@pytest.fixture
def undeclared(db):
    """Return a moderator who has never declared their interests."""
    return User.objects.create_user("undeclared", role=Role.MODERATOR, name="Dr Un Declared")


def until(days=90):
    return (dt.date.today() + dt.timedelta(days=days)).isoformat()


def declare(browser, **changes):
    return browser.post(reverse("interests"), {**ROW, **changes})


# --- Registrations ----------------------------------------------------------------------------------------


def test_a_registration_is_entered_verified_and_shown_beside_the_name(clinician, administrator, published):
    browser, office = signed_in(clinician), signed_in(administrator)
    browser.post(reverse("registrations"), REGISTERED)
    one = Credential.objects.get(person=clinician)
    assert "7654321" in words(office.get(reverse("registration", args=[one.pk])))
    assert "1 to be verified" in words(office.get(reverse("roles")))

    seen = {"how": "The register of the GMC shows it.", "until": until()}
    office.post(reverse("verify-registration", args=[one.pk]), seen)

    assert "Waiting" not in words(browser.get(reverse("registrations")))
    shown = words(browser.get(clinician.get_absolute_url()))
    assert "Neurologist and neuroradiologist" in shown
    assert "General Medical Council" in shown
    assert "7654321" not in shown
    said = words(office.get(reverse("roles")))
    assert "Alex Admin verified that Dr Ines Albrecht is registered as Physician, neurology" in said


def test_an_incomplete_registration_is_refused_with_typed_values(clinician):
    answer = signed_in(clinician).post(reverse("registrations"), {**REGISTERED, "number": ""})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    said = answer.content.decode()
    assert '<a href="#id_number">Registration number: Give the number' in said
    assert 'value="General Medical Council"' in said
    assert 'aria-describedby="id_number_helptext id_number_error"' in said


@pytest.mark.parametrize("act", ["verify", "decline", "revoke"])
def test_a_late_verification_is_refused_and_keeps_its_typed_text(clinician, administrator, act):
    one = credentials.enter(clinician, **REGISTERED)
    credentials.withdraw(one.pk, by=clinician)
    typed = {"how": "Typed in vain.", "until": until(), "reason": "Typed in vain."}

    answer = signed_in(administrator).post(reverse(f"{act}-registration", args=[one.pk]), typed)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "This registration is withdrawn already." in words(answer)


def test_entering_a_registration_twice_is_refused(clinician):
    credentials.enter(clinician, **REGISTERED)

    answer = signed_in(clinician).post(reverse("registrations"), REGISTERED)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "entered this registration already" in words(answer)


# --- Declarations -----------------------------------------------------------------------------------------


def test_interests_are_declared_and_public_on_the_persons_page(published, moderator):
    browser = signed_in(moderator)

    assert declare(browser).headers["Location"] == reverse("profile")

    interest = Interest.objects.get(disclosure__person=moderator, party="Acme")
    assert (interest.party, interest.names) == ("Acme", ["acmol", "Osei A"])
    assert interest.pages.get() == published
    said = words(browser.get(moderator.get_absolute_url()))
    assert "Shares or patents: Acme Touches Hypoparathyroidism, acmol, Osei A" in said
    again = browser.get(reverse("interests")).content.decode()
    assert 'value="Hypoparathyroidism"' in again
    assert 'value="Acme"' in again


def test_emptying_its_fields_removes_an_interest(published, moderator):
    browser = signed_in(moderator)
    declare(browser)

    empty = {name: "" for name in ROW if name.startswith("interests-0")}
    declare(browser, **empty, none="on", **{"interests-INITIAL_FORMS": "1"})

    newest = Disclosure.objects.newest_of(moderator)
    assert newest is not None
    assert not newest.interests.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"none": "on"}, "You say that you have none, and name some"),
        ({"interests-0-page_1": "Nowhere"}, "There is no published page called “Nowhere”"),
        ({"interests-0-nature": ""}, "Choose what kind of interest it is"),
        ({"interests-0-page_1": "", "interests-0-names": ""}, "Name a page or something else"),
        ({"interests-0-names": "x" * 121}, "too long"),
        ({"interests-0-names": "\n".join(map(str, range(21)))}, "Name at most 20"),
        ({"interests-TOTAL_FORMS": "x"}, "This form came incomplete"),
        ({"interests-TOTAL_FORMS": "0"}, "Name an interest, or say that you have none"),
    ],
)
def test_an_incomplete_declaration_is_refused_with_typed_values(published, moderator, changes, sentence):
    answer = declare(signed_in(moderator), **changes)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in words(answer)
    assert Disclosure.objects.of_person(moderator).count() == 1


def test_adding_a_row_without_scripts_keeps_typed_values(published, moderator):
    answer = declare(signed_in(moderator), more="1")

    said = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert 'name="interests-1-party"' in said
    assert 'value="Acme"' in said
    assert Disclosure.objects.of_person(moderator).count() == 1


def test_the_queue_and_the_profile_say_when_a_declaration_ends(undeclared):
    browser = signed_in(undeclared)
    assert "You cannot review yet" in words(browser.get(reverse("queue")))

    for days, sentence in ((10, "expires on"), (-1, "expired on")):
        day = dt.date.today() + dt.timedelta(days=days)
        now = dt.datetime.now(dt.UTC)
        Disclosure.objects.create(person=undeclared, declared_at=now, expires_on=day)
        assert sentence in words(browser.get(reverse("queue")))
        assert sentence in words(browser.get(reverse("profile"))).lower()


def test_a_reviewer_without_declaration_is_led_to_the_form_and_back(published, colleague, undeclared):
    waiting = cast.propose_change(published, colleague)
    browser = signed_in(undeclared)
    said = browser.get(at("review", waiting)).content.decode()

    assert "First your declaration of interests" in said
    assert f'href="{reverse("interests")}?next={at("review", waiting)}"' in said
    answer = browser.post(reverse("interests"), {**NONE, "next": at("review", waiting)})
    assert answer.headers["Location"] == at("review", waiting)
    elsewhere = browser.post(reverse("interests"), {**NONE, "next": "//evil.example"})
    assert elsewhere.headers["Location"] == reverse("profile")


def test_edge_10_an_interest_declared_between_opening_and_posting_counts(published, colleague, moderator):
    waiting = cast.propose_change(published, colleague)
    browser = signed_in(moderator)
    posted = verdict_on(waiting)
    disclosures.declare(moderator, [disclosures.Declared("shares", "Acme", pages=[published])])

    answer = browser.post(at("approve", waiting), posted)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "tied to Hypoparathyroidism; this change is about Hypoparathyroidism" in words(answer)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_edge_10_an_earlier_signature_keeps_its_declaration(published, moderator):
    verdict = published.publications.get().verdict
    before = verdict.standing["disclosure"]
    disclosures.declare(moderator, [disclosures.Declared("shares", "Acme", pages=[published])])

    verdict.refresh_from_db()

    assert verdict.standing["disclosure"] == before
    assert before["interests"] == []
    assert published.publications.open().exists()


# --- Suspensions ------------------------------------------------------------------------------------------


def test_a_suspended_person_reads_the_reason_on_every_act(published, clinician, administrator):
    office, browser = signed_in(administrator), signed_in(clinician)
    office.post(reverse("suspend", args=[clinician.pk]), {"reason": "It is looked into.", "until": until()})

    for name in ("drafts", "queue", "new"):
        answer = browser.get(reverse(name))
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "Your account is suspended until" in words(answer)
        assert "It is looked into. Until then you can only read" in words(answer)
    assert "It is looked into" in words(browser.get(reverse("profile")))
    assert browser.get("/wiki/hypoparathyroidism/").status_code == HTTPStatus.OK
    assert "suspended until" in words(office.get(reverse("roles")))


def test_a_suspension_is_lifted_and_work_handed_on_from_its_page(
    published, clinician, colleague, moderator, administrator
):
    office = signed_in(administrator)
    waiting = cast.propose_change(published, colleague)
    signed_in(moderator).post(at("request-changes", waiting), verdict_on(waiting, reason="Say more."))
    suspension.suspend(colleague, by=administrator, reason="Why.", until=dt.date.fromisoformat(until()))
    said = words(office.get(reverse("suspend", args=[colleague.pk])))
    assert "went back to them with changes asked for" in said

    answer = office.post(reverse("hand-over-work", args=[colleague.pk]), {"to": clinician.pk}, follow=True)
    assert "Now drafts of Dr Ines Albrecht: “Hypoparathyroidism”." in words(answer)
    office.post(reverse("lift", args=[colleague.pk]), {"reason": "It was a mistake."})

    assert User.objects.get(pk=colleague.pk).can_write


@pytest.mark.parametrize("name", ["suspend", "lift", "hand-over-work"])
def test_a_refused_suspension_act_keeps_its_typed_text(clinician, administrator, name):
    words_of = {
        "suspend": {"reason": "Typed in vain.", "until": until(900)},
        "lift": {"reason": "Typed in vain."},
        "hand-over-work": {"to": cast.make_user("other", "clinician").pk},
    }

    answer = signed_in(administrator).post(reverse(name, args=[clinician.pk]), words_of[name])

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "This was not done" in words(answer)


# --- A contributor's record -------------------------------------------------------------------------------


def test_a_personal_record_lists_published_work_only(client, published, clinician, colleague, moderator):
    cast.approve(cast.propose_change(published, colleague), moderator)
    cast.propose_change(published, clinician, summary="A new summary.")

    written = json.loads(client.get(reverse("person-record", args=["clinician", "json"])).content)
    reviewed = client.get(reverse("person-record", args=["moderator", "csv"])).content.decode().splitlines()

    assert [(one["act"], one["version"]) for one in written["contributions"]] == [("wrote", 1)]
    assert written["contributions"][0]["address"].endswith("/wiki/hypoparathyroidism/revisions/1/")
    assert written["contributions"][0]["digest"] == published.revisions.get(number=1).digest
    assert reviewed[0] == "date,act,title,kind,version,digest,address"
    assert len(reviewed) == 3


def test_a_person_without_published_work_has_a_page_for_themselves_only(client, colleague):
    path = reverse("person", args=[colleague.username])

    assert client.get(path).status_code == HTTPStatus.NOT_FOUND
    assert signed_in(colleague).get(path).status_code == HTTPStatus.OK


def test_an_orcid_is_kept_with_its_check_digit_and_linked(client, published, clinician):
    browser = signed_in(clinician)
    profile = {"name": "Dr Ines Albrecht", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    wrong = browser.post(reverse("profile"), {**profile, "orcid": "0000-0002-1825-0098"})
    assert "check digit" in words(wrong)

    browser.post(reverse("profile"), {**profile, "shown": "initials"})

    clinician.refresh_from_db()
    assert (clinician.orcid, clinician.attribution) == ("0000-0002-1825-0097", "initials")
    assert (
        'href="https://orcid.org/0000-0002-1825-0097"'
        in client.get(clinician.get_absolute_url()).content.decode()
    )


def test_a_contributors_page_takes_a_fixed_number_of_queries(
    client, published, clinician, colleague, moderator
):
    disclosures.declare(moderator, [disclosures.Declared("shares", "Acme", pages=[published])])
    few = queries_of(client, moderator.get_absolute_url())
    for title in ("Ataxia", "Tetany", "Gout"):
        cast.make_page(clinician, moderator, title)
        cast.make_qualified(moderator, "neurology")

    assert queries_of(client, moderator.get_absolute_url()) == few
