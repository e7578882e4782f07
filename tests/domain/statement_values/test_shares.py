"""Shares as clinicians type them, in the one form that is stored."""

from decimal import Decimal

import pytest

from wiki.domain.statement_values.lines import BadValue
from wiki.domain.statement_values.shares import read_share, share_in

# What is typed, and what is stored and shown.
LINES = {
    "3 of 14": "3 of 14",
    "3/14": "3 of 14",
    "3 out of 14 children": "3 of 14 children",
    "1 of 14 (7%)": "1 of 14",
    "29 of 29": "29 of 29",
    "30 of 30": "30 of 30 (100%)",
    "36 / 120": "36 of 120 (30%)",
    "37 of 120": "37 of 120 (31%)",
    "37 of 120 (30.8 %)": "37 of 120 (30.8%)",
    "36 of 4122 (95 % CI 0.6 - 1.2 %)": "36 of 4,122 (0.9%; 95% CI 0.6–1.2%)",
    "5 of 14 (95% CI 13 to 65)": "5 of 14 (95% CI 13–65%)",
    "1 of 3,000": "1 of 3,000 (0.03%)",
    "0 of 40": "0 of 40 (0%)",
    "21 % (95 % CI 15-28)": "21% (95% CI 15–28%)",
    "21 per cent (99% confidence interval 15 to 28)": "21% (99% CI 15–28%)",
    "30 to 79%": "30–79%",
    "over 85%": "over 85%",
    "> 85 percent": "over 85%",
    "less than 70%": "under 70%",
    "61% of carriers": "61% of carriers",
    "~ 60%": "about 60%",
    "Frequent": "frequent (30–79%)",
    "hp:0040284": "very rare (1–4%)",
    "very frequent (80–99%)": "very frequent (80–99%)",
    "obligate": "always (100%)",
}


@pytest.mark.parametrize(("typed", "stored"), LINES.items())
def test_a_share_is_stored_in_one_form_however_it_is_typed(typed, stored):
    assert read_share(typed).words == stored
    assert read_share(stored) == read_share(typed)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("14 of 3", "more than all"),
        ("3 of 0", "whole numbers"),
        ("2.5 of 14", "whole numbers"),
        ("50 of 120 (30%)", "50 of 120 is 42%, not 30%"),
        ("110%", "between 0 and 100"),
        ("30–20%", "the lower one first"),
        ("over 20–30%", "one number"),
        ("56% of 50", "Count the people"),
        ("21% (95% CI 28–15)", "ends before it begins"),
        ("21% (95% CI 30–40)", "does not hold"),
        ("21% (95% CI 15–280)", "between 0 and 100"),
        ("11/16 (MYORG)", "is no interval"),
        ("21% (20%)", "percentage once"),
        ("often", "3 of 14"),
        ("a third", "3 of 14"),
        ("21", "3 of 14"),
    ],
)
def test_an_invalid_share_is_refused_with_the_expected_form(typed, complaint):
    with pytest.raises(BadValue, match=complaint):
        read_share(typed)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("1 of 4", 25, 25),
        ("30–79%", 30, 79),
        ("over 85%", 85, 100),
        ("under 70%", 0, 70),
        ("at least 85%", 85, 100),
        ("up to 4%", 0, 4),
        ("about 60%", 60, 60),
        ("occasional (5–29%)", 5, 29),
    ],
)
def test_a_share_has_its_lower_and_upper_bound(words, low, high):
    share = read_share(words)

    assert (share.low, share.high) == (Decimal(low), Decimal(high))


def test_corrected_text_has_no_share():
    assert share_in("This was corrected.") is None
    assert share_in("") is None
