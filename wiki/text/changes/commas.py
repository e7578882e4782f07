"""Commas alone: whether one that comes or goes between two words can change what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wiki.text.language.facts import FactKind, facts_in

# Words that carry no subject of their own: beside them a comma neither makes nor breaks a list, a name or a
# compound. Between two other words it may: "calcium, phosphate" are two things.
_LINKING: Final = frozenset(
    """
    a about above across against along also am among an and any are around as at be because been before
    being below beneath between beyond both but by can cannot could despite did do does during each either
    else for from had has have he her here hers him his how however i if in inside into is it its itself
    like may me might must my near neither nor of off on onto or other our over own per rather she should so
    than that the their them then there therefore these they this those though through thus to together
    towards under until up upon was we were what when where whereas whether which while who whose why will
    with within would yet you your
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_CONJUNCTIONS: Final = frozenset({"and", "or", "but", "so", "nor", "yet"})
# What a sentence may begin with before its subject: "In most people, it fades".
_OPENING: Final = frozenset(
    """
    about above across after against along among around as at before below beneath between beyond by
    despite during for from if in inside near of on since through to under until when where whereas while
    with within
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# Words that begin the subject of a sentence and end nothing.
_SUBJECTS: Final = frozenset({"he", "i", "it", "she", "they", "there", "these", "this", "we", "you"})
_ALL: Final = frozenset(
    {
        *("all", "any", "anybody", "anyone", "anything", "every", "everybody", "everyone", "everything"),
        *("no", "nobody", "none", "nothing"),
    }
)
_ARTICLES: Final = frozenset({"a", "an", "the", "their", "its"})
# Words that begin what a "not" before them may be about, or not: "not seen in men", "not seen, in men".
_PREPOSITIONS: Final = _OPENING | {"because", "than", "that", "which", "who", "whose", "without", "only"}


# Of these a comma says how far they reach: "headache and fever in children" is not "headache, and fever in
# children".
_REACHING: Final = frozenset(
    {
        *(FactKind.POPULATION, FactKind.PREGNANCY, FactKind.CONTRAINDICATION),
        *(FactKind.DOSE, FactKind.FREQUENCY, FactKind.ROUTE, FactKind.INTERACTION),
    }
)
# Verbs with which a sentence of its own is told from one more thing in a row.
_VERBS: Final = frozenset(
    """
    am are can cannot come comes could did do does give gives go goes had has have helps is keeps may means
    might must need needs seem seems shall should show shows was were will would
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_RELATIVES: Final = frozenset({"who", "whom", "whose", "which", "that", "where", "when", "if"})


@dataclass(frozen=True)
class CommaPlace:
    """A place between two words of a sentence at which a comma comes or goes.

    `sentence` are the words in small letters, `start` and `end` the stretch around the place that no other
    sign divides; `ends_a_list` says that it is the last comma of a list of three or more.
    """

    sentence: Sequence[str]
    place: int
    start: int
    end: int
    ends_a_list: bool = False


def comma_may_tell(at: CommaPlace) -> bool:
    """Return whether a comma there may say something."""
    sentence, place = at.sentence, at.place
    left, right = sentence[place - 1], sentence[place]
    if right in _CONJUNCTIONS:
        return not at.ends_a_list and _may_reach(at)
    if right in _PREPOSITIONS and _denies(sentence[:place]):
        return True
    if right in _ARTICLES and left.endswith("ing"):  # "after eating the meal, …", "after eating, the meal …"
        return True
    if sentence[0] in _OPENING and (right in _SUBJECTS or right[0].isdigit()):
        return False
    if place == 1 and left.endswith("ly"):
        return False
    return not {left, right} & _LINKING


def is_linking(word: str) -> bool:
    """Return whether a word in small letters carries no subject of its own."""
    return word in _LINKING


def is_opening(word: str) -> bool:
    """Return whether a sentence may begin with a word before its subject."""
    return word.casefold() in _OPENING


def _may_reach(at: CommaPlace) -> bool:
    """Return whether a comma before a conjunction may say how far other words reach.

    "no pain and fever" is neither, "no pain, and fever" is one of them. No word before the conjunction
    reaches into a sentence of its own behind it.
    """
    before, behind = at.sentence[at.start : at.place], at.sentence[at.place + 1 : at.end]
    if at.sentence[at.place] == "but":  # "all but two", "nothing but harm"
        return at.sentence[at.place - 1] in _ALL
    if at.sentence[at.place] != "and" or not behind:
        return False
    if behind[0] in _SUBJECTS or (_is_clause(at.sentence[: at.place]) and _is_clause(behind)):
        return False
    return _denies(before) or _names_people(before) or (behind[0] not in _OPENING and _names_people(behind))


def _is_clause(words: Sequence[str]) -> bool:
    """Return whether some words have a verb of their own, outside "which is …"."""
    for word in words:
        if word in _RELATIVES:
            return False
        if word in _VERBS:
            return True
    return False


def _names_people(words: Sequence[str]) -> bool:
    """Return whether a preposition stands before a fact that may be true of more than the word before it."""
    place = next((place for place, word in enumerate(words) if word in _OPENING), len(words))
    return any(one.kind in _REACHING for one in facts_in(" ".join(words[place:])))


def _denies(words: Sequence[str]) -> bool:
    return any(one.kind == FactKind.NEGATION for one in facts_in(" ".join(words)))
