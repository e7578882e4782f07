"""The headings above a place in a body, by their words."""

from dataclasses import dataclass, field
from typing import Final, Self

# The ranks: a heading in a list, quotation or box does not end the body's headings; a bold line ends none.
_NESTED: Final = 10
_BOLD: Final = 20
LONGEST_BOLD: Final = 12


@dataclass(frozen=True)
class _Above:
    rank: int
    words: str
    box: int | None = None


@dataclass
class HeadingPath:
    """The headings above one place, from the outside; they stand until another of their rank comes.

    The title of a box stands as long as the box. A short line all in bold reads as a heading, so it is one.
    """

    _above: list[_Above] = field(default_factory=list)

    @classmethod
    def from_words(cls, words: tuple[str, ...]) -> Self:
        """Return a path with these words."""
        return cls([_Above(0, one) for one in words])

    @property
    def words(self) -> tuple[str, ...]:
        """Return the headings' words."""
        return tuple([one.words for one in self._above])

    def leave_sections(self, level: int, *, is_nested: bool) -> None:
        """Remove the headings whose sections a heading, h1 to h4, ends."""
        self._above = [one for one in self._above if one.rank < level + _NESTED * is_nested]

    def see_heading(self, level: int, words: str, *, is_nested: bool) -> None:
        """Add a heading."""
        self._put(level + _NESTED * is_nested, words)

    def see_bold(self, words: str) -> None:
        """Add a line that is all in bold; sentences are ignored."""
        if len(words.split()) <= LONGEST_BOLD and not words.endswith((".", "!", "?")):
            self._put(_BOLD, words)

    def enter_box(self, words: str, box: int) -> None:
        """Add the title of a box."""
        self._above.append(_Above(0, words, box))

    def leave_box(self, box: int) -> None:
        """Remove the title of a box."""
        self._above = [one for one in self._above if one.box != box]

    def _put(self, rank: int, words: str) -> None:
        self._above = [one for one in self._above if one.rank < rank]
        if words:
            self._above.append(_Above(rank, words))
