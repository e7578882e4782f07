"""The pages that answer a knowledge request, with how each one is to what was asked, and in which section."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.conf import settings

from wiki.domain.codes import CodeMatch
from wiki.models import FailedSearch, PublishedPage
from wiki.models.queries.coded_pages import pages_with_codes
from wiki.screens.infobutton.request import Criterion, KnowledgeRequest
from wiki.screens.search_results import answer
from wiki.text.slugs import fold

MOST: Final = 3


class Fit(Enum):
    """How a page is to what was asked, the best first."""

    EXACT = "On exactly this"
    NAMED = "Exact match"
    WIDER = "On a wider subject"
    NARROWER = "On a narrower subject"
    WORDS = "Found by words"


# What is meant by the code for certain; a reader is led straight there.
_CERTAIN: Final = (Fit.EXACT, Fit.NAMED)


@dataclass(frozen=True)
class KnowledgeEntry:
    """One page that answers, and the section to begin with, "" for its top."""

    page: PublishedPage
    fit: Fit
    section: str = ""

    @property
    def address(self) -> str:
        """Return the path of the page, down to the section."""
        return f"{self.page.get_absolute_url()}{f'#{self.section}' if self.section else ''}"

    @property
    def whole_address(self) -> str:
        """Return the address with the host."""
        return f"{settings.SITE_URL}{self.address}"


def entries_for(asked: KnowledgeRequest) -> list[KnowledgeEntry]:
    """Return the pages that answer, the best first, each once: as it is to the subject that it fits best."""
    found = sorted(
        (one for subject in asked.criteria for one in _for_one(subject)),
        key=lambda one: list(Fit).index(one[1]),
    )
    best: dict[PublishedPage, Fit] = {}
    for page, fit in found:
        best.setdefault(page, fit)
    return [KnowledgeEntry(page, fit, _section(page, asked.headings)) for page, fit in best.items()]


def count_failed(asked: KnowledgeRequest) -> None:
    """Count a request that nothing answers: each subject by its name, or by its code in full."""
    for one in asked.criteria:
        if one.name or not one.in_full:
            FailedSearch.objects.add(one.name or f"{one.system} {one.code}".strip())
        else:
            FailedSearch.objects.add_code(one.in_full)


def _for_one(asked: Criterion) -> list[tuple[PublishedPage, Fit]]:
    """Return the pages for one subject: by the code; by the name; else by the words of it."""
    found = list(_by_code(asked))
    if all(fit is not Fit.EXACT for _, fit in found):
        found += _by_name(asked.bare_name)
    return found or list(_by_words(asked.searched_for))


def certain(entries: list[KnowledgeEntry]) -> KnowledgeEntry | None:
    """Return the one page that is on exactly what was asked; None where none is, or several are."""
    sure = [one for one in entries if one.fit in _CERTAIN]
    return sure[0] if len(sure) == 1 else None


def _by_code(asked: Criterion) -> Iterator[tuple[PublishedPage, Fit]]:
    wanted = asked.meant
    codes = {code for usual in wanted.values() for code in (usual, *_above(usual))}
    for page in pages_with_codes(codes) if codes else ():
        fits = [fit for one in page.codes if (fit := _fit(one, wanted.get(one["system"], "")))]
        if fits:
            yield page, min(fits, key=list(Fit).index)


def _above(code: str) -> list[str]:
    """Return the codes of ICD-10 above one: E20.91, E20.9 and E20 for E20.911."""
    head, point, rest = code.partition(".")
    if not point:
        return []
    return [*(f"{head}.{rest[:end]}" for end in range(len(rest) - 1, 0, -1)), head]


def _fit(code: dict[str, str], asked: str) -> Fit | None:
    """Return how a page with a code is to a code that was asked for, None where it is not.

    The term of a page's code may be wider or narrower than the page: then the page is the other way to it.
    """
    if asked and code["code"] == asked:
        return {
            CodeMatch.EXACT.value: Fit.EXACT,
            CodeMatch.BROADER.value: Fit.NARROWER,
            CodeMatch.NARROWER.value: Fit.WIDER,
        }.get(code["match"])
    is_above = code["system"].startswith("ICD-10") and code["code"] in _above(asked)
    return Fit.WIDER if is_above and code["match"] != CodeMatch.BROADER else None


def _by_name(name: str) -> Iterator[tuple[PublishedPage, Fit]]:
    """Yield the pages that have exactly this title or other name; a code in its place names nothing."""
    key = fold(name) if name else ""
    for one in PublishedPage.objects.for_lists().called(key) if key else ():
        if key in {fold(one.title), *map(fold, one.aliases)}:
            yield one, Fit.NAMED


def _by_words(name: str) -> list[tuple[PublishedPage, Fit]]:
    """Return the first pages that a search finds; none that are guessed, and none where pages know less than
    half of the words: those on tablets are no answer to who asks for tablets of a drug.
    """
    found = answer(name) if name else None
    if not found or found.ranking.is_guessed:
        return []
    if 2 * len(found.ranking.unknown) > len(found.question.content):
        return []
    return [(hit.page, Fit.WORDS) for hit in found.hits[:MOST]]


def _section(page: PublishedPage, headings: tuple[str, ...]) -> str:
    """Return the anchor of the first of some headings that a page has."""
    if not headings:
        return ""
    places = {text.casefold(): place for _, place, text in reversed(page.contents)}
    return next((places[one.casefold()] for one in headings if one.casefold() in places), "")
