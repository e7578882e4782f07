"""The map of a subject: how many pages stand in a cell, and what its heading says."""

from dataclasses import replace

import pytest

from wiki.models.queries.subject_map import MapRow
from wiki.screens.exploring import subject_map
from wiki.screens.exploring.subject_map import MapCell

ROW = MapRow("", "", "causes", "Gout", "gout", "disease", has_gene=False, grade="high", stance="", rank=0)


@pytest.mark.parametrize(("pages", "shown", "more"), [(12, 12, 0), (13, 13, 0), (14, 12, 2)])
def test_a_cell_never_leaves_out_a_single_page(pages, shown, more):
    cell = MapCell("High", [(ROW, "high")] * pages)

    assert (len(cell.shown), cell.more) == (shown, more)


@pytest.mark.parametrize(
    ("relations", "heading"),
    [
        (["genetic_basis_of"], "What genes lead to"),
        (["diagnoses"], "What genes find"),
        (
            ["interacts_with", "treats", "has_adverse_effect"],
            "What genes lead to, treat or call for care with",
        ),
    ],
)
def test_the_heading_says_what_the_rows_do(monkeypatch, relations, heading):
    rows = [replace(ROW, relation=one) for one in relations]
    monkeypatch.setattr(subject_map, "links_of_kind", lambda *_, **__: rows)

    found = subject_map.map_of_kind("gene")
    assert found
    assert found.heading == heading
