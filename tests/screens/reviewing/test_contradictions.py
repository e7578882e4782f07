"""Contradictions: each kind is found, and what contradicts nothing is not."""

import pytest

from tests import cast
from tests.made_up_data_set import MadeUpFiles, disease, finding
from tests.reviewing import signed_in
from wiki.importing.data_sets.loading import load
from wiki.importing.data_sets.records import RowRecord, key_of
from wiki.models import Page, Role
from wiki.models.queries.contradictions import contradictions
from wiki.text.document import Code


@pytest.fixture
def people(db):
    author, moderator = (
        cast.make_user("clinician", Role.CLINICIAN),
        cast.make_user("moderator", Role.MODERATOR),
    )
    cast.make_source(author)
    return author, moderator


def found(people, *rows, kind: str = "condition", other: str = "condition") -> list[str]:
    """Return what contradicts what after one page has made some statements about another."""
    author, moderator = people
    target = cast.make_page(author, moderator, "Target", kind=other)
    made = tuple(cast.statement(target, relation, **words) for relation, words in rows)
    cast.make_page(author, moderator, "Subject", kind=kind, statements=made)
    return [one.kind.value for one in contradictions()]


ADULTS, CHILDREN = {"population": "adults"}, {"population": "children"}


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([("causes", {}), ("has_complication", {"stance": "unsupported"})], ["supported-or-not"]),
        ([("causes", ADULTS), ("has_complication", {"stance": "refuted", **CHILDREN})], []),
        # What is told of nobody in particular is told of adults and of children, on whichever side it stands.
        ([("causes", ADULTS), ("has_complication", {"stance": "refuted"})], ["supported-or-not"]),
        ([("causes", {}), ("has_complication", {"stance": "refuted", **CHILDREN})], ["supported-or-not"]),
        ([("causes", {"frequency": "5%"}), ("has_complication", {"frequency": "50%"})], ["frequencies"]),
        ([("causes", {"frequency": "5–50%"}), ("has_complication", {"frequency": "50%"})], []),
        ([("causes", {"frequency": "5%", **ADULTS}), ("causes", {"frequency": "50%", **CHILDREN})], []),
        ([("causes", {"grade": "high"}), ("causes", {"grade": "low", **CHILDREN})], ["certainty"]),
        ([("causes", {"grade": "high"}), ("causes", {"grade": "moderate", **CHILDREN})], []),
        ([("causes", {}), ("has_complication", {})], []),
    ],
)
def test_contradictory_statements_of_one_page_are_found(people, rows, kinds):
    assert found(people, *rows) == kinds


def test_a_treatment_that_is_contraindicated_is_found(people):
    assert found(people, ("treats", {}), ("contraindicated_in", {}), kind="treatment") == ["treats-or-harms"]


def test_a_statement_with_different_certainty_on_both_pages_is_found_once(people):
    author, moderator = people
    one = cast.make_page(author, moderator, "One")
    other = cast.make_page(
        author, moderator, "Other", statements=(cast.statement(one, "associated_with", grade="high"),)
    )
    rows = (cast.statement(other, "associated_with", grade="low"),)
    cast.approve(cast.propose_change(one, author, statements=rows), moderator)

    assert [one.kind.value for one in contradictions()] == ["certainty"]


class Denying(MadeUpFiles):
    """Its first disease is said not to show the finding of the first leaf."""

    def rows(self):
        yield from super().rows()
        codes = disease(0), finding(self.leaves[0])
        yield RowRecord(key_of(*codes, "not"), codes[0], "has_manifestation", codes[1], denied=True)


def test_a_statement_denied_by_a_data_set_is_shown_to_moderators_only(people):
    author, moderator = people
    files = Denying(2)
    load(files, progress=print)
    sign = cast.make_page(
        author, moderator, "Sign", kind="finding", codes=(Code("HPO", finding(files.leaves[0])),)
    )
    cast.make_page(
        author, moderator, "Sickness", statements=(cast.statement(sign),), codes=(Code("Orphanet", "0"),)
    )

    assert [one.kind.value for one in contradictions()] == ["denied"]
    text = signed_in(moderator).get("/contradictions/").content.decode()
    assert "is said not to be so" in text
    assert signed_in(author).get("/contradictions/").status_code == 403


def test_the_list_is_made_in_a_few_queries(people, django_assert_max_num_queries):
    found(people, ("causes", {}), ("has_complication", {"stance": "unsupported"}))
    client = signed_in(people[1])
    client.get("/contradictions/")

    with django_assert_max_num_queries(8):
        client.get("/contradictions/?kind=supported-or-not")
    assert Page.objects.count() == 2
