"""The difference of a block as readers see it, without Markdown's signs.

It is told in steps: a tag of a closed list is opened or closed, or words are the same, added or removed.
Where that cannot be told soundly there are no steps, and the exact text is shown instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal

from markdown_it.token import Token

from wiki.text.compare.align import LEAST_ALIKE, hunks, likeness
from wiki.text.compare.columns import paired_columns
from wiki.text.markdown.blocks import Block, BlockKind, Cell
from wiki.text.words import tokens_of_text

type Op = Literal["same", "added", "removed", "open", "close", "context"]

LONGEST: Final = 20_000

_TAGS: Final = frozenset({"p", "h2", "h3", "h4", "em", "strong", "dt"})
# The element in which a block is shown, by its container; lists are left out, because each item is a block.
_FRAMES: Final = {one: (one,) for one in ("ul", "ol", "li", "blockquote", "dl", "dd", "box", "note")}
# The sign for an explicit line break.
HARD_BREAK: Final = "↵\n"


@dataclass(frozen=True)
class Step:
    """A tag that is opened or closed, or words and what became of them.

    "context" are words of another block, a table's heads, shown so that a row can be read.
    """

    op: Op
    text: str


@dataclass(frozen=True)
class _Element:
    tag: str
    side: int
    number: int


@dataclass(frozen=True)
class _Leaf:
    """A word, a space or a sign, with the elements around it."""

    text: str
    path: tuple[_Element, ...]

    @property
    def look(self) -> tuple[str, ...]:
        """Return what is equal for two leaves that look the same to a reader."""
        return (self.text, *(one.tag for one in self.path))


class _Unsound(Exception):
    """The difference cannot be shown reliably in the reader's view."""


def as_rendered(old: Block | None, new: Block | None) -> tuple[Step, ...] | None:
    """Return the difference between `new` and `old`, either of which may be None; None if it cannot be shown.

    Without what was removed, the steps are `new` as readers see it, and without what was added `old`.
    """
    block = new or old
    if block is None or any(one and len(one.source) > LONGEST for one in (old, new)):
        return None
    try:
        if any(one and one.kind is BlockKind.ROW for one in (old, new)):
            inner = _row(old, new)
        else:
            inner = _steps(_leaves(old, 0), _leaves(new, 1))
    except _Unsound:
        return None
    frame = [Step("open", tag) for one in block.containers for tag in _FRAMES.get(one.tag, ())]
    return (*frame, *inner, *(Step("close", one.text) for one in reversed(frame)))


def _steps(before: Sequence["_Leaf"], after: Sequence["_Leaf"]) -> tuple[Step, ...]:
    return tuple(_joined(_DiffWriter(after).tell(before)))


def _row(old: Block | None, new: Block | None) -> tuple[Step, ...]:
    """Return a row cell by cell, with the table's heads above it; no change spans two cells.

    Between two versions of a row each column is told once. One that only one version has says which in the
    tag of its cells, “td added” or “td removed”, and in its head.
    """
    sides = [one.cells for one in (old, new) if one]
    if not all(sides):
        raise _Unsound
    columns = [
        (None if was is None else sides[0][was], None if now is None else sides[-1][now])
        for was, now in paired_columns(sides[0], sides[-1])
    ]
    body = "thead" if sides[-1][0].is_head else "tbody"
    steps: list[Step] = [_opened("table"), *_heads(columns), _opened(body), _opened("tr")]
    for was, now in columns:
        tag = _tag_of(was, now)
        sources = (was if old else None), (now if new else None)
        steps += [_opened(tag), *_steps(_cell(sources[0], 0), _cell(sources[1], 1)), _closed(tag)]
    return (*steps, _closed("tr"), _closed(body), _closed("table"))


def _tag_of(was: Cell | None, now: Cell | None) -> str:
    cell = now or was
    assert cell is not None  # noqa: S101  # one of the two is there
    tag = "th" if cell.is_head else "td"
    return f"{tag} added" if was is None else f"{tag} removed" if now is None else tag


def _heads(columns: Sequence[tuple[Cell | None, Cell | None]]) -> Iterator[Step]:
    """Yield the column heads of a row of the table's body, as they were and are where those differ."""
    if not any(now.heads for _, now in columns if now):
        return
    yield from (_opened("thead"), _opened("tr"))
    for was, now in columns:
        tag = "th" if was and now else "th added" if now else "th removed"
        yield from (_opened(tag), Step("context", _head_in_words(was, now)), _closed(tag))
    yield from (_closed("tr"), _closed("thead"))


def _head_in_words(was: Cell | None, now: Cell | None) -> str:
    heads = dict.fromkeys(cell.heads[0] if cell.heads else "" for cell in (was, now) if cell)
    words = " → ".join(heads)
    if was and now:
        return words
    return f"{'column added' if now else 'column removed'}{': ' * bool(words)}{words}"


def _opened(tag: str) -> Step:
    return Step("open", tag)


def _closed(tag: str) -> Step:
    return Step("close", tag)


def _cell(cell: Cell | None, side: int) -> tuple["_Leaf", ...]:
    return tuple(_LeafReader(side).leaves(cell.tokens)) if cell else ()


def _leaves(block: Block | None, side: int) -> tuple["_Leaf", ...]:
    """Return the words of a block, each with the elements around it."""
    if block is None:
        return ()
    reading = _LeafReader(side)
    if block.kind is BlockKind.PICTURE:
        return tuple(reading.words_in("figure", block.words))
    if block.kind is BlockKind.LINE:
        return tuple(reading.words_in("p", "* * *"))
    if block.kind is BlockKind.CODE:
        return tuple(reading.words_in("pre", block.tokens[0].content))
    if block.kind is BlockKind.DEFINITION:
        return tuple(reading.words_in("p", block.source))
    if block.kind in (BlockKind.UNUSED_NOTE, BlockKind.UNREAD):
        raise _Unsound
    return tuple(reading.leaves(block.tokens))


@dataclass
class _LeafReader:
    """Collects the leaves of one block's tokens."""

    side: int
    path: list[_Element] = field(default_factory=list)
    number: int = 0

    def leaves(self, tokens: Iterable[Token]) -> Iterator[_Leaf]:
        """Yield the words in order."""
        for token in tokens:
            if token.type == "inline":
                yield from self.leaves(token.children or [])
            elif token.nesting > 0:
                self._open(token)
            elif token.nesting < 0:
                yield from self._close(token)
            elif token.type != "footnote_anchor":
                yield from self._words(token)

    def _open(self, token: Token) -> None:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            if title := token.attrs.get("title"):
                target += f" “{title}”"
            self._enter(f"link {target}")
        elif token.tag in _TAGS:
            self._enter(token.tag)
        else:
            raise _Unsound

    def _enter(self, tag: str) -> None:
        self.number += 1
        self.path.append(_Element(tag, self.side, self.number))

    def _close(self, token: Token) -> Iterator[_Leaf]:
        element = self.path.pop()
        if token.type == "link_close":
            # Reviewers see the target of a link without following it.
            yield from self.words_in("target", f" ({element.tag.removeprefix('link ')})")

    def _words(self, token: Token) -> Iterator[_Leaf]:
        if token.type == "text":
            yield from (_Leaf(word, tuple(self.path)) for word in tokens_of_text(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            yield _Leaf(HARD_BREAK if token.type == "hardbreak" else " ", tuple(self.path))
        elif token.type == "code_inline":
            yield from self.words_in("code", token.content)
        elif token.type == "citation":
            for key in token.meta["keys"]:
                yield from self.words_in("source", f"[{key}]", whole=True)
        elif token.type == "footnote_ref":
            yield from self.words_in("source", f"[note {token.meta['label']}]", whole=True)
        elif token.type == "wikilink":
            yield from self.words_in("link", token.content)
            if token.meta["title"] != token.content:
                yield from self.words_in("target", f" ({token.meta['title']})")
        else:
            raise _Unsound

    def words_in(self, tag: str, text: str, *, whole: bool = False) -> Iterator[_Leaf]:
        """Yield words that stand in a tag of their own."""
        self.number += 1
        element = _Element(tag, self.side, self.number)
        for word in [text] if whole else tokens_of_text(text):
            yield _Leaf(word, (*self.path, element))


class _DiffWriter:
    """Writes the words of both versions in one order, inside the elements of the new version."""

    def __init__(self, after: Sequence[_Leaf]) -> None:
        """Note where each element of the new version ends."""
        self.after = after
        self.last = {one: place for place, leaf in enumerate(after) for one in leaf.path}
        self.twin: dict[_Element, _Element] = {}
        self.stack: list[_Element] = []
        self.closed: set[_Element] = set()
        self.next = 0

    def tell(self, before: Sequence[_Leaf]) -> Iterator[Step]:
        """Yield the steps."""
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
        """Close the elements that the path does not share with the present place, and open the others."""
        shared = _shared(self.stack, path)
        while len(self.stack) > shared:
            element = self.stack.pop()
            self.closed.add(element)
            yield Step("close", element.tag)
        for element in path[shared:]:
            self.stack.append(element)
            yield Step("open", element.tag)

    def _path_of_removed(self, leaf: _Leaf) -> tuple[_Element, ...]:
        """Return where removed words are shown: at their old place, as far as that exists.

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
        return tuple(kept)

    def _is_unfinished(self, one: _Element) -> bool:
        return one.side == 1 and self.last[one] >= self.next


def _shared(stack: Sequence[_Element], path: Sequence[_Element]) -> int:
    """Return how many elements two paths have in common at their start."""
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
    if likeness(_without_spaces(olds), _without_spaces(news)) < LEAST_ALIKE:
        yield False, before, after
        return
    found = hunks(olds, news)
    for place, hunk in enumerate(found):
        gone, come = before[hunk.old_start : hunk.old_end], after[hunk.new_start : hunk.new_end]
        # A very short unchanged stretch between two changes is merged into them, for readability.
        is_island = 0 < place < len(found) - 1 and len(_without_spaces([one.look for one in gone])) <= 1
        yield hunk.same and not is_island, gone, come


def _without_spaces(looks: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [look for look in looks if not look[0].isspace()]


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps with adjacent words joined; in a change, removed words come before added ones."""
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
