"""Which words are known: English, medical, or the names of drugs. `english/LICENCE` says where they are from.

A word that no list knows may be the name of a drug.
"""

import gzip
import re
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "english"
# Shorter words, and those of capitals only, are abbreviations and symbols rather than names of drugs.
_SHORTEST_NAME: Final = 5
_LONGEST_SYMBOL: Final = 7
_PARTS: Final = re.compile(r"['’-]")
# How many names of drugs end as their kind is called: atorvastatin, simvastatin and pitavastatin are statins.
_OF_A_KIND: Final = 3
_SHORTEST_KIND: Final = 6
# What stands before a known word and makes another one of it: an emetic, an antiemetic.
_BEFORE: Final = (
    *(
        "anti",
        "auto",
        "counter",
        "endo",
        "extra",
        "hyper",
        "hypo",
        "immuno",
        "infra",
        "inter",
        "intra",
        "macro",
    ),
    *(
        "micro",
        "mono",
        "multi",
        "neuro",
        "over",
        "para",
        "peri",
        "poly",
        "post",
        "pre",
        "retro",
        "semi",
        "sub",
    ),
    *("super", "supra", "tele", "trans", "ultra", "under"),
)
_SHORTEST_REST: Final = 5
# American spellings, which the medical list has, by the British ones.
_AMERICAN: Final = (("ae", "e"), ("oe", "e"), ("isation", "ization"), ("ised", "ized"), ("our", "or"))


def is_known(word: str) -> bool:
    """Return whether a word in small letters is English."""
    return _holds("words", word)


def is_common(word: str) -> bool:
    """Return whether a word in small letters is English that many people use."""
    return _holds("common", word)


@lru_cache(maxsize=8192)
def is_listed_drug(word: str) -> bool:
    """Return whether a word in small letters is the name of a drug."""
    return any(_holds("drugs", one) for one in (word, word.removesuffix("s")))


@lru_cache(maxsize=8192)
def is_kind_of_drug(word: str) -> bool:
    """Return whether names of drugs end in a word in small letters: then it is what such drugs are called."""
    kind = word.removesuffix("s")
    if len(kind) < _SHORTEST_KIND:
        return False
    return sum(names.count(f"{kind}\n") for names in _list("drugs").values()) >= _OF_A_KIND


def is_made_of_known(word: str) -> bool:
    """Return whether a word in small letters is a known one with something before it."""
    rests = (word.removeprefix(one) for one in _BEFORE if word.startswith(one))
    return any(len(one) >= _SHORTEST_REST and (is_known(one) or is_medical(one)) for one in rests)


@lru_cache(maxsize=16384)
def is_medical(word: str) -> bool:
    """Return whether a word in small letters is a medical term other than a drug."""
    spelt = [word, *(word.replace(*pair) for pair in _AMERICAN if pair[0] in word)]
    return any(
        _holds("medical", one)
        for each in spelt
        for one in (each, each.removesuffix("s"), each.removesuffix("es"))
    )


@lru_cache(maxsize=16384)
def is_unknown_name(word: str) -> bool:
    """Return whether a word as it is written may be the name of something that no list knows."""
    if word.isupper() and len(word) <= _LONGEST_SYMBOL:
        return False
    return any(_is_unknown(part.lower()) for part in _PARTS.split(word))


def _is_unknown(part: str) -> bool:
    if len(part) < _SHORTEST_NAME or is_known(part) or is_medical(part):
        return False
    return not is_known(part.removesuffix("s"))


def _holds(name: str, word: str) -> bool:
    return f"\n{word}\n" in _list(name).get(word[:2], "")


@cache
def _list(name: str) -> dict[str, str]:
    """Return the words of a list, a line each, by their first two letters: sets would take more memory."""
    words = gzip.decompress((_FOLDER / f"{name}.txt.gz").read_bytes()).decode("ascii").split()
    begun = groupby(sorted(words), lambda word: word[:2])
    return {start: "\n".join(("", *found, "")) for start, found in begun}
