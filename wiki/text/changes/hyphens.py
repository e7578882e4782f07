"""Hyphens alone: whether one that comes or goes between two words can change what they say."""

from typing import Final

# Prefixes that are no words of their own: "non-fatal" is "non fatal". Between two words a hyphen says which
# of three belong together: "light-sensitive people", "light, sensitive people".
_PREFIXES: Final = frozenset({"anti", "co", "multi", "non", "post", "pre", "pseudo", "semi", "ultra"})
# Words that are one term, with a hyphen and without.
_COMPOUNDS: Final = frozenset(
    {
        *(("long", "term"), ("short", "term"), ("long", "standing"), ("long", "lasting"), ("well", "known")),
        *(("x", "ray"), ("x", "rays")),
    }
)
# What ends a word of two parts and qualifies nothing by itself: "a so called stone", "a pear shaped mass".
_SECOND_PARTS: Final = frozenset(
    {"based", "called", "coloured", "colored", "defined", "handed", "shaped", "sided", "sized"}
)


def hyphen_may_tell(left: str, right: str) -> bool:
    """Return whether a hyphen between two words in small letters may say something."""
    return not (left in _PREFIXES or right in _SECOND_PARTS or (left, right) in _COMPOUNDS)
