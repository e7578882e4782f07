"""Words that differ from a typed word by one slip."""

from string import ascii_lowercase


def one_slip_away(word: str) -> set[str]:
    """Return what comes of a word by one letter left out, added or replaced, or two that change places."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {before + after[1:] for before, after in parts if after}
    found |= {before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1}
    found |= {before + letter + after[1:] for before, after in parts if after for letter in ascii_lowercase}
    found |= {before + letter + after for before, after in parts for letter in ascii_lowercase}
    return found - {word}
