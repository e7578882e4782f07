"""Mentions of a retraction beside each citation of a work."""

import re
from typing import Final

from wiki.text.markdown.passages import passages_of

_RETRACTED: Final = re.compile(r"\bretract", re.IGNORECASE)


def says_retracted(words: str) -> bool:
    """Return whether the words mention a retraction."""
    return bool(_RETRACTED.search(words))


def admitted_in(body: str) -> set[str]:
    """Return the citation keys for which every citing passage mentions a retraction."""
    admitted: set[str] = set()
    relied_on: set[str] = set()
    for one in passages_of(body):
        (admitted if says_retracted(one.words) else relied_on).update(one.citations)
    return admitted - relied_on
