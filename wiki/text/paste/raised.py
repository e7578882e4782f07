"""Superscripts, told apart: powers, charges, nuclides, parts of names, marks and references."""

import re
from typing import Final

from wiki.text.raised_signs import RAISABLE, RAISED

_MARK: Final = re.compile(r"®|™|©|[*†‡§¶#′″'’]+")
_ORDINAL: Final = re.compile(r"st|nd|rd|th|er|e|o|ª|º", re.IGNORECASE)
_ORDINAL_BASE: Final = re.compile(r"(?:\d|\b[Nn])$")
_DEGREE: Final = re.compile(r"\s?[CF](?![A-Za-z])")
_REFERENCES: Final = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*")
_LETTERS: Final = re.compile(r"[a-z](?:\s*,\s*[a-z])*")
# The rest of a list that begins behind a power: ",5". And a power or a number with the sign behind it.
_REST: Final = re.compile(r"[,;]\s*(\S.*)", re.DOTALL)
_WITH_SIGN: Final = re.compile(r"(.*[^\s,;])\s*([,;])", re.DOTALL)
# Of a footnote, and no word: letters in the order of the alphabet.
_FOOTNOTES: Final = re.compile(r"a?b?c?d?e?f?g?h?")

# The mass number of a nuclide stands before its symbol, and behind no word: "99m" of Tc, "18" of F-FDG.
_MASS: Final = re.compile(r"\d{1,3}(?:m\d?)?")
_SYMBOL_AFTER: Final = re.compile(r"[A-Z][a-z]?(?![a-z])")
_FREE: Final = re.compile(r"(?:^|[\s(\[{/“‘\"'+×·=‐‑–-])$")
_SYMBOL_BEFORE: Final = re.compile(r"\b[A-Z][a-z]?[-‐‑]?$")

_CHARGE: Final = re.compile(r"\d{0,2}[+−–-]|[+−]\d|[+−–-]{2,4}|[+−–-]/[+−–-]")
_EXPONENT: Final = re.compile(r"[−–-]\d{1,2}|[−–-]\d+[.,]\d+|\d+\.\d+")
_LENGTH: Final = re.compile(r"(?:^|[^A-Za-zµμ-])(?:(?:[munpcdk]|µ|μ)?m|in|ft|Å)$|/s$")
# Letters that stand for a quantity and are squared, alone: "R² = 0.9", "χ²", "I² = 45%".
_QUANTITY: Final = re.compile(r"(?:^|[^\w-])[b-zRIχητσωφρπ]$")
_NAMED: Final = re.compile(
    r"\b(?:type|class|group|grade|stage|phase|factor|complex|angiotensin|topoisomerase|level|vitamin)\s+I$",
    re.IGNORECASE,
)
_OPERAND: Final = r"[\w.()²³₀-₉]+"
# What stands behind "=" is a formula if signs join all of its parts: "mc", "weight/height".
_FORMULA: Final = re.compile(
    rf"[=∝]\s*(?:{_OPERAND}\s*[-+−–×·*/]\s*(?:{_OPERAND}\s*[-+−–×·*/]\s*){{0,5}}[^\W\d]\w*|(?:\d+\s?)?[^\W\d]{{1,3}})$"
)
_IN_BRACKETS: Final = re.compile(
    r"\([\w.]{1,12}(?:\s*[+−×·*]\s*[\w.]{1,12}){1,5}\)$|\(\w{1,2}\s*[-/]\s*[^\W\d]{1,2}\)$"
)
_TEN: Final = re.compile(r"(?<![\w.,])10$|[×x*·]\s*\d{1,2}$")
_NUMBER: Final = re.compile(r"(?<![^\W\d])(?:\d+[.,])?\d+$")
# The base of a power, or a number with a reference: without digits of a name such as IL-6, or of a year.
_BASE: Final = re.compile(r"(?:^|[\s(=×*·/<>≤≥~≈±]|\dx)[−-]?(?:\d+[.,])?\d{1,2}$")
_EXPRESSION: Final = re.compile(r"[\w+−-]*[+−][\w+−-]*|[ijkmnxyzt]")
# A name of a gene, a cell or a drug: "BRAF", "CD25", "p53".
_NAME: Final = re.compile(r"\b(?:[A-Za-z][\w-]*[A-Z\d]|[A-Z])$")
_PART_OF_NAME: Final = re.compile(r"[A-Za-z][\w/+−-]+|[^\W\d_a-zA-Z]\d")
_STOPPED_NUMBER: Final = re.compile(r"\d[.,:-]$")
_CITED_WORD: Final = re.compile(r"[^\W\d_]{4}[.,;:)]?$|\D[.,;:)]$")


def raised(text: str, before: str, after: str, *, is_reference: bool = False, has_references: bool) -> str:
    """Return superscript `text` as characters, given the words `before` and `after` it on the line.

    `is_reference` says that it is a link, `has_references` that other superscripts of the text are
    references: then a number behind a number is one, too.
    """
    plain = text.strip()
    # Before a bracket the mark of bold words or italics may stand.
    if (
        not plain
        or plain.lstrip("\x01\x03").startswith(("[", "\\["))
        or _MARK.fullmatch(plain.replace("\\", ""))
    ):
        return text
    if plain == "TM":
        return "™"
    if not plain.strip(",;"):
        return text
    if rest := _REST.fullmatch(plain):
        return rest[1] if _MARK.fullmatch(rest[1].replace("\\", "")) else _apart(rest[1], before, after)
    if parts := _WITH_SIGN.fullmatch(plain):
        head, sign = parts[1], parts[2]
        beside = sign + after
        return raised(head, before, beside, is_reference=is_reference, has_references=has_references) + sign
    if is_reference:
        return _apart(plain, before, after)
    if _ORDINAL.fullmatch(plain) and _ORDINAL_BASE.search(before):
        return "°" if plain == "o" and _DEGREE.match(after) else text
    if plain == "0" and _ORDINAL_BASE.search(before) and _DEGREE.match(after):
        return "°"
    if _is_nuclide(plain, before, after):
        return plain.translate(RAISED)
    if plain in ("2", "3") and _LENGTH.search(before.rstrip()):
        return plain.translate(RAISED)
    if not before or before[-1].isspace():
        if _LETTERS.fullmatch(plain) or (before and not after[:1].isalnum() and _is_cited(plain, before)):
            return _apart(plain, before, after)
        return plain.translate(RAISED) if re.fullmatch(RAISABLE, plain) else _apart(plain, before, after)
    if is_power(re.sub(r"(?<=\d) (?=[+−–-]$)", "", plain), before, has_references=has_references):
        return _power(plain)
    return _apart(plain, before, after)


def signs_set_apart(text: str, before: str, written: str) -> list[str]:
    """Return the sign that stood between two numbers and does not where `text` was `written` apart: the stop
    of "in 2019.³", the comma of ",5" behind a power.
    """
    sign = text.strip()[:1]
    if sign in (",", ";") and written.count(sign) < text.count(sign):
        return [sign]
    return [before[-1]] if sign.isdigit() and written[:2] == " [" and _STOPPED_NUMBER.search(before) else []


def looks_like_reference(plain: str, before: str) -> bool:
    """Return whether a superscript stands behind a word or a stop, as only references do."""
    return bool(_REFERENCES.fullmatch(plain.strip()) and _CITED_WORD.search(before))


def _apart(plain: str, before: str, after: str) -> str:
    """Return a mark in brackets, with a space where it would touch a word."""
    ahead = " " if before and not before[-1].isspace() and before[-1] not in "([{" else ""
    return f"{ahead}[{plain}]{space_before(after)}"


def space_before(after: str) -> str:
    """Return the space that keeps a bracket apart from the words behind it: from a word, or from what would
    make it a link.
    """
    return " " if after[:1].isalnum() or after[:1] in ("(", "[", ":") else ""


def _power(plain: str) -> str:
    plain = re.sub(r"(?<=\d) (?=[+−–-]$)", "", plain)
    if re.fullmatch(RAISABLE, plain) and not re.fullmatch(r"\d+[–-]\d+", plain):
        return plain.translate(RAISED)
    return plain.translate(RAISED) if _CHARGE.fullmatch(plain) else f"^{plain}"


def raised_again(text: str) -> str:
    """Return what is raised within a superscript."""
    plain = text.strip()
    return plain.translate(RAISED) if re.fullmatch(RAISABLE, plain) else f"^{plain}"


def _is_nuclide(plain: str, before: str, after: str) -> bool:
    if not _MASS.fullmatch(plain):
        return False
    if _FREE.search(before) and _SYMBOL_AFTER.match(after):
        return True
    return "m" in plain and bool(_SYMBOL_BEFORE.search(before))


def _is_cited(plain: str, before: str) -> bool:
    """Return whether a number behind a space is a reference, and not the power of ten."""
    return bool(_REFERENCES.fullmatch(plain)) and not before.rstrip()[-1:].isdigit()


def is_power(plain: str, before: str, *, has_references: bool) -> bool:
    """Return whether a superscript belongs to the number, unit, ion or name before it."""
    if _CHARGE.fullmatch(plain):
        return bool(re.search(r"[^\W_)\]₀-₉]$|[)\]₀-₉]$", before))
    if _EXPONENT.fullmatch(plain):
        return True
    if _REFERENCES.fullmatch(plain):
        return _is_power_of_number(plain, before, has_references=has_references)
    if _NUMBER.search(before):
        return bool(_EXPRESSION.fullmatch(plain)) or not re.fullmatch(
            rf"{_FOOTNOTES.pattern}|{_LETTERS.pattern}", plain
        )
    if re.fullmatch(r"n(?:[+−–-]\d)?", plain) and _QUANTITY.search(before):
        return True
    return bool(_NAME.search(before) and _PART_OF_NAME.fullmatch(plain))


def _is_power_of_number(plain: str, before: str, *, has_references: bool) -> bool:
    """Return whether figures are a power of what stands before them, and no numbers of references."""
    if not plain.isdigit():
        return bool(re.fullmatch(r"\d{1,2}\s?[–-]\s?\d{1,2}", plain) and re.search(r"(?<![\w.,])10$", before))
    if len(plain) > 2:
        return False
    if _TEN.search(before):
        return True
    if plain in ("2", "3"):
        if _LENGTH.search(before) or _FORMULA.search(before) or _IN_BRACKETS.search(before):
            return True
        if _QUANTITY.search(before) and not _NAMED.search(before):
            return True
    return not has_references and bool(_BASE.search(before))
