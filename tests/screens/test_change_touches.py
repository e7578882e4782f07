"""Questions about a change: only what it touches is asked, and nothing that it touches is left out."""

from dataclasses import replace
from typing import Any

import pytest

from tests import cast
from tests.pictures import make_image, shown
from wiki.domain.change_questions import ONLY_FORM, Touched, questions_about
from wiki.models import User
from wiki.screens.change_touches import questions_of, touches_of
from wiki.screens.changes import Changes
from wiki.text.document import Code, Document, Retirement, Row

OLD = cast.document(
    "Hypoparathyroidism", body="## What it is\n\nGive 5 mg a day [@pmid:1].\n\nSee [[Seizures]].\n"
)
ROW = Row("causes", 7, "asserted", "low", "cohort", sources=("pmid:1",))
T = Touched


def body(old: str, new: str) -> dict[str, Any]:
    """Return a text with other words in it."""
    assert old in OLD.body
    return {"body": OLD.body.replace(old, new)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "touched"),
    [
        ({"summary": OLD.summary + " More words."}, {T.NEW_WORDS, T.SUMMARY}),
        (body("Give", "Always give"), {T.NEW_WORDS, T.LOST_WORDS}),
        (body(" a day", ""), {T.LOST_WORDS, T.FIGURES}),
        (body("5 mg", "50 mg"), {T.NEW_WORDS, T.LOST_WORDS, T.FIGURES}),
        (body("mg", "g"), {T.NEW_WORDS, T.LOST_WORDS, T.FIGURES}),
        (body("a day", "an hour"), {T.NEW_WORDS, T.LOST_WORDS, T.FIGURES}),
        (body("## What it is", "## In babies"), {T.NEW_WORDS, T.LOST_WORDS, T.MOVES, T.FIGURES}),
        (body("Give", "Take two tablets, then give"), {T.NEW_WORDS, T.LOST_WORDS, T.FIGURES}),
        (body("See", "Half of them see"), {T.NEW_WORDS, T.LOST_WORDS, T.FIGURES}),
        (body("@pmid:1", "@pmid:2"), {T.NEW_WORDS, T.LOST_WORDS, T.FIGURES, T.NEW_SOURCES}),
        (body("[[Seizures]]", "[[Cramps|Seizures]]"), {T.LINKS, T.NEW_WORDS}),
        (
            body("See [[Seizures]].", "See [[Seizures]] and [there](https://x.example)."),
            {T.NEW_WORDS, T.LINKS},
        ),
        ({"title": "Low PTH"}, {T.NEW_WORDS, T.LOST_WORDS, T.NAMES}),
        ({"aliases": ("Low PTH",)}, {T.NAMES}),
        ({"codes": (Code("OMIM", "146200"),)}, {T.NAMES}),
        ({"kind": "finding"}, {T.NAMES}),
        ({"statements": (ROW,)}, {T.STATEMENTS}),
        (
            {"statements": (replace(ROW, note="In 5 of 10.", sources=("pmid:9",)),)},
            {T.STATEMENTS, T.FIGURES, T.NEW_SOURCES},
        ),
        ({"retirement": Retirement("It says the same.")}, {T.RETIREMENT}),
        ({}, set()),
    ],
    ids=lambda one: str(one) if isinstance(one, dict) else "+".join(sorted(touch.value for touch in one)),
)
def test_each_change_has_its_touched_parts(change: dict[str, Any], touched: set[Touched]) -> None:
    assert touches_of(Changes(OLD, replace(OLD, **change))) == touched


def test_a_moved_paragraph_is_a_touched_part() -> None:
    paragraphs = ["## A", "One of some words.", "Two of other words.", "## B", "Three of more words."]
    moved = [paragraphs[0], paragraphs[2], paragraphs[3], paragraphs[4], paragraphs[1]]
    old, new = (replace(OLD, body="\n\n".join(one)) for one in (paragraphs, moved))

    assert T.MOVES in touches_of(Changes(old, new))


def test_pictures_and_patients_are_touched_parts(clinician: User) -> None:
    plain = make_image(clinician)
    patient = make_image(clinician, 90, shows_patient=True, consent="Signed.")
    without, with_plain, with_patient = (
        replace(OLD, body=text) for text in ("## What it is\n\nText.\n", shown(plain), shown(patient))
    )

    assert {T.PICTURES} == touches_of(Changes(without, with_plain)) & {T.PICTURES, T.PATIENT}
    assert {T.PICTURES, T.PATIENT} <= touches_of(Changes(with_plain, with_patient))
    assert not {T.PICTURES, T.PATIENT} & touches_of(Changes(with_patient, with_patient))
    # Readers had that picture before.
    other = replace(with_patient, body=with_patient.body.replace("White patches", "Patches"))
    assert {T.PICTURES} == touches_of(Changes(with_patient, other)) & {T.PICTURES, T.PATIENT}


def test_each_touched_part_has_one_question() -> None:
    assert [len(questions_about({one})) for one in Touched] == [1] * len(Touched)
    assert len({item.id for item in questions_about(set(Touched))}) == len(Touched)
    assert questions_about(set()) == [ONLY_FORM]


@pytest.mark.django_db
def test_a_new_page_gets_all_questions_except_about_removed_text() -> None:
    asked = {one.id for one in questions_of(None, OLD)}

    assert {"about_new_words", "about_names", "about_summary", "about_figures", "about_links"} <= asked
    assert "about_lost_words" not in asked


@pytest.mark.django_db
def test_a_typo_gets_at_most_three_questions() -> None:
    """As measured: a change of one word asked 4 to 13 questions, 11 in the middle."""
    fixed: Document = replace(OLD, body=OLD.body.replace("Give", "Gives"))

    assert len(questions_of(OLD, fixed)) <= 3
