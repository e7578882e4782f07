"""Marks of a day by which a sentence is to be checked again: `[check again by 1 March 2027]`."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from wiki.domain.statement_values import days

MARK: Final = re.compile(r"\[check again by ([^\[\]\n]{1,60})\]", re.IGNORECASE)


def check_marks(parser: MarkdownIt) -> None:
    """Teach the parser the mark. It becomes words, so that whatever compares or searches texts knows it.

    A mark that names no day stays as it was typed, so that somebody sees it.
    """
    parser.inline.ruler.before("link", "check_mark", _check_mark)


def _check_mark(state: StateInline, silent: bool) -> bool:
    match = MARK.match(state.src, state.pos, state.posMax)
    day = days.day_in(match[1]) if match else None
    if match is None or day is None:
        return False
    if not silent:
        state.pending += f"({days.CHECKED_AGAIN_BY} {days.in_words(day)})"
    state.pos = match.end()
    return True
