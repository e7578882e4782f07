"""Directives: sentences that order, allow, forbid or weigh what is done, or set its time, target or limit.

They are told by how they are built, not by what they are about, because a treatment can be ordered without
a word such as "tablet": "Start low and go slow", "The level is checked yearly", "There is no need to stop".
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from wiki.domain.statement_values.days import CHECKED_AGAIN_BY
from wiki.text.language import directive_words as words
from wiki.text.language.facts import speaks_of_inheritance
from wiki.text.language.vocabulary import is_known
from wiki.text.normal_form import plain
from wiki.text.quantities.extract import QuantityKind, quantities


class Directive(StrEnum):
    """What a sentence directs."""

    CARE = "care"  # a treatment, or how somebody who is ill is looked after and watched
    EVERYDAY = "everyday"  # going to a doctor, driving, waiting, whom to scan
    NONE = "none"


_TOKEN: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[.,:;!?()–—]")
_HAVE_TO: Final = re.compile(
    r"(?<!\w)(?:ha(?:s|ve)|ought|needs?|(?:is|are)(?: not)?|had better|got)(?: not| never| only)? to "
)
_BE: Final = frozenset({"are", "be", "being", "get", "gets", "is"})
_BEFORE_AN_ORDER: Final = re.compile(
    r"^(?:then|and|but|so|please|always|never|do not|don['’]t|first|instead|in that case) "
)
# Where an adjective weighs something that is done, what follows says for whom, when or how.
_FOR_WHOM: Final = (
    r"(?= (?:after|alone|at|before|between|by|doing|during|for|from|giving|if|in|on|once|to|trying|under|"
    r"until|up|when|while|with|without)(?!\w)|[.,;:]|$)"
)
_WEIGHED: Final = re.compile(
    r"(?<!\w)(?:(?:always|are|as|be|is|it|never|not|perfectly|quite|seems?|so|still) "
    rf"(?:good enough|(?:{'|'.join(sorted(words.WEIGHING))})){_FOR_WHOM}"
    rf"|(?:is|are|be)(?: not)? (?:enough|necessary|needed)(?! in ){_FOR_WHOM}"
    rf"|{'|'.join((*words.FRAMES, words.NEEDING))})(?!\w)"
)
_DOES_GOOD: Final = re.compile(rf"(?<!\w){words.DOING_GOOD}(?!\w)")
# A thing that comes off, on or to an end is taken or left by somebody.
_PARTICLES: Final = re.compile(
    r"(?<!\w)(?:backs?|carr(?:y|ies)|comes?|cross|gives?|goe?s?|holds?|keeps?|leaves?|sw(?:ap|itch)(?:es|s)?|"
    r"takes?|tapers?|tops?|turns?|wears?) (?:it |them )?(?:ahead|alone|down (?:by|from|to)|into|off|on with|"
    r"out|over to|to an end|unchanged|untreated|up again|without)(?!\w)"
)
_COMPARED: Final = re.compile(
    r"(?<!\w)(?:above|at least|at most|below|between|from|less than|more than|of|over|reach(?:es)?|under|"
    r"until|up to) (?:a level of |the level of |about )?\d"
)
_INTERVAL: Final = re.compile(
    r"(?<!\w)(?:(?:every|each) (?:other |second |third |few )?(?:\w+ )?(?:day|hour|month|visit|week|year)s?"
    r"|(?:once|twice|\w+ times) (?:a|each|every|in|per) \w+"
    r"|annual(?:ly)?|daily|fortnightly|hourly|monthly|quarterly|weekly|yearly|regularly|from time to time"
    r"|next (?:day|picture|scan|test|visit|week|year)"
    r"|(?:after|at|for|from|in|until|within) (?:\w+ ){0,2}(?:birthday|day|hour|month|week|year)s?)(?!\w)"
)
# The mark of a day, which the wiki puts into words.
_CHECK_MARK: Final = re.compile(rf" *\({CHECKED_AGAIN_BY} [^)]*\)")
# How many of how many.
_SHARE: Final = re.compile(r"\d+ of (?:the |these |those )?\d+|(?:\d+ ?%|half|most|many|some) of(?: the)?")
# A number that names one of many: "no. 3", "pages 3 to 9".
_NUMBERED: Final = re.compile(
    r"(?<!\w)(?:case|chapter|family|fig|figure|nos?|no|pages?|pp?|section|table|vol|volume)s?\.? \d+"
    r"(?:(?: to |[-–]| and )\d+)*"
)
_BEFORE_NOUNS: Final = words.NO_VERBS - words.PRONOUNS
_NOT_DONE: Final = words.PAST | words.DESCRIBING
_OPENING: Final = words.SUBORDINATING | {"during", "for", "in", "with"}
_NEVER_VERBS: Final = words.FINITE | words.SUBORDINATING | words.NO_VERBS
_PLACES: Final = frozenset({"first", "last", "next"})
# What a share of people has, and is given: "with seizures", "with food".
_HAVING: Final = frozenset({"with", "without"})
# What decides when the order at the end of a sentence is followed: "If the pulse falls, stop."
_CONDITIONS: Final = ("after ", "if ", "once ", "unless ", "when ", "whenever ")
_FEWEST_JOTTED: Final = 4
# Two words and a stop are an order, two words alone a title: "Condition 3".
_FEWEST_TOKENS: Final = 3


@lru_cache(maxsize=4096)
def directive_of(sentence: str) -> Directive:
    """Return what a sentence directs; of what it does, treatment counts before all else."""
    sentence = _CHECK_MARK.sub("", sentence)
    said = plain(sentence).lower().replace("’", "'").strip()
    tokens = _TOKEN.findall(said)
    is_imaged = bool(words.IMAGED & {*tokens})
    if _is_of_monitoring(said, tokens):
        return Directive.CARE
    found = [
        *_verbs_of_orders(said),
        *_verbs_after_modals(tokens, said),
        *_verbs_of_people(tokens),
        *_done(tokens),
    ]
    if _WEIGHED.search(said) or _PARTICLES.search(said):
        found.append(_weighed(said))
    if _DOES_GOOD.search(said) and not words.NATURAL & {*tokens}:
        found.append("weighed")
    if found == ["weighed"] and speaks_of_inheritance(said):
        found = []  # "One changed copy is enough."
    if not found and tokens and tokens[0] in words.DESCRIBED:
        return Directive.NONE  # "Seen on CT in most people."
    if not found and (_is_jotted(sentence, tokens) or _does_something(sentence, tokens)):
        found = ["done"]
    if not found:
        return Directive.NONE
    if is_imaged and not any(map(str.isdigit, said)) and {*found} <= words.OF_IMAGING:
        return Directive.EVERYDAY
    return Directive.EVERYDAY if {*found} <= words.EVERYDAY else Directive.CARE


def _is_of_monitoring(said: str, tokens: Sequence[str]) -> bool:
    """Return whether something that is measured has a time or a limit, and somebody is to act on it."""
    if not words.MEASURED & {*tokens} or {"was", "were", "had"} & {*tokens}:
        return False
    if _INTERVAL.search(said) or _is_a_sequence(tokens):
        return True
    return bool(_COMPARED.search(said)) and any(
        one.kind == QuantityKind.MEASUREMENT for one in quantities(said)
    )


def _is_a_sequence(tokens: Sequence[str]) -> bool:
    """Return whether only what comes first or last is said: "Electrolytes first", "calcium goes first"."""
    if any(one in ("go", "goes") and other in _PLACES for one, other in pairwise(tokens)):
        return True
    return len(tokens) < _FEWEST_JOTTED and tokens[-1] == "." and tokens[-2] in _PLACES


def _weighed(said: str) -> str:
    """Return what is weighed: the verb after "to", as in "no need to wait", or nothing in particular."""
    verbs = re.findall(r"(?<!\w)to (?:be )?(\w+)", said)
    return next((one for one in verbs if one in words.EVERYDAY), "weighed")


def _verbs_of_orders(said: str) -> Iterator[str]:
    """Yield the verbs with which clauses begin that have no subject."""
    last = said.rstrip(".! ").rpartition(", ")[2]
    if said.startswith(_CONDITIONS) and last in words.STOPPING:
        yield last
    for clause in _clauses(said):
        tokens = _TOKEN.findall(_BEFORE_AN_ORDER.sub("", clause))
        if (
            len(tokens) < _FEWEST_TOKENS
            or not tokens[1].isalnum()
            or not _is_verb(tokens[0])
            or tokens[1] in words.NO_ORDER_BEFORE
        ):
            continue
        if tokens[0] == "see" and tokens[1] not in words.BEFORE_HELPERS:
            continue  # It leads to another page: "See Seizures."
        if tokens[0] in words.MOSTLY_ADJECTIVES and tokens[1] not in words.OBJECTS:
            continue
        main = []
        for token in tokens[1:]:
            if token in words.SUBORDINATING or (token in words.OBJECT_CLAUSES and said.endswith(".")):
                break
            main.append(token)
        if not any(map(_is_finite, main)) and not _has_plural_subject(tokens):
            yield tokens[0]


def _has_plural_subject(tokens: Sequence[str]) -> bool:
    """Return whether a plural stands before a verb that describes: "twin studies point to"."""
    return any(one.endswith("s") and other in words.DESCRIBING for one, other in pairwise(tokens[:6]))


def _clauses(said: str) -> Iterator[str]:
    for part in re.split(r"[:;–—]\s|, (?=(?:so|then|and then) )", said):
        first, *others = part.split(", ")
        yield first
        if first.split(" ", 1)[0] in _OPENING:
            yield from others


def _verbs_after_modals(tokens: Sequence[str], said: str) -> Iterator[str]:
    """Yield the verbs after "can", "must", "has to" and the like that do not only describe."""
    for place, token in enumerate(tokens):
        verb = _next(tokens, place + 1) if token in words.MODALS else ""
        if verb and verb not in words.DESCRIBING and (_is_verb(verb) or _is_done(verb, tokens[place + 2 :])):
            yield verb
    for match in _HAVE_TO.finditer(said):
        verb = _next(_TOKEN.findall(said[match.end() : match.end() + 40]), 0)
        if verb and verb not in words.DESCRIBING:
            yield verb


def _is_done(verb: str, behind: Sequence[str]) -> bool:
    """Return whether somebody "may do the test", which is more than to "do so"."""
    return verb == "do" and behind[:1] == ["the"] and behind[1:2] != ["same"]


def _verbs_of_people(tokens: Sequence[str]) -> Iterator[str]:
    """Yield what people do, where that is more than to be ill in some way."""
    for place, token in enumerate(tokens[:-1]):
        if token in words.PEOPLE:
            if tokens[place + 1] in words.OF_AGE:
                place += 2
            verb = _next(tokens, place + 1)
            if verb == "call" and {"it", "them", "these", "this"} & {*tokens[place + 2 : place + 3]}:
                continue  # A name: "People call it brain stones."
            if verb and _is_verb(verb) and verb not in words.DESCRIBING:
                yield verb


def _done(tokens: Sequence[str]) -> Iterator[str]:
    """Yield what is done: a participle after "is" that does not only describe."""
    for place, token in enumerate(tokens):
        if token not in _BE:
            continue
        verb = _next(tokens, place + 1)
        if not verb or verb in words.PEOPLE or not (verb.endswith(("ed", "en")) or verb in words.PARTICIPLES):
            continue
        following = list(takewhile(str.isalnum, tokens[tokens.index(verb, place) + 1 :]))
        if verb in words.OF_DEGREE:
            if words.STEPS & {*following} or _INTERVAL.search(" ".join(following)):
                yield verb
        elif following[:1] == ["at"]:
            yield f"{verb} at"
        elif verb not in words.DESCRIBED:
            yield verb


def _next(tokens: Sequence[str], place: int) -> str:
    """Return the next word from a place on that is no adverb."""
    for token in tokens[place : place + 5]:
        if token not in words.ADVERBS and not token.endswith("ly"):
            return token if token[0].isalpha() else ""
    return ""


def _is_jotted(sentence: str, tokens: Sequence[str]) -> bool:
    """Return whether a sentence has no verb, and says how often, how long or what else all the same."""
    if not _is_whole(sentence) or any(map(_is_finite, tokens)) or words.DESCRIBING & {*tokens}:
        return False
    if any(_may_be_a_verb(other) and one not in _BEFORE_NOUNS for one, other in pairwise(tokens)):
        return False
    said, shares = _SHARE.subn("some", _NUMBERED.sub("it", plain(sentence).lower()))
    told = [one for one in _TOKEN.findall(said) if one[0].isalnum()]
    jotted = words.JOTTED - _HAVING if shares else words.JOTTED
    return len(told) >= _FEWEST_JOTTED and (bool(jotted & {*told}) or any(one[0].isdigit() for one in told))


def _does_something(sentence: str, tokens: Sequence[str]) -> bool:
    """Return whether a sentence has a verb in the present, and none that only describes."""
    if not _is_whole(sentence) or any(map(_is_finite, tokens)):
        return False
    if any(one.endswith("ed") or one in _NOT_DONE for one in tokens):
        return False
    if "stays" in tokens and not words.PEOPLE & {*tokens}:
        return False  # "Hearing stays good."
    threes = zip(tokens, tokens[1:], tokens[2:], strict=False)
    for place, (before, one, behind) in enumerate(threes):
        if before in words.NO_VERBS or not behind.isalnum() or one in words.PLURALS:
            continue
        if any(map(_is_verb, _bases(one))):
            subject = {*tokens[: place + 1]}  # "The mutation stops an enzyme."
            return not words.NATURAL & subject or bool(words.PEOPLE & subject)
    return False


def _is_whole(sentence: str) -> bool:
    """Return whether it stands as a sentence, and is no item of a list or the end of one."""
    return sentence.rstrip().endswith(".") and not sentence[:1].islower()


def _is_finite(token: str) -> bool:
    if token in words.FINITE:
        return True
    return any(base in words.DESCRIBING for base in _bases(token))


def _may_be_a_verb(token: str) -> bool:
    return token.endswith("ed") or token in words.PAST or any(map(_is_verb, (token, *_bases(token))))


def _bases(token: str) -> Iterator[str]:
    if token.endswith("s"):
        yield token[:-1]
        if token.endswith("es"):
            yield token[:-2]
        if token.endswith("ies"):
            yield f"{token[:-3]}y"


@lru_cache(maxsize=4096)
def _is_verb(word: str) -> bool:
    """Return whether a word is the base of a verb: English has it with -ing."""
    if not word.isalpha() or word in _NEVER_VERBS:
        return False
    if word in words.IRREGULAR:
        return True
    if word.endswith("ing") or not is_known(word):
        return False
    if word.endswith("y") and is_known(f"{word[:-1]}ied"):
        return True
    stems = (word, word.removesuffix("e"), word + word[-1])
    return any(is_known(f"{one}ing") and is_known(f"{one}ed") for one in stems)
