"""A patch of a text: one place and the words that stand there now, as autosave sends it."""

from dataclasses import dataclass


class Misfit(Exception):
    """The change was not made to this text."""


@dataclass(frozen=True)
class Patch:
    """Characters `start` to `end` of a text `length` characters long give way to `words`."""

    start: int
    end: int
    length: int
    words: str

    def applied_to(self, text: str) -> str:
        """Return `text` with the change made; raise `Misfit` if it is not the text that was changed."""
        if len(text) != self.length or not 0 <= self.start <= self.end <= self.length:
            raise Misfit
        return text[: self.start] + self.words + text[self.end :]
