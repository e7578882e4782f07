"""Finding a source from what somebody pasted: in the wiki, in the pasted record, or at another service."""

from dataclasses import dataclass
from typing import Final

from wiki.acts.library.sources import find as find_in_wiki
from wiki.importing import lookup
from wiki.models import Source, User
from wiki.text.sources import records
from wiki.text.sources.identifiers import BadIdentifier, parse
from wiki.text.sources.records import Record

NOTHING: Final = "Paste an identifier or a record first."
OFF: Final = "The wiki does not have it yet. Type what the work says below."


@dataclass(frozen=True)
class FoundSource:
    """What became of a search: a source that is there, or a record to confirm, and what to say of it."""

    source: Source | None = None
    record: Record | None = None
    sentence: str = ""
    # The text names nothing: the sentence says what is wrong with it.
    bad: bool = False


def found(text: str, *, by: User) -> FoundSource:
    """Return the source or the record that `text` names or describes."""
    if not text.strip():
        return FoundSource(sentence=NOTHING, bad=True)
    if records.looks_like_one(text):
        return _described(text)
    try:
        identifier = parse(text)
    except BadIdentifier as error:
        return FoundSource(sentence=str(error), bad=True)
    if source := find_in_wiki([identifier]):
        return FoundSource(source=source)
    bare = records.Record((identifier,), {})
    try:
        record = lookup.look_up(identifier, by=by)
    except lookup.NotLookedUp as error:
        return FoundSource(record=bare, sentence=str(error))
    if record is None:
        return FoundSource(record=bare, sentence=OFF)
    # What was asked for names the work too, even where the answer leaves it out.
    schemes = {one.scheme for one in record.ids}
    ids = record.ids if identifier.scheme in schemes else (identifier, *record.ids)
    whole = records.Record(ids, record.csl, record.types, record.told)
    return FoundSource(
        source=find_in_wiki(ids), record=whole, sentence="Found. Compare it with the work itself."
    )


def _described(text: str) -> FoundSource:
    try:
        works = records.read(text)
    except records.BadRecord as error:
        return FoundSource(sentence=str(error), bad=True)
    first, *others = works
    sentence = "Read from what you pasted. Compare it with the work itself."
    if others:
        taken = f"The first was taken: “{first.title}”. Paste the others one by one."
        sentence = f"You pasted {len(works)} works. {taken}"
    return FoundSource(source=find_in_wiki(first.ids), record=first, sentence=sentence)


def how_to_cite(source: Source) -> str:
    """Return the sentence that tells a writer that a source is there, and how to cite it."""
    return f"“{source.title}” is among the sources. Cite it in the text as [@{source.key}]."
