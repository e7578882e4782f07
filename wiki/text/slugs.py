"""Slugs: titles as parts of addresses; and names in the form for comparison."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST_SLUG: Final = 120
LONGEST_HEADING_ID: Final = 60


# Letters that Unicode does not decompose into a Latin letter and a mark.
LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)


# Signs of other keyboards: two accents for a prime, and the increment for a delta.
_SAME: Final = str.maketrans({"\u00b4": "\u2032", "\u02b9": "\u2032", "∆": "Δ"})


@lru_cache(maxsize=4_096)
def slug_of(title: str) -> str:
    """Return the slug of a title: ASCII, at most 120 characters.

    A title of which ASCII can say nothing, such as one in Chinese, gets a short hash: the same every time.
    One of which it can say a part, such as hepatitis B in Russian, gets that part and a hash.
    """
    return _slug(title, LONGEST_SLUG)


def _slug(title: str, longest: int) -> str:
    slug = ascii_slug(title, longest)
    plain = " ".join(unicodedata.normalize("NFKC", title).casefold().split())
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
    if not slug or (not re.search("[a-z]", slug) and any(map(str.isalpha, title))):
        return f"page-{digest[:12]}"
    if any(map(_is_lost, plain.translate(LETTERS))):
        return f"{slug[: longest - 9].rstrip('-')}-{digest[:8]}"
    return slug


def ascii_slug(text: str, longest: int) -> str:
    """Return `text` as small ASCII letters, digits and single hyphens; "" when nothing is left."""
    text = re.sub("[™℠]", "", text[: longest * 4].translate(_SAME))
    # A power or a fraction behind a number is no part of its figures: 10⁶ is not 106, 1½ not 11/2.
    text = re.sub("(?<=[0-9])(?=[⁰¹²³⁴-⁹¼-¾⅐-⅞]|[⁺⁻][⁰¹²³⁴-⁹])", " ", text)
    text = _signs_in_words(unicodedata.normalize("NFKC", text))
    text = re.sub("['’`ʼ]", "", text.casefold().translate(LETTERS))
    text = "".join(map(_in_latin, text))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]


@lru_cache(maxsize=1_024)
def heading_id(text: str) -> str:
    """Return what names a heading in an address: the same for the same words, in whatever script.

    Words of which ASCII says only a part, such as Chinese or Cyrillic ones, are told apart by a short hash.
    """
    plain = ascii_slug(text, LONGEST_HEADING_ID)
    letters = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    if plain and not any(map(_is_lost, letters)):
        return f"s-{plain}"
    said = " ".join(letters.split())
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:8]
    return f"s-{plain}-{digest}" if plain else f"s-{digest}"


def _is_lost(letter: str) -> bool:
    """Return whether a letter or figure leaves nothing in ASCII."""
    if not letter.isalnum():
        return False
    return not unicodedata.normalize("NFKD", _in_latin(letter)).encode("ascii", "ignore")


# A hyphen at the end of a word is a minus, as in "CD4- cells", but not in "pre- and postnatal".
_MINUS: Final = re.compile(
    r"(?<=[\w)\]])[\u2212](?!\w)|(?<=\w)[\u2010-\u2015-](?=\s(?!(?:and|or|to|und|et|&)\b)\S)"
)
_LAST_MINUS: Final = re.compile(r"(?<=[\w)\]])[\u2010-\u2015-](?=\s*$)")
_CODE: Final = re.compile(r"(?=\w*[A-Z0-9])\w+[)\]]?[\u2010-\u2015-]\s*$")


# Signs that tell two names apart, and the words that stand for them.
_WORDS: Final = (
    (r"\+/\+", " plus plus "),
    (r"[\u2010-\u2015\u2212-]/[\u2010-\u2015\u2212-]", " minus minus "),
    (r"\+/?[\u2010-\u2015\u2212-](?!\w)|±", " plus minus "),
    (r"\(\+\)", " plus "),
    (r"\([\u2010-\u2015\u2212-]\)", " minus "),
    (r"(?<!\w)\+(?=\w)", " plus "),
    (r"(?<!\w)\u2212(?=\d)|(?:^|(?<=[\s,]))[\u2010-\u2015-](?=\d)", " minus "),
    (r"(?<!\w)[\u2010-\u2015\u2212-](?=ve\b)", " minus "),
    # A place in an intron, and cells with one marker and another: c.76+1G>A, CD4+CD25−.
    (r"(?<=\d)\+(?=[A-Z\d])", " plus "),
    (r"(?<=\d)\u2212(?=[A-Z])", " minus "),
    # T2* is not T2, and p.Arg5* ends there.
    (r"(?<=\w)\*(?!\w)", " star "),
    ("♀", " female "),
    ("♂", " male "),
    ("×", " x "),
    ("≠", " not equal "),
    ("↑", " up "),
    ("↓", " down "),
    (r"[=-]>|→|(?<=[ACGTU])>(?=[ACGTU])", " to "),
    ("≥|>=", " at least "),
    ("≤|<=", " at most "),
    (">", " over "),
    ("<", " under "),
    ("‰", " per mille "),
    ("%", " percent "),
    ("°|º", " degree "),
    (r"(?<=\d)['’´\u02b9](?![a-z])", "\u2032"),
)


def _signs_in_words(text: str) -> str:
    """Return a text with the signs that tell names apart as words, such as plus, minus, over and prime."""
    for sign, words in _WORDS:
        text = re.sub(sign, words, text)
    text = _MINUS.sub(" minus", text)
    if _CODE.search(text):
        text = _LAST_MINUS.sub(" minus", text)
    text = re.sub(r"(?<=[\w)\]])\+(?!\w)", " plus", text)
    return text.replace("\u2033", " double prime").replace("\u2032", " prime")


# Signs of reckoning that stand between words as a dash or a stroke does, or that people leave out.
_LIKE_A_DASH: Final = frozenset("+<=>|~¬−⁄∕∖∗∘∙⋅∶∼")


def _in_latin(letter: str) -> str:
    """Return a Greek letter's or a sign's name, a dash as a space, any other mark as what it combines with.

    Marks that ASCII lacks and that join words ("–", "/") must part the words they stand between.
    """
    name, category = unicodedata.name(letter, ""), unicodedata.category(letter)
    if category == "Sm" and letter not in _LIKE_A_DASH:
        return f" {name.lower()} "
    if name.startswith("GREEK SMALL LETTER "):
        return name.removeprefix("GREEK SMALL LETTER ").split()[0].lower().replace("lamda", "lambda")
    return " " if category[0] in "PZS" else letter


def fold(text: str) -> str:
    """Return `text` in the form for comparing names: no accents, no case, single spaces, codes without
    spaces.
    """
    return slug_of(text).replace("-", " ")


@lru_cache(maxsize=4_096)
def name_key(name: str) -> str:
    """Return what all spellings of one name share: other case, accents, dashes or quotes are the same name.

    As `fold`, but no name is too long for it to be told from another.
    """
    return _slug(name, 20 * len(name) + 20)
