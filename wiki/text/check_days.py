"""Days by which parts of a page are to be checked again: of its statements, and of sentences that say so."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from wiki.domain.statement_values.days import CHECKED_AGAIN_BY, day_in
from wiki.text.document import Document
from wiki.text.markdown.html import plain

_MARK: Final = re.compile(rf"{CHECKED_AGAIN_BY} (\d{{1,2}} [a-z]{{3,9}} \d{{4}})", re.IGNORECASE)


def first_check_day(document: Document) -> dt.date | None:
    """Return the day on which the first part of a page is to be checked again; None where no part is."""
    return min(_days(document), default=None)


def _days(document: Document) -> Iterator[dt.date]:
    said = _MARK.findall(f"{document.summary}\n{plain(document.body)}")
    for words in (*said, *(row.check_by for row in document.statements)):
        if (day := day_in(words)) is not None:
            yield day
