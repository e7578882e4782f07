"""The neighbourhood of a page or an entry as a drawing: causes left, consequences right, the rest below.

The drawing is geometry alone, in units of its own; the template writes it as SVG, and the same as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from wiki.screens.exploring.links import LinkSide, NearLink

# With the one in the middle.
MOST_BOXES: Final = 40
MOST_IN_SMALL: Final = 13
HEIGHT, ROW = 54, 66


@dataclass(frozen=True)
class Geometry:
    """How wide a drawing and its boxes are, and how many usual letters fit into the two lines of a box."""

    width: int
    box: int
    name: int
    details: int


# As wide as the screen, and as wide as the text of a page.
WIDE: Final = Geometry(1080, 300, 31, 42)
NARROW: Final = Geometry(700, 205, 20, 28)
# How wide letters are beside a usual small one.
NARROW_LETTERS, WIDE_LETTERS = frozenset(" .,;:'’()[]·-/fijlrt"), frozenset("mw…—%&@MW")
# Of a name that is cut, so much is for its last words: they tell "type 1" from "type 2".
SHARE_OF_END: Final = 0.65
# Less of a relation says nothing.
LEAST_OF_LABEL: Final = 12


@dataclass(frozen=True)
class DrawnBox:
    """A linked page or entry, where it is drawn, and the line that leads to it."""

    link: NearLink
    x: int
    y: int
    path: str
    geometry: Geometry

    @property
    def name(self) -> str:
        """Return the name, cut to fit; a screen reader gets all of it."""
        return _cut(self.link.name, self.geometry.name)

    @property
    def details(self) -> str:
        """Return the second line. What does not fit: how often first, then the relation begins later."""
        link, most = self.link, self.geometry.details
        sure = f" · {link.sure}"
        if link.frequency and _width(f"{link.label}{sure} · {link.frequency}") <= most:
            return f"{link.label}{sure} · {link.frequency}"
        room = most - _width(sure)
        return f"{_end_of(link.label, room)}{sure}" if room > LEAST_OF_LABEL else _cut(link.sure, most)

    @property
    def text_x(self) -> int:
        """Return where its text begins."""
        return self.x + 12

    @property
    def name_y(self) -> int:
        """Return the baseline of the first line."""
        return self.y + 23

    @property
    def details_y(self) -> int:
        """Return the baseline of the second line."""
        return self.y + 42


@dataclass(frozen=True)
class Neighbourhood:
    """Something and its links, the surest first; what does not fit into the drawing stands in the table."""

    title: str
    kind: str
    links: Sequence[NearLink]
    most: int = MOST_BOXES
    geometry: Geometry = WIDE

    @property
    def drawn(self) -> Sequence[NearLink]:
        """Return the links that are drawn."""
        return sorted(self.links, key=lambda one: -one.rank)[: self.most - 1]

    @property
    def is_cut(self) -> bool:
        """Return whether the table has more than the drawing."""
        return len(self.links) > self.most - 1

    @property
    def groups(self) -> list[tuple[str, list[NearLink]]]:
        """Return all links under the headings of their sides, for the table."""
        sided = ((side.heading, [one for one in self.links if one.side == side]) for side in LinkSide)
        return [(heading, found) for heading, found in sided if found]

    @cached_property
    def boxes(self) -> list[DrawnBox]:
        """Return the boxes, in the order in which the keyboard reaches them."""
        found: list[DrawnBox] = []
        for side in LinkSide:
            mine = [one for one in self.drawn if one.side == side]
            top = self.middle_y + ROW + 30 if side is LinkSide.BELOW else (self._rows - len(mine)) * ROW // 2
            found += [self._box(one, top + place * ROW) for place, one in enumerate(mine)]
        return found

    @property
    def height(self) -> int:
        """Return how high the drawing is."""
        return max((box.y for box in self.boxes), default=self.middle_y) + HEIGHT + 4

    @property
    def middle_x(self) -> int:
        """Return where the box in the middle begins."""
        return (self.geometry.width - self.geometry.box) // 2

    @property
    def middle_y(self) -> int:
        """Return how far down the box in the middle is."""
        return (self._rows - 1) * ROW // 2

    @property
    def middle_name(self) -> str:
        """Return the name in the middle, cut to fit."""
        return _cut(self.title, self.geometry.name)

    @property
    def middle_text(self) -> tuple[int, int, int]:
        """Return where the text in the middle begins: x, and the baselines of its two lines."""
        return self.middle_x + 12, self.middle_y + 23, self.middle_y + 42

    @property
    def width(self) -> int:
        """Return how wide the drawing is."""
        return self.geometry.width

    @property
    def _rows(self) -> int:
        sides = [one.side for one in self.drawn]
        return max(sides.count(LinkSide.LEFT), sides.count(LinkSide.RIGHT), 1)

    def _box(self, link: NearLink, y: int) -> DrawnBox:
        box, level, middle = self.geometry.box, y + HEIGHT // 2, self.middle_y + HEIGHT // 2
        if link.side is LinkSide.BELOW:
            x, trunk = self.middle_x + 20, self.middle_x + 6
            return DrawnBox(link, x, y, f"M{trunk},{self.middle_y + HEIGHT}V{level}H{x}", self.geometry)
        is_left = link.side is LinkSide.LEFT
        x = 0 if is_left else self.geometry.width - box
        start, end = (box, self.middle_x) if is_left else (x, self.middle_x + box)
        bend = (start + end) // 2
        path = f"M{start},{level}C{bend},{level} {bend},{middle} {end},{middle}"
        return DrawnBox(link, x, y, path, self.geometry)


def _width(text: str) -> float:
    """Return how many usual small letters are as wide as a text."""
    wide = sum(one in WIDE_LETTERS or one.isupper() for one in text)
    return len(text) + 0.5 * wide - 0.4 * sum(one in NARROW_LETTERS for one in text)


def _end_of(text: str, most: float) -> str:
    """Return the last words of a text, as many as fit: "… worsened by" says what "can be … by" does not."""
    words = text.split()
    while len(words) > 1 and _width(text) > most:
        text = " ".join(["…", *(words := words[1:])])
    return text


def _cut(text: str, most: float) -> str:
    """Return the first and the last words of a text, as many as fit."""
    if _width(text) <= most:
        return text
    words = text.split()
    end: list[str] = []
    while len(words) > 1 and _width(" ".join([words[-1], *end])) <= most * SHARE_OF_END:
        end.insert(0, words.pop())
    tail = " ".join(["…", *end])
    start: list[str] = []
    while words and _width(" ".join([*start, words[0], tail])) <= most:
        start.append(words.pop(0))
    if start:
        return " ".join([*start, tail])
    first = words[0]
    while first and _width(f"{first}{tail}") > most:
        first = first[:-1]
    return f"{first}{tail}"
