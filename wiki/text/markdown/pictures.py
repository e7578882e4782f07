"""Pictures of the wiki: `![What it shows](image:0123456789abcdef "Caption")`, alone in a paragraph."""

import re
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_PICTURE: Final = re.compile(
    r"""\s* !\[ (?P<alt> (?: [^\[\]\\] | \\. )* ) \]
    \( image: (?P<name> [0-9a-f]{16} ) (?: \s+ " (?P<caption> (?: [^"\\] | \\. )* ) " )? \s* \) \s*""",
    re.DOTALL | re.VERBOSE,
)
_MARKS: Final = re.compile(r'([\\\[\]"&<*_`])')


@dataclass(frozen=True)
class Picture:
    """A picture in a text: name, text alternative and caption."""

    name: str
    alt: str
    caption: str = ""

    @property
    def mark(self) -> str:
        """Return the Markdown that shows it."""
        caption = f' "{_MARKS.sub(r"\\\1", self.caption)}"' if self.caption else ""
        return f"![{_MARKS.sub(r'\\\1', self.alt)}](image:{self.name}{caption})"

    @property
    def words(self) -> str:
        """Return the words that readers read of it."""
        return "\n".join(filter(None, (self.alt, self.caption)))


def pictures(parser: MarkdownIt) -> None:
    """Add pictures to the parser; a paragraph with only a picture's mark becomes the picture."""
    parser.core.ruler.before("inline", "pictures", _pictures)


def _pictures(state: StateCore) -> None:
    found: list[Token] = []
    tokens = iter(state.tokens)
    for token in tokens:
        found.append(token)
        if token.type == "inline" and found[-2].type == "paragraph_open" and (picture := _read(token)):
            found[-2:] = [_token(picture, found[-2])]
            next(tokens)
    state.tokens = found


def _read(token: Token) -> Picture | None:
    match = _PICTURE.fullmatch(token.content)
    if match is None:
        return None
    alt, caption = (" ".join(unescapeAll(match[part] or "").split()) for part in ("alt", "caption"))
    return Picture(match["name"], alt, caption)


def _token(picture: Picture, opening: Token) -> Token:
    return Token(
        "picture", "figure", 0, map=opening.map, level=opening.level, block=True, meta={"picture": picture}
    )
