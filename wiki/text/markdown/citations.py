"""Citations in text: `[@pmid:22327515]`, or several at once, `[@pmid:22327515; @doi:10.1038/ng.1077]`."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from wiki.text.sources import identifiers

LONGESTGROUP: Final = 2_000

# Some DOIs have square brackets in them, so a group may hold closed ones.
GROUP: Final = re.compile(rf"\[@((?:[^\[\]]|\[[^\[\]]{{0,100}}\]){{1,{LONGESTGROUP}}}+)\]")


def citations(parser: MarkdownIt) -> None:
    """Add `[@key; @key]` to the parser: a `citation` token with the normalised `keys` in its meta."""
    parser.inline.ruler.before("link", "citation", _citation)


def keys_of(group: str) -> list[str]:
    """Return the normalised keys of what stands between `[@` and `]`, each once.

    What no identifier fits is kept as it was written, so that somebody is told of it.
    """
    written = (" ".join(key.split()) for key in re.split(r";\s*@", group))
    return list(dict.fromkeys(identifiers.normal_key(key) for key in written if key))


def key_and_words(written: str) -> tuple[str, str]:
    """Return the key at the start of what was written as one, and what stands behind it: "p. 5"; ("", "") if
    there are not both.
    """
    for blank in reversed([*re.finditer(r"\s+", written)]):
        try:
            return identifiers.parse(written[: blank.start()]).key, written[blank.end() :]
        except identifiers.BadIdentifier:
            continue
    return "", ""


def _citation(state: StateInline, silent: bool) -> bool:
    """Parse a citation at the state's place. The parser makes sure that none is inside a link."""
    if not state.src.startswith("[@", state.pos):
        return False
    match = GROUP.match(state.src, state.pos, state.posMax)
    if not match or not (keys := keys_of(match[1])):
        return False
    if not silent:
        # Remove the space before the number, which belongs to the word before it.
        state.pending = state.pending.rstrip(" ")
        state.push("citation", "", 0).meta = {"keys": keys}
    state.pos = match.end()
    return True
