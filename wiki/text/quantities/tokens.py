"""A text as the tokens that quantities are made of: numbers, words, signs and ends of sentences.

What looks the same to a reader is made the same first, and each token remembers where it stands in the text
as it was written.
"""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from wiki.text.normal_form import KEPT, plain_of

type Sort = Literal["number", "word", "sign", "end"]

# Longer numbers are no amounts, and converting them takes quadratic time.
MOST_DIGITS: Final = 30

_POWERS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_TOKEN: Final = re.compile(
    r"(?P<skip>(?:https?://|www\.)\S+|10\.\d{4,9}/\S+"
    # A change in a gene, such as c.1483G>A, is no 1483 grams.
    r"|(?<!\w)[cgmn]\.[\d_+*-]++(?:[ACGT]+>[ACGT]+|(?:del|dup|ins)[ACGT]*))"
    r"|(?P<date>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}([./-])\d{1,2}\3(?:19|20)\d\d(?!\d))"
    r"|(?P<label>(?!\d{1,3}(?:\.\d{3})++(?!\.?\d))\d++(?:\.\d++){2,})"
    r"|(?P<number>(?:\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d{1,3}(?:[,'’]\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\ \d{3})+(?![\d])(?:[.,]\d+)?"
    # 2,5 is two and a half unless it is in a list such as 25,50,75.
    r"|(?<!\d,)\d++,\d++(?!,\d)|\d++(?:[.·⋅]\d++)?|(?<![\w.])\.\d++)"
    r"(?:\s?[x×*]\s?10(?:\^\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))?(?:\^\d{1,2}|(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})?"
    r"|[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<mark>\*\*+|__+|[_`]|\*(?!\s?\d))"
    r"|(?P<times>(?<!\w)[xX×](?=\d))"
    r"|(?P<word>(?<!\w)(?:[^\W\d_]\.){1,4}[^\W\d_](?!\w)\.?|°\s?[CFcf](?!\w)"
    r"|[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*)"
    r"|(?P<end>[.!?](?=\s+[^\W\d_a-z]|\s*\Z))"
    r"|(?P<sign>\S)"
)
_POWER_OF_TEN: Final = re.compile(
    r"(?:\s?[x×*]\s?10)?\^(\d{1,2})$|\s?[x×*]\s?10([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})$|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})$"
)
_MARKED_POWER: Final = re.compile(r"\s?[x×*]\s?10")


class Token(NamedTuple):
    """One number, word or sign. `start` and `end` are places in the text as it was written."""

    sort: Sort
    text: str  # in small letters
    written: str
    start: int
    end: int
    glued: bool  # directly after the token before
    value: Fraction | None = None
    name: bool = False  # a number in a name: an address, a date, a version number
    is_date: bool = False

    @property
    def is_number(self) -> bool:
        """Return whether it is a number that counts or measures."""
        return self.sort == "number" and not self.name


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text, in time that grows with its length."""
    plain, places = plain_of(text)
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(plain):
        group = match.lastgroup or ""
        if group == "mark":
            continue  # Markdown in a plain text: "5 **mg**" means "5 mg"
        written, (first, past) = match[0], match.span()
        start, end = places[first], places[past - 1] + 1
        if group == "word" and written.isalpha():  # most of them
            found.append(Token("word", written.lower(), written, start, end, first == last))
        else:
            found.append(_token(group, written, start, end, first == last))
        last = past
    return found


def _token(group: str, written: str, start: int, end: int, glued: bool) -> Token:
    if group in ("skip", "date", "label"):
        return Token("number", written, written, start, end, glued, name=True, is_date=group == "date")
    if group == "number":
        return Token("number", written, written, start, end, glued, _value(written))
    if group == "times":
        return Token("word", "x", written, start, end, glued)
    if group == "word":
        written = "".join(written.split()) if written[0] == "°" else written
        bare = written.replace(".", "") if "." in written else written
        return Token("word", bare.lower(), bare, start, end, glued)
    return Token("end" if group == "end" else "sign", written, written, start, end, glued)


@lru_cache(4096)
def _value(written: str) -> Fraction | None:
    """Return the value of a number in digits; None if it is too long or ambiguous between countries."""
    if written in KEPT:
        return Fraction(unicodedata.numeric(written)).limit_denominator(20)
    if len(written) > MOST_DIGITS:
        return None
    power = 1
    if match := _POWER_OF_TEN.search(written):
        digits = match[1] or (match[2] or match[3]).translate(_POWERS)
        figure = written[: match.start()]
        if match[3] or not _MARKED_POWER.match(written[match.start() :]):
            base = _figure(figure)
            return None if base is None else base ** int(digits)
        written, power = figure, 10 ** int(digits)
    found = _figure(written)
    return None if found is None else found * power


def _figure(written: str) -> Fraction | None:
    written = written.replace("·", ".").replace("⋅", ".")
    bare = re.sub(r"[ '’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare) and not bare.startswith("0,"):
        bare = bare.replace(",", "")
    elif bare.count(".") > 1:
        bare = bare.replace(".", "")
    elif re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare):
        # 1.500 is 1.5 in English and 1500 in many other languages: ambiguous.
        return None
    return Fraction(bare.replace(",", "."))
