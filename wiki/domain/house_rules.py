"""House rules: what one wiki asks for beyond Causeway's own rules.

They stand in the TOML file that `CAUSEWAY_HOUSE_RULES` names, and can only ask for more: earlier reviews,
more signatures, more questions. What cannot be read, or names what there is not, stops the start.
"""

import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

NAME: Final = "CAUSEWAY_HOUSE_RULES"
_PARTS: Final = frozenset({"review_months", "also_signing", "questions"})


@dataclass(frozen=True)
class HouseRules:
    """Months until a review is due, by kind; who signs as well, by rule; questions on a whole page."""

    review_months: Mapping[str, int] = field(default_factory=dict)
    also_signing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Mapping[str, Any], ...] = ()


def refuse(sentence: str) -> ImproperlyConfigured:
    """Return the error that says what is wrong in the file."""
    return ImproperlyConfigured(f"{NAME}: {sentence}")


def refuse_unknown(what: str, named: Collection[str], known: Collection[str]) -> None:
    """Raise an error where a name is none of those known."""
    if unknown := sorted({*named} - {*known}):
        raise refuse(f"there is no {what} called {', '.join(unknown)}.")


def house_rules_in(text: str) -> HouseRules:
    """Return the house rules that a file holds."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise refuse(f"this is no TOML: {problem}.") from problem
    refuse_unknown("part", said, _PARTS)
    months, signing, questions = (said.get(part, empty) for part, empty in _EMPTY.items())
    if not _is_table(months) or any(type(one) is not int or one < 1 for one in months.values()):
        raise refuse("review_months names kinds of page, each with a number of months.")
    if not _is_table(signing) or not all(_is_list_of_words(one) and one for one in signing.values()):
        raise refuse("also_signing names rules, each with a list of who signs as well.")
    if not isinstance(questions, list) or not all(map(_is_question, questions)):
        raise refuse(
            "each of questions has an id, a group and a text; kinds is a list, blocking true or false."
        )
    return HouseRules(months, {rule: tuple(one) for rule, one in signing.items()}, tuple(questions))


_EMPTY: Final[dict[str, Any]] = {"review_months": {}, "also_signing": {}, "questions": []}
_OF_QUESTION: Final = frozenset({"id", "group", "text", "kinds", "blocking"})


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_question(value: Any) -> bool:
    return (
        _is_table(value)
        and {*value} <= _OF_QUESTION
        and all(isinstance(value.get(name), str) and value[name].strip() for name in ("id", "group", "text"))
        and _is_list_of_words(value.get("kinds", []))
        and isinstance(value.get("blocking", True), bool)
    )


def read_house_rules() -> HouseRules:
    """Return the house rules of the file that the environment names; none without one."""
    if not (path := os.environ.get(NAME)):
        return HouseRules()
    try:
        return house_rules_in(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise refuse(f"the file cannot be read: {problem}.") from problem


HOUSE_RULES: Final = read_house_rules()
