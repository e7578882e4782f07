"""Mentions of a retraction beside each citation of a work."""

import re
from typing import Final

from wiki.text.markdown.passages import passages_of
from wiki.text.sentences import sentences

_RETRACTED: Final = re.compile(r"\bretract(?:ed|ions?)\b", re.IGNORECASE)
_WORKS: Final = re.compile(
    r"\b(?:analys[ei]s|articles?|claims?|data|findings?|guidelines?|letters?|notices?|papers?|publications?"
    r"|reports?|results?|reviews?|series|sources?|stud(?:y|ies)|trials?|works?)\b",
    re.IGNORECASE,
)
# As a predicate, or with no part of a body beside it: "was retracted", "retracted in 2021".
_PREDICATE: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|since|later|now|then)\s+retracted\b"
    r"|\bretractions?\b(?!\s+of\b)|\bretracted\b(?=\s*(?:$|[.,;:!?)\]–—-]|(?:after|because|by|for|in|on|since)\b))",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"(?:\b(?:cannot|never|no|nor|not|without)|n['’]t)\b(?:\W+(?:a|any|be|been|ever|since|yet))*\W+retract(?:ed|ions?)\b",
    re.IGNORECASE,
)


def says_retracted(words: str) -> bool:
    """Return whether one of the sentences says that a work is retracted, and none that it is not."""
    return not _DENIED.search(words) and any(map(_tells_of_a_work, sentences(words)))


def _tells_of_a_work(sentence: str) -> bool:
    """Return whether a sentence speaks of a retracted work, not of a gum or a chest wall."""
    is_told = bool(_WORKS.search(sentence)) or bool(_PREDICATE.search(sentence))
    return is_told and bool(_RETRACTED.search(sentence))


def admitted_in(body: str) -> set[str]:
    """Return the citation keys for which every citing passage mentions a retraction."""
    admitted: set[str] = set()
    relied_on: set[str] = set()
    for one in passages_of(body):
        (admitted if says_retracted(one.words) else relied_on).update(one.citations)
    return admitted - relied_on
