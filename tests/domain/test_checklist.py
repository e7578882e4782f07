"""The page's checklist: which questions are asked of which kind of page."""

import pytest

from wiki.domain.checklist import ITEMS, items_for


@pytest.mark.parametrize(
    ("kind", "asks", "leaves_out"),
    [
        ("condition", {"S1", "T2", "D1"}, {"T1", "T3"}),
        ("drug", {"S1", "T1", "T2", "T3", "D1"}, set()),
        ("gene", {"S1", "T4"}, {"T1", "T2", "T3", "D1"}),
    ],
)
def test_the_checklist_fits_the_kind_of_page(kind, asks, leaves_out):
    ids = {one.id for one in items_for(kind)}

    assert asks <= ids
    assert not leaves_out & ids


def test_each_question_has_one_id():
    assert [key for key, item in ITEMS.items() if key != item.id] == []
