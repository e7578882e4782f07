"""Letters of symbol fonts, converted to the signs that they show: in the font Symbol an "m" is a µ.

The code points are those of Adobe's Symbol encoding (unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt).
"""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import normalize

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

# From the space on, in the order of the codes; a blank where the encoding has no sign.
_FROM_SPACE: Final = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_FROM_A0: Final = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
SYMBOL: Final = {
    **dict(enumerate(_FROM_SPACE, start=0x20)),
    **dict(enumerate(_FROM_A0, start=0xA0)),
}
# Of the other fonts of signs the few that texts use; what they show in place of any other letter is unknown.
WINGDINGS: Final = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
# The first font of a style; in the short form it stands behind the size.
_FONT: Final = (
    r"(?:^|;)(?:(?:mso-symbol-font-family|font-family|face):"
    r"|font:[^;,]*?\d(?:px|pt|r?em|%|ex|mm|cm|in|pc)?(?:/[\w.%]+)?\s)\s*[\"']?\s*"
)
_SYMBOL: Final = re.compile(rf"{_FONT}symbol\b")
_OTHER: Final = re.compile(
    rf"{_FONT}"
    r"(wingdings|webdings|zapf ?dingbats|monotype sorts|marlett|mt extra|bookshelf symbol)"
)
_LETTERS: Final = re.compile(r"(?:^|;)(?:font-family|face|font):")
UNKNOWN: Final = "\ufffd"
_PRIVATE: Final = frozenset(map(chr, range(0xF020, 0xF100)))


def replace_symbols(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Convert the letters of symbol fonts to the signs that they show; return each letter with its sign.

    What is not known becomes U+FFFD, never the letter of the same code.
    """
    found: list[tuple[NavigableString, dict[int, str]]] = []
    for text in soup.find_all(string=True):
        signs = _font_of(text)
        # What stands in the private use area shows what its font has there, which nobody tells.
        if signs is not None or any(letter in _PRIVATE for letter in text):
            found.append((text, signs or {}))
    replaced: list[tuple[str, str]] = []
    for text, signs in found:
        words = [_sign(letter, signs) if signs or letter in _PRIVATE else letter for letter in text]
        replaced += (pair for pair in zip(text, words, strict=True) if pair[0] != pair[1])
        text.replace_with(NavigableString("".join(words)))
    return replaced


def _font_of(text: NavigableString) -> dict[int, str] | None:
    """Return the signs of the symbol font of a text; None for an ordinary font."""
    for tag in text.parents:
        style = _style(tag)
        if _SYMBOL.search(style):
            return SYMBOL
        if _OTHER.search(style):
            return WINGDINGS
        if _LETTERS.search(style):
            return None
    return None


def _style(tag: Tag) -> str:
    face = f";face:{tag['face']}" if tag.name == "font" and tag.get("face") else ""
    return f"{tag.get('style') or ''}{face}".lower()


def _sign(letter: str, signs: dict[int, str]) -> str:
    """Return the sign that a letter shows. Word writes its code as it is, or in the private use area from
    U+F000.
    """
    if letter.isspace():
        return letter
    code = ord(letter)
    code -= 0xF000 if 0xF020 <= code <= 0xF0FF else 0
    return signs.get(code, UNKNOWN) if code <= 0xFF else letter


def typed_as_letters(signs: Iterable[tuple[str, str]], plain: str, markdown: str) -> list[tuple[str, str]]:
    """Return the signs that the plain text has as letters of their font: those of which it has too few.

    It may have the same sign elsewhere, typed as itself.
    """
    usual, written = normalize("NFKC", plain), normalize("NFKC", markdown)
    found: list[tuple[str, str]] = []
    for letter, sign in signs:
        missing = written.count(one := normalize("NFKC", sign)) - usual.count(one)
        if sum(other == sign for _, other in found) < missing:
            found.append((letter, sign))
    return found
