"""Punctuation of a text apart from its words, and whether a change of it may change what they say."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Final, NamedTuple

from wiki.text.changes.commas import CommaPlace, comma_may_tell, is_linking, is_opening
from wiki.text.changes.hyphens import hyphen_may_tell
from wiki.text.changes.read_texts import ReadText
from wiki.text.compare.align import Hunk
from wiki.text.language.facts import FactKind, facts_in
from wiki.text.language.spelling import is_no_name
from wiki.text.words import tokens_of_text

# Punctuation without a meaning of its own. Question marks and slashes have one.
_PUNCTUATION: Final = frozenset(".,;:!'\"()[]-–—…’‘“”«»‚„")
# What ends a sentence or sets words apart. Where one comes or goes, the same words may say something else:
# "It helps. In children it harms" and "It helps in children. It harms".
_DIVIDING: Final = frozenset(".!;:…()[]–—")
_ENDS: Final = ("", ".", "!", "?", "…")
_SENTENCE_ENDS: Final = frozenset(".!…")
_DASHES: Final = frozenset("—–")
_BRACKETS: Final = frozenset("()[]")
# How far a sign sets the words at its sides apart.
_STRENGTHS: Final = dict.fromkeys(".!…", 3) | dict.fromkeys(";:()[]–—", 2) | {",": 1}
# Quotation marks: they say that a word is not meant, or is somebody else's.
_OPENING_QUOTES: Final = frozenset("“«„")
_CLOSING_QUOTES: Final = frozenset("”»")
_SINGLE_QUOTES: Final = frozenset("'‘’")
_QUOTES: Final = _OPENING_QUOTES | _CLOSING_QUOTES | _SINGLE_QUOTES | {'"'}
_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "prof"})
# Words beside which a comma can change the meaning: "no, treatment helps".
_SENSITIVE: Final = frozenset(
    {
        *(FactKind.NEGATION, FactKind.DOSE, FactKind.FREQUENCY, FactKind.ADVICE),
        *(FactKind.CONTRAINDICATION, FactKind.INTERACTION, FactKind.ROUTE, FactKind.PREGNANCY),
    }
)
# What nobody claims any more when its words stand in quotation marks: a “harmless” finding, a “cure”.
_ASSERTING: Final = _SENSITIVE | {FactKind.CERTAINTY, FactKind.DIRECTION, FactKind.TREATMENT, FactKind.DRUG}
# In a sentence with one of these, quotation marks stand round what something is called.
_NAMING: Final = frozenset(
    """
    called mean means name named names nicknamed term termed terms title titled word words
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# Words before which a comma decides whom or what it is about: "women who smoke", "women, who smoke".
_RELATIVE: Final = frozenset(
    """
    who whom whose which that where when because with like such including especially even until before
    after while
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# Words that belong to what comes before or to what comes after, as one comma beside them says: "people who
# cough often, have fever", "people who cough, often have fever".
_BETWEEN: Final = frozenset(
    """
    always often usually sometimes mostly generally mainly commonly frequently once however though
    still again soon later early alone too also
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# Words that relate to what stands before them also where a preposition leads: "adults, in whom it is safe".
_RELATIVE_BEHIND: Final = frozenset({"which", "whom", "whose"})
# The most words of one item of a list.
_ITEM: Final = 8
_SHORT_ITEM: Final = 5
_CONJUNCTIONS: Final = frozenset({"and", "or", "but", "so"})


class SpokenWord(NamedTuple):
    """One word, with the target of its link."""

    text: str
    start: int
    end: int
    page: str
    section: str
    address: str

    @property
    def target(self) -> tuple[str, str, str]:
        """Return where its link leads; empty for none."""
        return self.page, self.section, self.address

    @property
    def is_linked(self) -> bool:
        """Return whether it is part of a link."""
        return any(self.target)


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
            target = link.target if link else ("", "", "")
            found.append(SpokenWord(token, start, at, *target))
        return found

    def gap(self, place: int) -> str:
        """Return the punctuation before a word, or after the last one; a dash between blanks is "—"."""
        between = self.text.words[slice(*self._bounds(place))]
        if between[:1] == " ":
            between = between.replace(" -", "—").replace(" –", "—")
        return "".join(one for one in between if not one.isspace())

    def _bounds(self, place: int) -> tuple[int, int]:
        start = self.words[place - 1].end if place else 0
        end = self.words[place].start if place < len(self.words) else len(self.text.words)
        return start, end

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Return the indexes of the words in quotation marks."""
        found, is_open, is_single = set(), False, False
        for place in range(len(self.words)):
            for at in range(*self._bounds(place)):
                sign = self.text.words[at]
                is_inside = self.text.words[at - 1 : at].isalnum()
                if sign == '"':
                    is_open = not is_open
                elif sign in _OPENING_QUOTES or sign in _CLOSING_QUOTES:
                    is_open = sign in _OPENING_QUOTES
                elif sign in _SINGLE_QUOTES:
                    is_single = not is_inside or (is_single and self.text.words[at + 1 : at + 2].isalnum())
            if is_open or is_single:
                found.add(place)
        return frozenset(found)

    def sentence(self, place: int) -> range:
        """Return the indexes of the words of the sentence that a word is in."""
        start, end = place, place + 1
        while start > 0 and not self._is_end(start):
            start -= 1
        while end < len(self.words) and not self._is_end(end):
            end += 1
        return range(start, end)

    def _is_end(self, place: int) -> bool:
        return bool((_SENTENCE_ENDS | {":", ";"}) & {*self.gap(place)})

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
        return (
            self._joins_signs
            or self._is_quoted_otherwise
            or self._has_moved
            or any(self._may_tell(*places) for places in self._changed)
        )

    @cached_property
    def _joins_signs(self) -> bool:
        """Return whether a comma goes from a warning: two signs to look out for become one."""
        inner = [(old, new) for old, new in self._changed if 0 < new < len(self.new.words)]
        return self.new.text.is_boxed and any(
            "," in self.old.gap(old) and not self.new.gap(new) for old, new in inner
        )

    @cached_property
    def _changed(self) -> list[tuple[int, int]]:
        """Return the places, old and new, where the punctuation before a word differs."""
        return [places for places in self._places(1) if self.old.gap(places[0]) != self.new.gap(places[1])]

    def _places(self, beyond: int = 0) -> Iterator[tuple[int, int]]:
        """Yield the places, old and new, of words that are lined up, and so many beyond the last of them."""
        for hunk, following in zip_longest(self.hunks, self.hunks[1:]):
            length = hunk.old_end - hunk.old_start
            if length == hunk.new_end - hunk.new_start:
                for step in range(length):
                    yield hunk.old_start + step, hunk.new_start + step
                if beyond:  # Behind words that go, what stood behind them is compared.
                    is_gone = following is not None and following.new_start == following.new_end
                    yield following.old_end if following and is_gone else hunk.old_end, hunk.new_end

    @cached_property
    def _is_quoted_otherwise(self) -> bool:
        """Return whether words come to stand in quotation marks, or outside, where that may say that they are
        not meant: what claims something, all of the text, and all that is not what something is called.
        """
        if len(self.old.quoted) == len(self.old.words) or len(self.new.quoted) == len(self.new.words):
            return bool(self.old.quoted) != bool(self.new.quoted)
        return any(
            (old in self.old.quoted) != (new in self.new.quoted)
            and (new in self._asserting or not self._tells_a_name(new))
            for old, new in self._places()
        )

    def _tells_a_name(self, new: int) -> bool:
        """Return whether the sentence of a word says what something is called."""
        sentence = self.new.sentence(new)
        return any(self.new.words[place].text.casefold() in _NAMING for place in sentence)

    @cached_property
    def _has_moved(self) -> bool:
        """Return whether words are set further apart at one place and less so at another: the same words are
        divided otherwise then.
        """
        inner = [(old, new) for old, new in self._changed if 0 < new < len(self.new.words)]
        steps = [_strength(self.new.gap(new)) - _strength(self.old.gap(old)) for old, new in inner]
        return any(one > 0 for one in steps) and any(one < 0 for one in steps)

    def _may_tell(self, old: int, new: int) -> bool:
        """Return whether other punctuation at a place may change the meaning."""
        if self._is_missing_stop(old, new):
            return False
        if {new - 1, new} & self._sensitive:
            return True
        if not 0 < new < len(self.new.words):
            return False
        before, after = self.old.gap(old), self.new.gap(new)
        if not (before and after):
            return self._is_harmless_alone(before or after, new)
        if {before, after} == {"-", "–"}:
            return False  # "1990-1995", "1990–1995"
        if {"-", "–"} & {before, after}:
            return True
        return self._tells_instead(*_but_for_brackets(before, after), new)

    def _is_missing_stop(self, old: int, new: int) -> bool:
        """Return whether a full stop comes before a capital that begins no name: "a cause The scan"."""
        if not 0 < new < len(self.new.words) or (self.old.gap(old), self.new.gap(new)) != ("", "."):
            return False
        left, right = self.new.words[new - 1].text, self.new.words[new].text
        begins = right == self.old.words[old].text == right.capitalize()
        return begins and left.islower() and is_no_name(right.lower())

    def _tells_instead(self, before: str, after: str, new: int) -> bool:
        """Return whether one sign in place of another may change the meaning.

        Where a comma becomes a full stop or a semicolon, what stands before it may have belonged to what
        comes after; where it becomes a dash in a list, the rest explains what stands before it.
        """
        if before == after:
            return False
        if not (before and after):
            return self._is_harmless_alone(before or after, new)
        if "," not in (before, after):
            return (":" in before) != (":" in after) and ";" not in before
        other = {*before, *after}
        left, right = (self.new.words[place].text.casefold() for place in (new - 1, new))
        if _BRACKETS & other and self._is_in_a_row(new):
            return True
        if _DASHES & other:
            return not (is_linking(left) or is_linking(right))
        return bool(_SENTENCE_ENDS & other) or (";" in other and right not in _CONJUNCTIONS)

    def _is_in_a_row(self, new: int) -> bool:
        """Return whether other things are named in the sentence of a place: with commas what was in brackets
        is one more of them, "iron (ferritin) and zinc" and "iron, ferritin, and zinc".
        """
        changed = {place for _, place in self._changed}
        sentence = self.new.sentence(new)
        behind = range(sentence.start + 1, sentence.stop)
        return any(
            self.new.words[place].text.casefold() in ("and", "or")
            or ("," in self.new.gap(place) and place not in changed)
            for place in behind
        )

    def _is_harmless_alone(self, sign: str, new: int) -> bool:
        """Return whether a sign that comes or goes before a word may change the meaning."""
        left, right = (self.new.words[place].text.casefold() for place in (new - 1, new))
        if sign == "-":
            return hyphen_may_tell(left, right)
        if sign == "." and left in _TITLES:
            return False
        if right in _RELATIVE or self._relates(new) or bool(_DIVIDING & {*sign}):
            return True
        if sign != "," or self._is_one_of_a_pair(new):
            return sign == "," and self._joins_otherwise(new)
        return self._joins_otherwise(new) or self._is_between(new) or comma_may_tell(self._at(new))

    def _relates(self, new: int) -> bool:
        """Return whether a preposition with a relative pronoun stands there: "adults, in whom it is safe"."""
        said = [one.text.casefold() for one in self.new.words[new : new + 2]]
        return is_opening(said[0]) and said[-1] in _RELATIVE_BEHIND

    def _at(self, new: int) -> CommaPlace:
        sentence = self.new.sentence(new)
        said = [self.new.words[place].text.casefold() for place in sentence]
        start, end = new, new + 1
        while start > sentence.start and (start == new or not self.new.gap(start)):
            start -= 1
        while end < sentence.stop and not self.new.gap(end):
            end += 1
        first = sentence.start
        return CommaPlace(said, new - first, start - first, end - first, self._ends_a_list(new))

    def _ends_a_list(self, new: int) -> bool:
        """Return whether another comma stands shortly before: "a large liver, a rash, and fever"."""
        start = self.new.sentence(new).start
        near = range(max(start + 1, new - _SHORT_ITEM), new)
        return any("," in self.new.gap(place) for place in near) and not self._opens(start, new)

    def _opens(self, start: int, new: int) -> bool:
        """Return whether the only comma before a place ends the opening of its sentence: "In adults, …"."""
        commas = [place for place in range(start + 1, new) if "," in self.new.gap(place)]
        return len(commas) == 1 and is_opening(self.new.words[start].text)

    def _is_one_of_a_pair(self, new: int) -> bool:
        """Return whether the commas on both sides of one adverb come or go: "it is, often, seen"."""
        changed = {place for _, place in self._changed}
        return any(
            self.new.words[word].text.casefold() in _BETWEEN and {word, word + 1} <= changed
            for word in (new - 1, new)
        )

    def _joins_otherwise(self, new: int) -> bool:
        """Return whether a comma says what is joined: "pain and rash, or fever", "a drug, or medicine".

        The last comma of a longer list says nothing: "pain, rash, or fever".
        """
        right = self.new.words[new].text.casefold()
        sentence = self.new.sentence(new)
        said = {self.new.words[place].text.casefold() for place in sentence}
        if {"and", "or"} <= said:
            return right in ("and", "or")
        shortly_before = range(max(sentence.start + 1, new - _ITEM), new)
        return right == "or" and not any("," in self.new.gap(place) for place in shortly_before)

    def _is_between(self, new: int) -> bool:
        """Return whether one comma decides to which side a word belongs."""
        if self.new.words[new].text.casefold() in _CONJUNCTIONS:
            return False
        changed = {place for _, place in self._changed}
        sides = ((new - 1, new - 1), (new, new + 1))
        return any(
            self.new.words[word].text.casefold() in _BETWEEN
            and other not in changed
            and not self.new.begins_sentence(self.new.words[word])
            for word, other in sides
        )

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


def _strength(gap: str) -> int:
    return max((_STRENGTHS.get(sign, 0) for sign in gap), default=0)


def _but_for_brackets(before: str, after: str) -> tuple[str, str]:
    """Return two gaps without quotation marks and without the brackets that both have."""
    dropped = _QUOTES | (_BRACKETS & {*before} & {*after})
    left, right = ("".join(sign for sign in gap if sign not in dropped) for gap in (before, after))
    return left, right
