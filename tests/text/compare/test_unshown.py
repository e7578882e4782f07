"""What readers get otherwise is shown, whatever found the changes."""

from wiki.text.compare.block_diff import blocks
from wiki.text.compare.diff import BlockChange
from wiki.text.compare.unshown import defended
from wiki.text.markdown.blocks import blocks_of


def shown(old, new):
    """Return the words of the blocks of the new text that are shown."""
    return [one.new.words for one in blocks(old, new) if one.is_shown and one.new and not one.is_pointer]


def test_blocks_missing_in_the_comparison_are_shown():
    old, new = "One.\n\nTwo.\n", "One.\n\nThree.\n"
    (a, b), (x, y) = blocks_of(old), blocks_of(new)

    hidden = [BlockChange("same", a, x), BlockChange("same", b, y)]
    assert [one.change for one in defended(hidden, old, new)[0]] == ["same", "changed"]
    for forgotten in (BlockChange("removed", b, None), BlockChange("added", None, y)):
        told, is_lined_up = defended([BlockChange("same", a, x), forgotten], old, new)
        assert [one.change for one in told] == ["removed", "removed", "added", "added"]
        assert not is_lined_up


def test_an_item_that_becomes_part_of_another_is_shown():
    assert shown("- a\n- b", "- a\n- new\n\n  b") == ["a", "new", "b"]
    assert shown("- a\n- b", "- a\n- new\n- b") == ["new"]


def test_a_box_that_loses_its_class_shows_all_its_content():
    box = "::: urgent See a {} the same day for\n- one\n- two\n:::\n\nAfter."

    assert shown(box.format("doctor"), box.format(" doctor"))[-2:] == ["one", "two"]
