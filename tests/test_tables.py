"""Which tests run all rows of their tables at once, and how a row that fails is told."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import in_one

HERE = sys.modules[__name__]
two_rows = pytest.mark.parametrize("number", [1, 2])


class Reports:
    """Stands for the fixture `subtests`: keeps the rows that failed, and why."""

    def __init__(self) -> None:
        """Begin without a failure."""
        self.failed: list[tuple[dict[str, Any], str]] = []

    @contextmanager
    def test(self, **row: Any) -> Iterator[None]:
        """Keep a failure of a row."""
        try:
            yield
        except BaseException as error:  # what a test raises, and what `pytest.fail` raises
            self.failed.append((row, str(error)))


def run(test: Any) -> list[tuple[dict[str, Any], str]]:
    """Return the rows of a test that fail, with their messages."""
    reports, all_rows = Reports(), in_one(test, HERE)
    assert all_rows is not None
    all_rows(reports)
    return reports.failed


def test_every_row_of_every_table_is_run():
    seen = []

    @pytest.mark.parametrize(("letter", "sign"), [("a", "+"), pytest.param("b", "-", id="less")])
    @two_rows
    def of_two_tables(number, letter, sign):
        seen.append((number, letter, sign))

    assert run(of_two_tables) == []
    assert sorted(seen) == [(1, "a", "+"), (1, "b", "-"), (2, "a", "+"), (2, "b", "-")]


def test_each_failing_row_is_reported_and_the_rest_still_run():
    @pytest.mark.parametrize("number", range(6))
    def of_numbers(number):
        if number == 2:
            pytest.fail("two")
        if number == 4:
            raise ValueError("four")

    assert run(of_numbers) == [({"number": 2}, "two"), ({"number": 4}, "four")]


def test_a_test_without_a_table_is_collected_as_it_is():
    assert in_one(run, HERE) is None


def test_a_test_that_asks_for_a_fixture_stays_one_test_a_row():
    @two_rows
    def with_a_fixture(number, db):
        """Never run."""

    assert in_one(with_a_fixture, HERE) is None


def test_a_test_with_another_mark_stays_one_test_a_row():
    @pytest.mark.django_db
    @two_rows
    def marked(number):
        """Never run."""

    assert in_one(marked, HERE) is None


def test_a_test_with_a_marked_row_stays_one_test_a_row():
    @pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.slow)])
    def with_a_marked_row(number):
        """Never run."""

    assert in_one(with_a_marked_row, HERE) is None


def test_a_test_whose_rows_are_for_a_fixture_stays_one_test_a_row():
    @pytest.mark.parametrize("number", [1, 2], indirect=True)
    def indirect(number):
        """Never run."""

    assert in_one(indirect, HERE) is None


def test_a_test_that_draws_values_stays_one_test_a_row():
    @two_rows
    @given(drawn=st.integers())
    def drawing(number, drawn):
        """Never run."""

    assert in_one(drawing, HERE) is None


def test_a_module_that_sets_up_each_test_keeps_one_test_a_row():
    @two_rows
    def plain(number):
        """Never run."""

    module = ModuleType("marked")
    module.pytestmark = pytest.mark.django_db  # type: ignore[attr-defined]

    assert in_one(plain, module) is None
    assert in_one(plain, HERE) is not None
