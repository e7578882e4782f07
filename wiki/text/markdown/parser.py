"""The wiki's Markdown: CommonMark with tables, footnotes, definition lists, our links, citations and boxes.

Raw HTML is never passed on; pictures that are not the wiki’s own are shown as their text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from wiki.text.markdown.boxes import urgent_boxes
from wiki.text.markdown.check_marks import check_marks
from wiki.text.markdown.citations import citations
from wiki.text.markdown.pictures import pictures
from wiki.text.markdown.wikilinks import wikilinks
from wiki.text.slugs import heading_id

LONGEST_BODY: Final = 200_000
DEEPEST: Final = 20
DEEPEST_QUOTATION: Final = 6

_SAFE_ADDRESS: Final = re.compile(r"https?://[^/\\]|mailto:[^/\\]|#|/(?![/\\])|/$", re.IGNORECASE)
_ENDS_IN_QUOTATION: Final = re.compile(r">[ \t]*\Z")
_FOOTNOTE: Final = re.compile(r"\[\^[^\s\[\]]{1,100}\]")

# Each mark may open a structure, and searching for its end takes time.
_MOST_MARKS: Final = (
    (re.compile(r"\["), "[", 10_000, "square brackets"),
    (re.compile(r"^[ \t>]*+(?:[-*+]|\d{1,9}[.)])(?=\s|$)", re.MULTILINE), "\n", 5_000, "list items"),
    (re.compile(r"^ {0,3}(?:#{1,6}(?=\s|$)|=+\s*$|-+\s*$)", re.MULTILINE), "\n", 3_000, "headings and lines"),
    (re.compile(r"\|"), "|", 30_000, "table cells"),
)


class TooLong(ValueError):
    """A body longer than the wiki takes; its message is a sentence for the person who wrote it."""


def refused_structure(body: str) -> str:
    """Return why a text that is mostly marks is refused; "" for normal texts."""
    for pattern, sign, most, what in _MOST_MARKS:
        # Each stands on a sign of its own, or begins a line: of fewer signs there are not so many.
        if body.count(sign) < most:
            continue
        if (number := sum(1 for _ in pattern.finditer(body))) > most:
            return f"This text has {number:,} {what}; the limit is {most:,}. Leave some out."
    return ""


@dataclass(frozen=True)
class ParsedBody:
    """A parsed body, which nobody changes: its tokens, and what the parser noted of all of it."""

    body: str
    tokens: tuple[Token, ...]
    env: Mapping[str, Any]
    # What was made of it already, by the function that makes it.
    made: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def once[Made](self, make: Callable[["ParsedBody"], Made]) -> Made:
        """Return what a function makes of the parsed body, made once."""
        if make not in self.made:
            self.made[make] = make(self)
        made: Made = self.made[make]
        return made


def parsed(body: str) -> ParsedBody:
    """Return the parsed body; headings carry their `id` and `text` in their meta.

    It is parsed once for all that is made of it: HTML, outline, blocks and words.
    """
    held = _held.get()
    if held is None:
        return _parsed(body)
    if body not in held:
        held[body] = _parsed(body)
    return held[body]


@lru_cache(maxsize=4)
def _parsed(body: str) -> ParsedBody:
    if len(body) > LONGEST_BODY:
        raise TooLong(f"This text has {len(body):,} characters; the limit is {LONGEST_BODY:,}.")
    env: dict[str, Any] = {}
    tokens = the_parser().parse(body.encode("utf-8", "replace").decode(), env)
    return ParsedBody(body, tuple(tokens), env)


_held: Final[ContextVar[dict[str, ParsedBody] | None]] = ContextVar("held", default=None)


@contextmanager
def each_parsed_once() -> Iterator[None]:
    """Keep each body that is parsed in the block until it ends: for pages that are gone through twice."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def tokens_to_read(body: str) -> Sequence[Token]:
    """Return the tokens of the parsed body."""
    return parsed(body).tokens


@cache
def the_parser() -> MarkdownIt:
    """Return the one parser; it keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
    parser.use(footnote_plugin, inline=False).use(deflist_plugin).use(urgent_boxes)
    parser.use(wikilinks).use(citations).use(check_marks).use(pictures)
    parser.block.ruler.at(
        "blockquote", _blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.block.ruler.at("footnote_def", _footnote_def, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("footnote_ref", _footnote_ref)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.core.ruler.after("normalize", "end_of_last_line", _end_of_last_line)
    parser.core.ruler.push("pictures_as_text", _pictures_as_text)
    parser.core.ruler.push("links_to_nowhere", _links_to_nowhere)
    parser.core.ruler.push("headings", _headings)
    parser.validateLink = is_safe_address  # type: ignore[method-assign, assignment]
    return parser


def is_safe_address(address: str) -> bool:
    """Return whether a link may lead there: web, email, this page or this site."""
    return _SAFE_ADDRESS.match(address.strip()) is not None


def words_of(tokens: Sequence[Token] | None) -> str:
    """Return the text that a reader sees of inline tokens, without citations and footnote marks."""
    return "".join(map(_words, tokens or ()))


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return words_of(token.children) if token.type == "image" else token.content


def _end_of_last_line(state: StateCore) -> None:
    """End a last line that holds only marks of a quotation: the box's rule reads beyond the text else."""
    if _ENDS_IN_QUOTATION.search(state.src):
        state.src += "\n"


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a quotation, up to a maximum depth: each nested one reads all its lines again."""
    return state.level < DEEPEST_QUOTATION and blockquote(state, start, end, silent)


def _footnote_def(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a footnote, and keep its lines: an unused one leaves no token.

    The plugin loses the words of a note that holds another one, so a note within a note stays as text.
    """
    if state.env.get("is_in_note") and state.sCount[start] >= state.blkIndent:
        return False
    if silent:
        return footnote_def(state, start, end, silent)
    was_in_note, state.env["is_in_note"] = state.env.get("is_in_note", False), True
    found = footnote_def(state, start, end, silent)
    state.env["is_in_note"] = was_in_note
    if found:
        state.env.setdefault("footnote_lines", []).append((start, state.line))
    return found


def _footnote_ref(state: StateInline, silent: bool) -> bool:
    """Parse a footnote's mark, before the plugin does, whose own search is unbounded."""
    if not _FOOTNOTE.match(state.src, state.pos, state.posMax):
        return False
    return footnote_ref(state, silent)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Parse emphasis only at the edge of a word: 5*10 and HLA-B*57:01 stay as typed."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    found = state.scanDelims(state.pos, False)
    for _ in range(found.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=found.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=found.can_open,
                close=found.can_close,
            )
        )
    state.pos += found.length
    return True


def _pictures_as_text(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "image":
                child.content = words_of(child.children)
                child.type, child.tag, child.children, child.attrs = "text", "", None, {}


def _links_to_nowhere(state: StateCore) -> None:
    """Replace a link without an address by its words."""
    for token in state.tokens:
        kept, leads = [], [True]
        for child in token.children or ():
            if child.type == "link_open":
                leads.append(bool(child.attrs.get("href")))
            if leads[-1] or child.type not in ("link_open", "link_close"):
                kept.append(child)
            if child.type == "link_close":
                leads.pop()
        if token.children:
            token.children = kept


def _headings(state: StateCore) -> None:
    """Give every heading its id, its text and a level that skips none.

    The page's title is the only h1: # and ## become h2, ### becomes h3, deeper ones h4, and where an author
    skips a level the gap is closed, because screen readers tell the structure from the levels.
    """
    above: list[tuple[int, str]] = []
    # Each heading with its words and the words of the one above it.
    found: list[tuple[Token, str, str]] = []
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        wanted = min(max(int(opening.tag[1]), 2), 4)
        while above and above[-1][0] >= wanted:
            above.pop()
        text = " ".join(words_of(inline.children).split())
        found.append((opening, text, above[-1][1] if above else ""))
        above.append((wanted, text))
        opening.tag = closing.tag = f"h{len(above) + 1}"
    times = Counter(heading_id(text) for _, text, _ in found)
    slugger = _Slugger()
    for opening, text, parent in found:
        # An address that named one section must not lead to another one of its name that is added later.
        named = f"{parent} {text}" if parent and times[heading_id(text)] > 1 else text
        opening.meta = {"text": text, "id": slugger.id_for(named)}


class _Slugger:
    """Makes unique ids of headings."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.counts: dict[str, int] = {}

    def id_for(self, text: str) -> str:
        """Return an id that nothing else on a page has: they start with "s-"."""
        plain = heading_id(text)
        candidate, count = plain, self.counts.get(plain, 1)
        while candidate in self.taken:
            count += 1
            candidate = f"{plain}-{count}"
        self.counts[plain] = count
        self.taken.add(candidate)
        return candidate
