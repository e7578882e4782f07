"""What software says about each item of the checklist."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from tests import cast
from wiki.checklist import ITEMS, items_for
from wiki.lifecycle import Act
from wiki.models import Page, Publication, User
from wiki.text.document import Code, Document, Row
from wiki.vocabulary import Kind
from wiki.workflow import people
from wiki.workflow.case import open_case
from wiki.workflow.checks import CHECKS, Cited, Findings, passages_of, run
from wiki.workflow.refusal import Problem

KEY = "pmid:1"
CITED = "## What it is\n\nIt is a thing of some note [@pmid:1].\n"
TODAY = dt.date(2026, 11, 22)
TITLES = {7: "Seizures", 8: "Headache"}


def document(body: str = CITED, **changes: Any) -> Document:
    """Return a document with which the checks find no fault."""
    words = {"title": "A thing", "kind": "condition", "summary": "It is a thing. It is small."}
    return Document(**{**words, "body": body, **changes})


def row(relation: str = "causes", other: int = 7, **changes: Any) -> Row:
    """Return a statement with which the checks find no fault."""
    words = {"stance": "asserted", "grade": "low", "basis": "cohort", "sources": (KEY,)}
    return Row(relation, other, **{**words, **changes})


def found(item: str, new: Document, *, old: Document | None = None, **changes: Any) -> tuple[str, str]:
    """Return the result and the sentence of one check; nothing has changed unless `old` is given."""
    source = Cited("cohort", 2024, verified=True)
    words = {"problems": [], "sources": {KEY: source}, "titles": TITLES, "today": TODAY, "due_on": TODAY}
    findings = Findings(document=new, before=old or new, **{**words, **changes})
    return next((one.result, one.sentence) for one in run(findings) if one.item == item)


@pytest.mark.parametrize("item", CHECKS)
def test_a_page_in_order_passes(item: str) -> None:
    new = document(CITED + "\n::: urgent Get help for\na first seizure.\n:::\n", statements=(row(),))

    assert found(item, new, professions={"Dr A": "neurologist"})[0] == "pass"


LOOK: dict[str, tuple[str, Document, dict[str, Any], str]] = {
    "a paragraph without reference": (
        "S1",
        document("## What it is\n\nIt is a thing of some note."),
        {},
        "No reference in “What it is”, paragraph 1.",
    ),
    "many paragraphs without": (
        "S1",
        document("One is not known yet.\n\nTwo is not known yet.\n\nIt is also not.\n\nNor is the rest."),
        {},
        "No reference in the opening, paragraph 1, the opening, paragraph 2, "
        "the opening, paragraph 3 and 1 more.",
    ),
    "a treatment on one study": (
        "S2",
        document(statements=(row("treats"), row("prevents", 8))),
        {},
        "Rests on single studies alone: treats Seizures and helps to prevent Headache.",
    ),
    "a treatment on a source that is not known": (
        "S2",
        document(statements=(row("treats", 9, sources=("pmid:2",)),)),
        {},
        "Rests on single studies alone: treats a page that is not there.",
    ),
    "a source not verified": (
        "S3",
        document(),
        {"sources": {KEY: Cited("cohort", 2024, verified=False)}},
        "One source is not fully verified; each is marked as such.",
    ),
    "new sources": ("S3", document(), {"old": document("Nothing.")}, "One source is new here: open each."),
    "old sources": (
        "S4",
        document(),
        {"sources": {KEY: Cited("cohort", 2020, verified=True)}},
        "The newest source is from 2020.",
    ),
    "sources without a year": (
        "S4",
        document(),
        {"sources": {KEY: Cited("cohort", None, verified=True)}},
        "No source has a year.",
    ),
    "one case as a fact": (
        "S5",
        document(statements=(row(basis="case_report", grade="moderate"),)),
        {},
        "Graded above very low on one case or a mechanism: causes Seizures.",
    ),
    "a new statement": (
        "A1",
        document(statements=(row(),)),
        {"old": document()},
        "Read the relation and its direction: causes Seizures.",
    ),
    "a changed statement": (
        "A1",
        document(statements=(row(note="Only in adults."),)),
        {"old": document(statements=(row(),))},
        "Read the relation and its direction: causes Seizures.",
    ),
    "a bold grade": (
        "A2",
        document(statements=(row(grade="high"),)),
        {},
        "High without a guideline, a review or genetics: causes Seizures.",
    ),
    "a doubt without a note": (
        "A3",
        document(statements=(row(stance="disputed"),)),
        {},
        "No note says why: causes Seizures.",
    ),
    "a contradiction": (
        "A3",
        document(statements=(row(), row("associated_with", stance="refuted", note="One trial."))),
        {},
        "Both supported and not, in different statements: Seizures.",
    ),
    "a bare percentage": (
        "A4",
        document("## Numbers\n\nIt was seen in 25 % of those."),
        {},
        "A percentage without a reference in “Numbers”, paragraph 1.",
    ),
    "a new percentage": (
        "A4",
        document("It was seen in 25% of those [@pmid:1]."),
        {"old": document("It was seen in some of those [@pmid:1].")},
        "Percentages are new or changed: compare each with its source.",
    ),
    "a new code": (
        "A5",
        document(codes=(Code("OMIM", "146200"),)),
        {"old": document()},
        "Look up what is new: OMIM 146200.",
    ),
    "a dose": (
        "T4",
        document("Take 5 mg/kg of it daily [@pmid:1].", statements=(row(note="At 400–800 units."),)),
        {},
        "This looks like a dose: “5 mg/kg” and “400–800 units”.",
    ),
    "a hard summary": (
        "R1",
        document(summary="Extraordinarily heterogeneous neurodegenerative manifestations predominate."),
        {},
        "aim for 9 or less",
    ),
    "a person without profession": (
        "P1",
        document(),
        {"professions": {"Dr A": "neurologist", "B": ""}},
        "No profession is given for B.",
    ),
    "no box for what is urgent": ("D1", document(), {}, "There is no box for what needs urgent care."),
    "a telephone number": (
        "D2",
        document("Ring 020 7946 0958 for it [@pmid:1]."),
        {},
        "This could identify somebody: “020 7946 0958”.",
    ),
}


@pytest.mark.parametrize("name", LOOK)
def test_what_a_person_must_look_at(name: str) -> None:
    item, new, facts, sentence = LOOK[name]

    result, said = found(item, new, **facts)

    assert result == "look"
    assert sentence in said


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("statements-0-sources", "S3"),
        ("body", "S3"),
        ("statements-0-relation", "A1"),
        ("statements-1-object", "A1"),
        ("statements-0-grade", "A2"),
        ("codes", "A5"),
        ("title", ""),
    ],
)
def test_what_the_gate_refuses_stops(field: str, item: str) -> None:
    result = found(item, document(), problems=[Problem(field, "This must be put right")])

    assert result == ("stop", "This must be put right.")


@pytest.mark.parametrize(
    "words", ["8.5 mg/dl in blood", "a level of 12 mg / l", "25 µg per litre", "2 mmol/l"]
)
def test_an_amount_in_blood_is_no_dose(words: str) -> None:
    assert found("T4", document(f"It was {words} in those [@pmid:1]."))[0] == "pass"


def test_what_stands_in_a_box_owes_no_reference() -> None:
    box = "::: urgent Get help for\na first seizure in a child.\n\nAlso for sudden weakness of one side.\n:::"
    body = f"{box}\n\nAfter the box it counts."

    assert [one.place for one in passages_of(body)] == ["the opening, paragraph 1"]


def test_short_lines_state_nothing() -> None:
    assert list(passages_of("As follows:\n\n## Then\n")) == []


@pytest.mark.parametrize("kind", Kind)
def test_only_what_applies_to_the_kind_is_checked(kind: Kind) -> None:
    asked = {item.id for item in items_for(kind)}

    checks = run(Findings(document(kind=kind.value), None, [], {}, TITLES, TODAY, dt.date(2028, 5, 3)))

    assert {one.item for one in checks} == asked & set(CHECKS)


def test_every_check_answers_an_item_there_is() -> None:
    assert set(CHECKS) <= set(ITEMS)
    assert len(ITEMS) == 26


def test_the_notice_that_p4_speaks_of_stands_on_every_page(client: Any, page: Page) -> None:
    assert "no substitute for a health professional" in client.get("/overdue/").content.decode()


# --- The case that a reviewer opens -----------------------------------------------------------------------


def test_a_case_names_authors_whose_account_is_gone(
    page: Page, clinician: User, moderator: User, administrator: User
) -> None:
    waiting = cast.submit(cast.make_edit(page, clinician))
    people.remove_account(clinician, by=administrator)
    waiting.refresh_from_db()

    case = open_case(waiting, by=moderator)

    assert [one.author_name for one in case.authors] == ["Dr Ines Albrecht"]
    assert "No profession is given for Dr Ines Albrecht." in [one.sentence for one in case.looks]


def test_a_moderators_acts_are_those_of_the_rules(page: Page, clinician: User, moderator: User) -> None:
    waiting = cast.submit(cast.make_edit(page, clinician))

    acts = open_case(waiting, by=moderator).acts

    assert acts == {Act.BUILD_ON, Act.REBASE, Act.APPROVE, Act.REQUEST_CHANGES, Act.REJECT}


def test_what_was_decided_is_not_checked_again(page: Page, moderator: User) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None

    case = open_case(live.revision, by=moderator)

    assert case.checked == []
    assert not case.can_decide
    assert case.turned_down == []
    assert case.merged_as is None


def test_a_source_cited_in_another_way_is_not_new(page: Page, clinician: User, moderator: User) -> None:
    source = cast.make_source(clinician)
    cast.approve(
        cast.submit(cast.make_edit(page, clinician, body="It is a thing of note [@pmid:22327515].")),
        moderator,
    )
    waiting = cast.submit(
        cast.make_edit(page, clinician, body="It is a thing of some note [@pmid:22327515].")
    )

    case = open_case(waiting, by=moderator)

    assert [(one.source, one.is_new) for one in case.references] == [(source, False)]
    assert case.unsettled == case.references
    assert case.settled == []
    assert dataclasses.is_dataclass(case)
