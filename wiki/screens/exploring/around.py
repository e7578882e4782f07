"""What is around a page: its statements and the rows of data sets on the same subject, side by side."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from wiki.domain.evidence import DOUBTED, Grade
from wiki.domain.kinds import label_of
from wiki.models import DataRow, Entry, PublishedPage, Statement
from wiki.models.lists.keyset import FIRST_PART, ListPart, PartAsked
from wiki.screens.exploring.compared_rows import ComparedRow, compared_rows, without_a_word
from wiki.screens.exploring.links import NearLink, of_rows, of_statements
from wiki.screens.exploring.neighbourhood import MOST_IN_SMALL, NARROW, Neighbourhood

ROWS_A_PART: Final = 50
ROWS_ON_PAGE: Final = 10
MOST_ROWS_AROUND: Final = 200


class Around:
    """A page with its links: four queries, however many rows."""

    def __init__(
        self,
        published_page: PublishedPage,
        wanted: Mapping[str, Any] | None = None,
        part: PartAsked = FIRST_PART,
        statements: list[Statement] | None = None,
        rows_a_part: int = ROWS_A_PART,
    ) -> None:
        """Load the entries that are the page, and its statements unless given; the rows when asked for."""
        self.published_page = published_page
        self._wanted = wanted or {}
        self._part = part
        self._a_part = rows_a_part
        self.has_more_statements = False
        if statements is None:
            statements, self.has_more_statements = Statement.objects.about(published_page.page_id)
        self.statements = statements
        self.entries = Entry.objects.same_as(published_page.page_id)

    @cached_property
    def rows(self) -> ListPart:
        """Return this part of the rows, the most frequent first."""
        numbers = [one.pk for one in self.entries]
        return DataRow.objects.all().with_pages().about(numbers, replace(self._part, size=self._a_part))

    @property
    def number_of_rows(self) -> int:
        """Return how many rows there are in all parts."""
        return sum(one.links for one in self.entries)

    @cached_property
    def compared(self) -> list[ComparedRow]:
        """Return the rows of this part, each beside what the page says of the same two."""
        links = of_rows(self.rows, [one.pk for one in self.entries])
        return compared_rows(self.rows, links, {self.published_page.page_id: self.statements})

    @property
    def without_a_word(self) -> int:
        """Return of how many rows of this part the page says nothing."""
        return without_a_word(self.compared)

    @property
    def releases(self) -> list[Entry]:
        """Return an entry of each release that is shown, for its notice."""
        return list({one.release_id: one for one in self.entries}.values())

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Return the links that pass the filters."""
        links = [] if self._wanted.get("origin") == "data" else self._curated
        if self._wanted.get("origin") != "curated" and self.entries:
            numbers = [one.pk for one in self.entries]
            rows = DataRow.objects.about(numbers, PartAsked(size=MOST_ROWS_AROUND))
            links = [*links, *(one for one in of_rows(rows, numbers) if self._fits(one))]
        page = self.published_page
        return Neighbourhood(page.title, label_of(page.kind).lower(), links)

    @cached_property
    def in_small(self) -> Neighbourhood:
        """Return the surest links of the page itself, for a small picture."""
        page = self.published_page
        return Neighbourhood(page.title, label_of(page.kind).lower(), self._curated, MOST_IN_SMALL, NARROW)

    @property
    def _curated(self) -> list[NearLink]:
        page = self.published_page.page_id
        kept = [one for one in self.statements if self._is_of_whom(one) and self._is_sure(one)]
        return [one for one in of_statements(kept, page) if self._fits(one)]

    def _is_of_whom(self, one: Statement) -> bool:
        return str(self._wanted.get("population", "")).casefold() in one.population.casefold()

    def _is_sure(self, one: Statement) -> bool:
        least = self._wanted.get("certainty")
        return not least or (one.rank >= Grade(least).rank and one.stance not in DOUBTED)

    def _fits(self, one: NearLink) -> bool:
        if not one.rank and (self._wanted.get("certainty") or self._wanted.get("population")):
            return False  # what has no grade or tells no population
        kind = self._wanted.get("kind")
        return self._wanted.get("relation", one.relation) == one.relation and kind in (
            None,
            one.kind,
        )
