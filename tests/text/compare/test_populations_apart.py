"""Rows of one relation and page stand side by side when their population differs."""

from dataclasses import replace

from tests.changed_values import DOCUMENT, ROW
from wiki.text.compare.diff import compare
from wiki.text.compare.merge import merge
from wiki.text.compare.union import made_by_both, union
from wiki.text.document import Document, Row

GENERAL = ROW
CHILDREN = replace(ROW, population="children", stance="refuted")
ADULTS = replace(ROW, population="adults", grade="high")


def page(*rows: Row) -> Document:
    return replace(DOCUMENT, statements=rows)


def test_a_statement_for_another_population_is_an_added_row():
    found = compare(page(GENERAL), page(GENERAL, CHILDREN))

    assert [(one.change, one.new) for one in found.rows] == [("same", GENERAL), ("added", CHILDREN)]


def test_a_population_in_other_case_is_the_same():
    (found,) = compare(page(CHILDREN), page(replace(CHILDREN, population="Children"))).rows

    assert (found.change, found.fields) == ("changed", ("population",))


def test_both_sides_add_the_row_for_their_population():
    merged = merge(page(GENERAL), page(GENERAL, CHILDREN), page(GENERAL, ADULTS))

    assert not merged.clashes
    assert set(merged.document.statements) == {GENERAL, CHILDREN, ADULTS}


def test_statements_of_two_populations_conflict_separately():
    base = page(CHILDREN, ADULTS)
    ours, theirs = (
        page(*(replace(row, note=note) for row in (CHILDREN, ADULTS))) for note in ("Ours.", "Theirs.")
    )

    clashes = merge(base, ours, theirs).clashes

    assert len(clashes) == len({one.key for one in clashes}) == 2


def test_a_union_keeps_statements_of_all_populations_and_fills_blanks():
    mine, other = page(GENERAL, CHILDREN), page(ADULTS, replace(CHILDREN, frequency="3 of 14"))

    whole = union(mine, other, stays_id=98, goes_id=99)

    assert set(whole.statements) == {GENERAL, ADULTS, replace(CHILDREN, frequency="3 of 14")}
    assert made_by_both(mine, other) == [(CHILDREN, replace(CHILDREN, frequency="3 of 14"))]
