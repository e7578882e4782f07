"""Advice that sends somebody to a doctor, an ambulance or a scan, and holds nothing back.

Such advice any clinician can judge: at worst somebody is seen who need not be. What forbids, allows, puts off
or sets a condition is not of this kind, however everyday it sounds: "You can drive as before", "See a doctor
if it lasts for a month".
"""

import re
from functools import lru_cache
from typing import Final

from wiki.text.language.directive_words import IMAGED
from wiki.text.language.facts import FactKind, facts_in
from wiki.text.normal_form import plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Who helps, and how somebody comes to them.
_HELP: Final = IMAGED | _words("""
    999 112 111 ambulance ambulances call cardiologist clinic clinics department doctor doctors emergency
    geneticist gp hospital hospitals looked midwife neurologist neurologists neurosurgeon nurse obstetrician
    ophthalmologist paediatrician pharmacist pharmacists physician physicians psychiatrist specialist
    specialists surgeon surgeons
""")
# What allows, puts off, or sets a condition or an order.
_HOLDING_BACK: Final = _words("""
    after afterwards again allowed although before but can choose chooses could day days decide decides
    doubtful either enough eventually except fine first free hours if instead later may maybe might month
    months next okay once optional permitted provided rarely second should've soon sooner still then till
    tomorrow until usual usually wait waits week weeks when where while wish wishes within would year years
""")
# What people do day by day: whether they may is no matter of going to a doctor.
_LIVING: Final = re.compile(
    r"(?<!\w)(?:climb|cook|cycl|danc|div|driv|eat|exercis|feed|fl(?:y|ies|ew)|fly|lift|liv|play|rid|run|sail|"
    r"school|sleep|smok|sport|swim|swam|train|travel|walk|work)(?:es|e|s|ing|n|rs?|mers?|ming|ning)?(?!\w)"
)
_WORD: Final = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def sends_to_help(sentence: str) -> bool:
    """Return whether a sentence sends people to help or to a scan, without a condition, and does no more."""
    said = plain(sentence).lower()
    found = {*_WORD.findall(said)}
    if not found & _HELP or found & _HOLDING_BACK or _LIVING.search(said):
        return False
    return not any(one.kind == FactKind.NEGATION for one in facts_in(sentence))


__all__ = ["sends_to_help"]
