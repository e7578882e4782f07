"""Sources in a comparison: authors, title, year and kind of study in place of a citation key."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from wiki.domain.evidence import Basis
from wiki.models import Source
from wiki.text.sources.references import name_of

# The most authors that are named; more are "and others".
MOST_NAMED: Final = 3
# How many characters of the title are shown for a work without authors.
SHORT_TITLE: Final = 48


@dataclass(frozen=True)
class CitedSource:
    """A source in a comparison; only its key if the wiki does not have it."""

    key: str
    address: str = ""
    authors: str = ""
    title: str = ""
    year: str = ""
    study: str = ""

    @property
    def short(self) -> str:
        """Return first author and year, for unchanged citations."""
        title = shorten(self.title, SHORT_TITLE, placeholder="…")
        first = self.authors.split(",")[0].removesuffix(" and others") or title
        return " ".join(filter(None, (first, self.year))) or self.key

    @property
    def words(self) -> str:
        """Return everything in one line."""
        return ". ".join(filter(None, (self.authors, self.title, self.year, self.study))) or self.key


@dataclass(frozen=True)
class ChangedSources:
    """The sources of a statement before and after, in their order."""

    old: tuple[CitedSource, ...]
    new: tuple[CitedSource, ...]

    @property
    def removed(self) -> list[CitedSource]:
        """Return those that are no longer cited."""
        return [one for one in self.old if one not in self.new]

    @property
    def added(self) -> list[CitedSource]:
        """Return those that were not cited before."""
        return [one for one in self.new if one not in self.old]

    @property
    def kept(self) -> list[CitedSource]:
        """Return those that were cited before and are now, in the new order."""
        return [one for one in self.new if one in self.old]

    @property
    def is_reordered(self) -> bool:
        """Return whether those that stay stand in another order."""
        return self.kept != [one for one in self.old if one in self.new]

    @property
    def orders(self) -> tuple[str, str]:
        """Return the old order and the new one in words; sources called the same with their keys."""
        called = Counter(one.short for one in {*self.old, *self.new})

        def name(one: CitedSource) -> str:
            return one.short if called[one.short] == 1 else f"{one.short} ({one.key})"

        return " · ".join(map(name, self.old)), " · ".join(map(name, self.new))


def cited_sources(keys: Collection[str], *, is_linked: bool = True) -> dict[str, CitedSource]:
    """Return the sources behind these keys, with the links to their pages. Two queries, none for no keys."""
    known = Source.objects.by_key(keys) if keys else {}
    found = Source.objects.in_bulk(set(known.values())) if known else {}
    return {
        key: _cited(key, found[known[key]], is_linked) if key in known else CitedSource(key) for key in keys
    }


def _cited(key: str, source: Source, is_linked: bool) -> CitedSource:
    return CitedSource(
        key=key,
        address=source.get_absolute_url() if is_linked else "",
        authors=_authors(source.csl.get("author") or ()),
        title=source.title.rstrip("."),
        year=str(source.year or ""),
        study=Basis(source.type).label if source.type in Basis.values else "",
    )


def _authors(people: Iterable[dict[str, str]]) -> str:
    names = list(filter(None, map(name_of, people)))
    if len(names) > MOST_NAMED:
        return f"{names[0]} and others"
    return ", ".join(names)
