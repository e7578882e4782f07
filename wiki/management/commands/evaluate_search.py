"""`manage.py evaluate_search`: search quality, measured with questions whose relevant pages are known."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wiki.models import PublishedPage
from wiki.models.queries.search import count_words, ranked
from wiki.text.search.question import read

type Judged = dict[str, dict[str, int]]


class Command(BaseCommand):
    """Ask each question as a reader would, and compare the results with the judgements."""

    help = "Print nDCG@10, MAP, recall@100 and how many questions found nothing. Files are in TREC's form."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the two files, and the file for the run."""
        parser.add_argument("--qrels", required=True, type=Path, help="lines of: question 0 page-slug grade")
        parser.add_argument(
            "--queries", required=True, type=Path, help="lines of: question, a tab, its words"
        )
        parser.add_argument("--run", type=Path, help="write the lists that were found here, in TREC's form")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update the search statistics, ask every judged question, print the means."""
        judged, questions = _judged(options["qrels"]), _questions(options["queries"])
        if not (asked := [one for one in questions if any(judged.get(one, {}).values())]):
            raise CommandError("No question of --queries has a page in --qrels that answers it.")
        count_words()
        slugs = dict(PublishedPage.objects.values_list("pk", "slug"))
        found = {one: [slugs[pk] for pk, _ in ranked(read(questions[one])).pages] for one in asked}
        if options["run"]:
            options["run"].write_text("".join(_run_lines(found)), "utf-8")
        for label, value in measures(judged, found).items():
            self.stdout.write(f"{label:<12} {value:.4f}")
        self.stdout.write(f"{len(asked)} questions; {sum(not one for one in found.values())} found nothing.")


def measures(judged: Judged, found: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the means over all questions, computed like trec_eval."""
    each = [(judged[one], list(pages)) for one, pages in found.items()]
    return {
        "nDCG@10": fmean(_ndcg(grades, pages[:10]) for grades, pages in each),
        "MAP": fmean(_average_precision(grades, pages) for grades, pages in each),
        "recall@100": fmean(_recall(grades, pages[:100]) for grades, pages in each),
    }


def _ndcg(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    best = sorted(grades.values(), reverse=True)[:10]
    return _gain([max(grades.get(page, 0), 0) for page in pages]) / _gain([max(one, 0) for one in best])


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def _average_precision(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    hits = [place for place, page in enumerate(pages, start=1) if grades.get(page, 0) > 0]
    precisions = (count / place for count, place in enumerate(hits, start=1))
    return sum(precisions) / sum(grade > 0 for grade in grades.values())


def _recall(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    return sum(grades.get(page, 0) > 0 for page in pages) / sum(grade > 0 for grade in grades.values())


def _judged(path: Path) -> Judged:
    judged: Judged = {}
    for number, line in enumerate(_lines(path), start=1):
        match line.split():
            case [question, _, slug, grade] if grade.lstrip("-").isdigit():
                judged.setdefault(question, {})[slug] = int(grade)
            case _:
                raise CommandError(f"{path}, line {number}: write question, 0, page and grade.")
    return judged


def _questions(path: Path) -> dict[str, str]:
    questions = {}
    for number, line in enumerate(_lines(path), start=1):
        key, tab, words = line.partition("\t")
        if not tab:
            raise CommandError(f"{path}, line {number}: write the question's name, a tab and its words.")
        questions[key.strip()] = words
    return questions


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem


def _run_lines(found: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        f"{question} Q0 {slug} {place} {len(pages) - place} causeway\n"
        for question, pages in found.items()
        for place, slug in enumerate(pages, start=1)
    ]
