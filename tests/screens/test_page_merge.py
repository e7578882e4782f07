"""What readers of a page lose when it is merged into another one."""

from dataclasses import replace

import pytest

from wiki.models import Revision, User
from wiki.screens.page_merge import RetiredHalf
from wiki.text.document import Code, Document, Row

BOXED = "::: urgent Now\nCall at once.\n:::"
ROW = Row("causes", 7, stance="supports", grade="low", basis="expert_opinion", note="Seldom.")
GOES = Document(
    "Low calcium",
    "finding",
    summary="What it is.",
    aliases=("Hypocalcaemia",),
    codes=(Code("mondo", "1"),),
    body=f"## In adults\n\nGive 50 mg.\n\n{BOXED}\n\n## In children\n\nGive 10⁵ units.",
    statements=(ROW,),
)
STAYS = replace(GOES, title="Calcium, low", aliases=("Low calcium", "Hypocalcaemia"))


def lost_with(**changes):
    taken = Revision()
    taken.hold(GOES)
    return RetiredHalf(Revision(), taken, replace(STAYS, **changes), User())


def test_a_merge_loses_nothing_that_the_remaining_page_has():
    assert not lost_with(body=f"{GOES.body}\n\n## More\n\nMore.").loses_anything


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("Give 50 mg.", "Give 5 mg.", ["Give 50 mg."]),
        ("\n\n## In children", "", ["In children", "Give 10⁵ units."]),
        ("10⁵", "105", ["Give 10⁵ units."]),
        (BOXED, "Call at once.", ["Now", "Call at once."]),
        ("Give 50 mg.", "GIVE 50 mg.", ["Give 50 mg."]),
    ],
)
def test_a_passage_missing_or_changed_in_the_merged_page_is_listed_as_lost(old, new, lost):
    assert old in GOES.body

    assert [one.words for one in lost_with(body=GOES.body.replace(old, new)).lost_blocks] == lost


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"summary": "Something else."},
        {"aliases": ("Low calcium",)},
        {"aliases": ("Hypocalcaemia",)},
        {"codes": (Code("mondo", "2"),)},
        {"codes": (Code("mondo", "1", match="broad"),)},
        {"statements": ()},
        {"statements": (replace(ROW, note="Often."),)},
    ],
)
def test_any_other_difference_is_listed_as_lost(changes):
    assert not lost_with().loses_anything
    assert lost_with(**changes).loses_anything
