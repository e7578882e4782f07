"""Every error of the form of a page is at its field, and what was typed is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from tests import cast
from tests.remembered import kept_for_the_module
from tests.reviewing import words
from tests.shown import error_at, fields_of, statement_fields
from wiki.models import Revision, Role

LONG = "x" * 301
PROBLEMS = [
    ({"title": ""}, "title", "Give the page a title"),
    ({"title": "x" * 121}, "title", "Shorten this by 1 character"),
    ({"title": "Seizures"}, "title", "There is already a page"),
    ({"kind": ""}, "kind", "Choose what kind"),
    ({"kind": "planet"}, "kind", "Choose one from the list"),
    ({"summary": ""}, "summary", "Write a plain summary"),
    ({"summary": LONG}, "summary", "Shorten this by 1 character"),
    ({"aliases": "x" * 121}, "aliases", "Shorten this by 1 character"),
    ({"aliases": "one, One"}, "aliases", "named twice"),
    ({"body": ""}, "body", "Write the text"),
    ({"body": "x" * 100_001}, "body", "Shorten this by 1 character"),
    ({"body": "See [@pmid:99999999]."}, "body", "is not among the wiki’s sources"),
    ({"body": "See [@doi:rubbish]."}, "body", "A DOI looks like"),
    ({"note": "x" * 2001}, "note", "Shorten this by 1 character"),
    ({"codes-0-system": "OMIM", "codes-0-code": "21"}, "codes-0-code", "is not a valid OMIM code"),
    ({"codes-0-system": "OMIM", "codes-0-code": ""}, "codes-0-code", "Give the code"),
    ({"codes-0-system": "", "codes-0-code": "213600"}, "codes-0-system", "Choose the system"),
    ({"codes-0-system": "Foo", "codes-0-code": "1"}, "codes-0-system", "Choose one from the list"),
    (statement_fields(relation=""), "statements-0-relation", "Choose how"),
    (statement_fields(relation="loves"), "statements-0-relation", "Choose one from the list"),
    (statement_fields(relation="treats"), "statements-0-relation", "cannot say “treats”"),
    (statement_fields(object=""), "statements-0-object", "Name the other page"),
    (statement_fields(object="Nowhere"), "statements-0-object", "There is no page called “Nowhere”"),
    (
        statement_fields(relation="see_also", grade="", object="Hypoparathyroidism"),
        "statements-0-object",
        "about itself",
    ),
    (statement_fields() | statement_fields(1), "statements-1-object", "already made above"),
    (statement_fields(stance=""), "statements-0-stance", "Say what the evidence says"),
    (statement_fields(grade=""), "statements-0-grade", "Say how certain"),
    (statement_fields(grade="ungraded"), "statements-0-grade", "Choose one from the list"),
    (statement_fields(basis=""), "statements-0-basis", "Say what kind of evidence"),
    (statement_fields(frequency="14 of 3"), "statements-0-frequency", "more than all"),
    (statement_fields(effect="rather much"), "statements-0-effect", "Write the effect as"),
    (statement_fields(population="60 to 40 years"), "statements-0-population", "end before they begin"),
    (statement_fields(check_by="31 February 2027"), "statements-0-check_by", "There is no such day"),
    (statement_fields(note="x" * 401), "statements-0-note", "Shorten this by 1 character"),
    (statement_fields(sources=""), "statements-0-sources", "Add a source"),
    (statement_fields(sources="pmid:99999999"), "statements-0-sources", "not among the wiki’s sources"),
    (statement_fields(sources="10.12/x"), "statements-0-sources", "A DOI looks like"),
    (statement_fields(sources="pmid:123456789"), "statements-0-sources", "at most eight digits"),
    (statement_fields(sources="9780306406158"), "statements-0-sources", "last digit does not fit"),
    ({"title": "a\0b"}, "title", "could not be read"),
    ({"aliases": "a\0b"}, "aliases", "could not be read"),
    ({"body": "a\0b"}, "body", "could not be read"),
    (statement_fields(note="a\0b"), "statements-0-note", "could not be read"),
]


@dataclass(frozen=True)
class Desk:
    """A writer at a draft, and the form as it is opened."""

    browser: Client
    draft: Revision
    form: dict[str, list[str]]


@pytest.fixture(autouse=True)
def _database(desk: Desk, db: None) -> None:
    """Take back after each test what it did; the draft of the module stays."""


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: object) -> Iterator[Desk]:
    """Return a draft that has no errors; it is made and opened once for all rows."""
    with kept_for_the_module(django_db_blocker, _desk) as made:
        yield made


def _desk() -> Desk:
    clinician = cast.make_user("clinician", Role.CLINICIAN)
    moderator = cast.make_user("moderator", Role.MODERATOR)
    cast.make_source(clinician)
    cast.make_page(clinician, moderator, "Seizures", kind="symptom", aliases=("fits",))
    draft = cast.make_edit(cast.make_page(clinician, moderator, "Hypoparathyroidism"), clinician)
    browser = Client()
    browser.force_login(clinician)
    return Desk(browser, draft, fields_of(browser.get(f"/drafts/{draft.pk}/")))


@pytest.mark.parametrize(("typed", "field", "sentence"), PROBLEMS, ids=[f"{p[1]}: {p[2]}" for p in PROBLEMS])
def test_every_error_is_at_its_field_and_typed_values_are_kept(desk, typed, field, sentence):
    place = f"/drafts/{desk.draft.pk}/"

    answer = desk.browser.post(
        place, desk.form | {"note": "Why.", "impact": "wording", "act": "submit"} | typed
    )

    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    assert not re.search(r"\b(\w+) \1\b:", words(answer))
    assert Revision.objects.get(pk=desk.draft.pk).state == "draft"
    reopened = desk.browser.get(place)
    if field != "note":
        assert sentence in error_at(reopened, field)
    for shown in (answer, reopened):
        now = fields_of(shown)
        for name, value in typed.items():
            kept = now[name][0].replace("\r\n", "\n") + " ".join(
                now.get(name.replace("sources", "cited"), [])
            )
            # A choice that was never offered cannot have been typed.
            assert value.replace("\0", "\ufffd") in kept or sentence == "Choose one from the list", name
