"""Quantities in plain words: doses, frequencies, measurements, shares, counts, and what makes two equal.

Who must sign, what authors and reviewers are told, and what a comparison says of numbers all ask here, so
that none of them sees a dose that another does not. What is not known counts as a dose where something is
given or taken: a second signature costs less than a wrong dose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from wiki.text.compare.align import hunks
from wiki.text.quantities.context import Context
from wiki.text.quantities.kinds import QuantityKind, read_at
from wiki.text.quantities.tokens import tokens_of

__all__ = ["Quantity", "QuantityKind", "changed_quantities", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text. Two say the same when they are of one kind and have one normal form.

    `is_dose` is true of whatever somebody could take by: an amount, and how often or how long where something
    is taken. `figures` are its numbers in figures, `unit` is its unit, both as they were written.
    """

    kind: QuantityKind
    normal: str
    text: str
    start: int
    end: int
    is_dose: bool = False
    figures: tuple[str, ...] = ()
    unit: str = ""

    @property
    def key(self) -> tuple[QuantityKind, str]:
        """Return what identifies an equal quantity."""
        return self.kind, self.normal


@lru_cache(maxsize=2048)
def quantities(text: str, heads: tuple[str, ...] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of plain words in order; `heads` are those of its column, row or section."""
    tokens = tokens_of(text)
    context = Context(tokens, heads)
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        reading = read_at(context, place)
        if reading is None:
            place += 1
            continue
        start, end = tokens[place].start, tokens[reading.end - 1].end
        found.append(
            Quantity(
                reading.kind,
                reading.normal,
                text[start:end],
                start,
                end,
                reading.is_dose,
                reading.figures,
                reading.unit,
            )
        )
        place = reading.end
    return tuple(found)


def changed_quantities(
    old: str, new: str, heads: tuple[str, ...] = ()
) -> list[tuple[Quantity | None, Quantity | None]]:
    """Return the quantities that are added, removed or changed: as they were, and as they would be."""
    before, after = quantities(old, heads), quantities(new, heads)
    changed = [one for one in hunks(_keys(before), _keys(after)) if not one.same]
    return [
        pair
        for one in changed
        for pair in zip_longest(before[one.old_start : one.old_end], after[one.new_start : one.new_end])
    ]


def _keys(some: Sequence[Quantity]) -> list[tuple[QuantityKind, str]]:
    return [one.key for one in some]
