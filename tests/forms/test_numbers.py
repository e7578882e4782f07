"""Numbers as they are typed into forms and into the query strings of addresses."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from wiki.forms.numbers import number_in


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("", None),
        (" 7", None),
        ("7\n", None),
        ("-7", None),
        ("+7", None),
        ("7.0", None),
        ("1_000", None),
        ("٣", None),
        ("²", None),
        ("seven", None),
    ],
)
def test_a_number_is_one_to_nine_plain_digits(typed, number):
    assert number_in(typed) == number


def test_forms_and_views_parse_numbers_with_number_in_only():
    root = Path(settings.BASE_DIR) / "wiki"
    files = [*(root / "forms").rglob("*.py"), *(root / "views").rglob("*.py")]
    # The page for an address that leads nowhere does not search for what is only digits.
    allowed = {"views/access.py"}

    own = {
        str(path.relative_to(root))
        for path in files
        if re.search(
            r"\.isdigit\(|\.isdecimal\(|\.isnumeric\(|\"\\d\{1,\d\}\"", path.read_text(encoding="utf-8")
        )
    }

    assert own == allowed
