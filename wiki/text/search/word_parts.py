"""Clinical words taken apart into their Greek and Latin parts, and the plain words for these."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from wiki.text.search.folding import american_spelling, rows_of

# Shorter words have too few letters to tell parts from chance.
_SHORTEST: Final = 6
_JOINTS: Final = ("", "o", "i", "a", "e")


def is_made_of_parts(word: str) -> bool:
    """Return whether all of a folded word is parts of clinical words: then it is spelt as it is meant."""
    return _apart(word) is not None


def plain_words(word: str) -> tuple[str, ...]:
    """Return what a folded clinical word means part by part: "hypercalcaemia" is "high calcium blood"."""
    return tuple(" ".join(filter(None, (_meanings()[one] for one in _apart(word) or ()))).split())


@lru_cache(maxsize=8192)
def _apart(word: str) -> tuple[str, ...] | None:
    """Return the parts of a word, as few as there can be, the first as long as it can be; None for a word
    that is not made of them.
    """
    word = american_spelling(word)
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return None
    return min(_ways(word, is_first=True), key=lambda parts: (len(parts), -len(parts[0])), default=None)


def _ways(word: str, *, is_first: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a word in each way: a beginning, one other or several, and an end."""
    if not is_first and f"-{word}" in _meanings():
        yield (f"-{word}",)
    for length in range(1, len(word)):
        begun = word[:length]
        if is_first and f"{begun}-" in _meanings():
            yield from ((f"{begun}-", *rest) for rest in _ways(word[length:]))
        if begun in _meanings():
            for rest in _after_joint(word[length:]):
                yield from ((begun, *more) for more in _ways(rest))


def _after_joint(rest: str) -> Iterator[str]:
    """Yield what follows, without a vowel that joins it; none stands before itself."""
    for joint in _JOINTS:
        if rest.startswith(joint) and not (joint and rest.startswith(joint, 1)):
            yield rest.removeprefix(joint)


@cache
def _meanings() -> dict[str, str]:
    return {part: (more or [""])[0] for part, *more in rows_of("word_parts.tsv")}
