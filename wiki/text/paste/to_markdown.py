"""Pasted rich text as Markdown, and pasted identifiers as citations.

What comes out is text like any other that somebody types: it is rendered and cleaned as such.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import nh3
from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import MarkdownConverter

from wiki.text.paste.beside import is_among_items, starts_line, words_after, words_before
from wiki.text.paste.bracketed import citations_apart
from wiki.text.paste.cells import is_next_entry, one_line
from wiki.text.paste.cited_links import (
    bracket_references,
    followed,
    key_of,
    lead_to_works,
    names_only,
    names_reference_of_text,
    write_out_lists,
)
from wiki.text.paste.differences import differences
from wiki.text.paste.edges import as_letters
from wiki.text.paste.emphasis import between, emphasised, without_emphasis
from wiki.text.paste.formulas import on_one_line
from wiki.text.paste.limits import LONGEST_CLEAN, MOST_TAGS, TOO_MUCH, TooMuch, fragment_of, refuse_what_grows
from wiki.text.paste.lists import delimiter_of
from wiki.text.paste.not_taken import words_not_taken
from wiki.text.paste.raised import looks_like_reference, raised, raised_again, signs_set_apart
from wiki.text.paste.raised_lists import is_behind_power, is_numerator, is_power_of_power, may_be_one_power
from wiki.text.paste.style_sheets import styles_of
from wiki.text.paste.symbol_fonts import typed_as_letters
from wiki.text.paste.word_markup import reshape
from wiki.text.raised_signs import LOWERABLE, LOWERED
from wiki.text.slugs import slug_of

WITHOUT_LINK: Final = "the works of [{}], which have no link in what you copied"
TO_REFERENCES: Final = "the works behind {}, which only lead to the references of what you copied from"
LONGEST_LISTED: Final = 100


@dataclass(frozen=True)
class Pasted:
    """Pasted text as Markdown, the names of what was left out, and the words lost with it."""

    markdown: str
    left_out: tuple[str, ...] = ()
    words_left_out: tuple[str, ...] = ()
    words_repeated: tuple[str, ...] = ()
    # Letters of fonts of signs, each with the sign that it shows.
    signs: tuple[tuple[str, str], ...] = ()
    # What may be meant otherwise than it was written, as sentences.
    doubts: tuple[str, ...] = ()

    def differences(self, plain: str) -> list[str]:
        """Return the differences between the Markdown and the plain text that was copied with it.

        That may have the letters of a font of signs: an arrow of Word is an “à”.
        """
        bare = [(f"“{letter}”", sign) for letter, sign in typed_as_letters(self.signs, plain, self.markdown)]
        left_out = (*self.words_left_out, *(letter for letter, _ in bare))
        repeated = (*self.words_repeated, *(sign for _, sign in bare))
        return differences(plain, self.markdown, left_out=left_out, repeated=repeated)


def from_html(html: str, *, home: str = "", has_plain: bool = True) -> Pasted:
    """Return copied HTML as Markdown, code only where no plain text came with it; `home` is our own host."""
    sheet, html = styles_of(html), _BLANK_RUN.sub("&nbsp;", fragment_of(html))
    if has_plain and _CODE.match(html):
        return Pasted("")
    refuse_what_grows(html)
    clean = _CLEANER.clean(whole := _CONTROL.sub("", on_one_line(html)))
    if len(clean) > LONGEST_CLEAN or clean.count("<") > 3 * MOST_TAGS:
        raise TooMuch(TOO_MUCH)
    soup = BeautifulSoup(clean, "html.parser")
    for block in soup.find_all(_BLOCKS):
        block.name = "div"
    left_out, converter = reshape(soup, sheet), _Converter(soup, home)
    lead_to_works(soup)
    written = write_out_lists(soup)
    bracket_references(soup)
    text = converter.convert_soup(soup)
    words = (*left_out.words, *converter.replaced, *written.lists)
    names = (*left_out.names, *map(WITHOUT_LINK.format, written.without_link))
    if listed := ", ".join(dict.fromkeys(converter.to_references)):
        names = (*names, TO_REFERENCES.format(listed[:LONGEST_LISTED]))
    repeated = (*left_out.repeated, *written.without_link, *converter.put_in)
    names = (*names, *words_not_taken(whole, (text, *words, *names, *map("".join, left_out.signs))))
    return Pasted(_tidied(text), names, words, repeated, left_out.signs, tuple(converter.doubts))


# HTML copied from code editors: the plain text is what was meant.
_CODE: Final = re.compile(r"(?:\s|<meta[^<>]*>)*<div[^<>]*white-space:\s*pre;", re.IGNORECASE)
_BLANK_RUN: Final = re.compile("(?:&nbsp;|\xa0){2,}")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_STYLES: Final = re.compile(
    r"(?:^|;)\s*(mso-(?:list|element|hide|symbol-font-family|text-raise)|display|visibility|font(?:-(?:weight|style|family|size|variant|variant-caps))?"
    r"|font-variant-position|vertical-align|list-style-type|text-decoration(?:-line)?|text-transform|position|top|bottom)\s*:\s*([^;]{1,80})",
    re.IGNORECASE,
)
_DROPPED: Final = {
    *("script", "style", "title", "noscript", "template", "iframe", "object", "svg", "math", "xml"),
    *("button", "select", "textarea", "nav", "audio", "video", "canvas"),
}
# Tags that begin a line of their own, as a paragraph does: their words touch no others.
_BLOCKS: Final = [
    *("section", "article", "header", "footer", "main", "aside", "address", "center", "form", "fieldset"),
    *("legend", "figure", "figcaption", "details", "summary", "hgroup", "dialog", "menu", "dir", "search"),
]
_KEPT: Final = {
    *_BLOCKS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "blockquote", "pre", "code", "q", "a"),
    *("ul", "ol", "li", "dl", "dt", "dd", "b", "strong", "i", "em", "span", "sup", "sub", "del", "s"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "img", "font", "input", "strike"),
}


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Return what of an attribute says how the text is built."""
    if name == "style":
        kept = (f"{match[1]}:{match[2].strip()}" for match in _STYLES.finditer(value))
        return ";".join(kept).lower() or None
    if name == "class":
        return "comment" if "msocom" in value.lower() else value
    return value


_CLEANER: Final = nh3.Cleaner(
    tags=_KEPT,
    clean_content_tags=_DROPPED,
    attributes={
        "*": {"style", "class", "id", "hidden", "aria-checked", "data-checked", "data-list"},
        "input": {"type", "checked"},
        "img": {"alt", "aria-hidden"},
        "span": {"aria-hidden", "data-formula"},
        "div": {"aria-hidden"},
        "a": {"href"},
        "ol": {"start", "type", "reversed"},
        "li": {"data-aria-level", "value"},
        "font": {"face"},
        **{cell: {"colspan", "rowspan"} for cell in ("td", "th")},
    },
    attribute_filter=_attribute,
    url_schemes={"http", "https"},
    link_rel=None,
)


# --- The words ---------------------------------------------------------------------------------------------

# Each is a mark of ours where it stands; elsewhere the character is left as it is.
_MARKS: Final = re.compile(
    r"[`*]|\\(?=[!-/:-@\[-`{-~])|(?<![^\W_])_|_(?![^\W_])|\[(?=[\[@^])|\](?=[(\[:])"
    r"|&(?=#?\w{1,31};)|<(?=[a-z][a-z0-9+.-]*:|[\w.+-]+@)|!(?=\[)",
    re.IGNORECASE,
)
_MARKS_OF_LINES: Final = re.compile(
    r"#{1,6}(?=\s|$)|[>|]|\+(?=\s)|[-=_~:]{3}|:(?=\s)|\d{3,9}(?=[.)](?:\s|$))"
)
_BULLET: Final = re.compile(r"[•·▪◦‣●○■§]\s+")
_BLANKS: Final = re.compile(r"(?<=\d)([\u2009\u202f\xa0])(?=[\w%°µ])|[\u2000-\u200a\u202f\u205f\u3000\xa0]")


class _Converter(MarkdownConverter):
    """Writes what `reshape` left; each method writes the tag of its name."""

    def __init__(self, soup: BeautifulSoup, home: str) -> None:
        """Hold what must be known of the whole: its highest heading, and whose pages are ours."""
        super().__init__(heading_style="ATX", bullets="-", wrap=True, wrap_width=None)
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
        self.highest = min(levels, default=2)
        self.home = home.lower()
        self.counted: Counter[int] = Counter()
        # Words of links that a citation says, and numbers of notes.
        self.replaced: list[str] = []
        # Signs that stand for what was raised.
        self.put_in: list[str] = []
        self.doubts: list[str] = []
        # Links to the list of references of the article that this was copied from.
        self.to_references: list[str] = []
        self.has_references = any(
            looks_like_reference(one.get_text(), words_before(one)) for one in soup.find_all("sup")
        )

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        """Return the text with what would be a mark of ours as itself."""
        tags = parent_tags or set()
        text: str = super().process_text(el, tags)  # type: ignore[misc]  # not in its stubs
        if "_noformat" in tags or not text:
            return text
        text = _MARKS.sub(r"\\\g<0>", text)
        if tags & {"td", "th"}:
            text = text.replace("|", r"\|")
        if "_inline" in tags:
            return text
        if not starts_line(el):
            return text
        text = text.lstrip()
        if _MINUS.match(text) and not is_among_items(el):
            return f"\\{text}"
        return _BULLET.sub("- ", text, count=1) if _BULLET.match(text) else _line_start(text)

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Leave the text; `process_text` knows more of where it stands."""
        return text

    def convert_br(self, el: Tag, _text: str, parent_tags: set[str]) -> str:
        """Write the end of a line; in a cell a semicolon, where the next line begins something new."""
        after = el.find_next(string=_WORDS) if parent_tags & {"td", "th"} else None
        if after is not None and is_next_entry(words_before(el), after.get_text()):
            return "; "
        return " " if "_inline" in parent_tags else "\n"

    def convert_q(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write words that the browser sets between quotation marks."""
        return f"“{text}”"

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write bold words."""
        return text if "_noformat" in parent_tags else between(text, "\x01", "\x02")

    def convert_i(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write words in italics."""
        return text if "_noformat" in parent_tags else between(text, "\x03", "\x04")

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write what is raised with raised characters, or apart from the word before it."""
        if "_noformat" in parent_tags or is_numerator(el):
            return raised(text, "", "", has_references=False)
        if el.find("sub") and "".join(el.find_all(string=True, recursive=False)).strip():
            return self._bracketed("^", text, "it was raised, and a part of it lowered")
        if el.find_parent(["sup", "sub"]):
            again = raised_again(text)
            self.put_in += again[:1] if again.startswith("^") else ""
            return again
        if is_power_of_power(el):
            return self._bracketed("^", text, "it was raised twice")
        is_reference = bool(el.find_parent("a") or el.find("a", href=True)) or is_behind_power(el)
        before, after = words_before(el), words_after(el)
        more = {"is_reference": is_reference, "has_references": self.has_references}
        written = raised(bare := without_emphasis(text), before, after, **more)
        if bare != text and "[" in written:
            written = raised(text, before, after, **more)
        self.replaced += signs_set_apart(text, before, written)
        if power := may_be_one_power(el):
            self.doubts.append(f"Check{written}: it may be a reference, or part of {power}.")
        if written[:1] == "^":
            self.put_in.append("^")
        elif written in ("°", "™"):
            self.put_in.append(written)
            self.replaced.append(f"“{text}”")
        return written

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a note or its mark as it is, other code between its marks."""
        if mark := el.get("data-note"):
            self.replaced.append(str(mark))
            return text
        written: str = super().convert_code(el, text, parent_tags)  # type: ignore[misc]  # not in its stubs
        return written

    def _bracketed(self, sign: str, text: str, why: str) -> str:
        """Return what is raised or lowered and has no characters of its own, and note what to check."""
        self.put_in.append(f"{sign}()")
        self.doubts.append(f"Check {sign}({text.strip()}): {why}.")
        return f"{sign}({text.strip()})"

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write what is lowered with lowered figures; letters stand on the line."""
        if el.find("sup") and "_noformat" not in parent_tags:
            return self._bracketed("_", text, "it was lowered, and a part of it raised")
        plain = without_emphasis(text).strip()
        return plain.translate(LOWERED) if re.fullmatch(LOWERABLE, plain) else text

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a link: to a page of ours, to a source, or to the web; of any other only its words."""
        href, words = followed(str(el.get("href") or "")), text.strip()
        if "_noformat" in parent_tags or not words:
            return text
        if names_reference_of_text(words, href):
            self.to_references.append(words.strip("[]"))
            return text
        after = text[len(text.rstrip()) :]
        if key := key_of(href):
            if names_only(words, key, href) and "data-listed" not in el.attrs:
                self.replaced.append(words)
            return f"[@{key}]{after}" if names_only(words, key, href) else f"{text.rstrip()} [@{key}]{after}"
        if slug := self._slug_of(href):
            bar = r"\|" if parent_tags & {"td", "th"} else "|"
            shown = "" if slug_of(words) == slug else f"{_title(slug)}{bar}"
            return f"[[{shown}{words}]]{after}"
        if not href.lower().startswith(("http://", "https://")):
            return text
        return f"[{words}]({_ADDRESS.sub(lambda sign: f'%{ord(sign[0]):02X}', href)}){after}"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802  # theirs
        """Write a heading; the highest of what was pasted becomes a section's."""
        level = min(2 + n - self.highest, 4)
        written: str = super().convert_hN(level, el, text, parent_tags)  # type: ignore[misc]  # the same
        return written if text.strip() else ""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write an item; its number is counted on, as to look for it takes longer the longer the list is."""
        text = text.strip()
        parent = el.parent
        if not text or "_inline" in parent_tags:
            return f"{self._number_of(el)}{text}; " if text else ""
        mark = "- "
        if parent is not None and parent.name == "ol":
            start = str(parent.get("start") or "")
            self.counted[id(parent)] += 1
            first = int(start) if _NUMBER.fullmatch(start) else 1
            mark = f"{self.counted[id(parent)] - 1 + first}{delimiter_of(parent)} "
        lines = text.split("\n")
        indented = (f"{' ' * len(mark)}{line}" if line else "" for line in lines[1:])
        return "\n".join([f"{mark}{lines[0]}", *indented]) + "\n"

    def _number_of(self, el: Tag) -> str:
        """Return the number of an item in a cell, which can hold no list."""
        parent = el.parent
        if parent is None or parent.name != "ol":
            return ""
        self.counted[id(parent)] += 1
        start = str(parent.get("start") or "")
        return f"{self.counted[id(parent)] - 1 + (int(start) if _NUMBER.fullmatch(start) else 1)}) "

    def convert_td(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a cell."""
        return f" {one_line(text)} |"

    convert_th = convert_td

    def convert_tr(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a row."""
        return f"|{text}\n"

    def convert_caption(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write what stands over a table."""
        return f"{text.strip()}\n\n"

    def convert_table(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a table; its first row is its head."""
        caption, bar, rows = text.strip().partition("| ")
        head, _, rest = (bar + rows).partition("\n")
        columns = len(re.findall(r"(?<!\\)\|", head)) - 1
        return f"\n\n{caption}{head}\n|{' --- |' * columns}\n{rest}\n\n"

    def _slug_of(self, href: str) -> str:
        """Return the last part of the address of a page of ours."""
        match = re.fullmatch(r"https?://([^/]+)/wiki/([a-z0-9-]+)/(?:#\S*)?", href, re.IGNORECASE)
        return match[2] if match and self.home and match[1].lower() == self.home else ""


_NUMBER: Final = re.compile(r"\d{1,4}", re.ASCII)
_ADDRESS: Final = re.compile(r"[\s()<>\\\[\]|`*]")


# A minus before a number, and not the mark of an item of a list.
_MINUS: Final = re.compile(r"-\s+\d")


_WORDS: Final = re.compile(r"\S")


def _line_start(text: str) -> str:
    """Return the text with what would be the mark of a line as itself."""
    match = _MARKS_OF_LINES.match(text)
    if not match:
        return text
    return f"{match[0]}\\{text[match.end() :]}" if match[0].isdigit() else f"\\{text}"


def _title(slug: str) -> str:
    """Return a title that leads to the page with this address."""
    return slug.replace("-", " ").capitalize()


_FENCED: Final = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


def _tidied(text: str) -> str:
    """Return the text with one empty line between paragraphs, lists together, and blanks as we type them."""
    text = citations_apart(_BLANKS.sub(lambda blank: blank[1] or " ", as_letters(emphasised(text))))
    parts = _FENCED.split(text)
    text = "".join(
        one if place % 2 else re.sub(r"(?<=\S)[ \t]+", " ", one) for place, one in enumerate(parts)
    )
    text = re.sub(r"(?<!\n)\n{3,}", "\n\n", re.sub(r"(?<![ \t])[ \t]+$", "", text, flags=re.MULTILINE))
    return re.sub(r"^(- .+)\n\n(?=- )", r"\1\n", text, flags=re.MULTILINE).strip()
