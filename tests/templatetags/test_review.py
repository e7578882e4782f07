"""What stands above the first change of a review leaves room for it."""

import pytest

from wiki.templatetags.review import opening


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", ""),
        ("Short.", ""),
        ("One.\nTwo.\nThree.", ""),
        ("x" * 20, ""),
        ("One.\nTwo.\nThree.\nFour.", "One. Two. Three. …"),
        ("one two three four five", "one two three four …"),
        ("x" * 21, f"{'x' * 20} …"),
        ("\n\n\nOne.", ""),
        ("One.\n\n\nTwo.", "One. …"),
    ],
)
def test_a_long_text_folds_and_its_beginning_is_told(text, begins):
    assert opening(text, 20) == begins
