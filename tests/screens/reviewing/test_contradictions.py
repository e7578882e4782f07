"""Contradictions: each kind is found, and what contradicts nothing is not."""

from decimal import Decimal
from typing import Any

import pytest

from tests import cast
from tests.made_up_data_set import MadeUpFiles, disease, finding
from tests.reviewing import signed_in
from wiki.domain.codes import CodeMatch
from wiki.importing.data_sets.loading import load
from wiki.importing.data_sets.records import RowRecord, key_of
from wiki.models import Page, Role
from wiki.models.queries.contradictions import ContradictionKind, contradictions
from wiki.models.queries.untold_rows import entries_unlike_their_pages
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


ASSERTED, REFUTED = {"stance": "asserted"}, {"stance": "refuted"}


@pytest.mark.parametrize(
    ("mine", "theirs", "kinds"),
    [
        (("associated_with", ASSERTED), ("associated_with", REFUTED), ["supported-or-not"]),
        (("associated_with", {"stance": "unsupported"}), ("associated_with", ASSERTED), ["supported-or-not"]),
        (("differential_of", ASSERTED), ("differential_of", REFUTED), ["supported-or-not"]),
        (("associated_with", ADULTS), ("associated_with", {**REFUTED, **CHILDREN}), []),
        (("associated_with", ASSERTED), ("differential_of", REFUTED), []),
        # What brings something about is associated with it, and need not bring about what is.
        (("causes", ASSERTED), ("associated_with", REFUTED), ["supported-or-not"]),
        (("causes", REFUTED), ("associated_with", ASSERTED), []),
        # That one causes the other says nothing of the other causing the one.
        (("causes", ASSERTED), ("causes", REFUTED), []),
        (("causes", {"grade": "high"}), ("causes", {"grade": "very_low"}), []),
        # How many of those with the one have the other, and how many of those with the other.
        (("associated_with", {"frequency": "5%"}), ("associated_with", {"frequency": "50%"}), []),
    ],
)
def test_statements_of_two_pages_about_each_other_contradict_where_they_read_the_same(
    people, mine, theirs, kinds
):
    author, moderator = people
    one = cast.make_page(author, moderator, "One")
    row = cast.statement(one, theirs[0], **theirs[1])
    other = cast.make_page(author, moderator, "Other", statements=(row,))
    change = cast.propose_change(one, author, statements=(cast.statement(other, mine[0], **mine[1]),))
    cast.approve(change, moderator)

    assert [one.kind.value for one in contradictions()] == kinds


SETTLED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("supported-or-not", "causes", {}, REFUTED),
    ("frequencies", "causes", {"frequency": "5%"}, {"frequency": "50%"}),
    ("certainty", "causes", {"grade": "high"}, {"grade": "low"}),
]


@pytest.mark.parametrize(("kind", "relation", "first", "second"), SETTLED)
def test_a_contradiction_is_listed_by_its_kind_until_it_is_settled(people, kind, relation, first, second):
    author, moderator = people
    target = cast.make_page(author, moderator, "Target")
    rows = cast.statement(target, relation, **first), cast.statement(target, relation, **second, **CHILDREN)
    page = cast.make_page(author, moderator, "Subject", statements=rows)
    client = signed_in(moderator)
    counts = {one: int(one == kind) for one in ContradictionKind.values}
    assert dict(client.get("/contradictions/").context["found"].counts) == counts
    assert "Target" in client.get("/contradictions/", {"kind": kind}).content.decode()

    cast.approve(cast.propose_change(page, author, statements=rows[:1]), moderator)

    assert contradictions() == []
    assert "Target" not in client.get("/contradictions/", {"kind": kind}).content.decode()


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


class AnotherIllness(MadeUpFiles):
    """Its first disease always shows three findings, and its second one two, beside many that are rarer."""

    def rows(self):
        for number, shares in enumerate([(90, 90, 90, 30), (90, 90, *(30 for _ in range(9)))]):
            for leaf, share in zip(self.leaves, shares, strict=False):
                yield RowRecord(
                    key_of(disease(number), finding(leaf)),
                    disease(number),
                    "has_manifestation",
                    finding(leaf),
                    frequency=f"{share}%",
                    shares=(Decimal(share), Decimal(share)),
                )


def test_an_entry_unlike_its_page_is_listed_until_its_code_is_not_exact_any_more(people):
    author, moderator = people
    files = AnotherIllness(2)
    load(files, progress=print)
    sign = cast.make_page(
        author, moderator, "Sign", kind="finding", codes=(Code("HPO", finding(files.leaves[0])),)
    )
    told = (cast.statement(sign),)
    cast.make_page(author, moderator, "Common", codes=(Code("Orphanet", "1"),), statements=told)
    page = cast.make_page(author, moderator, "Sickness", codes=(Code("Orphanet", "0"),), statements=told)

    listed = entries_unlike_their_pages(100)

    # Of all that an entry says, the part that should be on the page and is not: 2 of 4 before 1 of 11.
    assert [one[1:] for one in listed] == [
        ("ORPHA:0", "Disease 0", "sickness", "Sickness", 4, 3, 3, 2),
        ("ORPHA:1", "Disease 1", "common", "Common", 11, 10, 2, 1),
    ]
    for kind, is_shown in (("", True), ("entries", True), ("denied", False)):
        text = signed_in(moderator).get("/contradictions/", {"kind": kind}).content.decode()
        assert ('<td data-label="Very frequent, and not on the page">2 of 3</td>' in text) is is_shown
        assert "Entries that may describe something else (2)" in text
    entry = signed_in(author).get("/data/hpo/ORPHA:0/").content.decode()
    assert "The page of Causeway says nothing about 3 of the 4 rows below" in " ".join(entry.split())
    assert entry.count("nothing yet") == 3

    codes = (Code("Orphanet", "0", CodeMatch.BROADER.value),)
    cast.approve(cast.propose_change(page, author, codes=codes), moderator)

    assert [one.code for one in entries_unlike_their_pages(100)] == ["ORPHA:1"]
    assert "The page of Causeway says" not in signed_in(author).get("/data/hpo/ORPHA:0/").content.decode()
