"""The difference of a paragraph as readers see it, without Markdown’s signs.

It is told in steps: a tag of a closed list is opened or closed, or words are the same, added or removed.
Where that cannot be told soundly there are no steps, and the exact text is shown instead.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

from markdown_it.token import Token

from wiki.text.compare.align import LEAST_ALIKE, hunks, likeness
from wiki.text.markdown.parser import tokens_of
from wiki.text.words import tokens_of_text

type Op = Literal["same", "added", "removed", "open", "close"]

LONGEST: Final = 20_000

# A paragraph that begins so belongs to what stands above it, or is not closed in itself.
_NOT_ALONE: Final = re.compile(r"[ \t]|```|~~~|\[\^?[^\]]*\]:|:[ \t]")
_TAGS: Final = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "em", "strong"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
# Words that stand right in these would be no HTML.
_NO_WORDS: Final = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})


@dataclass(frozen=True)
class Step:
    """A tag that is opened or closed, or words and what became of them."""

    op: Op
    text: str


@dataclass(frozen=True)
class _Element:
    tag: str
    side: int
    number: int


@dataclass(frozen=True)
class _Leaf:
    """A word, a space or a sign with the elements that it stands in."""

    text: str
    path: tuple[_Element, ...]

    @property
    def look(self) -> tuple[str, ...]:
        """Return what two of them have in common when a reader sees no difference."""
        return (self.text, *(one.tag for one in self.path))


class _Unsound(Exception):
    """This cannot be told as readers see it."""


def as_seen(old: str, new: str) -> tuple[Step, ...] | None:
    """Return how `new` differs from `old`, either of which may be empty; None where that cannot be told.

    Without what was removed, the steps are `new` as readers see it.
    """
    try:
        before, after = _leaves(old, 0), _leaves(new, 1)
        if old and new and old != new and [one.look for one in before] == [one.look for one in after]:
            return None
        return tuple(_joined(_Telling(after).tell(before)))
    except _Unsound:
        return None


@lru_cache(maxsize=512)
def _leaves(text: str, side: int) -> tuple[_Leaf, ...]:
    """Return the words of a paragraph, each with what it stands in."""
    if not text:
        return ()
    if len(text) > LONGEST or _NOT_ALONE.match(text):
        raise _Unsound
    return tuple(_Reading(side).leaves(tokens_of(text)))


@dataclass
class _Reading:
    """Walks the tokens of one paragraph."""

    side: int
    path: list[_Element] = field(default_factory=list)
    number: int = 0

    def leaves(self, tokens: Iterable[Token]) -> Iterator[_Leaf]:
        """Yield the words in order."""
        for token in tokens:
            if token.type == "inline":
                children = token.children or []
                # An empty cell keeps its place in the row.
                yield from self.leaves(children) if children else [self._leaf("")]
            elif token.nesting > 0:
                self._open(token)
            elif token.nesting < 0:
                yield from self._close(token)
            else:
                yield from self._words(token)

    def _open(self, token: Token) -> None:
        tag = "link" if token.type == "link_open" else token.tag
        if (tag not in _TAGS and tag != "link") or (tag == "ol" and token.attrs):
            raise _Unsound
        self.number += 1
        self.path.append(_Element("" if token.hidden else tag, self.side, self.number))
        if tag == "link":
            self.path[-1] = _Element(f"link {token.attrs['href']}", self.side, self.number)

    def _close(self, token: Token) -> Iterator[_Leaf]:
        element = self.path.pop()
        if token.type == "link_close":
            # Readers see where a link leads when they follow it; a reviewer at once.
            yield from self._in("target", f" ({element.tag.removeprefix('link ')})")

    def _words(self, token: Token) -> Iterator[_Leaf]:
        if token.type == "text":
            yield from (self._leaf(word) for word in tokens_of_text(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            yield self._leaf("\n" if token.type == "hardbreak" else " ")
        elif token.type == "code_inline":
            yield from self._in("code", token.content)
        elif token.type == "citation":
            for key in token.meta["keys"]:
                yield from self._in("source", f"[{key}]", whole=True)
        elif token.type == "wikilink":
            yield from self._in("link", token.content)
            if token.meta["title"] != token.content:
                yield from self._in("target", f" ({token.meta['title']})")
        else:
            raise _Unsound

    def _in(self, tag: str, text: str, *, whole: bool = False) -> Iterator[_Leaf]:
        self.number += 1
        element = _Element(tag, self.side, self.number)
        for word in [text] if whole else tokens_of_text(text):
            yield _Leaf(word, (*self._shown, element))

    def _leaf(self, text: str) -> _Leaf:
        return _Leaf(text, self._shown)

    @property
    def _shown(self) -> tuple[_Element, ...]:
        """Return the elements around this place; a paragraph in a tight list is none."""
        return tuple(one for one in self.path if one.tag)


class _Telling:
    """Puts the words of both versions in one order, inside the elements of the new one."""

    def __init__(self, after: Sequence[_Leaf]) -> None:
        """Know where each element of the new version ends."""
        self.after = after
        self.last = {one: place for place, leaf in enumerate(after) for one in leaf.path}
        self.twin: dict[_Element, _Element] = {}
        self.stack: list[_Element] = []
        self.closed: set[_Element] = set()
        self.next = 0

    def tell(self, before: Sequence[_Leaf]) -> Iterator[Step]:
        """Yield what opens, closes and is said."""
        runs = list(_runs(before, self.after))
        for same, gone, come in runs:
            if same:
                self._pair(gone, come)
        for same, gone, come in runs:
            if not same:
                for leaf in gone:
                    yield from self._enter(self._path_of_removed(leaf))
                    yield Step("removed", leaf.text)
            for leaf in come:
                yield from self._enter(leaf.path)
                yield Step("same" if same else "added", leaf.text)
                self.next += 1
        yield from self._enter(())

    def _pair(self, gone: Sequence[_Leaf], come: Sequence[_Leaf]) -> None:
        for old, new in zip(gone, come, strict=True):
            for was, now in zip(old.path, new.path, strict=True):
                self.twin.setdefault(was, now)

    def _enter(self, path: Sequence[_Element]) -> Iterator[Step]:
        """Close what the path does not share with the place where we are, and open the rest of it."""
        shared = _shared(self.stack, path)
        while len(self.stack) > shared:
            element = self.stack.pop()
            self.closed.add(element)
            yield Step("close", element.tag)
        for element in path[shared:]:
            self.stack.append(element)
            yield Step("open", element.tag)

    def _path_of_removed(self, leaf: _Leaf) -> tuple[_Element, ...]:
        """Return where removed words are shown: where they stood, as far as that place is still there.

        An element of the new version is never closed before its last word.
        """
        path: list[_Element] = []
        for one in leaf.path:
            twin = self.twin.get(one)
            still = twin if twin and twin not in self.closed and all(x.side for x in path) else None
            path.append(still or one)
        shared = _shared(self.stack, path)
        if not any(self._is_unfinished(one) for one in self.stack[shared:]):
            return tuple(path)
        kept = [one for one in self.stack if one.side]
        if kept[-1].tag in _NO_WORDS:
            raise _Unsound
        return tuple(kept)

    def _is_unfinished(self, one: _Element) -> bool:
        return one.side == 1 and self.last[one] >= self.next


def _shared(stack: Sequence[_Element], path: Sequence[_Element]) -> int:
    """Return how many elements two paths begin with in common."""
    count = 0
    for one, other in zip(stack, path, strict=False):
        if one != other:
            break
        count += 1
    return count


def _runs(
    before: Sequence[_Leaf], after: Sequence[_Leaf]
) -> Iterator[tuple[bool, Sequence[_Leaf], Sequence[_Leaf]]]:
    """Yield stretches of both versions: the same?, the old words, the new ones."""
    olds, news = [one.look for one in before], [one.look for one in after]
    if likeness(_said(olds), _said(news)) < LEAST_ALIKE:
        yield False, before, after
        return
    found = hunks(olds, news)
    for place, hunk in enumerate(found):
        gone, come = before[hunk.old_start : hunk.old_end], after[hunk.new_start : hunk.new_end]
        # So little that is the same between two changes only breaks up the reading.
        is_island = 0 < place < len(found) - 1 and len(_said([one.look for one in gone])) <= 1
        yield hunk.same and not is_island, gone, come


def _said(looks: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [look for look in looks if not look[0].isspace()]


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps with each stretch of words told once; of a change, what went before what came."""
    for sort, stretch in groupby(steps, key=_sort_of):
        if sort == "frame":
            yield from stretch
            continue
        told: dict[Op, str] = {"removed": "", "same": "", "added": ""}
        for step in stretch:
            told[step.op] += step.text
        yield from (Step(op, words) for op, words in told.items() if words)


def _sort_of(step: Step) -> str:
    return {"same": "same", "added": "change", "removed": "change"}.get(step.op, "frame")
