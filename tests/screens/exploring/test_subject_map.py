"""The map of a subject: how many pages stand in a cell."""

import pytest

from wiki.models.queries.subject_map import MapRow
from wiki.screens.exploring.subject_map import MapCell

ROW = MapRow("", "", "causes", "Gout", "gout", "disease", has_gene=False, grade="high", stance="", rank=0)


@pytest.mark.parametrize(("pages", "shown", "more"), [(12, 12, 0), (13, 13, 0), (14, 12, 2)])
def test_a_cell_never_leaves_out_a_single_page(pages, shown, more):
    cell = MapCell("High", [(ROW, "high")] * pages)

    assert (len(cell.shown), cell.more) == (shown, more)
