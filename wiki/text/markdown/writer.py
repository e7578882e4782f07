"""The HTML writer, and the allow-list that its output must pass."""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from wiki.text.markdown.parser import is_safe_address
from wiki.text.markdown.pictures import Picture

type Env = MutableMapping[str, Any]

# The `sizes` of a picture: the width of the text, or nearly that of the window.
SIZES: Final = "(min-width: 44rem) 40rem, 92vw"
WITHDRAWN: Final = "A picture stood here. It has been withdrawn."


@dataclass(frozen=True)
class Target:
    """The target of a link between pages, and whether there is a page."""

    href: str
    exists: bool


@dataclass(frozen=True)
class CitationPlace:
    """One place in the text that cites a source, by the visible number."""

    source: int
    anchor: str
    number: int


@dataclass(frozen=True)
class Figure:
    """A picture of the wiki: address, widths, credit and licence."""

    address: str
    renditions: tuple[tuple[int, str], ...]
    width: int
    height: int
    credit: str
    licence: str
    terms: str = ""
    is_withdrawn: bool = False


@dataclass
class Writing:
    """The state while one body is written."""

    links: Callable[[str], Target]
    sources: Mapping[str, int]
    images: Mapping[str, Figure] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    places: list[CitationPlace] = field(default_factory=list)
    tables: int = 0

    def cite(self, source: int) -> CitationPlace:
        """Return the next place, numbering the source when it is its first."""
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        place = CitationPlace(source, f"c{len(self.places) + 1}", number)
        self.places.append(place)
        return place


class Html(RendererHTML):
    """Writes tokens as HTML; each method writes the token of its name."""

    def heading_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a heading with an id."""
        return f'<{tokens[idx].tag} id="{escape(tokens[idx].meta["id"])}"{_line(tokens[idx])}>'

    def wikilink(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Write a link between pages; one without a target page has a class of its own."""
        target = env["writing"].links(tokens[idx].meta["title"])
        missing = "" if target.exists else ' class="missing"'
        return f'<a{missing} href="{escape(target.href)}">{escape(tokens[idx].content)}</a>'

    def citation(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Write the numbers of the sources, then each unknown key."""
        writing: Writing = env["writing"]
        keys: list[str] = tokens[idx].meta["keys"]
        known = dict.fromkeys(writing.sources[key] for key in keys if key in writing.sources)
        marks = ", ".join(_mark(writing.cite(source)) for source in known)
        unknown = "".join(
            f'<span class="unknown-source">[no source known as {escape(key)}]</span>'
            for key in keys
            if key not in writing.sources
        )
        return (f'<sup class="ref">[{marks}]</sup>' if marks else "") + unknown

    def picture(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Write a picture with its caption; for a missing one a sentence."""
        picture: Picture = tokens[idx].meta["picture"]
        figure: Figure | None = env["writing"].images.get(picture.name)
        if figure is None:
            return f'<p><span class="unknown-source">[no picture known as {picture.name}]</span></p>\n'
        if figure.is_withdrawn:
            return f'<p class="gone">{WITHDRAWN}</p>\n'
        image = f'<a href="{escape(figure.address)}">{_image(figure, picture.alt)}</a>'
        return f"<figure>{image}<figcaption>{_beneath(figure, picture.caption)}</figcaption></figure>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a link; links to other sites are marked for search engines not to follow."""
        href = str(tokens[idx].attrs["href"])
        title = f' title="{escape(str(tokens[idx].attrs["title"]))}"' if "title" in tokens[idx].attrs else ""
        leaves = "" if href.startswith(("#", "/")) else ' rel="nofollow noopener"'
        return f'<a href="{escape(href)}"{title}{leaves}>'

    def urgent_title_open(self, *_: object) -> str:
        """Write the start of an urgent box's title."""
        return '<p class="urgent-title"><strong>'

    def urgent_title_close(self, *_: object) -> str:
        """Write the end of an urgent box's title."""
        return "</strong></p>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Write a code block, without its language."""
        return self.code_block(tokens, idx, options, env)

    def table_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: Env) -> str:
        """Write the start of a table in a scrollable region with a name of its own."""
        env["writing"].tables += 1
        number = env["writing"].tables
        name = f"Table {number}" if number > 1 else "Table"
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">\n<table>\n'

    def table_close(self, *_: object) -> str:
        """Write the end of a table."""
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a column's head; an empty one is an ordinary cell."""
        return f'<th scope="col"{_aligned(tokens[idx])}>' if tokens[idx + 1].content else "<td>"

    def th_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write the end of a column's heading."""
        return "</th>\n" if tokens[idx - 1].content else "</td>\n"

    def td_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a cell, aligned by a class, because the content security policy forbids inline styles."""
        return f"<td{_aligned(tokens[idx])}>"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a footnote's mark: a letter, to distinguish it from the numbers of references."""
        number, place = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"] + 1
        letters = lettered(number)
        anchor = f'<a id="n{number}-{place}" href="#note-{number}" aria-label="Note {letters}">{letters}</a>'
        return f'<sup class="note">[{anchor}]</sup>'

    def footnote_block_open(self, *_: object) -> str:
        """Write the start of the notes."""
        return '<section class="notes" aria-label="Notes">\n<ol type="a">\n'

    def footnote_block_close(self, *_: object) -> str:
        """Write the end of the notes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write the start of a note."""
        return f'<li id="note-{tokens[idx].meta["id"] + 1}">'

    def footnote_close(self, *_: object) -> str:
        """Write the end of a note."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write the link back from a note to its mark."""
        number, place = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"] + 1
        name = f"Back to note {lettered(number)}" + (f", place {place}" if place > 1 else "")
        return f' <a class="back" href="#n{number}-{place}" aria-label="{name}">↩\ufe0e</a>'


def lettered(number: int) -> str:
    """Return 1 as "a", 26 as "z", 27 as "aa", as browsers count an ordered list of letters."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _image(figure: Figure, alt: str) -> str:
    """Return the element with all widths, among which the browser chooses."""
    widths = ", ".join(f"{address} {width}w" for width, address in figure.renditions)
    return (
        f'<img src="{escape(figure.renditions[-1][1])}" srcset="{escape(widths)}" sizes="{SIZES}" '
        f'width="{figure.width}" height="{figure.height}" alt="{escape(alt)}" '
        'loading="lazy" decoding="async">'
    )


def _beneath(figure: Figure, caption: str) -> str:
    terms = escape(figure.licence)
    if figure.terms:
        terms = f'<a href="{escape(figure.terms)}" rel="license noopener">{terms}</a>'
    credit = f"<small>{escape(figure.credit)} · {terms}</small>"
    return f"{escape(caption)} {credit}" if caption else credit


def _mark(place: CitationPlace) -> str:
    number = place.number
    return f'<a id="{place.anchor}" href="#ref-{number}" aria-label="Reference {number}">{number}</a>'


def _line(token: Token) -> str:
    """Return the attribute with the line in which the block begins, if asked for."""
    return f' data-line="{token.attrs["data-line"]}"' if "data-line" in token.attrs else ""


def _aligned(token: Token) -> str:
    """Return the class for the alignment that the table's second line sets."""
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f' class="{side}"' if side in ("center", "right") else ""


_TAGS: Final = {
    *("blockquote", "div", "h2", "h3", "h4", "hr", "p", "pre", "section"),
    *("dd", "dl", "dt", "li", "ol", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
    *("a", "br", "code", "em", "small", "span", "strong", "sup"),
    *("figcaption", "figure", "img"),
}
_ATTRIBUTES: Final = {
    "a": {"href", "id", "title", "rel", "aria-label"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "li": {"id"},
    "ol": {"start", "type"},
    "section": {"aria-label"},
    "th": {"scope"},
}
_CLASSES: Final = {
    "a": {"missing", "back"},
    "div": {"same-day", "scroll", "urgent"},
    "p": {"urgent-title", "gone"},
    "section": {"notes"},
    "span": {"unknown-source"},
    "sup": {"ref", "note"},
    "td": {"center", "right"},
    "th": {"center", "right"},
}
_RENDITION: Final = r"/pictures/[0-9a-f]{16}/\d+\.(?:webp|jpg|png|svg)"
_VALUES: Final = {
    "decoding": re.compile("async"),
    "height": re.compile(r"\d+"),
    "loading": re.compile("lazy"),
    "sizes": re.compile(re.escape(SIZES)),
    "src": re.compile(_RENDITION),
    "srcset": re.compile(rf"{_RENDITION} \d+w(?:, {_RENDITION} \d+w)*"),
    "width": re.compile(r"\d+"),
    "id": re.compile(r"s-[a-z0-9-]+|c\d+|n\d+-\d+|note-\d+"),
    "rel": re.compile("(?:nofollow|license) noopener"),
    "role": re.compile("region|note"),
    "scope": re.compile("col"),
    "data-line": re.compile(r"\d+"),
    "start": re.compile(r"\d+"),
    "tabindex": re.compile("0"),
    "type": re.compile("a"),
}


def clean(html: str) -> str:
    """Return `html` with only the tags and attributes that this module writes: the second line of defence."""
    return _CLEANER.clean(html)


def _allowed(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if is_safe_address(value) else None
    pattern = _VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes={"*": {"data-line"}, **_ATTRIBUTES},
    attribute_filter=_allowed,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
