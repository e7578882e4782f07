"""Harmless changes of a text: the rules that show that a change does not alter the meaning."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from wiki.text.changes.punctuation import PunctuationChange, SpokenWord, SpokenWords
from wiki.text.changes.read_texts import ReadText
from wiki.text.compare.align import Hunk, hunks
from wiki.text.language.facts import Fact, FactKind, facts_in, is_drug
from wiki.text.language.spelling import differ_in_sense, is_mended, is_no_name
from wiki.text.language.vocabulary import is_common, is_known, is_medical
from wiki.text.normal_form import inner_marks
from wiki.text.search.folding import STOP_WORDS
from wiki.text.search.stemming import stem
from wiki.text.words import tokens_of_text


class Trifle(StrEnum):
    """A kind of harmless change."""

    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    FORMATTING = "formatting"
    LINK = "a link that is added"
    CITATION = "a citation that is added"


_APOSTROPHES: Final = frozenset("'’")
# Function words that a misspelling may be corrected to.
_TOPICAL: Final = frozenset(
    {FactKind.TREATMENT, FactKind.CERTAINTY, FactKind.DIRECTION, FactKind.UNKNOWN_NAME}
)
_LONG_ENOUGH: Final = 5
# What is named after a person or a word: the Turner syndrome, the Notch pathway, the Impact trial.
_NAMED_AFTER: Final = frozenset(
    """
    body bodies cell cells classification criteria disease diseases family gene genes index inhibitor
    mutation pathway phenomenon protein proteins receptor receptors registry scale score sign signs study
    syndrome syndromes test trial triad
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_FURTHEST: Final = 24
# Verbs, which depend on the noun before them, and articles, which depend on the sound that follows.
_AGREEING: Final = frozenset(map(frozenset, (("is", "are"), ("was", "were"), ("has", "have"))))
_ARTICLES: Final = frozenset({frozenset({"a", "an"})})
# Two words that many people write as one.
_RUN_TOGETHER: Final = frozenset({"abit", "alot", "aswell", "infact", "inspite"})
_VOWELS: Final = tuple("aeiou")
_OPEN_LETTERS: Final = tuple("AEFHILMNORSX")
_SOUND_LIKE_CONSONANTS: Final = ("eu", "one", "once", "uni", "use", "usu", "ut", "ur")


@dataclass(frozen=True)
class KnownWords:
    """What is known beside the two texts.

    `kept` are the words that the page has before and after, `common` those that it has in small letters
    again and again, `names` those of drugs and treatments, `called` what the pages that are linked are
    called, by their titles; all in normal form.
    """

    kept: Collection[str] = ()
    common: Collection[str] = ()
    names: frozenset[str] = frozenset()
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)


class _Comparison:
    """A comparison of two texts at the same place, word by word."""

    def __init__(self, old: ReadText, new: ReadText, known: KnownWords) -> None:
        """Take both."""
        self.old, self.new, self.known = SpokenWords(old), SpokenWords(new), known
        self.kept, self.names = known.kept, known.names
        before, after = self.old.words, self.new.words
        self.hunks = hunks([one.text for one in before], [one.text for one in after])

    def trifles(self) -> frozenset[Trifle] | None:
        """Return the kinds of harmless difference, or None if the difference may be more."""
        parts = (self._words(), self._links(), self._marks(), self._punctuation())
        if None in parts or not self._has_same_words():
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

    def _is_respelt(self, old: SpokenWord, new: SpokenWord) -> bool:
        one, other = old.text.casefold(), new.text.casefold()
        if frozenset((one, other)) in _ARTICLES:
            is_small = old.text.islower() or self.old.begins_sentence(old)
            return is_small and self._agrees(other, new)
        if one != other and not (old.text[1:].islower() and new.text[1:].islower()):
            return False  # Abbreviations and symbols of genes are no words that one can misspell.
        if one == other:
            return self._is_capital_of_style(old, new)
        if frozenset((one, other)) in _AGREEING:
            return old.text.islower() or self.old.begins_sentence(old)
        if not is_mended(one, other, self.kept):
            return False
        if old.text[:1].isupper() and other not in self.kept and not self.old.begins_sentence(old):
            return False  # A name that nobody knows is no slip: "Raine" is not "Rain".
        return len(other) >= _LONG_ENOUGH or not any(one.kind in _TOPICAL for one in facts_in(other))

    def _agrees(self, article: str, new: SpokenWord) -> bool:
        """Return whether an article goes with the word behind it, so that it is no letter: "vitamin a"."""
        behind = self.new.text.words[new.end : new.end + _FURTHEST].removeprefix(" ")
        begins_open = behind.startswith(_VOWELS) and not behind.startswith(_SOUND_LIKE_CONSONANTS)
        if behind[:2].isupper():  # An abbreviation, read letter by letter: "an MRI".
            return behind.startswith(_OPEN_LETTERS) == (article == "an")
        return behind[:1].islower() and begins_open == (article == "an")

    def _is_capital_of_style(self, old: SpokenWord, new: SpokenWord) -> bool:
        """Return whether a first letter, great or small, tells nothing.

        Within a sentence it may make a name: of a gene ("clock"), a drug ("Relief"), a person ("Graves").
        """
        small = new.text.casefold()
        if old.text[1:] != new.text[1:] or not (old.text[1:].islower() or len(small) == 1):
            return False
        if self._is_of_a_ray(new):
            return True
        if self.old.begins_sentence(old) and self.new.begins_sentence(new):
            return is_known(small) or small in self.kept
        if old.page and old.page == new.page and small in _small(new.page):
            return True  # A link names its page, with a capital or without.
        return is_no_name(small) or self._loses_stray_capital(new)

    def _is_of_a_ray(self, new: SpokenWord) -> bool:
        """Return whether a word is the first part of "X-ray", which is written both ways."""
        behind = self.new.text.words[new.start : new.start + len("x-rays")].casefold()
        return behind.startswith("x-ray") and new.end == new.start + 1

    def _loses_stray_capital(self, new: SpokenWord) -> bool:
        """Return whether a common word of the page is small again, where no term begins: "Down syndrome"."""
        behind = self.new.text.words[new.end : new.end + _FURTHEST].split(" ")
        term = behind[1] if len(behind) > 1 and not behind[0] else ""
        is_term = term.casefold().rstrip(".,;:") in _NAMED_AFTER
        return new.text in self.known.common and not is_term and not is_drug(new.text)

    def _is_doubled(self, place: int) -> bool:
        """Return whether a removed word stood twice in a row."""
        words = self.old.words
        is_same = place > 0 and words[place].text.casefold() == words[place - 1].text.casefold()
        return is_same and not self.old.gap(place)

    def _is_parted(self, gone: Sequence[SpokenWord], come: Sequence[SpokenWord]) -> bool:
        """Return whether only a space or apostrophe between words changed: "ofthe", "to gether", "its" for
        "it's".
        """
        one, other = ("".join(word.text for word in words).casefold() for words in (gone, come))
        if one != other or not one.isalpha() or self._is_anothers(gone, come):
            return False
        if min(len(gone), len(come)) == 1 and len(gone) + len(come) == 3:
            texts, words = (self.old.text, gone) if len(gone) == 2 else (self.new.text, come)
            between = texts.words[words[0].end : words[1].start]
            if between.strip() in _APOSTROPHES and between.strip():
                return words[1].text.casefold() == "s" or not is_known(one)  # "I'll" is not "ill"
        if any(map(_is_set_apart, (self.old, self.new), (gone, come))):
            return self._loses_stray_hyphen(gone, come)
        if len(gone) == 1 and differ_in_sense(one, come[-1].text.casefold()) and one not in _RUN_TOGETHER:
            return False  # "avascular" is not "a vascular"
        known_before = all(self._is_word(word) for word in gone)
        return not known_before and all(self._is_word(word) for word in come)

    def _loses_stray_hyphen(self, gone: Sequence[SpokenWord], come: Sequence[SpokenWord]) -> bool:
        """Return whether a hyphen goes from within a common word, whose parts are no words: "sho-ws"."""
        if len(gone) != 2 or len(come) != 1:
            return False
        between = self.old.text.words[gone[0].end : gone[1].start]
        parts = [one.text.casefold() for one in gone]
        return (
            between == "-"
            and is_common(come[0].text.casefold())
            and not differ_in_sense(come[0].text.casefold(), parts[1])
            and not any(is_known(one) or is_medical(one) or one in self.kept for one in parts)
        )

    def _is_anothers(self, gone: Sequence[SpokenWord], come: Sequence[SpokenWord]) -> bool:
        """Return whether something belongs to one on one side and to several on the other: "the twin's risk",
        "the twins' risk".
        """
        behind = [
            text.text.words[words[-1].end : words[-1].end + 1] in _APOSTROPHES and len(words) == 1
            for text, words in ((self.old, gone), (self.new, come))
            if words
        ]
        return any(behind) and {len(gone), len(come)} == {1, 2}

    def _is_word(self, word: SpokenWord) -> bool:
        small = word.text.casefold()
        return is_known(small) or small in self.kept or small in ("a", "i", "s")

    def _pairs(self) -> Iterator[tuple[SpokenWord, SpokenWord]]:
        for hunk in self.hunks:
            gone = self.old.words[hunk.old_start : hunk.old_end]
            come = self.new.words[hunk.new_start : hunk.new_end]
            if gone and come:
                last = max(len(gone), len(come))
                for place in range(last):
                    yield gone[min(place, len(gone) - 1)], come[min(place, len(come) - 1)]

    def _links(self) -> set[Trifle] | None:
        if self.old.text.wordless_links != self.new.text.wordless_links:
            return None
        found: set[Trifle] = set()
        for old, new in self._pairs():
            if old.target == new.target:
                continue
            if old.is_linked or new.address or not self._names_its_page(new):
                return None
            found.add(Trifle.LINK)
        return found

    def _names_its_page(self, word: SpokenWord) -> bool:
        """Return whether the words of a link are a name of the page that it leads to, or part of one."""
        links = (one for one in self.new.text.links if one.start <= word.start < one.end)
        said = {one for link in links for one in _small(self.new.text.words[link.start : link.end])}
        if not word.page or any(differ_in_sense(one, other) for one in said for other in _small(word.page)):
            return False
        wanted = {stem(one) for one in said - STOP_WORDS}
        names = {word.page, *self.known.called.get(word.page, ())}
        return bool(wanted) and any(wanted <= {stem(one) for one in _small(name)} for name in names)

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
        change = PunctuationChange(self.old, self.new, self.hunks)
        if change.may_tell:
            return None
        return {Trifle.PUNCTUATION} if change.is_changed else set()

    def _has_same_words(self) -> bool:
        before, after = (
            [
                _fact_key(one)
                for one in facts_in(words.text.words, words.text.heads, self.names)
                if one.kind not in _TOPICAL
            ]
            for words in (self.old, self.new)
        )
        return before == after


def _is_set_apart(text: SpokenWords, words: Sequence[SpokenWord]) -> bool:
    """Return whether more than blanks stands between some words."""
    between = (text.text.words[one.end : other.start] for one, other in pairwise(words))
    return any(one.strip() for one in between)


def _small(text: str) -> list[str]:
    return [one.casefold() for one in tokens_of_text(text) if one.isalnum()]


def _fact_key(fact: Fact) -> tuple[object, ...]:
    """Return the parts of a fact that must not differ. Amounts count as written, because "Mg" is not "mg"."""
    is_amount = fact.kind in (FactKind.DOSE, FactKind.QUANTITY, FactKind.FREQUENCY, FactKind.PERCENTAGE)
    return fact.kind, fact.normal, fact.written if is_amount else ""


def shown_harmless(old: ReadText, new: ReadText, known: KnownWords | None = None) -> frozenset[Trifle]:
    """Return the kinds of difference between two texts if all are harmless; empty if that cannot be shown.

    Both stand in the same place.
    """
    if old.picture != new.picture or old.odd != new.odd or old.has_unseen or new.has_unseen:
        return frozenset()
    if inner_marks(old.words) != inner_marks(new.words):  # They join words: "a** typical", "a**typical".
        return frozenset()
    found = _Comparison(old, new, known or KnownWords()).trifles()
    if found is None:
        return frozenset()
    return found or frozenset({Trifle.FORMATTING})
