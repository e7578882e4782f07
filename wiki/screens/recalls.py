"""Recalls: what readers were told and must not rely on any more, with the words that were struck."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from wiki.domain.relations import RELATIONS
from wiki.models.events import Event
from wiki.models.queries.changes import ReaderChange
from wiki.models.queries.recalls import sources_with_uses
from wiki.models.sources import Source
from wiki.text.compare.struck import struck_rows, struck_words
from wiki.text.document import Document, Row
from wiki.text.markdown.cited_sentences import cited_sentences
from wiki.text.markdown.html import plain
from wiki.text.redaction.passages import StandIn, holds_passage, without
from wiki.text.sentences import sentences


@dataclass(frozen=True)
class Resting:
    """What a page says that rests on a retracted source, now."""

    title: str
    slug: str
    words: str
    # Whether it rests on other works too.
    has_others: bool

    @property
    def address(self) -> str:
        """Return where the page is."""
        return reverse("page", args=[self.slug])


@dataclass(frozen=True)
class Recall:
    """One recall: of a passage, of a version, or of what rests on a retracted source."""

    change: ReaderChange
    # The words that were struck, as sentences; none where a text that holds them is hidden.
    struck: tuple[str, ...] = ()
    is_hidden: bool = False
    correction: Mapping[str, Any] = field(default_factory=dict)
    source: Source | None = None
    # Of a source whose retraction stands no longer: why, as a sentence.
    taken_back: str = ""
    resting: tuple[Resting, ...] = ()

    @property
    def is_lifted(self) -> bool:
        """Return whether it holds no longer: the passage was right, or the source is not retracted."""
        return bool(self.correction.get("lifted_at") or self.taken_back)

    @property
    def lifted_at(self) -> Any:
        """Return when they did; None where they did not."""
        at = self.correction.get("lifted_at")
        return parse_datetime(at) if at else None

    def as_json(self, site: str) -> dict[str, Any]:
        """Return it as programs get it; `site` is the address that paths begin with."""
        return self.change.as_json(site) | {
            "struck": list(self.struck),
            "is_hidden": self.is_hidden,
            "is_lifted": self.is_lifted,
            "reference": self.source.text if self.source else "",
            "resting": [
                {
                    "page": one.title,
                    "url": f"{site}{one.address}",
                    "words": one.words,
                    "has_others": one.has_others,
                }
                for one in self.resting
            ],
        }


def recalls_of(events: Iterable[Event]) -> list[Recall]:
    """Return events of `recalls_with_words` as recalls, in the same order. One query more."""
    changes = [ReaderChange(one) for one in events]
    sources = sources_with_uses({one.source for one in changes if one.source})
    return [_recall(change, sources.get(change.source or 0)) for change in changes]


OF_ANOTHER_WORK = "The journal’s notice was about another work."
REINSTATED = "The journal has taken its notice back."


def _recall(change: ReaderChange, source: Any) -> Recall:
    event: Any = change.event
    if source is not None and not source.is_retracted:
        return Recall(
            change, source=source, taken_back=REINSTATED if source.was_retracted else OF_ANOTHER_WORK
        )
    if source is not None:
        return Recall(change, source=source, resting=tuple(_resting(source)))
    hidden = [Document.from_json(one) for one in event.hidden]
    if event.correction:
        passage = event.correction["passage"]
        is_hidden = any(holds_passage(one, passage) for one in hidden)
        struck = () if is_hidden else _as_read(passage)
        return Recall(change, struck, is_hidden, event.correction)
    if event.told is None:
        return Recall(change)
    if event.told in event.hidden:
        return Recall(change, is_hidden=True)
    return Recall(change, tuple(_Reverted(event).words))


def _as_read(passage: str) -> tuple[str, ...]:
    """Return the sentences of a passage as readers read it, without signs of Markdown and keys of sources."""
    return tuple(sentences(plain(passage))) or (passage,)


class _Reverted:
    """A version that was reverted, and the one that readers got instead."""

    def __init__(self, event: Any) -> None:
        """Read both, without what was corrected: that is a recall of its own."""
        self._titles = event.titles or {}
        self._told = _readable(event.told, event.withheld)
        after = event.after if event.after not in event.hidden else None
        self._after = _readable(after, event.withheld) if after else None

    @cached_property
    def words(self) -> list[str]:
        """Return what readers read in the one and do not in the other."""
        rows = map(self._in_words, struck_rows(self._told, self._after))
        return [*struck_words(self._told, self._after), *filter(None, rows)]

    def _in_words(self, row: Row) -> str:
        """Return a statement in words; "" where readers never saw its page."""
        title = self._titles.get(str(row.object))
        if title is None or row.relation not in RELATIONS:
            return ""
        more = "; ".join(text for text in row.texts.values() if text)
        said = f"{self._told.title} {RELATIONS[row.relation].label} {title}"
        return f"{said} ({more})" if more else said


def _readable(content: dict[str, Any], withheld: Iterable[str]) -> Document:
    document = Document.from_json(content)
    passages = [StandIn(one) for one in withheld if holds_passage(document, one)]
    return without(document, passages) if passages else document


def _resting(source: Any) -> Iterator[Resting]:
    """Yield what rests on a source: statements, then sentences of pages."""
    for one in source.statements:
        said = f"{one['title']} {RELATIONS[one['relation']].label} {one['object']}"
        yield Resting(one["title"], one["slug"], said, has_others=one["works"] > 1)
    keys = frozenset(source.keys)
    for page in source.pages:
        for sentence in cited_sentences(_readable(page["content"], page["withheld"]).body):
            if sentence.keys & keys:
                yield Resting(page["title"], page["slug"], sentence.words, bool(sentence.keys - keys))
