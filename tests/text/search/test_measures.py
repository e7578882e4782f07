"""Measures of ranked lists, as trec_eval computes them."""

import pytest

from wiki.text.search.measures import difference, means, percentile


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["a", "b", "c"], {"nDCG@10": 0.9502, "MAP": 0.8333, "recall@100": 1, "success@1": 1}),
        (["x", "c"], {"nDCG@10": 0.2398, "MAP": 0.25, "recall@100": 0.5, "success@1": 0, "success@10": 1}),
        ([], {"nDCG@10": 0, "MAP": 0, "recall@100": 0, "success@10": 0}),
    ],
)
def test_each_measure_equals_that_of_trec_eval(pages, expected):
    found = means({"1": {"a": 2, "b": 0, "c": 1}}, {"1": pages})

    assert {label: round(found[label], 4) for label in expected} == expected


def test_the_interval_is_zero_for_equal_lists_and_positive_for_better_ones():
    judged = {str(number): {"a": 1} for number in range(30)}
    better = {one: ["a"] for one in judged}
    worse = {one: ["a"] if int(one) % 3 else ["b", "a"] for one in judged}

    assert difference("MAP", judged, better, better) == (0, 0, 0)
    mean, low, high = difference("MAP", judged, better, worse)
    assert 0 < low < mean < high
    assert mean == pytest.approx(1 / 6)


def test_a_percentile_is_one_of_the_values():
    assert [percentile([4, 1, 3, 2], one) for one in (2.5, 50, 95)] == [1, 2, 4]
