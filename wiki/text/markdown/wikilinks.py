"""Links between pages: `[[Title]]` and `[[Title|shown text]]`, and the addresses made of titles."""

import hashlib
import re
import unicodedata
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

LONGEST_TITLE: Final = 200
LONGEST_SLUG: Final = 120

# Letters that Unicode does not take apart into a Latin letter and a mark.
LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)

_LINK: Final = re.compile(rf"\[\[([^\[\]|]{{1,{LONGEST_TITLE}}})(?:\|([^\[\]|]{{1,{LONGEST_TITLE}}}))?\]\]")


def slug_of(title: str) -> str:
    """Return the part of an address that stands for a title: ASCII, at most 120 characters.

    A title of which ASCII can say nothing, such as one in Chinese, gets a short hash: the same every time.
    """
    slug = ascii_slug(title, LONGEST_SLUG)
    if re.search("[a-z]", slug) or (slug and not any(map(str.isalpha, title))):
        return slug
    plain = " ".join(unicodedata.normalize("NFKC", title).casefold().split())
    return f"page-{hashlib.sha256(plain.encode('utf-8', 'replace')).hexdigest()[:12]}"


def ascii_slug(text: str, longest: int) -> str:
    """Return `text` as small ASCII letters, digits and single hyphens; "" when nothing is left."""
    text = re.sub("['’`ʼ]", "", text[: longest * 4].casefold().translate(LETTERS))
    text = "".join(map(_in_latin, text))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def _in_latin(letter: str) -> str:
    """Return a Greek letter's name, a dash or sign as a space, any other mark as what it combines with.

    Marks that ASCII lacks and that join words ("–", "/") must part the words they stand between.
    """
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK SMALL LETTER "):
        return name.removeprefix("GREEK SMALL LETTER ").split()[0].lower().replace("lamda", "lambda")
    return " " if unicodedata.category(letter)[0] in "PZS" else letter


def wikilinks(parser: MarkdownIt) -> None:
    """Teach the parser `[[Title]]`: a `wikilink` token, its content what is shown, `title` in its meta."""
    parser.inline.ruler.before("link", "wikilink", _wikilink)


def _wikilink(state: StateInline, silent: bool) -> bool:
    """Take a link at the state's place. The parser sees to it that none stands inside another link."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if not match or not (title := _tidy(match[1])):
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.content = _tidy(match[2] or "") or title
        token.meta = {"title": title}
    state.pos = match.end()
    return True


def _tidy(text: str) -> str:
    return " ".join(text.split())
