"""Doses in prose: how much of something a person takes. A slip here harms sooner than anywhere else."""

import re
from typing import Final

from wiki.text.markdown.passages import passages_of

_NUMBER: Final = (
    r"(?:\d[\d.,\u00a0\u2009\u202f ]*|[½¼¾⅓⅔]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)\s)"
)
_UNIT: Final = (
    r"(?:mg|g|[µμ]g|mcg|ug|ng|m?mol|[µμ]mol|mEq|IU|i\.u\.|ml|mL|c?Gy"
    r"|(?:milli|micro|nano)?grams?|(?:milli)?grammes?|millimoles?|millilit(?:re|er)s?"
    r"|(?:international\s+)?units?|tablets?|capsules?|drops?|puffs?|vials?|sachets?|ampoules?)"
)
# What a laboratory measures is given per volume of blood or urine: it is a finding, not a dose.
_PER_VOLUME: Final = r"(?!\s*(?:/|per\s+)\s*(?:d?[lL]\b|lit(?:re|er)|decilit(?:re|er)))"
_AMOUNT: Final = re.compile(rf"(?<![\w.,]){_NUMBER}\s*-?\s*{_UNIT}(?![^\W\d_]){_PER_VOLUME}")
# A table names the unit once, in a heading: there the word and a number are all there is.
_WORD: Final = re.compile(r"\bdos(?:e|es|age|ages|ing)\b", re.IGNORECASE)


def has_dose(text: str) -> bool:
    """Return whether a piece of Markdown says how much of something is taken."""
    words = "\n".join(one.words for one in passages_of(text))
    if _AMOUNT.search(words):
        return True
    return bool(_WORD.search(words)) and any(character.isdigit() for character in words)
