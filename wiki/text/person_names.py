"""Names of people: titles, initials, and keys that are equal for names that look alike."""

from typing import Final

from wiki.text.confusables import skeleton, skeletons

# Titles before or after a name, which do not distinguish people.
TITLES: Final = frozenset(
    {
        *("dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "miss", "mx", "med", "sir", "dame", "phd"),
        *("md", "msc", "bsc", "mbbs", "mbchb", "frcp", "mrcp", "pharmd", "priv", "doz", "univ"),
        *("dipl", "habil", "herr", "frau", "dott", "the"),
    }
)
_TITLES_SEEN: Final = frozenset(map(skeleton, TITLES))


def without_titles(name: str) -> str:
    """Return a name without its titles; all of it if nothing else is left."""
    words = [one for one in name.replace(".", ". ").split() if skeleton(one) not in _TITLES_SEEN]
    return " ".join(words) or name


def name_key(name: str) -> str:
    """Return the key of a name: equal for names that look alike, without titles, spaces and signs."""
    return skeleton(without_titles(name))


def name_keys(name: str) -> frozenset[str]:
    """Return the keys of a name in each case; two names look alike if they share one."""
    bare = without_titles(name)
    return skeletons(bare) | skeletons(without_titles(bare.casefold()))


def initials_of(name: str) -> str:
    """Return the initials of a name, without titles: "Dr Amara Osei" gives "A. O."."""
    return " ".join(f"{one[0].upper()}." for one in without_titles(name).split())
