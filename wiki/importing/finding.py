"""Finding a source from pasted text: in the wiki, in a pasted record, or at another service."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from wiki.acts.library import sources
from wiki.acts.library.sources import find as find_in_wiki
from wiki.importing import lookup
from wiki.models import Source, User
from wiki.policy.refusal import Refused
from wiki.text import characters
from wiki.text.sources import records
from wiki.text.sources.formats.raw import BadRecord
from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse
from wiki.text.sources.mentions import identifiers_in
from wiki.text.sources.records import Record

NOTHING: Final = "Paste an identifier or a record first."
TAKEN_OUT: Final = "Characters that nobody can see were taken out."
NOT_HERE: Final = "The wiki does not have it yet. Type what the work says below."
OFF: Final = (
    "The wiki does not have it yet, and this site looks nothing up elsewhere. "
    "Paste its record from PubMed or the journal, or type what the work says below."
)


@dataclass(frozen=True)
class FoundSource:
    """The result of a search: a known source, or a record to confirm, and the sentence to show."""

    source: Source | None = None
    record: Record | None = None
    sentence: str = ""
    # The text names no source; the sentence says what is wrong with it.
    bad: bool = False


def find_source(text: str, *, by: User) -> FoundSource:
    """Return the source or the record that `text` names or describes; a known source gets what is new.

    What was pasted, and what a service answers, holds invisible characters often: they are taken out.
    """
    one = _source_in(characters.without_unseen(text), by=by)
    if one.record is None:
        return one
    record = replace(one.record, csl=_without_unseen(one.record.csl))
    told = [one.sentence] + [TAKEN_OUT] * (characters.without_unseen(text) != text or record != one.record)
    return replace(one, record=record, sentence=" ".join(told))


def _without_unseen(value: Any) -> Any:
    """Return a record without invisible characters."""
    if isinstance(value, str):
        return characters.without_unseen(value)
    if isinstance(value, dict):
        return {name: _without_unseen(one) for name, one in value.items()}
    return [_without_unseen(one) for one in value] if isinstance(value, list | tuple) else value


def _source_in(text: str, *, by: User) -> FoundSource:
    if not text.strip():
        return FoundSource(sentence=NOTHING, bad=True)
    if records.looks_like_one(text):
        return _described(text, by=by)
    try:
        ids = _named(text)
    except BadIdentifier as error:
        return FoundSource(sentence=str(error), bad=True)
    if source := find_in_wiki(ids):
        return FoundSource(source=source)
    try:
        sources.without_former(ids)
    except Refused as refusal:
        return FoundSource(sentence=str(refusal), bad=True)
    bare = records.Record(tuple(ids), {})
    try:
        record = lookup.look_up(ids[0], by=by)
    except lookup.NotLookedUp as error:
        return FoundSource(record=bare, sentence=str(error))
    if record is None:
        return FoundSource(record=bare, sentence=NOT_HERE if lookup.is_on() else OFF)
    # The identifier that was asked for belongs to the work even if the answer omits it.
    schemes = {one.scheme for one in record.ids}
    whole = replace(record, ids=(*(one for one in ids if one.scheme not in schemes), *record.ids))
    return _known(whole, by=by) or FoundSource(
        record=whole, sentence="Found. Compare it with the work itself."
    )


def _named(text: str) -> list[Identifier]:
    """Return the identifiers of the one work that a text names; raise `BadIdentifier` for none or several."""
    try:
        return [parse(text)]
    except BadIdentifier:
        ids = identifiers_in(text)
        if not ids:
            if other := records.other_format(text):
                raise BadIdentifier(other) from None
            raise
    if len({one.scheme for one in ids}) < len(ids):
        raise BadIdentifier(f"This names {len(ids)} works. Paste the identifier of one work at a time.")
    return ids


def _described(text: str, *, by: User) -> FoundSource:
    try:
        pasted = records.read(text)
    except BadRecord as error:
        return FoundSource(sentence=str(error), bad=True)
    first = pasted.works[0]
    sentence = "Read from what you pasted. Compare it with the work itself."
    if len(pasted) > 1:
        taken = f"The first was taken: “{first.title}”."
        others = "Paste the others one by one, or all of them where you add a collection."
        sentence = f"You pasted {len(pasted)} works. {taken} {others}"
    sentence = " ".join((sentence, *pasted.failed))
    return _known(first, by=by) or FoundSource(record=first, sentence=sentence)


def _known(record: Record, *, by: User) -> FoundSource | None:
    """Return the wiki's source for a record, with what is new in the record added."""
    source = find_in_wiki(record.ids)
    if source is None:
        return None
    kept = sources.learn(source, record.ids, title=record.title, notices=record.notices, by=by)
    said = f"Now also known as {', '.join(one.key for one in kept)}." if kept else ""
    return FoundSource(source=source, sentence=said)


def heed_notices(source: Source, ids: Iterable[Identifier], *, by: User) -> list[str]:
    """Look up what journals said of a work under identifiers that it was just given; return sentences."""
    said = []
    for one in ids:
        try:
            record = lookup.look_up(one, by=by)
        except lookup.NotLookedUp:
            record = None
        if record is None:
            said.append(f"{one.key} was not looked up: check there whether the work was retracted.")
        elif not sources.is_same_title(record.title, source.title):
            said.append(f"{one.key} is “{record.title}”. Check whether that is this work.")
        else:
            sources.learn(source, record.ids, title=record.title, notices=record.notices, by=by)
    return said


def how_to_cite(source: Source, learned: str = "") -> str:
    """Return the sentence that tells a writer that a source exists, how to cite it, and what was
    added to it.
    """
    said = f"“{source.title}” is among the sources. Cite it in the text as [@{source.key}]."
    return f"{said} {learned}".strip()
