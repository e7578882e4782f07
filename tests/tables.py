"""Tables of cases that need nothing but themselves: one test runs all their rows.

A row of `pytest.mark.parametrize` is a test: every worker collects it, sets up a dozen fixtures for it and
reports it three times. For rows without fixtures, more than half of all, that took longer than what they
check. So such a test is collected once, and each row that fails is reported as a part of it.

A test that asks for a fixture stays one test a row, since its rows would meet what an earlier one left. So
does one whose rows are chosen by name (`pytest tests/text/test_slugs.py::test_x[row]`, or `-k`).
"""

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

import pytest


class Table(NamedTuple):
    """One `pytest.mark.parametrize`: the names of its columns, and the rows."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def chooses_rows(config: pytest.Config) -> bool:
    """Return whether this run asks for single rows by their names."""
    return bool(config.option.keyword) or any("[" in argument for argument in config.args)


def in_one(test: Callable[..., Any], module: ModuleType) -> Callable[..., None] | None:
    """Return a test of all rows of the tables of `test`, or nothing if it needs more than its rows."""
    tables = [table_of(mark) for mark in getattr(test, "pytestmark", ())]
    if not tables or None in tables or hasattr(test, "is_hypothesis_test") or _sets_up_each_test(module):
        return None
    known = [table for table in tables if table is not None]
    if sorted(name for table in known for name in table.names) != sorted(inspect.signature(test).parameters):
        return None

    def all_rows(subtests: pytest.Subtests) -> None:
        for row in rows(known):
            try:
                test(**row)
            except (Exception, pytest.fail.Exception):
                with subtests.test(**row):
                    raise

    all_rows.__doc__ = test.__doc__
    return all_rows


def rows(tables: list[Table]) -> Iterator[dict[str, Any]]:
    """Return the arguments of every case, each row of a table with each of the others."""
    for chosen in product(*(table.rows for table in tables)):
        yield {
            name: value
            for table, row in zip(tables, chosen, strict=True)
            for name, value in zip(table.names, row, strict=True)
        }


def table_of(mark: pytest.Mark) -> Table | None:
    """Return the table of a mark, or nothing if the mark asks for anything else."""
    if mark.name != "parametrize" or mark.kwargs.keys() - {"ids"}:
        return None
    names, values = mark.args
    columns = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else tuple(names)
    found = []
    for value in values:
        if hasattr(value, "marks"):
            if value.marks:
                return None
            found.append(tuple(value.values))
        else:
            found.append((value,) if len(columns) == 1 else tuple(value))
    return Table(columns, tuple(found)) if found else None


@cache
def _sets_up_each_test(module: ModuleType) -> bool:
    """Return whether a module has marks or fixtures for all its tests."""
    return hasattr(module, "pytestmark") or "autouse=True" in inspect.getsource(module)
