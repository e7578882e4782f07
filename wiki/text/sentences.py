"""Sentences of plain text."""

import re
from typing import Final

# Abbreviations without their last full stop. A sentence always continues after these.
_GOES_ON: Final = frozenset(
    {
        *("approx", "ca", "cf", "dr", "e.g", "fig", "figs", "i.e", "incl", "mr", "mrs", "ms", "prof"),
        *("al", "resp", "spp", "st", "vs"),
    }
)
# Abbreviations after which a sentence continues only before a number: "10 mg i.v. 5 times", "No. 5".
_GOES_ON_WITH_A_NUMBER: Final = frozenset({"i.m", "i.v", "no", "p", "p.o", "pp", "s.c", "vol"})
# A capital letter with a stop is somebody's initial or a genus, except after a number, where it is a unit,
# and after one of these: "vitamin D. It".
_LETTERED: Final = frozenset(
    {
        *("class", "factor", "grade", "group", "hepatitis", "influenza", "protein", "stage", "type"),
        *("vitamin", "vitamins"),
    }
)
_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s++(?=[\"'“‘(\[]?[^\W_a-z])|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences of plain text; a line's end ends a sentence, "e.g." and "Dr." do not."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if "\n" not in end[0] and _goes_on(text[start : end.start()], text[end.end()]):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in (*found, text[start:].strip()) if sentence]


def _goes_on(before: str, following: str) -> bool:
    """Return whether a sentence continues after a full stop; `following` is the next character."""
    if re.fullmatch(r"\s*(?:[0-9]+|[a-z])", before):
        return True  # the number of an item in a list
    *_, previous, last = ("", "", *before[-60:].split())
    last = last.lstrip("([“‘\"'")
    if last.lower() in _GOES_ON:
        return True
    if last.lower() in _GOES_ON_WITH_A_NUMBER:
        return following.isdigit()
    is_lettered = previous.lower() in _LETTERED or previous[-1:].isdigit()
    return len(last) == 1 and last.isupper() and not is_lettered
