"""Links between pages: `[[Title]]`, `[[Title#Section]]` and `[[Title|shown text]]`."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

LONGEST_TITLE: Final = 200


_LINK: Final = re.compile(rf"\[\[([^\[\]|]{{1,{LONGEST_TITLE}}})(?:\|([^\[\]|]{{1,{LONGEST_TITLE}}}))?\]\]")


def split_target(target: str) -> tuple[str, str]:
    """Return the title of the page that a link names, "" for its own, and the heading on it, "" for none."""
    title, _, section = target.partition("#")
    return title.strip(), section.strip()


def _shown(target: str) -> str:
    """Return what a link reads as that says nothing else: "Gout: Symptoms" for a section of another page."""
    return ": ".join(filter(None, split_target(target))) or target


def wikilinks(parser: MarkdownIt) -> None:
    """Add `[[Title]]` to the parser: a `wikilink` token with the shown text as content and `title` in its
    meta.
    """
    parser.inline.ruler.before("link", "wikilink", _wikilink)


def _wikilink(state: StateInline, silent: bool) -> bool:
    """Parse a link at the state's place. The parser makes sure that none is inside another link."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if not match or not (title := _tidy(match[1])):
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.content = _tidy(match[2] or "") or _shown(title)
        token.meta = {"title": title}
    state.pos = match.end()
    return True


def _tidy(text: str) -> str:
    return " ".join(text.split())
