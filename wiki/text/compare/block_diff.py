"""The difference of two bodies, block by block: each block of either side appears once."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wiki.text.compare.align import LEAST_ALIKE, Hunk, hunks, likeness, likenesses, most_alike_in_order
from wiki.text.compare.block_changes import BlockChange, what_differs
from wiki.text.compare.divisions import with_divisions
from wiki.text.compare.introductions import beneath_other, quoted, with_introductions
from wiki.text.compare.look_alikes import looks_of
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of
from wiki.text.markdown.introductions import introductions_of
from wiki.text.words import word_count

# A block that came elsewhere is told as moved and changed when it is at least so much like one that went,
# and has so many words: two short lines are soon alike.
MOVED_ALIKE: Final = 0.6
LEAST_MOVED: Final = 5
# How many old blocks a new one is compared with to find its former version.
LOOK_AHEAD: Final = 20
# The most comparisons for one changed stretch; in a longer one each block is compared with fewer.
MOST_COMPARED: Final = 10_000
# In a stretch of up to so many pairs all are weighed against each other.
MOST_WEIGHED: Final = 900
# How many blocks that came under a heading are named, and how many characters of each.
MOST_NAMED: Final = 60
# Kinds of which a block is only told as the former version of one of its own kind. A note that nothing refers
# to is read by nobody: one that gets or loses its mark comes or goes for readers.
_APART: Final = frozenset(
    {BlockKind.PICTURE, BlockKind.ROW, BlockKind.DEFINITION, BlockKind.LINE, BlockKind.UNUSED_NOTE}
)
# Containers whose blocks belong together under what stands before them.
_GROUPS: Final = {
    "ul": "list",
    "ol": "list",
    "dl": "list of terms",
    "table": "table",
    "thead": "table",
    "tbody": "table",
    "blockquote": "quotation",
    "box": "box",
}


def blocks(old: str, new: str) -> list[BlockChange]:
    """Return what happened to each block, in the order of `new`, with removed ones at their old places.

    What is shown of the old side is the blocks of `old`, each once, and of the new side those of `new` in
    their order. Blank lines do not count.
    """
    before, after = blocks_of(old), blocks_of(new)
    if old == new:
        return [BlockChange("same", one, one) for one in before]
    pairing = _Pairing(before, after, introductions_of(old), introductions_of(new))
    found = with_headings(pairing.changes())
    return with_divisions(with_introductions(found, after, pairing.above_after, pairing.displaced))


@dataclass
class _Pairing:
    """Finds the former version of each new block; each old block is used once."""

    before: Sequence[Block]
    after: Sequence[Block]
    # The indices of what introduces each block.
    above_before: Sequence[Sequence[int]]
    above_after: Sequence[Sequence[int]]
    # The old index of each new block, and the old blocks that moved.
    origin: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    # The new blocks that stand beneath another than before.
    displaced: set[int] = field(default_factory=set)

    def changes(self) -> list[BlockChange]:
        """Return the blocks in order."""
        found = hunks([one.identity for one in self.before], [one.identity for one in self.after])
        for hunk in found:
            if hunk.same:
                for place in range(hunk.old_end - hunk.old_start):
                    self.origin[hunk.new_start + place] = hunk.old_start + place
        self._find_moved(found)
        for hunk in found:
            if not hunk.same:
                self._find_reworded(hunk)
        self._find_moved_and_reworded()
        return list(self._in_order(found))

    def _find_moved(self, found: Sequence[Hunk]) -> None:
        """Pair the blocks that moved without a change of words, each once."""
        gone: dict[tuple[object, ...], deque[int]] = defaultdict(deque)
        for place in _changed(found, "old"):
            gone[self.before[place].identity].append(place)
        for place in _changed(found, "new"):
            one = self.after[place]
            if one.words and (there := gone.get(one.identity)):
                self._move(_nearest(there, one, self.before), place)

    def _move(self, old: int, new: int) -> None:
        self.origin[new] = old
        self.moved.add(old)

    def _find_reworded(self, hunk: Hunk) -> None:
        """Pair the blocks of one changed stretch, in order, with the most similar ones."""
        gone = [place for place in range(hunk.old_start, hunk.old_end) if place not in self.moved]
        come = [place for place in range(hunk.new_start, hunk.new_end) if place not in self.origin]
        if len(gone) * len(come) <= MOST_WEIGHED:
            olds, news = [self.before[one] for one in gone], [self.after[one] for one in come]
            pairs = most_alike_in_order(list(_scores(olds, news)))
            self.origin |= {come[new]: gone[old] for old, new in pairs}
            return
        far = max(1, min(LOOK_AHEAD, MOST_COMPARED // max(len(come), 1)))
        start = 0
        for place in come:
            ahead = _ancestor(self.after[place], [self.before[one] for one in gone[start : start + far]])
            if ahead is not None:
                self.origin[place] = gone[start + ahead]
                start += ahead + 1

    def _find_moved_and_reworded(self) -> None:
        """Pair the remaining blocks that are clearly similar, the most similar first."""
        used = set(self.origin.values())
        gone = [n for n, one in enumerate(self.before) if n not in used and _may_have_moved(one)]
        come = [n for n, one in enumerate(self.after) if n not in self.origin and _may_have_moved(one)]
        if len(gone) * len(come) > MOST_COMPARED:
            return
        olds = {place: looks_of(self.before[place].words) for place in gone}
        news = {place: looks_of(self.after[place].words) for place in come}
        pairs = [
            (likeness(olds[old], news[new]), old, new)
            for old in gone
            for new in come
            if _may_become(self.before[old], self.after[new])
        ]
        for score, old, new in sorted(pairs, key=lambda pair: -pair[0]):
            if score >= MOVED_ALIKE and old not in self.moved and new not in self.origin:
                self._move(old, new)

    def _in_order(self, found: Sequence[Hunk]) -> Iterator[BlockChange]:
        """Yield the changes in the order of the new version, removed blocks before those in their place."""
        became = {old: new for new, old in self.origin.items()}
        spacing: set[tuple[int, int]] = set()
        told = 0
        for hunk in found:
            for place, end in zip(range(hunk.new_start, hunk.new_end), self._kept_from(hunk), strict=True):
                old = self.origin.get(place)
                is_kept = old is not None and old not in self.moved
                if is_kept or old is None:
                    yield from (self._gone(one, became) for one in range(told, end))
                    told = max(told, end) + is_kept
                yield self._come(place, old, spacing)
            yield from (self._gone(one, became) for one in range(told, hunk.old_end))
            told = max(told, hunk.old_end)

    def _kept_from(self, hunk: Hunk) -> list[int]:
        """Return for each new block the next old one that stayed at its place, or the end of the stretch."""
        found, end = [], hunk.old_end
        for place in reversed(range(hunk.new_start, hunk.new_end)):
            old = self.origin.get(place)
            end = old if old is not None and old not in self.moved else end
            found.append(end)
        return found[::-1]

    def _gone(self, place: int, became: dict[int, int]) -> BlockChange:
        block = self.before[place]
        if place in became:
            return BlockChange("left", block, self.after[became[place]])
        return BlockChange("removed", block, None)

    def _come(self, place: int, origin: int | None, spacing: set[tuple[int, int]]) -> BlockChange:
        new = self.after[place]
        if origin is None:
            return BlockChange("added", None, new)
        old = self.before[origin]
        notes = (
            *what_differs(old, new),
            *self._around(place, origin, spacing),
            *self._beneath(place, origin),
        )
        if origin in self.moved:
            notes = (*notes, *_of_the_move(self.before, origin, self.after, place))
        is_same = old.identity == new.identity
        if origin in self.moved:
            return BlockChange("moved" if is_same else "reworded", old, new, notes)
        if not is_same or notes:
            return BlockChange("changed", old, new, notes)
        return BlockChange("same" if old.headings == new.headings else "under another heading", old, new)

    def _beneath(self, place: int, origin: int) -> Iterator[str]:
        """Yield beneath what a block stood and stands, where it is not what became of the same block."""
        was = self._introduction(self.before, self.above_before[origin])
        now = self._introduction(self.after, self.above_after[place])
        if was is not None and now is not None and self.origin.get(now) == was:
            return
        old, new = (None if was is None else self.before[was]), (None if now is None else self.after[now])
        if (old.words if old else "") != (new.words if new else ""):
            self.displaced.add(place)
            yield beneath_other(old, new)

    @staticmethod
    def _introduction(blocks: Sequence[Block], above: Sequence[int]) -> int | None:
        """Return the nearest block that introduces another; headings are compared by themselves."""
        return next((one for one in reversed(above) if not blocks[one].is_bold), None)

    def _around(self, place: int, origin: int, spacing: set[tuple[int, int]]) -> Iterator[str]:
        """Yield differences around a block: where a list or box begins, and the space between items."""
        old, new = self.before[origin], self.after[place]
        before = self.origin.get(place - 1) if place else -1
        if before == origin - 1 and old.lead != new.lead and _inside(old) == _inside(new):
            yield "a list, quotation, table or box begins or ends elsewhere"
        pairs = zip(old.containers, new.containers, strict=False)
        differing = {
            (was.number, now.number)
            for was, now in pairs
            if was.tag == now.tag and was.is_loose != now.is_loose
        }
        if differing - spacing:
            spacing |= differing
            yield "the paragraphs of its list stand closer or farther apart"


def _changed(found: Sequence[Hunk], side: str) -> Iterator[int]:
    for hunk in found:
        if not hunk.same and side == "old":
            yield from range(hunk.old_start, hunk.old_end)
        elif not hunk.same:
            yield from range(hunk.new_start, hunk.new_end)


def _nearest(there: deque[int], one: Block, before: Sequence[Block]) -> int:
    """Take the first of equal blocks, if it can be one that stood under the same headings."""
    first = there[0]
    if before[first].headings != one.headings:
        first = next((n for n in list(there)[:LOOK_AHEAD] if before[n].headings == one.headings), first)
    there.remove(first)
    return first


def _of_the_move(before: Sequence[Block], origin: int, after: Sequence[Block], place: int) -> Iterator[str]:
    """Yield after what a heading, or a block within its section, stood and stands."""
    old, new = before[origin], after[place]
    if new.is_heading:
        was, now = _order(before[:origin]), _order(after[:place])
        if was != now:
            yield f"was {was}, is {now}"
    elif old.headings == new.headings:
        was, now = _introduced(before, origin), _introduced(after, place)
        if was == now:
            was, now = _following(before, origin), _following(after, place)
        if was != now:
            yield f"stood {was}, stands {now}"


def _introduced(blocks: Sequence[Block], place: int) -> str:
    """Return after what the outermost list, table or quotation of a block stands, or the block itself."""
    outer = blocks[place].containers[:1]
    if not outer or outer[0].tag not in _GROUPS:
        return _following(blocks, place)
    while place and blocks[place - 1].containers[:1] == outer:
        place -= 1
    return f"in the {_GROUPS[outer[0].tag]} {_following(blocks, place)}"


def _following(blocks: Sequence[Block], place: int) -> str:
    """Return after what a block stands."""
    if place == 0:
        return "at the beginning"
    last = blocks[place - 1]
    return f"after {'the heading ' if last.is_heading else ''}{quoted(last)}"


def _order(before: Sequence[Block]) -> str:
    """Return where a heading stands that these blocks stand before."""
    headings = [one.words for one in before if one.is_heading]
    return f"the next heading after “{headings[-1]}”" if headings else "the first heading"


def _inside(block: Block) -> tuple[tuple[str, str], ...]:
    return tuple(one.look for one in block.containers)


def _scores(olds: Sequence[Block], news: Sequence[Block]) -> Iterator[list[float]]:
    """Yield for each old block its similarity to each new one; 0 for kinds that are never told as one."""
    words = ([looks_of(one.words) for one in side] for side in (olds, news))
    for old, alike in zip(olds, likenesses(*words), strict=True):
        fixed = (_likeness_by_kind(old, new) for new in news)
        yield [score if known is None else known for score, known in zip(alike, fixed, strict=True)]


def _ancestor(block: Block, candidates: Sequence[Block]) -> int | None:
    """Return the candidate that the block was most likely made from; None if it is similar to none."""
    tokens = looks_of(block.words)
    scores = [_likeness(one, block, tokens) for one in candidates]
    best = max(scores, default=0.0)
    return scores.index(best) if best >= LEAST_ALIKE else None


def _may_become(old: Block, new: Block) -> bool:
    """Return whether two blocks are of one kind, or of kinds that are written alike."""
    return old.kind is new.kind or not (old.kind in _APART or new.kind in _APART)


def _likeness(old: Block, new: Block, tokens: Sequence[str]) -> float:
    """Return the similarity of two blocks; 0 for kinds that are never told as one."""
    fixed = _likeness_by_kind(old, new)
    return likeness(looks_of(old.words), tokens) if fixed is None else fixed


def _likeness_by_kind(old: Block, new: Block) -> float | None:
    """Return the similarity of two blocks where their words do not decide; None where they do."""
    if not _may_become(old, new):
        return 0.0
    if old.kind in (BlockKind.PICTURE, BlockKind.LINE) or not (old.words or new.words):
        return 1.0 if old.kind is new.kind else 0.0
    return None


def _may_have_moved(block: Block) -> bool:
    return not block.is_heading and word_count(block.words) >= LEAST_MOVED


def with_headings(found: list[BlockChange]) -> list[BlockChange]:
    """Return the changes in which each heading that changed names the blocks that came or fell under it.

    Of a heading that moved, the place that it left names none of them again.
    """
    under: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in found:
        if one.old and one.new and not one.is_pointer and one.old.headings != one.new.headings:
            was, now = Counter(one.old.headings), Counter(one.new.headings)
            for side, words in [("old", w) for w in was - now] + [("new", w) for w in now - was]:
                under[side, words].append(one.new.words)
    if not under:
        return found

    def names(one: BlockChange) -> bool:
        return one.block.is_heading and one.is_shown and not one.is_pointer

    return [_with_headings(one, under) if names(one) else one for one in found]


def _with_headings(one: BlockChange, under: dict[tuple[str, str], list[str]]) -> BlockChange:
    sides = [("old", one.old.words)] if one.old else []
    sides += [("new", one.new.words)] if one.new else []
    named = dict.fromkeys(words for side in sides for words in under.get(side, ()))
    return replace(one, under=tuple(named)[:MOST_NAMED])
