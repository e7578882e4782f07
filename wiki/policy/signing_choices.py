"""The specialties that also sign for treatment here, as an administrator chose; the log keeps each choice.

Which signatures a change needs stays a rule. Whose training counts as treating depends on the subjects.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wiki.domain.professions import Specialty
from wiki.models import Event
from wiki.policy.needs import TREATING, Need

ACT: Final = "choose_signers"


def choosable() -> list[Specialty]:
    """Return the specialties that do not count as treating by themselves."""
    return [one for one in Specialty if one not in TREATING.specialties]


def also_treating() -> tuple[str, ...]:
    """Return the specialties that an administrator added."""
    newest = Event.objects.newest_of_act(ACT)
    return tuple(newest.data["after"]) if newest else ()


def as_chosen(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return signatures with the specialties that count here."""
    needs = tuple(needs)
    if not any(one.label == TREATING.label for one in needs):
        return needs
    also = also_treating()
    return tuple(_with(one, also) if one.label == TREATING.label else one for one in needs)


def _with(need: Need, also: tuple[str, ...]) -> Need:
    return replace(need, specialties=tuple(dict.fromkeys((*need.specialties, *also))))
