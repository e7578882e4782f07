"""A change of a text as one place: it fits the text it was made to, and no other."""

import pytest

from wiki.text.compare.patch import Misfit, Patch

TEXT = "Calcium is given."


@pytest.mark.parametrize(
    ("patch", "after"),
    [
        (Patch(0, 0, 17, "Often "), "Often Calcium is given."),
        (Patch(17, 17, 17, " Daily."), "Calcium is given. Daily."),
        (Patch(0, 7, 17, "Vitamin D"), "Vitamin D is given."),
        (Patch(7, 16, 17, ""), "Calcium."),
        (Patch(0, 17, 17, ""), ""),
        (Patch(3, 3, 17, ""), TEXT),
    ],
)
def test_a_patch_replaces_its_range(patch, after):
    assert patch.applied_to(TEXT) == after


@pytest.mark.parametrize(
    "patch",
    [
        Patch(0, 0, 16, "x"),
        Patch(0, 18, 17, "x"),
        Patch(5, 4, 17, "x"),
        Patch(18, 18, 17, "x"),
        Patch(-1, 3, 17, "x"),
    ],
)
def test_a_patch_of_another_text_is_refused(patch):
    with pytest.raises(Misfit):
        patch.applied_to(TEXT)


def test_a_patch_counts_characters_not_bytes():
    assert Patch(1, 2, 3, "→").applied_to("a𝛼b") == "a→b"
