"""Invisible characters: which they are, where a text holds them, and how they are made visible.

They hide a dose, turn a sentence round, or keep a paragraph from ending. What people type and what is
imported holds none; where an older text does, each is named where it stands, as in [U+202E].
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# How many invisible characters of a text are named before the rest is only counted.
MOST_NAMED: Final = 3
# How many characters on either side are quoted.
QUOTED: Final = 16

_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_LAYOUT: Final = frozenset("\t\n")
# Characters that are drawn as nothing (Default_Ignorable_Code_Point), or as a space.
_DRAWN_AS_NOTHING: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
_NON_JOINER: Final = "\u200c"
_JOINER: Final = "\u200d"
# Scripts in which a joiner, or the lack of one, changes how a word is written.
_JOINING: Final = frozenset(
    {"ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"}
    | {"TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN"}
)
# A line that looks empty but is not: the parser continues the paragraph where a reader sees its end.
_LOOKS_EMPTY: Final = re.compile(r"^[ \t>]*[^\S \t\n](?:[^\S\n]|>)*$", re.MULTILINE)
_NO_PLAIN_BLANK: Final = re.compile(r"[^\S \t\n]")
_LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
# Markdown also takes characters by number or name: `5&#8203; mg` reads as `5 mg`.
_WRITTEN_OUT: Final = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z]\w{1,31});")
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_WORDS: Final = {
    0x00AD: "soft hyphen",
    0x200B: "zero-width space",
    0xFEFF: "zero-width no-break space",
}
_SORTS: Final = {
    "Cc": "control character",
    "Co": "private-use character",
    "Cs": "half a character",
}


@dataclass(frozen=True)
class UnseenCharacter:
    """An invisible character and its place; lines are counted from 1."""

    character: str
    at: int
    line: int

    @property
    def code(self) -> str:
        """Return its code point, such as U+202E."""
        return f"U+{ord(self.character):04X}"

    @property
    def name(self) -> str:
        """Return what it is called, in words for whoever typed it."""
        category = unicodedata.category(self.character)
        if category == "Zs":
            return "a blank in a line that looks empty"
        known = _IN_WORDS.get(ord(self.character)) or unicodedata.name(self.character, "").lower()
        return known or _SORTS.get(category, "no character")


def unseen_in(text: str) -> tuple[UnseenCharacter, ...]:
    """Return the invisible characters of a text, in order."""
    plain = text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()
    return () if plain else _unseen_in(text)


@lru_cache(maxsize=64)
def _unseen_in(text: str) -> tuple[UnseenCharacter, ...]:
    sorts = "".join(map(re.escape, filter(_is_of_an_unseen_sort, set(text))))
    places = {match.start() for match in re.finditer(f"[{sorts}]", text)} if sorts else set()
    places = {at for at in places if not _is_needed(text, at)}
    for blank in _LOOKS_EMPTY.finditer(text) if "\n" in text else ():
        places |= {match.start() for match in _NO_PLAIN_BLANK.finditer(text, blank.start(), blank.end())}
    found, line, counted = [], 1, 0
    for at in sorted(places):
        line += text.count("\n", counted, at)
        counted = at
        found.append(UnseenCharacter(text[at], at, line))
    return tuple(found)


def _is_of_an_unseen_sort(character: str) -> bool:
    number = ord(character)
    return (
        (unicodedata.category(character) in _UNSEEN and character not in _LAYOUT)
        or character in _DRAWN_AS_NOTHING
        or 0xFE00 <= number <= 0xFE0F
        or 0xE0000 <= number <= 0xE0FFF
        or number & 0xFFFE == 0xFFFE
        or 0xFDD0 <= number <= 0xFDEF
    )


def _is_needed(text: str, at: int) -> bool:
    """Return whether a word or an emoji needs it: a joiner, or an emoji's style."""
    character, before, after = text[at], text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if character == "\r":
        return after == "\n"
    if character in "\ufe0e\ufe0f":
        return _is_symbol(before)
    if character == _JOINER and (_is_symbol(before) or before == "\ufe0f") and _is_symbol(after):
        return True
    return character in (_NON_JOINER, _JOINER) and _joins(before) and _joins(after)


def _is_symbol(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Sm", "Sk")


def _joins(character: str) -> bool:
    return bool(character) and unicodedata.name(character, "").partition(" ")[0] in _JOINING


def written_out_in(markdown: str) -> str:
    """Return an entity in the text that stands for an invisible character, such as `&#8203;`; else ""."""
    for match in _WRITTEN_OUT.finditer(markdown):
        if any(_is_of_an_unseen_sort(one) for one in html.unescape(match[0])):
            return match[0]
    return ""


def marked(text: str) -> str:
    """Return the text with a visible mark for each invisible character."""
    return _with_replaced(text, lambda one: f"[{one.code}]")


def without_unseen(text: str) -> str:
    """Return the text without them, with normal line ends and truly empty lines."""
    return _with_replaced(text, lambda one: "\n" if one.character in _LINE_ENDS else "")


def _with_replaced(text: str, stand_in: Callable[[UnseenCharacter], str]) -> str:
    parts: list[str] = []
    end = 0
    for one in unseen_in(text):
        parts += (text[end : one.at], stand_in(one))
        end = one.at + 1
    return "".join((*parts, text[end:]))


def complaint(text: str) -> str:
    """Return what to delete and where, in words without a full stop; "" if there are none."""
    found = unseen_in(text)
    if not found:
        return ""
    one, *others = found
    what = "a character" if not others else f"{len(found):,} characters"
    place = f" in line {one.line}" if "\n" in text else ""
    rest = list(dict.fromkeys(other.code for other in others))
    also = f". Also {', '.join(rest[:MOST_NAMED])}" if rest else ""
    more = f" and {len(rest) - MOST_NAMED} more kinds" if len(rest) > MOST_NAMED else ""
    where = f"{place}, at “{_quoted(text, one)}”"
    return f"Delete {what} that nobody can see: {one.code} ({one.name}){where}{also}{more}"


def _quoted(text: str, one: UnseenCharacter) -> str:
    """Return the words on either side of one of them, which is marked."""
    start = max(text.rfind("\n", 0, one.at) + 1, one.at - QUOTED)
    line_end = text.find("\n", one.at)
    end = min(len(text) if line_end < 0 else line_end, one.at + 1 + QUOTED)
    words = f"{marked(text[start : one.at])}[{one.code}]{marked(text[one.at + 1 : end])}".strip()
    before = "…" if start and text[start - 1] != "\n" else ""
    return f"{before}{words}{'' if end in (len(text), line_end) else '…'}"


def for_xml(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return _NO_XML.sub("", text)
