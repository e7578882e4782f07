"""No text makes the checks slow, whatever somebody puts into it."""

import pytest

from tests import cast
from tests.effort import readings_taken
from wiki.policy.checks import Findings, examine
from wiki.text.markdown.parser import tokens_to_read

# In readings of a million characters.
A_SECOND = 75

HOSTILE = [
    *("1," * 25_000, "1.0" * 16_000, "9" * 50_000, ".5" * 25_000, "1 mg" * 12_000, "a.b@" * 12_000),
    *("you " * 12_000, "“" * 50_000, '"x' * 25_000, "A. B. " * 8_000, "J." * 25_000, "12 " * 16_000),
    *("1-year-old a " * 4_000, "admitted a a a " * 3_000, "x-" * 25_000, "x_" * 25_000, "**a" * 16_000),
    *("# \n" * 16_000, "\n\na" * 16_000, "(0)" * 16_000, "Mr " * 16_000, "[[a" * 16_000, "[@" * 25_000),
    *("![](image:" * 5_000, "::: urgent\n" * 4_000, "0 " * 25_000, "take " * 10_000, "pmid:" * 10_000),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_checks_of_a_hostile_text_cost_little_more_than_parsing(text: str) -> None:
    parsed = readings_taken(lambda: tokens_to_read(text))
    checked = readings_taken(lambda: examine(Findings(document=cast.document(body=text)), reviewing=True))

    # To parse it takes what it takes: the rules and what they need add no more than a few times that, and
    # what was a second on the computer where this was set.
    assert parsed + checked < 8 * parsed + A_SECOND
