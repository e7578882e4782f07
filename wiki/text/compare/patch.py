"""A patch of a text: one place and the words that stand there now, as autosave sends it."""

from dataclasses import dataclass


class Misfit(Exception):
    """The patch was not made for this text."""


@dataclass(frozen=True)
class Patch:
    """Characters `start` to `end` of a text `length` characters long give way to `words`."""

    start: int
    end: int
    length: int
    words: str

    def applied_to(self, text: str) -> str:
        """Return `text` with the patch applied; raise `Misfit` if it was made for another text."""
        if len(text) != self.length or not 0 <= self.start <= self.end <= self.length:
            raise Misfit
        return text[: self.start] + self.words + text[self.end :]
