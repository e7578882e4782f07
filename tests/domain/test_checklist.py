"""The page's checklist: all of it for the whole page, by part for a change."""

import pytest

from wiki.domain.checklist import ITEMS, TOUCHED_BY, PagePart, items_for, items_touched


@pytest.mark.parametrize(
    ("kind", "parts", "ids"),
    [
        ("condition", [PagePart.CODES], ["A5"]),
        ("condition", [PagePart.PICTURES], ["R3", "D2", "C1"]),
        ("condition", [PagePart.STATEMENTS], ["S1", "S3", "S5", "A1", "A2", "A3", "D2"]),
        ("drug", [PagePart.TREATMENT], ["S2", "T1", "T2", "T3", "T4"]),
        ("condition", [], []),
    ],
)
def test_a_change_is_asked_what_it_touches(kind, parts, ids):
    assert [one.id for one in items_touched(kind, parts)] == ids


@pytest.mark.parametrize("kind", ["condition", "drug", "gene", "test"])
def test_everything_that_a_change_is_asked_is_asked_of_the_whole_page_too(kind):
    whole = {one.id for one in items_for(kind)}

    assert {one.id for one in items_touched(kind, list(PagePart))} < whole


def test_the_table_names_items_that_there_are():
    assert TOUCHED_BY.keys() < ITEMS.keys()
    assert {part for parts in TOUCHED_BY.values() for part in parts} == set(PagePart)
