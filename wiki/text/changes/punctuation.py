"""Punctuation of a text apart from its words, and whether a change of it may change what they say."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from wiki.text.changes.read_texts import ReadText
from wiki.text.compare.align import Hunk
from wiki.text.language.facts import FactKind, facts_in
from wiki.text.words import tokens_of_text

# Punctuation without a meaning of its own. Question marks and slashes have one.
_PUNCTUATION: Final = frozenset(".,;:!'\"()[]-–—…’‘“”«»‚„")
# What ends a sentence or sets words apart. Where one comes or goes, the same words may say something else:
# "It helps. In children it harms" and "It helps in children. It harms".
_DIVIDING: Final = frozenset(".!;:…()[]–—")
_ENDS: Final = ("", ".", "!", "?", "…")
# Quotation marks: they say that a word is not meant, or is somebody else's.
_QUOTES: Final = frozenset('"‘“”«»„')
# Prefixes that are words of their own when their hyphen goes: "in-active", "in active".
_WORDS_THEMSELVES: Final = frozenset({"a", "in", "over", "under"})
# Words beside which a comma can change the meaning: "no, treatment helps".
_SENSITIVE: Final = frozenset(
    {
        *(FactKind.NEGATION, FactKind.DOSE, FactKind.FREQUENCY, FactKind.ADVICE),
        *(FactKind.CONTRAINDICATION, FactKind.INTERACTION, FactKind.ROUTE, FactKind.PREGNANCY),
    }
)
# What nobody claims any more when its words stand in quotation marks: a “harmless” finding, a “cure”.
_ASSERTING: Final = _SENSITIVE | {FactKind.CERTAINTY, FactKind.DIRECTION, FactKind.TREATMENT, FactKind.DRUG}
# Words before which a comma decides whom or what it is about: "women who smoke", "women, who smoke".
_RELATIVE: Final = frozenset(
    {"who", "whom", "whose", "which", "that", "where", "when", "because", "with", "like"}
)


class SpokenWord(NamedTuple):
    """One word, with the target of its link."""

    text: str
    start: int
    end: int
    page: str
    address: str


@dataclass(frozen=True)
class SpokenWords:
    """The words of a text without its punctuation, which `gap` has."""

    text: ReadText

    @cached_property
    def words(self) -> list[SpokenWord]:
        """Return the words in order, each with the target of its link."""
        found, at = [], 0
        for token in tokens_of_text(self.text.words):
            start, at = at, at + len(token)
            if token.isspace() or token in _PUNCTUATION:
                continue
            link = next((one for one in self.text.links if one.start <= start < one.end), None)
            page, address = (link.page, link.address) if link else ("", "")
            found.append(SpokenWord(token, start, at, page, address))
        return found

    def gap(self, place: int) -> str:
        """Return the punctuation before a word, or after the last one."""
        start = self.words[place - 1].end if place else 0
        end = self.words[place].start if place < len(self.words) else len(self.text.words)
        return "".join(one for one in self.text.words[start:end] if not one.isspace())

    def begins_sentence(self, word: SpokenWord) -> bool:
        """Return whether a word is the first of its sentence."""
        return self.text.words[: word.start].rstrip()[-1:] in _ENDS

    def marks(self) -> Counter[tuple[int, str, str]]:
        """Return citations and footnote marks, each with the number of words before it."""
        return Counter((self._words_before(one.at), one.sort, one.name) for one in self.text.marks)

    def _words_before(self, at: int) -> int:
        return sum(1 for one in self.words if one.end <= at)


@dataclass(frozen=True)
class PunctuationChange:
    """The punctuation of two texts, whose words are lined up."""

    old: SpokenWords
    new: SpokenWords
    hunks: Sequence[Hunk]

    @cached_property
    def is_changed(self) -> bool:
        """Return whether any punctuation differs."""
        return bool(self._changed)

    @cached_property
    def may_tell(self) -> bool:
        """Return whether the difference may change what the words say."""
        return self._has_moved(self._changed) or any(self._may_tell(*places) for places in self._changed)

    @cached_property
    def _changed(self) -> list[tuple[int, int]]:
        return list(self._changed_gaps())

    def _changed_gaps(self) -> Iterator[tuple[int, int]]:
        """Yield the places, old and new, where the punctuation before a word differs."""
        for hunk in self.hunks:
            if hunk.old_end - hunk.old_start != hunk.new_end - hunk.new_start:
                continue
            for step in range(hunk.old_end - hunk.old_start + 1):
                old, new = hunk.old_start + step, hunk.new_start + step
                if self.old.gap(old) != self.new.gap(new):
                    yield old, new

    def _may_tell(self, old: int, new: int) -> bool:
        """Return whether other punctuation at a place may change the meaning."""
        if {new - 1, new} & self._sensitive:
            return True
        if not 0 < new < len(self.new.words):
            return False
        before, after = self.old.gap(old), self.new.gap(new)
        if bool(_QUOTES & {*before}) != bool(_QUOTES & {*after}) and {new - 1, new} & self._asserting:
            return True
        if not (before and after):
            left, right = (self.new.words[place].text.casefold() for place in (new - 1, new))
            sign = before or after
            is_prefix = sign == "-" and left in _WORDS_THEMSELVES
            return is_prefix or right in _RELATIVE or bool(_DIVIDING & {*sign})
        return "-" in (before, after) and before != after

    def _has_moved(self, changed: Sequence[tuple[int, int]]) -> bool:
        """Return whether a comma goes at one place and comes at another: it divides other words then."""
        inner = [(old, new) for old, new in changed if 0 < new < len(self.new.words)]
        goes = any(self.old.gap(old) == "," and not self.new.gap(new) for old, new in inner)
        comes = any(self.new.gap(new) == "," and not self.old.gap(old) for old, new in inner)
        return goes and comes

    @cached_property
    def _sensitive(self) -> set[int]:
        """Return the indexes of words of the new text in facts whose meaning a comma can change."""
        return self._words_of(_SENSITIVE)

    @cached_property
    def _asserting(self) -> set[int]:
        """Return those in facts whose meaning quotation marks can change."""
        return self._words_of(_ASSERTING)

    def _words_of(self, kinds: frozenset[FactKind]) -> set[int]:
        facts = [one for one in facts_in(self.new.text.words) if one.kind in kinds]
        return {
            place
            for place, word in enumerate(self.new.words)
            if any(one.start < word.end and word.start < one.end for one in facts)
        }
