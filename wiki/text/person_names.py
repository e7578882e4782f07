"""Names of people: their titles, their initials, and what makes two of them look alike."""

from typing import Final

from wiki.text.confusables import skeleton, skeletons

# What stands before or behind a name and tells nobody apart.
TITLES: Final = frozenset(
    {
        *("dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "miss", "mx", "med", "sir", "dame", "phd"),
        *("md", "msc", "bsc", "mbbs", "mbchb", "frcp", "mrcp", "pharmd", "priv", "doz", "univ"),
        *("dipl", "habil", "herr", "frau", "dott", "the"),
    }
)
_TITLES_SEEN: Final = frozenset(map(skeleton, TITLES))


def without_titles(name: str) -> str:
    """Return a name without its titles; all of it where nothing else is left."""
    words = [one for one in name.replace(".", ". ").split() if skeleton(one) not in _TITLES_SEEN]
    return " ".join(words) or name


def name_key(name: str) -> str:
    """Return what no two accounts share: how a name looks, without titles, spaces and signs."""
    return skeleton(without_titles(name))


def name_keys(name: str) -> frozenset[str]:
    """Return how a name looks in each case; two look alike when they share one."""
    bare = without_titles(name)
    return skeletons(bare) | skeletons(without_titles(bare.casefold()))


def initials_of(name: str) -> str:
    """Return the initials of a name, without titles: "Dr Amara Osei" gives "A. O."."""
    return " ".join(f"{one[0].upper()}." for one in without_titles(name).split())
