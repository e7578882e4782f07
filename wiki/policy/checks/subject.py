"""The input and the output of the checks, as plain data."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final, Literal

from wiki.domain.relations import RELATIONS
from wiki.text.changes.read_texts import ReadText, texts_of
from wiki.text.compare.diff import Comparison, compare
from wiki.text.document import Document, Row
from wiki.text.language.wording import shortened
from wiki.text.markdown.html import Outline, outline
from wiki.text.markdown.passages import Passage, passages_of
from wiki.text.markdown.unshown import Unshown, unshown

LIMITS: Final = {"title": 120, "summary": 300, "body": 100_000, "note": 400, "alias": 120}

type Severity = Literal["stop", "look"]


@dataclass(frozen=True)
class Finding:
    """One place where something is not as it should be.

    `field` is "title" or "statements-2-sources"; `place` says where in words, when the message does not;
    `words` are the offending ones, and `start` and `end` where they stand in the body. `around` is the
    passage or statement that they stand in, as it was written: whoever changes that has touched it. What is
    `allowed` may stay: the published version has it too, and this change makes nothing of it worse.
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
    # An address of another page that it is about.
    slug: str = ""

    @property
    def topic(self) -> str:
        """Return what findings at several places have in common: the cited source, or the picture."""
        return self.key.partition(" ")[0]

    @property
    def times(self) -> int:
        """Return how often the problem stands there: two places that were joined into one still
        count as two.
        """
        return max(self.around.count(self.topic), 1)

    @property
    def key(self) -> str:
        """Return what identifies the same finding in two versions, at whatever place it stands."""
        return self.words or self.message

    @property
    def excerpt(self) -> str:
        """Return the beginning of the words, or "" if the message contains them."""
        return "" if self.words in self.message else shortened(self.words)


@dataclass(frozen=True)
class Cited:
    """What the rules need to know about a source. `notices` are the journals' later notices about it.

    `instead` is the key to cite it by, where the key that was asked for is none of its own any more.
    """

    type: str
    year: int | None
    verified: bool
    title: str = ""
    notices: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class Linked:
    """The page that a link leads to: its title, whether it is retired, and what replaces it."""

    title: str
    retired: bool = False
    replaced_by: str = ""
    # The ids of its headings.
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Depicted:
    """What the rules need to know about a picture of the wiki."""

    alt: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Namesake:
    """A name of another page that looks like one of this page's names."""

    text: str
    title: str
    is_title: bool
    is_waiting: bool = False


@dataclass(frozen=True)
class ReaderText:
    """Plain words that readers see, and their place."""

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
    # The present title of the page that has the address of this title; "" if none is published.
    title_owner: str = ""
    # Whether the page that has the address of this title is retired.
    title_owner_is_retired: bool = False
    # Names of other pages, by the skeleton that look-alike names share.
    namesakes: Mapping[str, Sequence[Namesake]] = field(default_factory=dict)
    sources: Mapping[str, Cited] = field(default_factory=dict)
    links: Mapping[str, Linked] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    retired: Mapping[int, Linked] = field(default_factory=dict)
    # Sections that are gone, by their words: titles of the pages that link to them.
    lost_sections: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pictures: Mapping[str, Depicted] = field(default_factory=dict)
    # Statements about this page that other pages make already: its number here, and the other one in words.
    made_twice: Sequence[tuple[int, str]] = ()
    can_replace: bool = True
    # The number of open reports on this page.
    reports: int = 0
    # Passages with a safety correction that the document still holds, with the day of the correction.
    corrected: Sequence[tuple[str, dt.date]] = ()
    professions: Mapping[str, str] = field(default_factory=dict)
    today: dt.date = dt.date.min
    due_on: dt.date | None = None
    # Whether this change was submitted together with a safety correction.
    is_correction: bool = False

    @cached_property
    def body(self) -> str:
        """Return the body, cut at the length that a page may have."""
        return self.document.body[: LIMITS["body"]]

    @cached_property
    def outline(self) -> Outline:
        """Return what the body refers to."""
        return outline(self.body)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the passages of the body, headings and boxes included."""
        return passages_of(self.body)

    @cached_property
    def unshown(self) -> list[Unshown]:
        """Return what readers do not get of the body, or get otherwise than written."""
        return unshown(self.body)

    @cached_property
    def texts(self) -> tuple[ReadText, ...]:
        """Return the texts that readers read, in the form that the signature rules use."""
        return texts_of(replace(self.document, body=self.body))

    @cached_property
    def comparison(self) -> Comparison:
        """Return the comparison with the version before."""
        return compare(self.before, self.document)

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """Return the statements with their numbers, counted from 0."""
        return list(enumerate(self.document.statements))

    @cached_property
    def reader_texts(self) -> list[ReaderText]:
        """Return all words that readers see: summary, body and notes of statements."""
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
        return f"{label} {self.title_of(row.object, untitled)}"

    def title_of(self, page_id: int, untitled: str = "a page") -> str:
        """Return the title of a page that a statement names; `untitled` where the page has none."""
        try:
            return self.titles[page_id]
        except KeyError:
            return untitled

    def in_row(self, number: int, name: str, message: str, *, words: str = "") -> Finding:
        """Return a finding at one field of a statement."""
        row = self.document.statements[number]
        field, place = f"statements-{number}-{name}", f"statement {number + 1}"
        return Finding(message, field, words or self.named(row), place, around=repr(row))

    def in_passage(self, passage: Passage, message: str, *, words: str = "", place: str = "") -> Finding:
        """Return a finding in a passage of the body; `words` are searched there as written."""
        start = self.body.find(words, passage.start, passage.end) if words else -1
        end = start + len(words) if start >= 0 else passage.end
        start = start if start >= 0 else passage.start
        around = self.body[passage.start : passage.end].strip()
        return Finding(message, "body", words or passage.words, place, start, end, around=around)

    def in_words(self, said: ReaderText, message: str, words: str) -> Finding:
        """Return a finding in words that readers see."""
        if said.passage:
            return self.in_passage(said.passage, message, words=words, place=said.place)
        return Finding(message, said.field, words, said.place)


def keys_of(document: Document) -> list[str]:
    """Return the citation keys of a document, in its text and its statements."""
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
    """Yield each different stretch of words that `find` finds, with where it stands.

    It depends on nothing but the words that it is given: they are searched once.
    """
    for one in said:
        for words in _words_found(find, one.words):
            yield one, words


@lru_cache(maxsize=4096)  # the passages that a change leaves alone are looked at by each act again
def _words_found(find: Callable[[str], Iterable[str]], words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find(words)))
