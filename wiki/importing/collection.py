"""A collection of references, such as one of Zotero: what of it the wiki has, and what can be added."""

from collections.abc import Iterable
from dataclasses import dataclass

from wiki.models import Source
from wiki.text.sources.identifiers import Identifier
from wiki.text.sources.records import Record
from wiki.text.sources.references import vancouver

NO_IDENTIFIER = "It has no DOI, PMID, ISBN or web address. Add it by itself, with one of them"


@dataclass(frozen=True)
class CollectedWork:
    """A work of a collection: what the wiki has of it, what is new, and why it cannot be added."""

    record: Record
    source: Source | None = None
    new_ids: tuple[Identifier, ...] = ()
    why_not: str = ""

    @property
    def reference(self) -> str:
        """Return how its reference reads."""
        return vancouver(self.record.csl)

    @property
    def needless(self) -> str:
        """Return the names of the fields that belong to no reference, with commas between them."""
        return ", ".join(one.partition(":")[0] for one in self.record.needless)

    @property
    def can_be_added(self) -> bool:
        """Return whether there is anything to add: the work, or an identifier of it."""
        return not self.why_not and (self.source is None or bool(self.new_ids))

    @property
    def is_retracted(self) -> bool:
        """Return whether its journal has retracted it."""
        return any(one.nature == "retraction" for one in self.record.notices)


def collected(records: Iterable[Record]) -> list[CollectedWork]:
    """Return the works of a collection, each compared with the wiki’s sources and with those before it."""
    records = list(records)
    known = Source.objects.by_key(key for one in records for key in _keys(one))
    sources = Source.objects.with_ids().in_bulk(set(known.values()))
    places: dict[str, int] = {}
    works = []
    for number, record in enumerate(records, start=1):
        keys = _keys(record)
        source = next((sources[known[key]] for key in keys if key in known), None)
        again = next((places[key] for key in keys if key in places), 0)
        works.append(_compared(record, source, set(known), again))
        places |= {key: number for key in keys if key not in places}
    return works


def _keys(record: Record) -> list[str]:
    return [one.key for each in record.ids for one in (each, *each.other_names)]


def _compared(record: Record, source: Source | None, known: set[str], again: int) -> CollectedWork:
    if not record.ids:
        return CollectedWork(record, why_not=NO_IDENTIFIER)
    if again:
        return CollectedWork(record, source, why_not=f"It is the same work as number {again} of this list")
    has = {one.scheme for one in source.ids.all()} if source else set()
    new = (one for one in record.ids if source and one.scheme not in has and one.key not in known)
    return CollectedWork(record, source, tuple(new))
