"""Whether a change on another text is the one that was signed."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.changes import same_change
from wiki.text.changes.same_change import SignedChange, why_different
from wiki.text.compare.merge import merge
from wiki.text.document import Code, Document, Row

BODY = """## Causes

Low calcium is one cause.

It is rare.

## In adults

- 50 mg once a day
- with food

Ask for the kidneys first.[^1]

## In children

| age | dose |
| --- | --- |
| 2 years | 5 mg |
| 6 years | 10 mg |

Nobody knows more.

## Outlook

It is good in most.

[^1]: A creatinine is enough.
"""
ROW = Row("causes", 7, "asserted", "low", "cohort", "", ("pmid:1",))
OTHER = Row("treats", 7, "asserted", "low", "cohort", "", ("pmid:1",))
FAR = Row("causes", 9, "asserted", "low", "cohort", "", ("pmid:1",))
BASE = Document(
    "A page",
    "condition",
    "In short.",
    ("A name",),
    (Code("Mondo", "MONDO:0000001"),),
    BODY,
    (ROW, OTHER, FAR),
)
ADULTS = ("- 50 mg once a day", "- 50 mg twice a day")


def with_body(document, *pairs):
    body = document.body
    for old, new in pairs:
        assert old in body
        body = body.replace(old, new)
    return replace(document, body=body)


def verdict(ours, theirs):
    """Return why what somebody signed is another change on what readers have meanwhile; "" if it is not."""
    merged = merge(BASE, ours, theirs)
    assert merged.clean
    return why_different(SignedChange(BASE, ours), SignedChange(theirs, merged.document))


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("Low calcium is one cause.", "Low calcium in the blood is one cause."),
        ("It is good in most.", "It is good in most people."),
        ("| 6 years | 10 mg |", "| 6 years | 12 mg |"),
        ("Nobody knows more.", "Nobody knows more.\n\nA picture shows it."),
        ("## Outlook", "## What comes of it"),
    ],
)
def test_a_signed_change_is_the_same_if_the_page_changed_elsewhere(elsewhere):
    assert verdict(with_body(BASE, ADULTS), with_body(BASE, elsewhere)) == ""


@pytest.mark.parametrize(
    ("ours", "around"),
    [
        (ADULTS, ("Ask for the kidneys first.", "Never mind the kidneys.")),
        (ADULTS, ("A creatinine is enough.", "A creatinine is not enough.")),
        (ADULTS, ("## In adults", "## In adults with weak kidneys")),
        (("| 2 years | 5 mg |", "| 2 years | 6 mg |"), ("## In children", "## In newborns")),
        (("| 2 years | 5 mg |", "| 2 years | 6 mg |"), ("Nobody knows more.", "Halve it in small ones.")),
        (("It is rare.", "It is rare in children."), ("Low calcium is one cause.", "High calcium is one.")),
        (("Low calcium is", "Low calcium may be"), ("## Causes", "## What does not cause it")),
        (("A creatinine is enough.", "A creatinine is not enough."), ("Ask for", "Never ask for")),
    ],
)
def test_a_signed_change_differs_if_its_surroundings_changed(ours, around):
    assert "passage" in verdict(with_body(BASE, ours), with_body(BASE, around))


@pytest.mark.parametrize(
    "theirs",
    [
        replace(BASE, title="Another page"),
        replace(BASE, kind="drug"),
    ],
)
def test_a_signed_change_differs_if_title_or_kind_changed(theirs):
    assert "of the page has changed" in verdict(with_body(BASE, ADULTS), theirs)


def test_a_signed_statement_differs_if_another_about_the_same_page_changed():
    ours = replace(BASE, statements=(replace(ROW, grade="high"), OTHER, FAR))
    near = replace(BASE, statements=(ROW, replace(OTHER, stance="refuted"), FAR))
    far = replace(BASE, statements=(ROW, OTHER, replace(FAR, stance="refuted")))

    assert "statement" in verdict(ours, near)
    assert verdict(ours, far) == ""
    assert verdict(ours, replace(BASE, summary="In short, otherwise.")) == ""


def test_the_summary_is_a_neighbour_of_the_first_passage():
    first = replace(BASE, body="First words.\n\n" + BODY)
    ours, theirs = replace(first, body="First words, changed.\n\n" + BODY), replace(first, summary="Another.")
    merged = merge(first, ours, theirs).document

    assert "passage" in why_different(SignedChange(first, ours), SignedChange(theirs, merged))


@pytest.mark.parametrize(
    ("elsewhere", "stays"),
    [
        (("Nobody knows more.", "Everybody knows more."), False),
        (("A creatinine is enough.", "A creatinine is not enough."), False),
        (("| 2 years | 5 mg |", "| 2 years | 6 mg |"), False),
        (("## In adults", "## In babies"), False),
        (("Low calcium is one cause.", "High calcium is one cause."), False),
        (("Nobody knows more.", "*Nobody* knows more."), True),
        (("Nobody knows more.", "Nobody knows more.[@pmid:1]"), True),
    ],
)
def test_the_whole_text_is_the_surroundings_of_the_summary(elsewhere, stays):
    ours = replace(BASE, summary="Another, in short.")

    assert (verdict(ours, with_body(BASE, elsewhere)) == "") == stays


def test_every_field_of_a_document_is_compared():
    compared = {*same_change._READ_BY, *same_change._FIELDS, "body", "statements"}

    assert compared == {one.name for one in fields(Document)}


@pytest.mark.parametrize("field", ["summary", "aliases", "codes"])
def test_a_signed_field_differs_if_it_changed(field):
    values: dict[str, Any] = {"summary": "Signed.", "aliases": ("A name", "Signed"), "codes": ()}
    others: dict[str, Any] = {"summary": "Now.", "aliases": ("Other",), "codes": (Code("a", "b"),)}
    ours = replace(BASE, **{field: values[field]})
    now = replace(BASE, **{field: others[field]})

    assert why_different(SignedChange(BASE, ours), SignedChange(BASE, ours)) == ""
    assert why_different(SignedChange(BASE, ours), SignedChange(now, ours))
    assert why_different(SignedChange(BASE, ours), SignedChange(BASE, BASE))


def test_an_empty_change_is_never_the_signed_one():
    assert why_different(SignedChange(BASE, BASE), SignedChange(BASE, BASE))


PARAGRAPHS = [f"Paragraph {one} says {one * 5} mg." for one in range(8)]
place = st.integers(0, len(PARAGRAPHS) - 1)


@given(ours=place, theirs=place, way=st.sampled_from(["change", "remove", "before", "after"]))
def test_a_signature_is_kept_exactly_if_its_neighbours_are_unchanged(ours, theirs, way):
    def page(paragraphs):
        return replace(BASE, body="\n\n".join(paragraphs))

    def changed(one):
        new = {"change": [f"{one} Or not."], "remove": [], "before": ["New words.", one]}
        return {**new, "after": [one, "New words."]}[way]

    signed = [f"{one} Signed." if at == ours else one for at, one in enumerate(PARAGRAPHS)]
    live = [new for at, one in enumerate(PARAGRAPHS) for new in (changed(one) if at == theirs else [one])]
    base, mine, now = page(PARAGRAPHS), page(signed), page(live)
    merged = merge(base, mine, now)
    if not merged.clean or ours == theirs:
        return

    said = why_different(SignedChange(base, mine), SignedChange(now, merged.document))

    at = live.index(PARAGRAPHS[ours])
    beside = (live[max(at - 1, 0) : at], live[at + 1 : at + 2])
    was = (PARAGRAPHS[max(ours - 1, 0) : ours], PARAGRAPHS[ours + 1 : ours + 2])
    assert (said == "") == (beside == was)


@pytest.mark.parametrize("side", ["signed", "now"])
def test_texts_that_cannot_be_lined_up_are_not_known_to_be_what_was_signed(side):
    sides = {name: SignedChange(BASE, with_body(BASE, ADULTS)) for name in ("signed", "now")}
    assert why_different(**sides) == ""

    sides[side].__dict__["comparison"] = replace(sides[side].comparison, is_whole=True)

    assert "could not be lined up" in why_different(**sides)
