"""A collection of references, such as one of Zotero: what of it the wiki has, and what can be added."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wiki.acts.library.sources import is_same_title
from wiki.models import Source
from wiki.text.sources.identifiers import Identifier
from wiki.text.sources.records import MEMBERS, Record
from wiki.text.sources.references import vancouver

NO_IDENTIFIER = "It has no DOI, PMID, ISBN or web address. Add it by itself, with one of them"

SAME_WORK = "It is the same work as number {} of this list"


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
    """Return the works of a collection, each compared with the wiki’s sources and with those before it.

    Of records of one work the first has the identifiers and notices of all.
    """
    records, first = _joined(list(records))
    known = Source.objects.by_key(key for one in records for key in _keys(one))
    sources = Source.objects.with_ids().in_bulk(set(known.values()))
    works = []
    for place, record in enumerate(records):
        source = next((sources[known[key]] for key in _keys(record) if key in known), None)
        again = first[place] + 1 if first[place] != place else 0
        works.append(_compared(record, source, set(known), again))
    return works


def _joined(records: list[Record]) -> tuple[list[Record], list[int]]:
    """Return the records, and for each the place of the first one of its work.

    Two records are of one work where they share an identifier, or where a third one has one of each.
    """
    first = list(range(len(records)))
    places: dict[str, int] = {}
    for place, record in enumerate(records):
        met = {first[places[key]] for key in _keys(record) if key in places} | {place}
        first = [min(met) if one in met else one for one in first]
        places |= dict.fromkeys(_keys(record), place)
    whole = list(records)
    for place, record in enumerate(records):
        if first[place] != place and is_same_title(record.title, records[first[place]].title):
            whole[first[place]] = _with_what_is_new(whole[first[place]], record)
    return whole, first


def _with_what_is_new(record: Record, other: Record) -> Record:
    """Return a record with the identifiers and notices that another one of its work has beside them."""
    ids = {one.scheme: one for one in (*other.ids, *record.ids)}
    order = [*MEMBERS, *ids]
    csl = record.csl | {MEMBERS[one.scheme]: one.value for one in ids.values() if one.scheme in MEMBERS}
    return replace(
        record,
        ids=tuple(sorted(ids.values(), key=lambda one: order.index(one.scheme))),
        csl=csl,
        notices=tuple(dict.fromkeys((*record.notices, *other.notices))),
    )


def _keys(record: Record) -> list[str]:
    return [one.key for each in record.ids for one in (each, *each.other_names)]


def _compared(record: Record, source: Source | None, known: set[str], again: int) -> CollectedWork:
    if not record.ids:
        return CollectedWork(record, why_not=NO_IDENTIFIER)
    if again:
        return CollectedWork(record, source, why_not=SAME_WORK.format(again))
    has = {one.scheme for one in source.ids.all()} if source else set()
    new = (one for one in record.ids if source and one.scheme not in has and one.key not in known)
    return CollectedWork(record, source, tuple(new))
