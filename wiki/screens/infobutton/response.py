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


@dataclass(frozen=True)
class KnowledgeAnswer:
    """The pages that answer a request, the best first, and the subjects of it that nothing answers."""

    entries: list[KnowledgeEntry]
    unanswered: tuple[Criterion, ...] = ()
    # Whether it asks for several problems, of which not all lead for certain to a page.
    is_divided: bool = False

    @property
    def nothing_on(self) -> str:
        """Return the subjects that nothing answers, in words."""
        return ", ".join(dict.fromkeys(one.words for one in self.unanswered))

    @property
    def certain(self) -> KnowledgeEntry | None:
        """Return the one page that is on exactly what was asked; None where none is, or several are."""
        sure = [one for one in self.entries if one.fit in _CERTAIN]
        return sure[0] if len(sure) == 1 and not self.is_divided else None


type FittingPages = list[tuple[PublishedPage, Fit]]


def answer_to(asked: KnowledgeRequest) -> KnowledgeAnswer:
    """Return what answers a request: each page once, as it is to the subject that it fits best."""
    by_subject = [(subject, _for_one(subject)) for subject in asked.criteria]
    found = sorted((one for _, pages in by_subject for one in pages), key=lambda one: list(Fit).index(one[1]))
    best: dict[PublishedPage, Fit] = {}
    for page, fit in found:
        best.setdefault(page, fit)
    return KnowledgeAnswer(
        [KnowledgeEntry(page, fit, _section(page, asked.headings)) for page, fit in best.items()],
        tuple(subject for subject, pages in by_subject if not pages),
        _is_divided(by_subject),
    )


def _is_divided(by_subject: list[tuple[Criterion, FittingPages]]) -> bool:
    """Return whether a subject leads nowhere for certain although another of the same system does.

    A code of another system may be the same problem once more, as records have it. Two codes of one system
    are two problems, and a page on the first must not hide that there is none on the second.
    """
    sure = [any(fit in _CERTAIN for _, fit in pages) for _, pages in by_subject]
    systems = [frozenset(subject.meant) or subject.system for subject, _ in by_subject]
    known = {system for system, is_sure in zip(systems, sure, strict=True) if is_sure}
    return any(not is_sure and system in known for system, is_sure in zip(systems, sure, strict=True))


def count_failed(found: KnowledgeAnswer) -> None:
    """Count each subject that nothing answers, by its name, or by its code in full; not what may be another
    code of a problem that is answered.
    """
    for one in found.unanswered if found.is_divided or not found.entries else ():
        if one.name or not one.in_full:
            FailedSearch.objects.add(one.name or f"{one.system} {one.code}".strip())
        else:
            FailedSearch.objects.add_code(one.in_full)


def _for_one(asked: Criterion) -> FittingPages:
    """Return the pages for one subject: by the code; by the name; else by the words of it."""
    found = list(_by_code(asked))
    if all(fit is not Fit.EXACT for _, fit in found):
        found += _by_name(asked.bare_name)
    return found or list(_by_words(asked.searched_for))


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
