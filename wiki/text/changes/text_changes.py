"""Changes of the texts of a document: added, removed, moved or reworded, with the facts concerned."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz import fuzz

from wiki.text.changes.harmless import KnownWords, Trifle, shown_harmless
from wiki.text.changes.read_texts import ReadText, texts_of
from wiki.text.compare.align import hunks
from wiki.text.document import Document
from wiki.text.language.facts import Fact, facts_in
from wiki.text.sentences import sentences
from wiki.text.words import tokens_of_text

# How many old texts a new one is compared with, and from what similarity (per cent) it is a version of one.
_LOOK_AHEAD: Final = 20
_ALIKE: Final = 50
_SMALL: Final = re.compile(r"\b[a-z]{6,}\b")
_CAPITAL: Final = re.compile(r"(?<=[^.!?…] )[A-Z][a-z]+\b")


@dataclass(frozen=True)
class TextChange:
    """One changed text. `trifles` are the harmless differences; empty if harmlessness is not shown."""

    old: ReadText | None
    new: ReadText | None
    trifles: frozenset[Trifle] = frozenset()

    @property
    def texts(self) -> tuple[ReadText, ...]:
        """Return the text as it was and as it would be."""
        return tuple(one for one in (self.old, self.new) if one)

    def changed_facts(self, names: frozenset[str] = frozenset()) -> frozenset[Fact]:
        """Return the facts that are added, removed or moved; all of the facts of a text that is added,
        removed or moved.
        """
        if self.old is None or self.new is None or self.old.place != self.new.place:
            return frozenset(fact for one in self.texts for fact in _facts(one, names))
        before, after = _facts(self.old, names), _facts(self.new, names)
        differing = [one for one in hunks([f.key for f in before], [f.key for f in after]) if not one.same]
        return frozenset(
            fact
            for one in differing
            for fact in (*before[one.old_start : one.old_end], *after[one.new_start : one.new_end])
        )

    @cached_property
    def changed_sentences(self) -> tuple[str, ...]:
        """Return the sentences that only one of both texts has."""
        before, after = (Counter(sentences(one.words)) if one else Counter() for one in (self.old, self.new))
        return tuple((before - after) + (after - before))

    @cached_property
    def moved_notes(self) -> frozenset[str]:
        """Return the names of the footnotes that come, go or belong to other words than before."""
        before, after = (one.noted_sentences if one else Counter() for one in (self.old, self.new))
        return frozenset(name for name, _ in (before - after) + (after - before))


def _facts(text: ReadText, names: frozenset[str]) -> tuple[Fact, ...]:
    return facts_in(text.words, text.heads, names)


def text_changes(
    before: Document | None,
    after: Document,
    *,
    names: frozenset[str] = frozenset(),
    called: Mapping[str, frozenset[str]] | None = None,
) -> tuple[TextChange, ...]:
    """Return what changes of the texts, from top to bottom.

    `names` are those of drugs and treatments, `called` what linked pages are called.
    """
    old, new = texts_of(before) if before else (), texts_of(after)
    known = KnownWords(_words(old) & _words(new), _common_words(old, new), names, called or {})
    renamed = _renamed(old, new, known)
    old = tuple(replace(one, place=tuple(renamed.get(part, part) for part in one.place)) for one in old)
    return tuple(_changes(old, new, known))


def _words(texts: Sequence[ReadText]) -> frozenset[str]:
    return frozenset().union(*(_words_of(one.words) for one in texts))


@lru_cache(maxsize=2048)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(token.casefold() for token in tokens_of_text(text) if token.isalpha())


def _common_words(old: Sequence[ReadText], new: Sequence[ReadText]) -> frozenset[str]:
    """Return the longer words that stand in small letters more than once in both, and nowhere else in the new
    texts with a capital within a sentence.
    """
    before, after = (
        Counter(word for one in texts for word in _SMALL.findall(one.words)) for texts in (old, new)
    )
    names = {word.casefold() for one in new for word in _CAPITAL.findall(one.words)}
    return frozenset(word for word, times in (before & after).items() if times > 1 and word not in names)


def _renamed(old: Sequence[ReadText], new: Sequence[ReadText], known: KnownWords) -> dict[str, str]:
    """Return the parts of places whose spelling changed: the texts there have not moved."""
    before, after = (list(dict.fromkeys(part for one in texts for part in one.place)) for texts in (old, new))
    found = {}
    for hunk in hunks(before, after):
        gone, come = before[hunk.old_start : hunk.old_end], after[hunk.new_start : hunk.new_end]
        if hunk.same or len(gone) != len(come):
            continue
        for one, other in zip(gone, come, strict=True):
            alike = one[:2] == other[:2] and one[:2] in ("# ", "| ", ": ")
            if alike and shown_harmless(ReadText((), one), ReadText((), other), known):
                found[one] = other
    return found


def _changes(old: Sequence[ReadText], new: Sequence[ReadText], known: KnownWords) -> Iterator[TextChange]:
    def key(text: ReadText) -> tuple[object, ...]:
        return text.place, text.key

    for hunk in hunks([key(one) for one in old], [key(one) for one in new]):
        if not hunk.same:
            gone, come = old[hunk.old_start : hunk.old_end], new[hunk.new_start : hunk.new_end]
            yield from _paired(gone, come, known)


def _paired(gone: Sequence[ReadText], come: Sequence[ReadText], known: KnownWords) -> Iterator[TextChange]:
    """Yield the changes of one stretch, with versions of the same text as one change."""
    start = 0
    for new in come:
        ahead = gone[start : start + _LOOK_AHEAD]
        found = _version_of(new, ahead, known)
        if found is None:
            yield TextChange(None, new)
            continue
        place, trifles = found
        yield from (TextChange(one, None) for one in ahead[:place])
        yield TextChange(ahead[place], new, trifles)
        start += place + 1
    yield from (TextChange(one, None) for one in gone[start:])


def _version_of(
    new: ReadText, candidates: Sequence[ReadText], known: KnownWords
) -> tuple[int, frozenset[Trifle]] | None:
    """Return the old text that a new one is a version of, and the harmless differences."""
    alike = [
        (fuzz.ratio(one.words, new.words), -place)
        for place, one in enumerate(candidates)
        if one.place == new.place
    ]
    score, place = max(alike, default=(0.0, 0))
    if score < _ALIKE:
        return None
    return -place, shown_harmless(candidates[-place], new, known)
