"""Rows that triggers write for search, compared with what pages and names say, and written again."""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from django.db import connection

# A row in words, the function that counts wrong ones, and the one that writes them again: `sql/` has both.
_TABLES: Final = (
    ("search word", "causeway_wrong_postings", "causeway_write_postings_again"),
    ("search spelling", "causeway_wrong_spellings", "causeway_write_spellings_again"),
    ("search beginning", "causeway_wrong_name_words", "causeway_write_name_words_again"),
)


class WrongRows(NamedTuple):
    """How many rows of one kind a page has too many, and how many it lacks."""

    page: int
    what: str
    too_much: int
    missing: int


def write_wrong_rows_again(pages: Collection[int]) -> Iterator[WrongRows]:
    """Yield the wrong rows of some pages, as they were; those rows are then written again."""
    with connection.cursor() as cursor:
        for what, count, write in _TABLES:
            cursor.execute(f"SELECT page_id, too_much, missing FROM {count}(%s)", [[*pages]])  # noqa: S608  # ours
            found = [WrongRows(page, what, *numbers) for page, *numbers in cursor.fetchall()]
            if found:
                cursor.execute(f"SELECT {write}(%s)", [[one.page for one in found]])
            yield from found
