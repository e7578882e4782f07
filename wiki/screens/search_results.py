"""The search results screen: one list, best first, each page with the best matching sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.core.paginator import Paginator

from wiki.models import Name, PublishedPage
from wiki.models.queries.search import MOST_PAGES, Ranking, ranked
from wiki.text.search.excerpts import excerpt
from wiki.text.search.question import SearchQuestion, read
from wiki.text.slugs import fold

PER_PAGE = 20
FEW = 5


@dataclass(frozen=True)
class Hit:
    """One page that was found, with its best matching sentence."""

    page: PublishedPage
    excerpt: str


@dataclass
class SearchResults:
    """The results of a search. `hits` are those of one part of the list."""

    query: str
    question: SearchQuestion
    ranking: Ranking
    exact: list[PublishedPage]
    part: str | None = None
    hits: list[Hit] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Load the pages of the part that is shown."""
        self.rows = Paginator([page for page, _ in self.ranking.pages], PER_PAGE).get_page(self.part)
        pages = PublishedPage.objects.with_words().ranked(list(self.rows))
        self.hits = [Hit(one, excerpt(one.plain, self.ranking.weights) or one.lead) for one in pages]

    @property
    def named(self) -> list[tuple[PublishedPage, str]]:
        """Return the pages with exactly this name or code, each with the name if it is not the title."""
        key = fold(self.query)
        return [(one, next((name for name in one.names if fold(name) == key), "")) for one in self.exact]

    @property
    def is_cut(self) -> bool:
        """Return whether more pages may match than are listed."""
        return len(self.ranking.pages) == MOST_PAGES

    @property
    def near(self) -> list[Name]:
        """Return similarly spelled names, if few pages were found."""
        if len(self.hits) >= FEW:
            return []
        return Name.objects.nearest_pages(
            fold(self.query), but=[*self.exact, *(one.page for one in self.hits)]
        )

    @property
    def instead(self) -> str:
        """Return the question with corrected spelling; "" if nothing was corrected."""
        return " ".join(self._corrected_words()) if self.ranking.mending else ""

    def _corrected_words(self) -> Iterator[str]:
        mending = self.ranking.mending
        by_typed = {one.typed: mending[one.folded] for one in self.question.words if one.folded in mending}
        for typed in self.query.split():
            yield by_typed.get(typed, typed)


def found_for(query: str) -> Ranking:
    """Return the pages for a typed search as a reader gets them: those of exactly that name come first."""
    exact = list(PublishedPage.objects.called(fold(query)).values_list("pk", flat=True))
    ranking = ranked(read(query), as_typed=bool(exact))
    rest = [one for one in ranking.pages if one[0] not in exact]
    best = max((score for _, score in ranking.pages), default=1.0)
    return replace(ranking, pages=(*((page, best) for page in exact), *rest))


def answer(query: str, *, part: str | None, as_typed: bool) -> SearchResults:
    """Return the results of a typed search."""
    exact = list(PublishedPage.objects.for_lists().called(fold(query)))
    question = read(query)
    ranking = ranked(question, as_typed=as_typed or bool(exact))
    return SearchResults(query, question, ranking, exact, part)
