"""`manage.py evaluate_search`: search quality, measured with questions whose relevant pages are known."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wiki.models import PublishedPage
from wiki.models.search.ranking import count_words
from wiki.models.search.work import buffers_of, settled
from wiki.screens.search_results import ranking_for_readers
from wiki.text.search.measures import MEASURES, Judged, difference, means, percentile

type Found = dict[str, list[str]]


class Command(BaseCommand):
    """Ask each question as a reader would, and compare the results with the judgements."""

    help = (
        "Print nDCG@10, MAP, recall@100, what came back empty, buffers and times. Files are in TREC's form."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the two files, the file for the run, and an earlier run to compare with."""
        parser.add_argument("--qrels", required=True, type=Path, help="lines of: question 0 page-slug grade")
        parser.add_argument(
            "--queries", required=True, type=Path, help="lines of: question, a tab, its words"
        )
        parser.add_argument("--run", type=Path, help="write the lists that were found here, in TREC's form")
        parser.add_argument("--compare", type=Path, metavar="RUN", help="an earlier run, to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update the search statistics, ask every judged question, print the figures."""
        judged, questions = _judged(options["qrels"]), _questions(options["queries"])
        if not (
            asked := [one for one in questions if any(grade > 0 for grade in judged.get(one, {}).values())]
        ):
            raise CommandError("No question of --queries has a page in --qrels that answers it.")
        earlier = _run(options["compare"]) if options["compare"] else None
        count_words()
        settled()
        slugs = dict(PublishedPage.objects.values_list("pk", "slug"))
        found, times = _asked({one: questions[one] for one in asked}, slugs)
        if options["run"]:
            options["run"].write_text("".join(_run_lines(found)), "utf-8")
        self._tell(judged, found)
        self._tell_work(times, [buffers_of(partial(ranking_for_readers, questions[one])) for one in asked])
        if earlier is not None:
            self._compare(judged, found, {one: earlier.get(one, []) for one in asked})

    def _tell(self, judged: Judged, found: Found) -> None:
        for label, value in means(judged, found).items():
            self.stdout.write(f"{label:<12} {value:.4f}")
        empty = sum(not pages for pages in found.values())
        self.stdout.write(f"{len(found)} questions; {empty} found nothing ({empty / len(found):.1%}).")

    def _tell_work(self, times: Sequence[float], buffers: Sequence[int]) -> None:
        """Print what a question costs: blocks of the database, and milliseconds."""
        mean = sum(buffers) / len(buffers)
        self.stdout.write(f"{'buffers':<12} {mean:.0f} mean, {percentile(buffers, 50):.0f} median")
        self.stdout.write(f"{'p50':<12} {percentile(times, 50):.1f} ms")
        self.stdout.write(f"{'p95':<12} {percentile(times, 95):.1f} ms")

    def _compare(self, judged: Judged, found: Found, earlier: Found) -> None:
        """Print by how much each measure differs from an earlier run, with its 95 % interval."""
        self.stdout.write("Difference from the earlier run, with the 95 % interval of a paired bootstrap:")
        for label in MEASURES:
            mean, low, high = difference(label, judged, found, earlier)
            self.stdout.write(f"{label:<12} {mean:+.4f} [{low:+.4f}, {high:+.4f}]")


def _asked(questions: Mapping[str, str], slugs: Mapping[int, str]) -> tuple[Found, list[float]]:
    """Return the pages found for each question, and how many milliseconds each took."""
    found, times = {}, []
    for one, words in questions.items():
        begin = time.perf_counter()
        ranking = ranking_for_readers(words)
        times.append((time.perf_counter() - begin) * 1000)
        found[one] = [slugs[pk] for pk, _ in ranking.pages]
    return found, times


def _judged(path: Path) -> Judged:
    judged: dict[str, dict[str, int]] = {}
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


def _run(path: Path) -> Found:
    """Return the lists of a run in TREC's form: question, Q0, page, place, score, name of the run."""
    scored: dict[str, list[tuple[float, int, str]]] = {}
    for number, line in enumerate(_lines(path), start=1):
        match line.split():
            case [question, _, slug, place, score, _] if place.isdigit():
                try:
                    scored.setdefault(question, []).append((-float(score), int(place), slug))
                except ValueError:
                    raise CommandError(f"{path}, line {number}: {score} is no score.") from None
            case _:
                raise CommandError(f"{path}, line {number}: write question, Q0, page, place, score and run.")
    return {question: [slug for *_, slug in sorted(pages)] for question, pages in scored.items()}


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
