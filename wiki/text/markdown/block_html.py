"""The HTML of one block for comparison: the same wherever on a page the block stands."""

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from wiki.text.markdown.parser import the_parser
from wiki.text.markdown.pictures import Picture
from wiki.text.markdown.writer import Env, Html


class BlockHtml(Html):
    """Writes a block with citation keys, page titles, and names of pictures and notes.

    What a page adds by its order (numbers of references, letters of notes, ids) is left out, so that a block
    differs when it changed and not when another one did.
    """

    def heading_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a heading without its id."""
        return f"<{tokens[idx].tag}>"

    def wikilink(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a link between pages by the title that it leads to."""
        return f'<a data-page="{escape(tokens[idx].meta["title"])}">{escape(tokens[idx].content)}</a>'

    def citation(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a citation by its keys."""
        keys = "".join(f"<a>{escape(key)}</a>" for key in tokens[idx].meta["keys"])
        return f'<sup class="ref">[{keys}]</sup>'

    def picture(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a picture by its name, with what it shows and what stands beneath it."""
        one: Picture = tokens[idx].meta["picture"]
        image = f'<img src="{one.name}" alt="{escape(one.alt)}">'
        return f"<figure>{image}<figcaption>{escape(one.caption)}</figcaption></figure>"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write a footnote's mark by the name of the note."""
        return f'<sup class="note">[{escape(tokens[idx].meta["label"])}]</sup>'

    def table_open(self, *_: object) -> str:
        """Write the start of a table without its number."""
        return "<table>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """Write the start of a note by its name."""
        return f'<li data-note="{escape(tokens[idx].meta["label"])}">'

    def footnote_anchor(self, *_: object) -> str:
        """Write nothing: the link back from a note follows from its marks."""
        return ""


_WRITER = BlockHtml()


def html_by_token(tokens: Sequence[Token]) -> list[str]:
    """Return the HTML of a whole body, token by token: joined, it is the body's.

    A paragraph of a tight list is written as any other: its list says how far apart items are.
    """
    shown = [token.copy(hidden=False) if token.hidden else token for token in tokens]
    options = the_parser().options
    found: list[str] = []
    for place, token in enumerate(shown):
        if token.type == "inline":
            found.append(_WRITER.renderInline(token.children or [], options, {}))
        elif token.type in _WRITER.rules:
            found.append(_WRITER.rules[token.type](shown, place, options, {}))
        else:
            found.append(_WRITER.renderToken(shown, place, options, {}))
    return found
