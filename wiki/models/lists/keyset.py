"""Lists in parts by key: how a list is ordered, a place in it, and the rows after or before a place.

A part begins where the key of a row says, and no row before it is read or counted: an old part costs what the
first one costs, and what is added or goes away during a walk leaves out none of the others.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, Self

from django.core.exceptions import BadRequest
from django.db import models
from django.db.models.expressions import Combinable

ROWS_A_PART: Final = 50
# Between the values of a key in an address. Only the first value can hold one itself.
BETWEEN: Final = "~"
# What an address says of a place.
PLACES: Final = ("after", "before", "from")
_MOMENT: Final = "%Y-%m-%dT%H%M%S.%fZ"
_WRITTEN_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}\.\d{6}Z", re.ASCII)
_WRITTEN_SHARE: Final = re.compile(r"[0-9]{1,3}\.[0-9]{4}", re.ASCII)
_WRITTEN_NUMBER: Final = re.compile(r"[0-9]{1,18}", re.ASCII)


class NoSuchPlace(BadRequest):
    """What an address says is no place in a list."""


def _text(written: str) -> str:
    if "\0" in written:
        raise ValueError(written)
    written.encode()  # half of a surrogate pair is no text
    return written


def _number(written: str) -> int:
    if not _WRITTEN_NUMBER.fullmatch(written):
        raise ValueError(written)
    return int(written)


def _share(written: str) -> Decimal:
    if not _WRITTEN_SHARE.fullmatch(written):
        raise ValueError(written)
    return Decimal(written)


def _moment(written: str) -> dt.datetime:
    if not _WRITTEN_MOMENT.fullmatch(written):
        raise ValueError(written)
    return dt.datetime.strptime(written, _MOMENT).replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class KeyColumn:
    """One column of the key of a list: what a row calls it, and how its value stands in an address."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    # Where the database has it, if it is not a column with that name.
    stored_as: str | Combinable = ""

    @property
    def expression(self) -> Any:
        """Return what the database orders by."""
        return models.F(self.stored_as or self.name) if isinstance(self.stored_as, str) else self.stored_as


def text(name: str, stored_as: str | Combinable = "") -> KeyColumn:
    """Return a column of texts."""
    return KeyColumn(name, _text, stored_as=stored_as)


def number(name: str, stored_as: str | Combinable = "") -> KeyColumn:
    """Return a column of whole numbers, none below zero."""
    return KeyColumn(name, _number, stored_as=stored_as)


def day(name: str, stored_as: str | Combinable = "") -> KeyColumn:
    """Return a column of days."""
    return KeyColumn(name, dt.date.fromisoformat, stored_as=stored_as)


def share(name: str, stored_as: str | Combinable = "") -> KeyColumn:
    """Return a column of shares in per cent, with four digits after the point."""
    return KeyColumn(name, _share, lambda value: f"{value:.4f}", stored_as=stored_as)


def moment(name: str, stored_as: str | Combinable = "") -> KeyColumn:
    """Return a column of moments."""
    return KeyColumn(
        name, _moment, lambda value: value.astimezone(dt.UTC).strftime(_MOMENT), stored_as=stored_as
    )


@dataclass(frozen=True)
class KeyOrder:
    """How a list is ordered: by columns that together name one row, all of them upwards or all downwards."""

    columns: tuple[KeyColumn, ...]
    is_downward: bool = False

    @classmethod
    def upward(cls, *columns: KeyColumn) -> "KeyOrder":
        """Return the order in which the smallest comes first."""
        return cls(columns)

    @classmethod
    def downward(cls, *columns: KeyColumn) -> "KeyOrder":
        """Return the order in which the greatest, or newest, comes first."""
        return cls(columns, is_downward=True)

    @cached_property
    def by(self) -> tuple[Any, ...]:
        """Return what `order_by` takes."""
        return self._by(self.is_downward)

    @cached_property
    def backwards(self) -> tuple[Any, ...]:
        """Return what `order_by` takes for the same order from its end."""
        return self._by(not self.is_downward)

    def _by(self, is_downward: bool) -> tuple[Any, ...]:
        expressions = (one.expression for one in self.columns)
        return tuple(one.desc() if is_downward else one.asc() for one in expressions)

    def key_of(self, row: Any) -> tuple[Any, ...]:
        """Return the key of a row."""
        return tuple(attrgetter(one.name.replace("__", "."))(row) for one in self.columns)

    def place_of(self, row: Any) -> str:
        """Return the key of a row as it stands in an address."""
        return BETWEEN.join(
            one.write(value) for one, value in zip(self.columns, self.key_of(row), strict=True)
        )

    def read(self, written: str) -> tuple[Any, ...]:
        """Return the key that an address names; raise `NoSuchPlace` where it names none."""
        told = written.rsplit(BETWEEN, len(self.columns) - 1)
        if len(told) != len(self.columns):
            raise NoSuchPlace(written)
        try:
            return tuple(one.read(value) for one, value in zip(self.columns, told, strict=True))
        except (ValueError, OverflowError):
            raise NoSuchPlace(written) from None

    def read_first(self, written: str) -> Any:
        """Return a first value that an address names; raise `NoSuchPlace` where it names none."""
        try:
            return self.columns[0].read(written)
        except (ValueError, OverflowError):
            raise NoSuchPlace(written) from None

    def after(self, key: tuple[Any, ...]) -> Combinable:
        """Return the condition that a row comes after a key."""
        return self._compared("<" if self.is_downward else ">", key)

    def before(self, key: tuple[Any, ...]) -> Combinable:
        """Return the condition that a row comes before a key."""
        return self._compared(">" if self.is_downward else "<", key)

    def begins_at(self, first: Any) -> Combinable:
        """Return the condition that a row comes with the first column at a value, or after such."""
        return self._compared("<=" if self.is_downward else ">=", (first,))

    def _compared(self, sign: str, key: tuple[Any, ...]) -> Combinable:
        """Compare as PostgreSQL compares rows: one condition, which an index of these columns answers."""
        own = _row(*(one.expression for one in self.columns[: len(key)]))
        return models.ExpressionWrapper(
            models.Func(
                own, _row(*map(models.Value, key)), template="%(expressions)s", arg_joiner=f" {sign} "
            ),
            output_field=models.BooleanField(),
        )


def _row(*values: Any) -> models.Func:
    return models.Func(*values, template="(%(expressions)s)", output_field=models.TextField())


@dataclass(frozen=True)
class PartAsked:
    """Which part of a list is asked for: after a row, before one, from a value on, or the first."""

    after: str = ""
    before: str = ""
    begin: str = ""
    # What the list is called in an address that tells of several.
    name: str = ""
    size: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, str], name: str = "", size: int = 0) -> Self:
        """Return what an address asks for; raise `NoSuchPlace` where it asks for two places."""
        told = {key: query.get(_named(name, key), "") for key in PLACES}
        if sum(map(bool, told.values())) > 1:
            raise NoSuchPlace(told)
        return cls(told["after"], told["before"], told["from"], name, size or ROWS_A_PART)

    @property
    def is_first(self) -> bool:
        """Return whether it is the first."""
        return not (self.after or self.before or self.begin)


FIRST_PART: Final = PartAsked(size=ROWS_A_PART)


@dataclass(frozen=True)
class ListPart:
    """The rows of one part of a list, and where those beside it are."""

    rows: list[Any]
    # The key after which the next part begins, and the one before which the part before ends.
    next: str | None = None
    previous: str | None = None
    is_first: bool = True
    size: int = ROWS_A_PART
    name: str = ""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many rows this part has."""
        return len(self.rows)

    @property
    def is_whole(self) -> bool:
        """Return whether these are all rows of the list."""
        return self.is_first and self.next is None

    @property
    def first(self) -> Any:
        """Return the first row, or None."""
        return self.rows[0] if self.rows else None

    @property
    def last(self) -> Any:
        """Return the last row, or None."""
        return self.rows[-1] if self.rows else None

    @property
    def to_next(self) -> dict[str, str | None]:
        """Return what the address of the next part says."""
        return self._address_parts(after=self.next)

    @property
    def to_previous(self) -> dict[str, str | None]:
        """Return what the address of the part before says."""
        return self._address_parts(before=self.previous)

    @property
    def to_first(self) -> dict[str, str | None]:
        """Return what the address of the first part says: no place."""
        return self._address_parts()

    def _address_parts(self, **places: str | None) -> dict[str, str | None]:
        return {_named(self.name, key): places.get(key) for key in PLACES}


def _named(name: str, place: str) -> str:
    return f"{name}-{place}" if name else place


def part_after(
    rows: "models.QuerySet[Any, Any]", order: KeyOrder, key: tuple[Any, ...], size: int
) -> ListPart:
    """Return the first rows after a key."""
    found = list(rows.filter(order.after(key)).order_by(*order.by)[: size + 1])
    return _from_start(found, order, PartAsked(size=size), is_first=False)


def part_of(rows: "models.QuerySet[Any, Any]", order: KeyOrder, asked: PartAsked) -> ListPart:
    """Return the part of a list that is asked for: one query, whatever the part.

    Where few rows come before a place, it is the first part; where none come after one, it is the last. Only
    of an empty list is a part empty.
    """
    return part_of_several([rows], order, asked)


def first_part(found: list[Any], order: KeyOrder) -> ListPart:
    """Return the first part of a list of which the first rows were found: one more than a part has."""
    return _from_start(found, order, FIRST_PART, is_first=True)


def part_of_several(
    lists: "Sequence[models.QuerySet[Any, Any]]", order: KeyOrder, asked: PartAsked
) -> ListPart:
    """Return the same of the rows of several lists that have none in common: one query of each.

    An index orders each of them; none orders what a condition with OR finds.
    """

    def first(condition: Combinable | models.Q, *, backwards: bool = False) -> list[Any]:
        by = order.backwards if backwards else order.by
        found = [one for rows in lists for one in rows.filter(condition).order_by(*by)[: asked.size + 1]]
        if len(lists) > 1:
            found.sort(key=order.key_of, reverse=order.is_downward != backwards)
        return found[: asked.size + 1]

    if asked.before:
        found = first(order.before(order.read(asked.before)), backwards=True)
        if len(found) > asked.size:
            return _to_end(found, order, asked, has_next=True)
        asked = replace(asked, before="")
    if asked.is_first:
        return _from_start(first(models.Q()), order, asked, is_first=True)
    if found := first(_begin(order, asked)):
        return _from_start(found, order, asked, is_first=False)
    found = first(models.Q(), backwards=True)
    if len(found) > asked.size:
        return _to_end(found, order, asked, has_next=False)
    return _from_start(found[::-1], order, asked, is_first=True)


def _begin(order: KeyOrder, asked: PartAsked) -> Combinable:
    if asked.after:
        return order.after(order.read(asked.after))
    return order.begins_at(order.read_first(asked.begin))


def _from_start(found: list[Any], order: KeyOrder, asked: PartAsked, *, is_first: bool) -> ListPart:
    kept = found[: asked.size]
    following = order.place_of(kept[-1]) if len(found) > asked.size else None
    before = order.place_of(kept[0]) if kept and not is_first else None
    return ListPart(kept, following, before, is_first, asked.size, asked.name)


def _to_end(found: list[Any], order: KeyOrder, asked: PartAsked, *, has_next: bool) -> ListPart:
    kept = found[: asked.size][::-1]
    following = order.place_of(kept[-1]) if has_next else None
    return ListPart(kept, following, order.place_of(kept[0]), False, asked.size, asked.name)
