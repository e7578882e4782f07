"""Medical facts in plain words: changes of these need a second look.

A fact is recognised generously: a word too many costs a look, a word too few can hurt somebody. Quantities
are read by the one grammar of `text.quantities`, all else by words and by the endings of drug names.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from wiki.text.language import fact_words, plain_fact_words
from wiki.text.language.vocabulary import is_known, is_listed_drug, is_unknown_name
from wiki.text.normal_form import normal, plain, without_inner_marks
from wiki.text.quantities.extract import QuantityKind, quantities


class FactKind(StrEnum):
    """The kind of a fact."""

    DOSE = "dose"
    FREQUENCY = "frequency"
    QUANTITY = "quantity"
    PERCENTAGE = "percentage"
    NUMBER = "number"
    DRUG = "drug"
    ROUTE = "route"
    CONTRAINDICATION = "contraindication"
    INTERACTION = "interaction"
    PREGNANCY = "pregnancy"
    POPULATION = "population"
    ADVICE = "advice"
    NEGATION = "negation"
    INHERITANCE = "inheritance"
    CERTAINTY = "certainty"
    DIRECTION = "direction"
    TREATMENT = "treatment"
    UNKNOWN_NAME = "unknown name"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. Two say the same when they are of one kind and have one normal form.

    `start` and `end` are places in the text as `normal_form.plain` has it, `written` is what stands there.
    """

    kind: FactKind
    normal: str
    written: str
    start: int
    end: int

    @property
    def key(self) -> tuple[FactKind, str]:
        """Return what identifies the same fact."""
        return self.kind, self.normal


_WORDS: Final = {
    FactKind.ROUTE: fact_words.ROUTE,
    FactKind.CONTRAINDICATION: fact_words.CONTRAINDICATION,
    FactKind.INTERACTION: fact_words.INTERACTION,
    FactKind.PREGNANCY: fact_words.PREGNANCY,
    FactKind.POPULATION: fact_words.POPULATION,
    FactKind.ADVICE: fact_words.ADVICE,
    FactKind.NEGATION: fact_words.NEGATION,
    FactKind.INHERITANCE: fact_words.INHERITANCE,
    FactKind.CERTAINTY: fact_words.CERTAINTY,
    FactKind.DIRECTION: fact_words.DIRECTION,
    FactKind.TREATMENT: fact_words.TREATMENT,
}
_OF_QUANTITIES: Final = {
    QuantityKind.FREQUENCY: FactKind.FREQUENCY,
    QuantityKind.SHARE: FactKind.PERCENTAGE,
    QuantityKind.COUNT: FactKind.NUMBER,
    QuantityKind.DATE: FactKind.NUMBER,
    QuantityKind.NAME: FactKind.NUMBER,
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Signs with a meaning: more than, equal, plus, a degree.
_TELLING: Final = re.compile(r"[<>≤≥≦≧=±+≈~%‰°↑↓→←×÷✓✗✔✘☑☒?]")
# A sentence that begins with what somebody is told to do.
_TOLD_TO_DO: Final = (
    r"(?:(?<=[.!?:;] )|(?<=^)|(?<=\W\n))(?:please )?(?:always |never |do not |don't |then )?"
    r"(?:add|apply|aspirate|avoid|boil|bring|call|carry|change|check|chew|choose|clean|cool|count|cover|crush|cut|do|"
    r"double|drain|drink|eat|elevate|expect|feed|fill|find|flush|follow|get|give|go|halve|have|heat|hold|hyperventilate|ignore|increase|isolate|keep|"
    r"lay|leave|let|lie|lift|load|loosen|lower|make|measure|mix|move|offer|open|place|pour|press|pull|push|put|"
    r"raise|read|reduce|remove|repeat|replace|rest|roll|rub|shake|shut|sit|sleep|soak|squeeze|stand|stay|"
    r"stick|suck|swallow|switch|taper|tell|test|throw|tie|touch|trust|try|turn|use|wait|walk|warm|wash|watch|wear|"
    r"wrap|write)(?= [\w‘“(])"
)
_SHORTENED_NOT: Final = r"[^\W\d_]+n['’]t"
# Into a vein, and no number: "type IV collagen".
_INTO_A_VEIN: Final = r"(?<!class )(?<!grade )(?<!phase )(?<!stage )(?<!type )iv(?! collagen)"
_SO_MANY: Final = r"(?:\d+|one|two|three|four|five|six|eight|ten|twelve)"
_MOST_A_DAY: Final = (
    rf"(?:at least|at most|fewer than|less than|maximum of|more than|up to) {_SO_MANY} "
    r"(?:(?:a|each|every|per) day|(?:in|within) 24 ?h(?:ours)?)"
)
# An order as it is jotted down: "eGFR 15: half", "over 80 → double".
_BARE_SHARE: Final = r"(?<=[:=→–-]) ?(?:a )?(?:double|half|quarter|third|triple|twice|two thirds)(?=[.,;]|$)"
_KIN: Final = r"(?:brother|child|daughter|grandchild|sibling|sister|son)(?:ren|s)?"
# The risk of relatives: "Children of an affected person have one chance in ten".
_RISK_OF_KIN: Final = (
    rf"(?:{_KIN}|parents?) (?:of|from) (?:an? |the |any )?(?:\w+ )?"
    r"(?:affected|carriers?|couple|ill|parents?|patients?|sick)",
    rf"(?:all|any|each|every|further|later|next|no|other) {_KIN} (?:\w+ ){{0,3}}"
    r"(?:chances?|odds|probability|risks?)",
    r"(?:un)?affected (?:couple|father|mother|parent)s?|recurrence risks?|skips? (?:a |one )?generations?",
    r"hand(?:s|ed)? (?:it |them )?down|comes? from (?:either |one |the )?(?:father|mother|parent)s?",
)
_PATTERNS: Final = {
    FactKind.NEGATION: (_SHORTENED_NOT,),
    FactKind.ADVICE: (_TOLD_TO_DO,),
    FactKind.ROUTE: (_INTO_A_VEIN,),
    FactKind.TREATMENT: (_MOST_A_DAY, _BARE_SHARE),
    FactKind.INHERITANCE: _RISK_OF_KIN,
}
# Advice to somebody, which any other word of its sentence may turn round.
_IS_ADVISED: Final = (
    *("must", "should", "ought", "have to", "has to", "need not", "need to", "needs to", "no need"),
    *("advis*", "recommend*", "see a doctor"),
)
_ABBREVIATION: Final = re.compile(
    rf"(?<![\w-])(?:[A-Z]{{2,5}}s?|{'|'.join(fact_words.FORMULAS)}|[DL]-dopa)(?![\w-])"
)


@lru_cache(maxsize=2048)
def facts_in(text: str, heads: tuple[str, ...] = (), names: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """Return the facts of a text in order; `heads` are those of its column, row or section.

    `names` are the names of drugs and treatments that the wiki has pages on, in normal form.
    """
    said = plain(text)
    small = said.lower()
    found = list(_quantities(said, heads))
    found += [
        Fact(kind, match[0], said[match.start() : match.end()], match.start(), match.end())
        for kind in _WORDS
        for match in _pattern(kind).finditer(small)
    ]
    found += _drugs(small, said)
    found += _abbreviated(said)
    found += [Fact(FactKind.DRUG, *one) for one in _named(small, said, names)]
    found += [
        Fact(FactKind.NUMBER, match[0], match[0], match.start(), match.end())
        for match in _TELLING.finditer(said)
    ]
    if (bare := without_inner_marks(said)) != said:
        found += facts_in(bare, heads, names)
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end, one.kind)))


def speaks_of_treatment(facts: Collection[Fact]) -> bool:
    """Return whether a text is about treatment."""
    return any(one.kind in OF_TREATMENT for one in facts)


# A text with one of these kinds of fact is about treatment.
OF_TREATMENT: Final = frozenset({FactKind.DOSE, FactKind.DRUG, FactKind.TREATMENT})


def advises(sentence: str) -> bool:
    """Return whether a sentence tells somebody what to do, or that something should be done or left."""
    return bool(_compiled(_IS_ADVISED, _TOLD_TO_DO).search(plain(sentence).lower()))


def is_treatment_heading(words: str) -> bool:
    """Return whether the text under a heading is advice on treatment."""
    small = normal(words)
    return small == "care" or bool(_compiled(fact_words.TREATMENT_HEADING).search(small))


def speaks_of_inheritance(text: str) -> bool:
    """Return whether a text is about inheritance or genes."""
    return bool(_compiled(fact_words.OF_INHERITANCE).search(plain(text).lower()))


def is_inheritance_heading(words: str) -> bool:
    """Return whether the text under a heading is about inheritance."""
    return bool(_compiled(fact_words.INHERITANCE_HEADING).search(plain(words).lower()))


def _quantities(said: str, heads: tuple[str, ...]) -> Iterator[Fact]:
    for one in quantities(said, heads):
        kind = FactKind.DOSE if one.is_dose else _OF_QUANTITIES.get(one.kind, FactKind.QUANTITY)
        yield Fact(kind, f"{one.kind}: {one.normal}", said[one.start : one.end], one.start, one.end)


@cache
def _pattern(kind: FactKind) -> re.Pattern[str]:
    more = _PATTERNS.get(kind, ())
    return _compiled(_WORDS[kind], *more)


@cache
def _compiled(entries: Sequence[str], *more: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the entries as whole words, the longest first."""
    by_length = sorted(entries, key=lambda one: -len(one))
    words = [re.escape(one).replace(r"\*", r"[\w-]*").replace(r"\ ", r"[\s-]+") for one in by_length]
    return re.compile(rf"(?<![\w])(?:{'|'.join((*more, *_by_letters(words)))})(?!\w)")


def _by_letters(words: Sequence[str]) -> Iterator[str]:
    """Yield alternatives that match as these do, in their order, those with one first letter as one.

    At each place most of them then fail by their first letter, all at once.
    """
    # What begins with no letter may match where any other does, so it keeps its place among them.
    for has_letter, some in groupby(words, lambda one: one[:1].isalnum()):
        if not has_letter:
            yield from some
            continue
        rests: dict[str, list[str]] = {}
        for one in some:
            rests.setdefault(one[0], []).append(one[1:])
        for letter, found in rests.items():
            yield f"{letter}(?:{'|'.join(_by_letters(found))})"


def _drugs(small: str, said: str) -> Iterator[Fact]:
    """Yield the words that are drug names, or end like one, and those that no list knows."""
    for match in _WORD.finditer(small):
        written = said[match.start() : match.end()]
        if is_drug(match[0]):
            yield Fact(FactKind.DRUG, match[0], written, match.start(), match.end())
        elif match[0] not in plain_fact_words.ALL and is_unknown_name(written):
            yield Fact(FactKind.UNKNOWN_NAME, match[0], written, match.start(), match.end())


def _abbreviated(said: str) -> Iterator[Fact]:
    for match in _ABBREVIATION.finditer(said):
        name = match[0].removesuffix("s")
        if name in fact_words.ABBREVIATIONS or not name.isupper():
            yield Fact(FactKind.DRUG, match[0], match[0], match.start(), match.end())


@lru_cache(maxsize=8192)
def is_drug(word: str) -> bool:
    """Return whether a word in small letters is a drug name, or is formed like one."""
    one = word.removesuffix("s")
    if {word, one} & fact_words.DRUGS or word.startswith(fact_words.DRUG_BEGINNINGS):
        return True
    if is_listed_drug(word):
        return True
    if len(one) <= 6 or one in fact_words.NO_DRUGS or not one.endswith(fact_words.DRUG_ENDINGS):
        return False
    # "operatoin" is a slip of the hand.
    return not (one.endswith("toin") and is_known(f"{one.removesuffix('toin')}tion"))


def _named(small: str, said: str, names: Collection[str]) -> Iterator[tuple[str, str, int, int]]:
    for name in names:
        place = small.find(name) if name else -1
        while place >= 0:
            end = place + len(name)
            if not (small[place - 1 : place].isalnum() or small[end : end + 1].isalnum()):
                yield name, said[place:end], place, end
            place = small.find(name, end)
