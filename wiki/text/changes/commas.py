"""Commas alone: whether one that comes or goes between two words can change what they say."""

from collections.abc import Sequence
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
_ARTICLES: Final = frozenset({"a", "an", "the", "their", "its"})
# Words that begin what a "not" before them may be about, or not: "not seen in men", "not seen, in men".
_PREPOSITIONS: Final = _OPENING | {"because", "than", "that", "which", "who", "whose", "without", "only"}


def comma_may_tell(sentence: Sequence[str], place: int) -> bool:
    """Return whether a comma before `place` may say something; `sentence` are its words in small letters."""
    left, right = sentence[place - 1], sentence[place]
    if right in _CONJUNCTIONS:
        return False
    if right in _PREPOSITIONS and _denies(sentence[:place]):
        return True
    if right in _ARTICLES and left.endswith("ing"):  # "after eating the meal, …", "after eating, the meal …"
        return True
    if sentence[0] in _OPENING and (right in _SUBJECTS or right[0].isdigit()):
        return False
    if place == 1 and left.endswith("ly"):
        return False
    return not {left, right} & _LINKING


def _denies(words: Sequence[str]) -> bool:
    return any(one.kind == FactKind.NEGATION for one in facts_in(" ".join(words)))
