"""Superscripts: powers and charges stay raised; a reference number is kept apart from the word before it."""

import re
from typing import Final

_RAISED: Final = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_RAISABLE: Final = re.compile(r"[\d+−–=()n-]+")
_ORDINAL: Final = re.compile(r"st|nd|rd|th|er|e|o|ª|º|®|™|©|[*†‡§¶#]+", re.IGNORECASE)
_REFERENCES: Final = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*")
_CHARGE: Final = re.compile(r"\d{0,2}[+−–-]")
# Units that are squared or cubed.
_UNIT: Final = re.compile(r"(?:^|[^\w])(?:[munpcdk]|µ|μ)?(?:m|l|L|g|s|min|h|d|kg|mol|Pa|J|V|A|T|Hz|in|ft)$")
# The base of a power: ten, or a number of one or two digits that does not end a name such as IL-6.
# Letters that stand for a quantity and are squared, alone: "R² = 0.9", "χ²", "I² = 45%".
_QUANTITY: Final = re.compile(r"(?:^|[^\w-])[xyzrRIχηωσ]$")
_NAMED: Final = re.compile(
    r"\b(?:type|class|group|grade|stage|phase|factor|complex|angiotensin|topoisomerase|level|vitamin)\s+I$",
    re.IGNORECASE,
)
_BASE: Final = re.compile(r"(?:^|[\s(=×*·/<>≤≥~≈±]|\dx)[−-]?(?:\d+[.,])?\d{1,2}$")


def raised(text: str, before: str) -> str:
    """Return superscript `text` as characters, given the words `before` it on the line."""
    plain = text.strip()
    if not plain or _ORDINAL.fullmatch(plain) or plain.startswith(("[", "\\[")):
        return text
    last = before[-1:]
    if last.isspace() or not last:
        return plain.translate(_RAISED) if _RAISABLE.fullmatch(plain) else text
    if _is_power(plain, before):
        return plain.translate(_RAISED) if _RAISABLE.fullmatch(plain) else f"^{plain}"
    return f" [{plain}]"


def _is_power(plain: str, before: str) -> bool:
    """Return whether a superscript belongs to the number, unit or ion before it."""
    if _CHARGE.fullmatch(plain):
        return bool(re.search(r"[A-Za-z\d₀-₉)\]]$", before))
    if re.fullmatch(r"[−–-]\d{1,2}", plain):
        return True
    if _REFERENCES.fullmatch(plain) and not plain.isdigit():
        return False
    if re.search(r"(?<![A-Za-z])(?:\d+[.,])?\d+$", before) and re.fullmatch(
        r"[ijkmnxyzt]|\d+[.,]\d+|[\w+−-]*[+−][\w+−-]*", plain
    ):
        return True
    if re.fullmatch(r"n[+−–-]\d", plain) and _QUANTITY.search(before):
        return True
    if plain in ("2", "3") and _QUANTITY.search(before) and not _NAMED.search(before):
        return True
    return bool(plain.isdigit() and (_BASE.search(before) or _UNIT.search(before)))
