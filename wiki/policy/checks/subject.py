"""The subject of the checks, and what they say, as plain data."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

from wiki.domain.relations import RELATIONS
from wiki.text.changes.read_texts import ReadText, texts_of
from wiki.text.compare.diff import Comparison, compare
from wiki.text.document import Document, Row
from wiki.text.language.wording import shortened
from wiki.text.markdown.html import Outline, outline
from wiki.text.markdown.passages import Passage, passages_of

LIMITS: Final = {"title": 120, "summary": 300, "body": 100_000, "note": 400, "alias": 120}

type Severity = Literal["stop", "look"]


@dataclass(frozen=True)
class Finding:
    """One place where something is not as it should be.

    `field` is "title" or "statements-2-sources"; `place` says where in words, when the message does not;
    `words` are the offending ones, and `start` and `end` where they stand in the body. `around` is the
    passage or statement that they stand in, as it was written: whoever changes that has touched it. What is
    `allowed` may stay: the version in force has it too, and this change makes nothing of it worse.
    """

    message: str
    field: str
    words: str = ""
    place: str = ""
    start: int | None = None
    end: int | None = None
    is_old: bool = False
    around: str = ""
    allowed: bool = False

    @property
    def topic(self) -> str:
        """Return what of several places is counted together: the source that they cite, the picture."""
        return self.key.partition(" ")[0]

    @property
    def times(self) -> int:
        """Return how often what is wrong stands there: two places joined into one are still two."""
        return max(self.around.count(self.topic), 1)

    @property
    def key(self) -> str:
        """Return what makes this the same thing in two versions, wherever it stands."""
        return self.words or self.message

    @property
    def excerpt(self) -> str:
        """Return the beginning of the words, unless the message has them."""
        return "" if self.words in self.message else shortened(self.words)


@dataclass(frozen=True)
class Cited:
    """What the rules need to know of a source. `notices` are what journals said of it afterwards."""

    type: str
    year: int | None
    verified: bool
    title: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Linked:
    """The page that a link leads to: its title, and whether it is retired, with what replaces it."""

    title: str
    retired: bool = False
    replaced_by: str = ""


@dataclass(frozen=True)
class Depicted:
    """What the rules need to know of a picture that the wiki has."""

    alt: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Namesake:
    """A name of another page that looks like one of this page's: how it is written, and of which page."""

    text: str
    title: str
    is_title: bool
    is_waiting: bool = False


@dataclass(frozen=True)
class ReaderText:
    """Plain words that readers see, and where they stand."""

    words: str
    field: str
    place: str
    passage: Passage | None = None


@dataclass(frozen=True)
class Findings:
    """All that the rules look at: a document, what it was before, and what the wiki knows of what it names.

    `kinds` has the kind of each page that there is, `links` is keyed by slug, `sources` by citation key,
    `namesakes` by skeleton.
    """

    document: Document
    before: Document | None = None
    page_id: int | None = None
    title_taken: bool = False
    # Names of other pages, by what two that look the same have in common.
    namesakes: Mapping[str, Sequence[Namesake]] = field(default_factory=dict)
    sources: Mapping[str, Cited] = field(default_factory=dict)
    links: Mapping[str, Linked] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    retired: Mapping[int, Linked] = field(default_factory=dict)
    pictures: Mapping[str, Depicted] = field(default_factory=dict)
    # What other pages say of this one already: the number of the statement here, and that in words.
    told_twice: Sequence[tuple[int, str]] = ()
    can_replace: bool = True
    # How many reports of readers on this page nobody has answered yet.
    reports: int = 0
    # Passages that two moderators corrected on this page, with the day, where the document still says them.
    corrected: Sequence[tuple[str, dt.date]] = ()
    professions: Mapping[str, str] = field(default_factory=dict)
    today: dt.date = dt.date.min
    due_on: dt.date | None = None
    # Whether this is the change that was sent in with a correction for safety.
    is_correction: bool = False

    @cached_property
    def body(self) -> str:
        """Return as much of the body as a page may have."""
        return self.document.body[: LIMITS["body"]]

    @cached_property
    def outline(self) -> Outline:
        """Return what the body refers to."""
        return outline(self.body)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the body in pieces, headings and boxes among them."""
        return passages_of(self.body)

    @cached_property
    def texts(self) -> tuple[ReadText, ...]:
        """Return the texts that readers read, as the rules of who must sign look at them."""
        return texts_of(replace(self.document, body=self.body))

    @cached_property
    def comparison(self) -> Comparison:
        """Return what differs from before."""
        return compare(self.before, self.document)

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """Return the statements with their numbers, counted from 0."""
        return list(enumerate(self.document.statements))

    @cached_property
    def reader_texts(self) -> list[ReaderText]:
        """Return all words that readers see: the summary, the body, the notes of the statements."""
        rows = [
            ReaderText(text, f"statements-{n}-{name}", f"the {name} of statement {n + 1}")
            for n, row in self.rows
            for name, text in row.texts.items()
        ]
        return [
            ReaderText(self.document.summary, "summary", "the summary"),
            *(ReaderText(one.words, "body", one.place, one) for one in self.passages),
            *rows,
        ]

    @cached_property
    def cited(self) -> list[Cited]:
        """Return every source of the document once."""
        return [self.sources[key] for key in keys_of(self.document) if key in self.sources]

    def named(self, row: Row) -> str:
        """Return a statement in words."""
        label = RELATIONS[row.relation].label if row.relation in RELATIONS else row.relation
        untitled = "a new page" if row.object in self.kinds else "a page that is not there"
        return f"{label} {self.titles.get(row.object, untitled)}"

    def in_row(self, number: int, name: str, message: str, *, words: str = "") -> Finding:
        """Return what was found at one field of a statement."""
        row = self.document.statements[number]
        field, place = f"statements-{number}-{name}", f"statement {number + 1}"
        return Finding(message, field, words or self.named(row), place, around=repr(row))

    def in_passage(self, passage: Passage, message: str, *, words: str = "", place: str = "") -> Finding:
        """Return what was found in a passage of the body; `words` are looked for there as written."""
        start = self.body.find(words, passage.start, passage.end) if words else -1
        end = start + len(words) if start >= 0 else passage.end
        start = start if start >= 0 else passage.start
        around = self.body[passage.start : passage.end].strip()
        return Finding(message, "body", words or passage.words, place, start, end, around=around)

    def in_words(self, said: ReaderText, message: str, words: str) -> Finding:
        """Return what was found in words that readers see."""
        if said.passage:
            return self.in_passage(said.passage, message, words=words, place=said.place)
        return Finding(message, said.field, words, said.place)


def keys_of(document: Document) -> list[str]:
    """Return the keys of all that a document rests on, in its text and its statements."""
    rows = (key for row in document.statements for key in row.sources)
    return list(dict.fromkeys((*outline(document.body[: LIMITS["body"]]).citations, *rows)))


@dataclass(frozen=True)
class CheckRule:
    """One row of the table: what is wrong, how much it weighs, why it matters and says who, how to mend it.

    `item` is that of the reviewer's checklist to which it belongs, or "". What is only `for_reviewers` is
    nothing to mend: it says what is new and so has to be looked at. What `may_stay` can come about while
    nobody edits the page, as when a work is retracted: it stops what a change adds or touches alone.
    """

    id: str
    title: str
    find: Callable[[Findings], Iterable[Finding]]
    item: str
    severity: Severity
    why: str
    source: str
    fix: str
    for_reviewers: bool = False
    may_stay: bool = False


def each(
    said: Iterable[ReaderText], find: Callable[[str], Iterable[str]]
) -> Iterator[tuple[ReaderText, str]]:
    """Yield each different stretch of words that `find` finds, with where it stands."""
    for one in said:
        for words in dict.fromkeys(find(one.words)):
            yield one, words
