"""Measures of ranked lists against judgements, computed like trec_eval, and how surely two lists differ."""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Final

# The grade of each judged page, by question.
type Judged = Mapping[str, Mapping[str, int]]
type Lists = Mapping[str, Sequence[str]]

_SAMPLES: Final = 10_000
_SEED: Final = 1


def _ndcg(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    best = sorted(grades.values(), reverse=True)[:10]
    return _gain([max(grades.get(page, 0), 0) for page in pages[:10]]) / _gain([max(one, 0) for one in best])


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def _average_precision(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    hits = [place for place, page in enumerate(pages, start=1) if grades.get(page, 0) > 0]
    precisions = (count / place for count, place in enumerate(hits, start=1))
    return sum(precisions) / _relevant(grades)


def _recall(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    return sum(grades.get(page, 0) > 0 for page in pages[:100]) / _relevant(grades)


def _relevant(grades: Mapping[str, int]) -> int:
    return sum(grade > 0 for grade in grades.values())


def _success(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    return float(any(grades.get(page, 0) > 0 for page in pages))


MEASURES: Final[dict[str, Callable[[Mapping[str, int], Sequence[str]], float]]] = {
    "nDCG@10": _ndcg,
    "MAP": _average_precision,
    "recall@100": _recall,
    "success@1": lambda grades, pages: _success(grades, pages[:1]),
    "success@10": lambda grades, pages: _success(grades, pages[:10]),
}


def means(judged: Judged, found: Lists) -> dict[str, float]:
    """Return the mean of each measure over all questions."""
    return {label: fmean(_each(label, judged, found)) for label in MEASURES}


def difference(label: str, judged: Judged, found: Lists, earlier: Lists) -> tuple[float, float, float]:
    """Return by how much a measure is higher than for earlier lists of the same questions, and the 95 %
    interval of that: of 10,000 samples of the questions, drawn with replacement, the middle 95 %.
    """
    pairs = zip(_each(label, judged, found), _each(label, judged, earlier), strict=True)
    differences = [now - before for now, before in pairs]
    draw = random.Random(_SEED)  # noqa: S311  # the same samples each time
    drawn = sorted(fmean(draw.choices(differences, k=len(differences))) for _ in range(_SAMPLES))
    return fmean(differences), percentile(drawn, 2.5), percentile(drawn, 97.5)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _each(label: str, judged: Judged, found: Lists) -> list[float]:
    return [MEASURES[label](judged[question], pages) for question, pages in found.items()]
