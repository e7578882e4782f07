"""Effects as clinicians type them, in the one form that is stored."""

import pytest

from wiki.domain.statement_values.effects import Measure, read_effect
from wiki.domain.statement_values.lines import BadValue

LINES = {
    "OR 0.9": "odds ratio 0.9",
    "OR 0.9 (0.7-1.2)": "odds ratio 0.9 (95% CI 0.7–1.2)",
    "OR=0.9 (95 % CI 0.7 to 1.2)": "odds ratio 0.9 (95% CI 0.7–1.2)",
    "aOR 1.02 per year": "adjusted odds ratio 1.02 per year",
    "Hazard ratio 1.43 per standard deviation": "hazard ratio 1.43 per standard deviation",
    "HR of 1.43 (95% CI 1.04–1.96) per SD, compared with none": (
        "hazard ratio 1.43 (95% CI 1.04–1.96) per SD, compared with none"
    ),
    "relative risk 2 vs. placebo": "risk ratio 2, compared with placebo",
    "mean difference -3.2 points (95% CI -5 to -1) vs placebo": (
        "mean difference −3.2 points (95% CI −5 to −1), compared with placebo"
    ),
    "risk difference 18% (95% CI 4-32%)": "risk difference 18% (95% CI 4–32%)",
}


@pytest.mark.parametrize(("typed", "stored"), LINES.items())
def test_an_effect_is_stored_in_one_form_however_it_is_typed(typed, stored):
    assert read_effect(typed).words == stored
    assert read_effect(stored) == read_effect(typed)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("OR -1", "greater than 0"),
        ("OR 0", "greater than 0"),
        ("RR 2 (3-4)", "does not hold"),
        ("OR 2 (4-1)", "ends before it begins"),
        ("OR 2 (p = 0.03)", "is no interval"),
        ("much higher", "OR 0.9"),
        ("0.9", "OR 0.9"),
    ],
)
def test_an_invalid_effect_is_refused_with_the_expected_form(typed, complaint):
    with pytest.raises(BadValue, match=complaint):
        read_effect(typed)


def test_an_effect_has_its_parts():
    effect = read_effect("aHR 1.43 (95% CI 1.04–1.96) per SD, compared with no calcium")

    assert (effect.measure, effect.is_adjusted, effect.per) == (Measure.HAZARD_RATIO, True, "per SD")
    assert effect.comparator == "no calcium"
    assert effect.interval is not None
