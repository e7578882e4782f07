"""Bodies as HTML, as an outline and as plain text. The only module that marks HTML as safe."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from wiki.text.markdown.parser import TooLong as TooLong
from wiki.text.markdown.parser import parsed, the_parser, tokens_to_read, words_of
from wiki.text.markdown.pictures import Picture as Picture
from wiki.text.markdown.wikilinks import split_target
from wiki.text.markdown.writer import CitationPlace, Html, Writing, clean
from wiki.text.markdown.writer import Figure as Figure
from wiki.text.markdown.writer import Target as Target
from wiki.text.words import word_count

_SPACE_BEFORE_STOP: Final = re.compile(r"[ \t]+([.,;:!?)])(?!\w)")


@dataclass(frozen=True)
class Heading:
    """One line of a page's table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A rendered body: `sources` in the order of their numbers, `places` where each is cited."""

    html: SafeString
    contents: tuple[Heading, ...]
    places: tuple[CitationPlace, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Outline:
    """What a body refers to: titles as written, keys of citations, headings, how many words, and pictures.

    A citation that no identifier fits is among them as it was written. A picture shown twice is there twice.
    """

    links: tuple[str, ...]
    citations: tuple[str, ...]
    headings: tuple[Heading, ...]
    words: int
    images: tuple[Picture, ...] = ()
    # Links to one section of a page, as they are written.
    sections: tuple[str, ...] = ()


def render(
    body: str,
    *,
    links: Callable[[str], Target],
    sources: Mapping[str, int],
    images: Mapping[str, Figure] | None = None,
    lines: bool = False,
) -> Rendered:
    """Return the body as HTML that is safe to show, with what the page needs to know of it.

    `links` says where a title leads; `sources` has the id of every known source by its citation key,
    `images` every known picture by its name. With `lines`, each block says in which line it begins.
    """
    writing = Writing(links, sources, images or {})
    text = parsed(body)
    tokens = _with_lines(text.tokens) if lines else text.tokens
    html = Html().render(tokens, the_parser().options, {**text.env, "writing": writing})
    return Rendered(vouched(clean(html)), _contents(tokens), tuple(writing.places), tuple(writing.numbers))


def _with_lines(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens, each block with the line of the body in which it begins, so that a preview can
    scroll with the text.
    """
    return [
        token.copy(attrs={**token.attrs, "data-line": token.map[0]})
        if token.map and token.type != "inline"
        else token
        for token in tokens
    ]


def vouched(html: str) -> SafeString:
    """Mark HTML from the database as safe: only what `render` made is stored there."""
    return mark_safe(html)


@lru_cache(maxsize=128)
def outline(body: str) -> Outline:
    """Return what a body refers to, without checking whether any of it exists."""
    tokens = tokens_to_read(body)
    targets = [token.meta["title"] for token in _inline(tokens) if token.type == "wikilink"]
    links = filter(None, (split_target(one)[0] for one in targets))
    keys = (key for token in _inline(tokens) if token.type == "citation" for key in token.meta["keys"])
    words = word_count(_plain(tokens))
    shown = tuple(token.meta["picture"] for token in tokens if token.type == "picture")
    return Outline(
        tuple(dict.fromkeys(links)),
        tuple(dict.fromkeys(keys)),
        _contents(tokens),
        words,
        shown,
        tuple(dict.fromkeys(one for one in targets if split_target(one)[1])),
    )


def plain(body: str) -> str:
    """Return the words of a body, one line per paragraph: no markup, no citations, links as their text."""
    return _plain(tokens_to_read(body))


def _contents(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Return the headings of the body itself, not those in a list, box or quotation."""
    return tuple(
        Heading(int(token.tag[1]), token.meta["id"], token.meta["text"])
        for token in tokens
        if token.type == "heading_open" and token.level == 0
    )


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def _plain(tokens: Sequence[Token]) -> str:
    paragraphs = (
        line
        for token in tokens
        if token.type in ("inline", "fence", "code_block", "picture")
        for line in _lines(token)
    )
    tidied = (_SPACE_BEFORE_STOP.sub(r"\1", " ".join(text.split())) for text in paragraphs)
    return "\n".join(filter(None, tidied))


def _lines(token: Token) -> list[str]:
    """Return the words of one paragraph; of a picture, its text alternative and caption."""
    if token.type == "picture":
        picture: Picture = token.meta["picture"]
        return picture.words.split("\n")
    return [words_of(token.children) if token.type == "inline" else token.content]
