"""Mentions of a retraction beside each citation of a work."""

import re
from itertools import pairwise
from typing import Final

from wiki.text.markdown.passages import passages_of
from wiki.text.sentences import sentences

_OF_WORKS: Final = (
    r"(?:analys[ei]s|articles?|claims?|data|findings?|guidelines?|letters?|notices?|papers?|publications?"
    r"|reports?|results?|reviews?|series|sources?|stud(?:y|ies)|trials?|works?)"
)
_WORK: Final = re.compile(rf"\b(?:{_OF_WORKS}|et al)\b", re.IGNORECASE)
_IT: Final = frozenset({"all", "both", "it", "one", "that", "these", "they", "this", "those", "which"})
_PUBLISHERS: Final = r"(?:authors?|editors?|journals?|publishers?)"
_PREPOSITION: Final = re.compile(
    r"\b(?:about|after|at|before|between|by|during|for|from|in|of|on|through|under|with|within|without)\b",
    re.IGNORECASE,
)
# What begins the words for a thing, behind other words: "in the study | the gum".
_DETERMINER: Final = re.compile(
    r"(?<=\s)(?:an?|each|every|her|his|it|its|our|that|the|their|these|they|this|those)\b", re.IGNORECASE
)
_CLAUSE: Final = re.compile(
    r"[;:()\[\]–—]|\b(?:although|and|because|but|if|that|though|when|where|whereas|which|while|who)\b",
    re.IGNORECASE,
)
_RELATIVE: Final = frozenset({"that", "which"})
_AUXILIARY: Final = r"(?:are|be|been|being|had|has|have|is|was|were)"
_ADVERB: Final = r"(?:\w+ly|already|also|later|now|since|soon|then)"
_PREDICATE: Final = re.compile(
    rf"\b{_AUXILIARY}\s+(?:(?:\w+\s+){{0,3}}\w+,?\s+and\s+)?(?:(?:{_AUXILIARY}|{_ADVERB})\s+){{0,6}}retracted\b",
    re.IGNORECASE,
)
# "the retracted study", "the journal retracted the paper", "a retraction of that trial".
_OF_A_WORK: Final = re.compile(
    rf"\bretract(?:ed|ions? of)\s+(?:(?!{_PREPOSITION.pattern})[\w'’-]+\s+){{0,3}}?{_OF_WORKS}\b"
    rf"|\b{_PUBLISHERS}\s+(?:\w+\s+)?retracted\s+(?:it|them)\b",
    re.IGNORECASE,
)
# As a remark beside a citation: "(retracted)", "(retracted in 2021)", "; retracted by its authors".
_REMARK: Final = re.compile(
    r"(?:^|[(\[,;:–—])\s*(?:now |since |later )?retracted"
    rf"(?=\s*(?:$|[)\].,;:!–—]|(?:(?:in|on|since)\s+)?(?:\w+\s+){{0,2}}\d{{4}}\b|by\s+(?:\w+\s+){{0,3}}{_PUBLISHERS}))",
    re.IGNORECASE,
)
# "After retraction", "the retraction is told"; not "lid retraction", nor "a retraction pocket".
_NOUN: Final = re.compile(
    rf"(?:^|\b(?:a|after|an|before|despite|for|its|since|the|their|this|{_OF_WORKS})\s+|[(\[,;:–—]\s*)"
    r"retractions?\b(?!\s+of\b)(?=\s*(?:$|[^\w\s]|notices?\b"
    r"|(?:and|as|because|by|for|in|is|on|said|says|told|was)\b))",
    re.IGNORECASE,
)
_ANATOMICAL: Final = re.compile(
    r"\bretractions?\s+(?:is|was)\s+(?:felt|found|palpated|seen|visible)\b", re.IGNORECASE
)
# What every one of them holds: a text without it is passed over.
_MENTION: Final = re.compile("retract", re.IGNORECASE)
# How many letters before a predicate its subject is looked for.
_FURTHEST: Final = 300
_DENIED: Final = re.compile(
    r"(?:\b(?:cannot|never|no|nor|not|without)|n['’]t)\b(?:\W+(?:a|any|be|been|ever|since|yet))*\W+retract(?:ed|ions?)\b",
    re.IGNORECASE,
)


def says_retracted(words: str) -> bool:
    """Return whether one of the sentences says that a work is retracted, and none that it is not."""
    return (
        bool(_MENTION.search(words))
        and not _DENIED.search(words)
        and any(map(_tells_of_a_work, sentences(words)))
    )


def _tells_of_a_work(sentence: str) -> bool:
    """Return whether what a sentence says to be retracted is a work, not a gum or a chest wall."""
    if _OF_A_WORK.search(sentence) or _REMARK.search(sentence):
        return True
    if _NOUN.search(sentence) and not _ANATOMICAL.search(sentence):
        return True
    return any(
        _is_a_work(sentence[max(0, one.start() - _FURTHEST) : one.start()])
        for one in _PREDICATE.finditer(sentence)
    )


def _is_a_work(before: str) -> bool:
    """Return whether the subject of a predicate is a work; `before` are the words before the predicate."""
    ends = [0, *(one.end() for one in _CLAUSE.finditer(before))]
    clause = before[ends[-1] :]
    said = before[: ends[-1]].split()
    is_relative = bool(said) and said[-1].casefold() in _RELATIVE
    if is_relative and not clause.strip():
        return len(said) == 1 or _is_a_work(" ".join(said[:-1]).rstrip(","))
    antecedent = " ".join(said[-2:-1]).rstrip(",")
    if is_relative and _names_nothing_first(clause) and _WORK.fullmatch(antecedent):
        return True
    *earlier, subject = (one.strip() for one in clause.split(","))
    while not subject and len(earlier) > 1:  # "the study, published in 2016, was retracted"
        *earlier, subject, _ = earlier
    return _is_headed_by_a_work(subject)


def _names_nothing_first(clause: str) -> bool:
    """Return whether a relative clause begins with what its antecedent does: "the study that said why"."""
    words = clause.split()
    return len(words) > 1 and not _DETERMINER.match(f" {words[0]}", 1)


def _is_headed_by_a_work(subject: str) -> bool:
    """Return whether the thing that some words name is a work: "the study of gums", no "gum in a study"."""
    starts = [0, *(one.start() for one in _PREPOSITION.finditer(subject)), len(subject)]
    for start, end in reversed([*pairwise(starts)]):
        part = subject[start:end]
        things = [one.start() for one in _DETERMINER.finditer(part)]
        own = things[1:] if start or _PREPOSITION.match(part) else things
        if own:
            return _names_a_work(part[own[-1] :])
        if start == 0 and part.strip() and not _PREPOSITION.match(part):
            return _names_a_work(part)
    return _names_a_work(subject)


def _names_a_work(thing: str) -> bool:
    words = thing.split()
    return bool(words) and (
        words[-1].casefold() in _IT or bool(_WORK.search(" ".join(words[-2:]).rstrip(".")))
    )


def admitted_in(body: str) -> set[str]:
    """Return the citation keys for which every citing passage mentions a retraction."""
    admitted: set[str] = set()
    relied_on: set[str] = set()
    for one in passages_of(body):
        if not one.citations:
            continue
        (admitted if says_retracted(one.words) else relied_on).update(one.citations)
    return admitted - relied_on
