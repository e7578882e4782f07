"""Differences between the clipboard's plain text and the Markdown made from its HTML."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

from wiki.text.markdown.html import plain as words_of

MOST_TOLD: Final = 3
# Marks of list items: programs write them into the plain text, but they are not words of the Markdown.
_ITEM: Final = re.compile(
    r"^\s*(?:[-–—•·▪◦‣●○■□§o*➢✓]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxlc]{1,6})[.)])(?:\s+|$)",
    re.IGNORECASE | re.M,
)
# A letter, a digit, or a sign that changes their meaning, such as an arrow or a hyphen between two numbers.
_COUNTED: Final = re.compile(
    r"[^\W_]|[+±×÷=<>≤≥≈≠~%‰°µ*^/√∛∜∑∏∫∂∞−\u2190-\u21ff✓✔✗✘☐☑☒]|(?<=\d)[.,:-](?=\d)|(?<![^\s(=<>≤≥])-(?=\d)"
)
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
    there = _counted(plain)
    here = _counted(words_of(markdown))
    there["^"] = max(there["^"] - len(_RAISED.findall(markdown)), min(there["^"], here["^"]))
    meant, again = (sum(map(_counted, words), Counter[str]()) for words in (left_out, repeated))
    lost, new = there - here - meant, here - there - again
    if not lost and not new:
        return []
    written = words_of(markdown)
    missing, added = _words_with(plain, lost, written), _words_with(written, new, plain)
    said = []
    if missing:
        said.append(f"It would lose {_listed(missing)}.")
    if added:
        said.append(f"It would put in {_listed(added)}.")
    return said or ["Some of its signs would change."]


def _counted(text: str) -> Counter[str]:
    usual = unicodedata.normalize("NFKC", _ITEM.sub("", text).translate(_SAME)).translate(_SAME).casefold()
    return Counter(_COUNTED.findall(usual))


def _words_with(text: str, signs: Counter[str], other: str) -> list[str]:
    """Return the words of a text that hold the signs; of all words those that the other text lacks first."""
    known = set(other.split())
    found: list[str] = []
    left = Counter(signs)
    for word in sorted(text.split(), key=lambda one: one in known):
        in_it = _counted(f" {word}") & left
        if in_it:
            left -= in_it
            found.append(word)
    return found


def _listed(words: list[str]) -> str:
    shown = ", ".join(f"“{word[:40]}”" for word in words[:MOST_TOLD])
    return f"{shown} and {len(words) - MOST_TOLD} more" if len(words) > MOST_TOLD else shown
