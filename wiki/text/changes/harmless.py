"""Harmless changes of a text: the rules that show that a change does not alter the meaning."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from wiki.text.changes.read_texts import ReadText
from wiki.text.compare.align import Hunk, hunks
from wiki.text.language.facts import Fact, FactKind, facts_in
from wiki.text.language.spelling import differ_in_sense, is_mended
from wiki.text.language.vocabulary import is_known
from wiki.text.words import tokens_of_text


class Trifle(StrEnum):
    """A kind of harmless change."""

    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    FORMATTING = "formatting"
    LINK = "a link that is added"
    CITATION = "a citation that is added"


# Punctuation without a meaning of its own. Question marks and slashes have one.
_PUNCTUATION: Final = frozenset(".,;:!'\"()[]-–—…’‘“”«»‚„")
_APOSTROPHES: Final = frozenset("'’")
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
# Function words that a misspelling may be corrected to.
_TOPICAL: Final = frozenset(
    {FactKind.TREATMENT, FactKind.CERTAINTY, FactKind.DIRECTION, FactKind.UNKNOWN_NAME}
)
_LONG_ENOUGH: Final = 5
# Articles, which depend on the noun that follows.
_AGREEING: Final = frozenset(map(frozenset, (("is", "are"), ("was", "were"), ("has", "have"), ("a", "an"))))


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    page: str
    address: str


@dataclass(frozen=True)
class _Words:
    """The words of a text without its punctuation, which `gap` has."""

    text: ReadText

    @cached_property
    def words(self) -> list[_Word]:
        """Return the words in order, each with the target of its link."""
        found, at = [], 0
        for token in tokens_of_text(self.text.words):
            start, at = at, at + len(token)
            if token.isspace() or token in _PUNCTUATION:
                continue
            link = next((one for one in self.text.links if one.start <= start < one.end), None)
            page, address = (link.page, link.address) if link else ("", "")
            found.append(_Word(token, start, at, page, address))
        return found

    def gap(self, place: int) -> str:
        """Return the punctuation before a word, or after the last one."""
        start = self.words[place - 1].end if place else 0
        end = self.words[place].start if place < len(self.words) else len(self.text.words)
        return "".join(one for one in self.text.words[start:end] if not one.isspace())

    def begins_sentence(self, word: _Word) -> bool:
        """Return whether a word is the first of its sentence."""
        return self.text.words[: word.start].rstrip()[-1:] in _ENDS

    def marks(self) -> Counter[tuple[int, str, str]]:
        """Return citations and footnote marks, each with the number of words before it."""
        return Counter((self._words_before(one.at), one.sort, one.name) for one in self.text.marks)

    def _words_before(self, at: int) -> int:
        return sum(1 for one in self.words if one.end <= at)


class _Comparison:
    """A comparison of two texts at the same place, word by word."""

    def __init__(self, old: ReadText, new: ReadText, kept: Collection[str], names: frozenset[str]) -> None:
        """Take both."""
        self.old, self.new, self.kept, self.names = _Words(old), _Words(new), kept, names
        before, after = self.old.words, self.new.words
        self.hunks = hunks([one.text for one in before], [one.text for one in after])

    def trifles(self) -> frozenset[Trifle] | None:
        """Return the kinds of harmless difference, or None if the difference may be more."""
        parts = (self._words(), self._links(), self._marks(), self._punctuation())
        if None in parts or not self._says_the_same():
            return None
        return frozenset(trifle for part in parts for trifle in part or ())

    def _words(self) -> set[Trifle] | None:
        changed = [one for one in self.hunks if not one.same]
        if not all(self._is_harmless(one) for one in changed):
            return None
        return {Trifle.SPELLING} if changed else set()

    def _is_harmless(self, hunk: Hunk) -> bool:
        gone = self.old.words[hunk.old_start : hunk.old_end]
        come = self.new.words[hunk.new_start : hunk.new_end]
        if len(gone) == len(come):
            return all(self._is_respelt(*pair) for pair in zip(gone, come, strict=True))
        if not come:
            return all(self._is_doubled(place) for place in range(hunk.old_start, hunk.old_end))
        return self._is_parted(gone, come)

    def _is_respelt(self, old: _Word, new: _Word) -> bool:
        one, other = old.text.casefold(), new.text.casefold()
        if one != other and not (old.text[1:].islower() and new.text[1:].islower()):
            return False  # Abbreviations and symbols of genes are no words that one can misspell.
        if one == other:
            is_initial = old.text[1:] == new.text[1:] and old.text[1:].islower()
            return is_known(one) and (is_initial or len(one) >= _LONG_ENOUGH)
        if frozenset((one, other)) in _AGREEING:
            return old.text.islower() or self.old.begins_sentence(old)
        if not is_mended(one, other, self.kept):
            return False
        return len(other) >= _LONG_ENOUGH or not any(one.kind in _TOPICAL for one in facts_in(other))

    def _is_doubled(self, place: int) -> bool:
        """Return whether a removed word stood twice in a row."""
        words = self.old.words
        is_same = place > 0 and words[place].text.casefold() == words[place - 1].text.casefold()
        return is_same and not self.old.gap(place)

    def _is_parted(self, gone: Sequence[_Word], come: Sequence[_Word]) -> bool:
        """Return whether only a space or apostrophe between words changed: "ofthe", "to gether", "its" for
        "it's".
        """
        one, other = ("".join(word.text for word in words).casefold() for words in (gone, come))
        if one != other or not one.isalpha():
            return False
        if min(len(gone), len(come)) == 1 and len(gone) + len(come) == 3:
            texts, words = (self.old.text, gone) if len(gone) == 2 else (self.new.text, come)
            between = texts.words[words[0].end : words[1].start]
            if between.strip() in _APOSTROPHES and between.strip():
                return words[1].text.casefold() == "s" or not is_known(one)  # "I'll" is not "ill"
        if len(gone) == 1 and differ_in_sense(one, come[-1].text.casefold()):
            return False  # "avascular" is not "a vascular"
        known_before = all(self._is_word(word) for word in gone)
        return not known_before and all(self._is_word(word) for word in come)

    def _is_word(self, word: _Word) -> bool:
        small = word.text.casefold()
        return is_known(small) or small in self.kept or small in ("a", "i", "s")

    def _pairs(self) -> Iterator[tuple[_Word, _Word]]:
        for hunk in self.hunks:
            gone = self.old.words[hunk.old_start : hunk.old_end]
            come = self.new.words[hunk.new_start : hunk.new_end]
            if gone and come:
                last = max(len(gone), len(come))
                for place in range(last):
                    yield gone[min(place, len(gone) - 1)], come[min(place, len(come) - 1)]

    def _links(self) -> set[Trifle] | None:
        found: set[Trifle] = set()
        for old, new in self._pairs():
            if (old.page, old.address) == (new.page, new.address):
                continue
            if old.page or old.address or new.address:
                return None
            found.add(Trifle.LINK)
        return found

    def _marks(self) -> set[Trifle] | None:
        before = Counter[tuple[int, str, str]]()
        for (place, sort, name), times in self.old.marks().items():
            before[self._moved(place), sort, name] += times
        after = self.new.marks()
        added = after - before
        if before - after or any(sort != "citation" for _, sort, _ in added):
            return None
        return {Trifle.CITATION} if added else set()

    def _moved(self, place: int) -> int:
        """Return the number of words before a place in the new text that corresponds to `place` in the old
        one.
        """
        for hunk in self.hunks:
            if hunk.old_start <= place <= hunk.old_end and (hunk.same or place == hunk.old_end):
                is_whole = place == hunk.old_end
                return hunk.new_end if is_whole else hunk.new_start + place - hunk.old_start
        return place

    def _punctuation(self) -> set[Trifle] | None:
        changed = list(self._changed_gaps())
        if self._has_moved(changed) or any(self._may_tell(*places) for places in changed):
            return None
        return {Trifle.PUNCTUATION} if changed else set()

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

    def _says_the_same(self) -> bool:
        before, after = (
            [
                _fact_key(one)
                for one in facts_in(words.text.words, words.text.heads, self.names)
                if one.kind not in _TOPICAL
            ]
            for words in (self.old, self.new)
        )
        return before == after


def _fact_key(fact: Fact) -> tuple[object, ...]:
    """Return the parts of a fact that must not differ. Amounts count as written, because "Mg" is not "mg"."""
    is_amount = fact.kind in (FactKind.DOSE, FactKind.QUANTITY, FactKind.FREQUENCY, FactKind.PERCENTAGE)
    return fact.kind, fact.normal, fact.written if is_amount else ""


def shown_harmless(
    old: ReadText, new: ReadText, *, kept: Collection[str] = (), names: frozenset[str] = frozenset()
) -> frozenset[Trifle]:
    """Return the kinds of difference between two texts if all are harmless; empty if that cannot be shown.

    Both stand in the same place. `kept` are the words that the page has before and after, `names` those of
    drugs and treatments.
    """
    if old.picture != new.picture or old.odd != new.odd or old.has_unseen or new.has_unseen:
        return frozenset()
    found = _Comparison(old, new, kept, names).trifles()
    if found is None:
        return frozenset()
    return found or frozenset({Trifle.FORMATTING})
