"""How far two reviewers agree beyond chance."""

import pytest

from wiki.domain.agreement import agreement

YES, NO, BACK = "approve", "reject", "request_changes"


def test_kappa_of_a_worked_example():
    pairs = [(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15

    found = agreement(pairs)

    assert found.observed == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)
    assert found.sentence == "kappa 0.40; 35 of 50 agree"


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(YES, YES), (NO, NO), (BACK, BACK)], 1),
        ([(YES, NO), (NO, YES)], -1),
        ([(YES, YES), (YES, NO)], 0),
        ([(YES, YES)] * 3, None),
        ([], None),
    ],
)
def test_kappa_of_full_and_no_agreement(pairs, kappa):
    assert agreement(pairs).kappa == kappa


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], "nothing read twice yet"),
        ([(YES, YES)] * 8 + [(YES, NO)], "too few to tell: 8 of 9 agree"),
        ([(YES, YES)] * 12, "all 12 were decided the same way, so kappa is not defined"),
    ],
)
def test_too_few_pairs_have_a_sentence_without_kappa(pairs, said):
    assert agreement(pairs).sentence == said


def test_no_pairs_have_no_observed_agreement():
    assert agreement([]).observed is None
