"""The boxes of urgent advice in a body."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wiki.text.markdown.parser import tokens_to_read, words_of

_BOX: Final = "container_urgent"


@dataclass(frozen=True)
class UrgentBox:
    """One box: its first line, and the other texts in it."""

    lead: str
    pieces: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return all words of the box, its first line included."""
        return "\n".join((self.lead, *self.pieces))


@lru_cache(maxsize=64)
def urgent_boxes_of(body: str) -> tuple[UrgentBox, ...]:
    """Return the boxes of a body from top to bottom; nested boxes count separately."""
    open_boxes: list[list[str]] = []
    found: list[list[str]] = []
    for token in tokens_to_read(body):
        if token.type == f"{_BOX}_open":
            open_boxes.append([])
            found.append(open_boxes[-1])
        elif token.type == f"{_BOX}_close":
            open_boxes.pop()
        elif open_boxes and token.type in ("inline", "fence", "code_block"):
            text = words_of(token.children) if token.type == "inline" else token.content
            open_boxes[-1].append(" ".join(text.split()))
    return tuple(UrgentBox(pieces[0] if pieces else "", tuple(pieces[1:])) for pieces in found)
