"""Why one submission stands before another: the score only grows with what it stands for."""

import datetime as dt
from dataclasses import replace

import pytest

from wiki.domain.professions import Risk
from wiki.policy.priority import Facts, score

DAY = dt.timedelta(days=1)
FACTS = Facts(
    risk=Risk.MEDIUM,
    impact="wording",
    touched=("a dose changes",),
    readers=40,
    is_new=False,
    waited=2 * DAY,
    decided=10,
    passed=8,
)


@pytest.mark.parametrize(
    "worse",
    [
        {"risk": Risk.HIGH},
        {"impact": "safety"},
        {"readers": 41},
        {"waited": 3 * DAY},
        {"passed": 7},
        {"decided": 0, "passed": 0},
    ],
    ids=lambda worse: next(iter(worse)),
)
def test_each_factor_raises_the_score(worse):
    assert score(replace(FACTS, **worse)).value > score(FACTS).value


def test_a_long_wait_outweighs_risk_and_readers():
    small = replace(FACTS, risk=Risk.LOW, readers=0, passed=10, waited=700 * DAY)
    great = replace(FACTS, risk=Risk.HIGH, readers=500, passed=0, waited=0 * DAY)

    assert score(small).value > score(great).value


def test_impact_safety_makes_a_submission_high_risk():
    assert score(replace(FACTS, risk=Risk.LOW, impact="safety")).risk == Risk.HIGH


def test_impact_none_does_not_lower_the_score():
    assert score(replace(FACTS, impact="none")).value == score(FACTS).value


def test_the_score_follows_the_documented_formula():
    facts = replace(FACTS, risk=Risk.HIGH, readers=15, waited=7 * DAY, decided=2, passed=1)

    assert score(facts).value == pytest.approx(9 * 2 * 2 * 1.5)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "a dose changes · read about 40 times a week · waits 2 days · 8 of the author’s last 10"),
        ({"touched": ()}, "read about 40 times a week"),
        ({"touched": tuple("abcd")}, "a · b · c · d · read about"),
        ({"touched": tuple("abcdef")}, "a · b · c · 3 more reasons of this kind · read about"),
        ({"impact": "safety"}, "its author says: safety"),
        ({"impact": "action"}, "it changes advice"),
        ({"impact": ""}, "a dose changes · read about"),
        ({"readers": 0.25}, "hardly read"),
        ({"readers": 1}, "read about 1 time a week"),
        ({"is_new": True}, "readers have no such page yet"),
        ({"waited": DAY}, "waits 1 day ·"),
        ({"waited": DAY / 2}, "waits 12 hours"),
        ({"waited": DAY / 100}, "has just come in"),
        ({"decided": 0, "passed": 0}, "author’s first submission"),
        ({"decided": 1, "passed": 1}, "author’s one earlier submission was approved unchanged"),
        ({"decided": 1, "passed": 0}, "author’s one earlier submission was not approved unchanged"),
    ],
)
def test_each_factor_is_explained_in_words(changes, said):
    assert said in score(replace(FACTS, **changes)).why
