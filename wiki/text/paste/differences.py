"""Differences between the clipboard's plain text and the Markdown made from its HTML."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from wiki.text.formulas import OVER
from wiki.text.markdown.html import plain as words_of
from wiki.text.paste.check_boxes import OPEN, TICKED
from wiki.text.paste.edges import UNSEEN

MOST_LISTED: Final = 3
# Marks of list items: programs write them into the plain text, but they are not words of the Markdown.
_NUMBER: Final = r"\(?(\d{1,3}(?:\.\d{1,3})*|[a-zα-ω]|[ivxlc]{1,6})[.)]"
_ITEM: Final = re.compile(
    # Signs of the font Wingdings stand there as letters.
    rf"^\s*(?:[-–—•·▪◦‣●○■□§o*➢✓üØûþÞ¨]|[vqn](?=\t)|{_NUMBER})(?:\s+|$)",
    re.IGNORECASE | re.M,
)
# A box of a check list as it is typed.
_BOX: Final = re.compile(r"^(\s*(?:[-*•]\s+)?)\[([ xX])\](?=\s)", re.M)
_NUMBERED: Final = re.compile(rf"^\s*{_NUMBER}\s", re.IGNORECASE | re.M)
# In the Markdown it may stand behind the mark of an item, in a cell, or with a mark of ours before its stop.
_WRITTEN: Final = re.compile(
    r"(?:^|[\s|;>#*-])\(?(\d{1,3}(?:\.\d{1,3})*|[a-zα-ω]|[ivxlc]{1,6})\\?[.)](?=\s)", re.IGNORECASE | re.M
)
_OF_NOTE: Final = re.compile(r"^\[\^e?(\d{1,3})-[0-9a-f]{4}\]:", re.M)
# A letter, a digit, or a sign that changes their meaning, such as an arrow or a hyphen between two numbers.
_COUNTED: Final = re.compile(
    r"[^\W_]|[+±×÷=<>≤≥≈≠~%‰°µ*^/√∛∜∑∏∫∂∞−\u2190-\u21ff✓✔✗✘☐☑☒]"
    r"|(?<=\d)[.,:-](?=\d)|(?<![^\s(=<>≤≥])-(?=\d)|(?<=\d\^)-(?=\d)"
)
# A sign that counts between numbers alone, and may be left out by itself: the comma before "[5]".
_BETWEEN: Final = tuple(".,:-")
_SAME: Final = str.maketrans({"−": "-", "–": "-", "‑": "-", "‐": "-", "μ": "µ", "⁄": "/", "∗": "*", "∼": "~"})
# What is raised here stands behind a caret in the plain text of a formula.
_RAISED: Final = re.compile(r"[⁰¹²³⁴-⁹⁺⁻]+")


def differences(
    plain: str, markdown: str, *, left_out: Iterable[str] = (), repeated: Iterable[str] = ()
) -> list[str]:
    """Return a sentence for each difference in words, digits and signs; empty if there is none.

    `left_out` is what was left out on purpose and told, such as words that were struck out; `repeated` what
    stands in several rows of a table, because its cell reached over them.
    """
    plain = UNSEEN.sub("", plain)
    said = _changes(plain, markdown, left_out, repeated, str.casefold)
    # A word that begins a sentence once another one is gone changes nothing; the words themselves come first.
    return (
        said
        or _changes(plain, markdown, left_out, repeated, str)
        or _joined_words(plain, markdown)
        or _other_numbers(plain, markdown)
    )


def _changes(
    plain: str,
    markdown: str,
    left_out: Iterable[str],
    repeated: Iterable[str],
    case: Callable[[str], str],
) -> list[str]:
    there = _counted(plain, case)
    here = _counted(words_of(markdown), case)
    marks = Counter(unicodedata.normalize("NFD", markdown))
    there["^"] = max(
        there["^"] - len(_RAISED.findall(markdown)) - marks["\u0302"], min(there["^"], here["^"])
    )
    there["~"] = max(there["~"] - marks["\u0303"], min(there["~"], here["~"]))
    meant, again = (
        sum((Counter([one]) if one in _BETWEEN else _counted(one, case) for one in words), Counter[str]())
        for words in (left_out, repeated)
    )
    lost, new = there - here - meant, here - there - again
    if not lost and not new:
        return []
    written = words_of(markdown)
    missing, added = _words_with(plain, lost, written, case), _words_with(written, new, plain, case)
    said = []
    if missing:
        said.append(f"It would lose {_listed(missing)}.")
    if added:
        said.append(f"It would put in {_listed(added)}.")
    return said or ["Some of its signs would change."]


def _joined_words(plain: str, markdown: str) -> list[str]:
    """Return that two words would become one."""
    there, here = _bare_words(plain), _bare_words(words_of(markdown))
    joined = {first + second: (first, second) for first, second in pairwise(there) if _is_word(first, second)}
    known = set(there)
    found = [joined[one] for one in dict.fromkeys(here) if one in joined and one not in known]
    return [f"It would join {_listed([f'{first} {second}' for first, second in found])}."] if found else []


def _is_word(*words: str) -> bool:
    return all(any(map(str.isalnum, one)) for one in words)


def _bare_words(text: str) -> list[str]:
    """Return the words of a text, as `_counted` sees them."""
    usual = unicodedata.normalize("NFKC", _ITEM.sub("", text).translate(_SAME)).translate(_SAME)
    return [word for one in usual.casefold().split() if (word := "".join(_COUNTED.findall(one)))]


def _other_numbers(plain: str, markdown: str) -> list[str]:
    """Return that items would have other numbers or letters than those that were copied, "see step 3"."""
    numbers = (*_WRITTEN.findall(markdown), *_OF_NOTE.findall(markdown))
    written = {one.lower().lstrip("0") for one in numbers}
    there = dict.fromkeys(_NUMBERED.findall(plain))
    others = [one for one in there if one.lower().lstrip("0") not in written]
    return [f"It would change the numbers of its list: {_listed(others)}."] if others else []


# A mark over a letter of a formula that is a sign of its own: "xˉ".
_OVER: Final = re.compile(rf"(?<=[^\W\d_])\s*([{''.join(one for one in OVER if one not in '^~→`')}])")


def _counted(text: str, case: Callable[[str], str]) -> Counter[str]:
    text = _OVER.sub(lambda mark: OVER[mark[1]], text)
    text = _BOX.sub(lambda box: f"{box[1]}{OPEN if box[2] == ' ' else TICKED}", text)
    usual = unicodedata.normalize("NFKC", _ITEM.sub("", text).translate(_SAME)).translate(_SAME)
    return Counter(_COUNTED.findall(case(usual)))


def _words_with(text: str, signs: Counter[str], other: str, case: Callable[[str], str]) -> list[str]:
    """Return the words of a text that hold the signs; of all words those that the other text lacks first."""
    known = set(other.split())
    found: list[str] = []
    left = Counter(signs)
    for word in sorted(text.split(), key=lambda one: one in known):
        in_it = _counted(f" {word}", case) & left
        if in_it:
            left -= in_it
            found.append(word)
    return found


def _listed(words: list[str]) -> str:
    shown = ", ".join(f"“{word[:40]}”" for word in words[:MOST_LISTED])
    return f"{shown} and {len(words) - MOST_LISTED} more" if len(words) > MOST_LISTED else shown
