"""What the comparison says of a block beside its words: after what it stood, and in what kind of list."""

import pytest

from wiki.text.compare.block_diff import blocks

LISTS = "It is seen in:\n\n- bone\n- skin\n\nIt is never seen in:\n\n- gut\n"
MOVED = {
    "to the other list": (
        LISTS,
        "It is seen in:\n\n- bone\n\nIt is never seen in:\n\n- gut\n- skin\n",
        "stood in the list after “It is seen in:”, stands in the list after “It is never seen in:”",
    ),
    "within its list": (
        "## Seen\n\n1. bone\n2. skin\n3. gut\n",
        "## Seen\n\n1. skin\n2. bone\n3. gut\n",
        "stood after “bone”, stands after the heading “Seen”",
    ),
    "within its table": (
        "| A |\n|---|\n| bone |\n| skin |\n| gut |\n",
        "| A |\n|---|\n| skin |\n| bone |\n| gut |\n",
        "stood after “bone”, stands after “A”",
    ),
    "to the beginning": (
        "Bone.\n\nSkin.\n",
        "Skin.\n\nBone.\n",
        "stood after “Bone.”, stands at the beginning",
    ),
}
OF_ITS_LIST = {
    "began at one": ("1. a\n2. b\n", "4. a\n5. b\n", "the numbers of its list: from 1 before, from 4 now"),
    "had none": ("- a\n- b\n", "4. a\n5. b\n", "the numbers of its list: none before, from 4 now"),
    "was a term": ("Bone\n: hard\n", "Bone\n\nhard\n", "was an explanation, is a paragraph"),
}


@pytest.mark.parametrize(("old", "new", "said"), MOVED.values(), ids=MOVED)
def test_a_block_that_moved_within_its_section_says_after_what_it_stood_and_stands(old, new, said):
    notes = [note for one in blocks(old, new) if one.change == "moved" for note in one.notes]

    assert said in notes


@pytest.mark.parametrize(("old", "new", "said"), OF_ITS_LIST.values(), ids=OF_ITS_LIST)
def test_a_block_whose_list_changed_says_how(old, new, said):
    assert said in {note for one in blocks(old, new) for note in one.notes}


def test_a_row_that_moved_says_after_which_cells_it_stood():
    table = "| Drug | Dose |\n| --- | --- |\n{}\n{}\n{}"
    one, two, three = "| A | 50 mg |", "| B | 70 mg |", "| C | 1 mg |"

    found = blocks(table.format(one, two, three), table.format(two, one, three))

    (moved,) = (row for row in found if row.change == "moved")
    assert moved.notes == ("stood after “A · 50 mg”, stands after “Drug · Dose”",)
