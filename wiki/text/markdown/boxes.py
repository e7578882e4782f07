"""Boxes of urgent advice: `::: urgent Call an ambulance for` … `:::`."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from wiki.domain.urgent_advice import SEE_A_DOCTOR_THE_SAME_DAY

NAME: Final = "urgent"
TITLE: Final = "Urgent"
LONGEST_TITLE: Final = 200


def urgent_boxes(parser: MarkdownIt) -> None:
    """Add the box to the parser; its title becomes a paragraph, so that no heading level is skipped."""
    container_plugin(parser, NAME, validate=_is_urgent)
    parser.core.ruler.before("inline", "urgent_titles", _titles)


def _is_urgent(words: str, _colons: str) -> bool:
    return len(words) <= LONGEST_TITLE and words.split()[:1] == [NAME]


def _titles(state: StateCore) -> None:
    """Insert each box's title as its first paragraph."""
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "container_urgent_open":
            title = token.info.strip().removeprefix(NAME).strip() or TITLE
            less = " same-day" if title.rstrip(":") == SEE_A_DOCTOR_THE_SAME_DAY else ""
            token.attrs = {"class": NAME + less, "role": "note"}
            tokens += _title(title, token)
    state.tokens = tokens


def _title(words: str, box: Token) -> list[Token]:
    line = [box.map[0], box.map[0] + 1] if box.map else None
    opening = Token("urgent_title_open", "p", 1, level=box.level + 1, map=line, block=True)
    inline = Token("inline", "", 0, content=words, level=box.level + 2, map=line, children=[], block=True)
    closing = Token("urgent_title_close", "p", -1, level=box.level + 1, block=True)
    return [opening, inline, closing]
