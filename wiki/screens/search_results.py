"""The search results screen: one list, best first, each page with the best matching sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import Final

from wiki.domain.codes import codes_in
from wiki.domain.kinds import KINDS, Kind
from wiki.models import FailedSearch, Name, PublishedPage
from wiki.models.search.facets import Facets, facets_of
from wiki.models.search.ranking import MOST_PAGES, Ranking, ranked
from wiki.models.search.with_pages import ListedPart
from wiki.text.search.excerpts import excerpt
from wiki.text.search.question import SearchQuestion, read
from wiki.text.search.typed import plain_operators
from wiki.text.slugs import fold

PER_PAGE: Final = 20
FEW: Final = 5
REVIEWED, UNREVIEWED = "reviewed", "unreviewed"


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to: kinds, whether the whole page was reviewed, whether it has statements."""

    kinds: frozenset[str] = frozenset()
    review: str = ""
    statements: bool = False

    def __bool__(self) -> bool:
        """Return whether anything is left out."""
        return bool(self.kinds or self.review or self.statements)

    def keeps(self, page: Facets) -> bool:
        """Return whether a page stays in the list."""
        return (
            (not self.kinds or page.kind in self.kinds)
            and (self.review not in (REVIEWED, UNREVIEWED) or page.is_reviewed == (self.review == REVIEWED))
            and (not self.statements or page.has_statements)
        )


@dataclass(frozen=True)
class Hit:
    """One page that was found, with its best matching sentence."""

    page: PublishedPage
    excerpt: str


@dataclass(frozen=True)
class SearchResults:
    """The results of a search, of which each part is loaded when it is asked for."""

    query: str
    question: SearchQuestion
    ranking: Ranking
    after: str = ""
    narrowing: Narrowing = Narrowing()
    per_page: int = PER_PAGE

    @cached_property
    def exact(self) -> list[PublishedPage]:
        """Return the pages that are called exactly as was typed. One query, if there are some."""
        named = PublishedPage.objects.for_lists().called(_key_of(self.query))
        return _of_system(named, self.query) if self.ranking.is_named else []

    @cached_property
    def facets(self) -> dict[int, Facets]:
        """Return what the pages that were found can be narrowed by. One query."""
        return facets_of([page for page, _ in self.ranking.pages]) if self.ranking.pages else {}

    @cached_property
    def kept(self) -> list[tuple[int, float]]:
        """Return the pages that the list is narrowed to, with their scores."""
        if not self.narrowing:
            return list(self.ranking.pages)
        known = (one for one in self.ranking.pages if one[0] in self.facets)
        return [one for one in known if self.narrowing.keeps(self.facets[one[0]])]

    @cached_property
    def begin(self) -> int:
        """Return the place in the list from which on pages are shown."""
        return _place_after(self.kept, self.after) if self.after else 0

    @property
    def shown(self) -> list[tuple[int, float]]:
        """Return the pages of this part, with their scores."""
        return self.kept[self.begin : self.begin + self.per_page]

    @cached_property
    def hits(self) -> list[Hit]:
        """Return the pages of this part, each with its best matching sentence. One query, unless they came
        with the ranking.
        """
        ids, rows = [page for page, _ in self.shown], self.ranking.rows
        if rows.keys() >= set(ids):
            pages = [rows[one] for one in ids]
        else:
            pages = PublishedPage.objects.with_words().ranked(ids)
        return [Hit(one, excerpt(one.plain, self.ranking.weights) or one.lead) for one in pages]

    @property
    def next_key(self) -> str:
        """Return after which page the list goes on; "" at its end."""
        if self.begin + self.per_page >= len(self.kept):
            return ""
        page, score = self.shown[-1]
        return f"{score!r}_{page}"

    @property
    def next_count(self) -> int:
        """Return how many pages come next."""
        return min(self.per_page, len(self.kept) - self.begin - self.per_page)

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """Return the kinds of the pages that were found, each with how many, the fullest first."""
        counts = Counter(one.kind for one in self.facets.values())
        return [(KINDS[kind], number) for kind, number in counts.most_common() if kind in KINDS]

    @property
    def reviewed(self) -> int:
        """Return of how many pages that were found the whole was reviewed."""
        return sum(one.is_reviewed for one in self.facets.values())

    @property
    def unreviewed(self) -> int:
        """Return of how many pages that were found the whole was never reviewed."""
        return len(self.facets) - self.reviewed

    @property
    def with_statements(self) -> int:
        """Return how many pages that were found have statements."""
        return sum(one.has_statements for one in self.facets.values())

    @property
    def named(self) -> list[tuple[PublishedPage, str]]:
        """Return the pages with exactly this name or code, each with the name if it is not the title."""
        key = _key_of(self.query)
        return [(one, next((name for name in one.names if fold(name) == key), "")) for one in self.exact]

    @property
    def is_cut(self) -> bool:
        """Return whether more pages may match than are listed."""
        return len(self.ranking.pages) == MOST_PAGES

    @property
    def near(self) -> list[Name]:
        """Return similarly spelled names, if few pages were found."""
        if len(self.hits) >= FEW or self.after or self.narrowing or self.question.must_hold:
            return []
        return Name.objects.nearest_pages(
            fold(self.query), but=[*self.exact, *(one.page for one in self.hits)]
        )

    @property
    def instead(self) -> str:
        """Return the question with corrected spelling, or without the quotation marks of a phrase that no
        page says; "" if the pages are those for what was typed.
        """
        if self.ranking.loosened:
            left_out = (one for one in plain_operators(self.query).split() if one.startswith("-"))
            return " ".join([*self.ranking.loosened.split(), *left_out])
        return " ".join(self._corrected_words()) if self.ranking.mending else ""

    def _corrected_words(self) -> Iterator[str]:
        mending = self.ranking.mending
        by_typed = {one.typed: mending[one.folded] for one in self.question.words if one.folded in mending}
        for typed in self.query.split():
            yield by_typed.get(typed, typed)

    def count_if_failed(self) -> None:
        """Count the words of a search that found nothing at all; nothing of who searched is kept."""
        if (self.ranking.is_guessed or not self.ranking.pages) and not self.exact:
            FailedSearch.objects.add(self.query)


def _key_of(query: str) -> str:
    """Return the key by which something is called so: of a code, without the name of its system."""
    return fold(_bare(query))


def _bare(query: str) -> str:
    """Return what is searched for: of a code, without the name of its system, which says nothing more."""
    return next(iter(codes_in(query).values()), query)


def _of_system(pages: Iterable[PublishedPage], query: str) -> list[PublishedPage]:
    """Return the pages that have a code in a system that a question names, all where it names none."""
    wanted = codes_in(query).items()
    return [
        one
        for one in pages
        if not wanted or any((code["system"], code["code"]) in wanted for code in one.codes)
    ]


def _place_after(pages: list[tuple[int, float]], key: str) -> int:
    """Return where a list goes on after a key; 0 for what is no key."""
    if not (last := _read_key(key)):
        return 0
    score, page = last
    for place, (one, _) in enumerate(pages):
        if one == page:
            return place + 1
    return sum(1 for _, one in pages if one >= score)


def _read_key(key: str) -> tuple[float, int] | None:
    """Return the score and the page of a key; None for what is no key."""
    score, _, page = key.partition("_")
    try:
        return float(score), int(page)
    except ValueError:
        return None


def ranking_for_readers(query: str) -> Ranking:
    """Return the pages for a typed search as a reader gets them: those of exactly that name come first, and
    where few were found those with similar names come last.
    """
    exact = [one.pk for one in _of_system(PublishedPage.objects.for_lists().called(_key_of(query)), query)]
    question = read(_bare(query))
    ranking = ranked(question, as_typed=bool(exact))
    rest = [one for one in ranking.pages if one[0] not in exact]
    best = max((score for _, score in ranking.pages), default=1.0)
    found = [*((page, best) for page in exact), *rest]
    if len(found) < FEW and not question.must_hold:
        near = Name.objects.nearest_pages(fold(query))
        known = {page for page, _ in found}
        found += [(name.page_id, 0.0) for name in near if name.page_id not in known]
    return replace(ranking, pages=tuple(found))


def answer(
    query: str,
    *,
    as_typed: bool = False,
    after: str = "",
    narrowing: Narrowing = Narrowing(),  # it never changes
    per_page: int = PER_PAGE,
    in_few_queries: bool = False,
) -> SearchResults:
    """Return the results of a typed search: the first, or those after the one that a key names.

    For a program they come in two queries at most. For a reader, to whom more is told than the list, the
    statement is shorter, and what the spelling of few questions needs is asked apart.
    """
    question = read(_bare(query))
    score, page = _read_key(after) or (inf, None)
    part = ListedPart(per_page, page, score) if in_few_queries else None
    name = "" if question.only_leaves_out else _key_of(query)
    ranking = ranked(question, name=name, as_typed=as_typed, part=part)
    return SearchResults(query, question, ranking, after, narrowing, per_page)
