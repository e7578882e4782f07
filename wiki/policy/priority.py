"""The priority of a submission: one number, and the reasons for it in words.

    score = harm × reach × wait × record

    harm    9, 3 or 1: the highest risk among what the change touches (`policy.quorum`) or what its author
            says it means (safety 9, what a reader would do 3)
    reach   1 + log2(1 + readers a week) / 4: none 1, fifteen 2, two hundred and fifty-five 3
    wait    1 + weeks of waiting: each week adds as much as the first, so nothing is ever left behind
    record  1 + the share of the author's last submissions that did not pass as they were; 1.5 while unknown

Each factor is at least 1 and only grows with what it stands for, so more harm, more readers, a longer wait
or a poorer record never moves a submission back. The constants are judgements; the order they make is shown
with its reasons on every row of the queue.
"""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Final

from wiki.domain.professions import Impact, Risk

HARM: Final = {Risk.HIGH: 9, Risk.MEDIUM: 3, Risk.LOW: 1}
MEANT: Final = {Impact.SAFETY: Risk.HIGH, Impact.ACTION: Risk.MEDIUM}
UNKNOWN: Final = 0.5
WEEK: Final = dt.timedelta(days=7)
# How much of what a change touches a row of the queue tells.
MOST_TOUCHED: Final = 3


@dataclass(frozen=True)
class Facts:
    """The facts about a waiting submission from which its priority is computed."""

    risk: Risk
    impact: str
    touched: tuple[str, ...]
    readers: float  # per week; 0 for an unpublished page
    is_new: bool
    waited: dt.timedelta
    decided: int  # number of the author's last submissions
    passed: int  # how many of those were approved unchanged


@dataclass(frozen=True)
class Score:
    """The priority of a submission, and its reasons."""

    value: float
    risk: Risk
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """Return the reasons in one line."""
        return " · ".join(self.reasons)


def score(facts: Facts) -> Score:
    """Return the priority of a submission, with each factor in words."""
    meant = MEANT.get(Impact(facts.impact), Risk.LOW) if facts.impact else Risk.LOW
    worse = max(facts.risk, meant, key=lambda one: HARM[one])
    reach = 1 + math.log2(1 + facts.readers) / 4
    wait = 1 + facts.waited / WEEK
    failed = 1 - facts.passed / facts.decided if facts.decided else UNKNOWN
    reasons = (*_first(facts.touched), *_meant(facts), _read(facts), _waits(facts.waited), _record(facts))
    return Score(HARM[worse] * reach * wait * (1 + failed), worse, reasons)


def _first(touched: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first of what a change touches, and how much more; the review screen has all of it."""
    if len(touched) <= MOST_TOUCHED + 1:
        return touched
    return *touched[:MOST_TOUCHED], f"{len(touched) - MOST_TOUCHED} more reasons of this kind"


def _meant(facts: Facts) -> list[str]:
    words = {Impact.SAFETY: "its author says: safety", Impact.ACTION: "it changes advice"}
    return [words[Impact(facts.impact)]] if facts.impact in words else []


def _read(facts: Facts) -> str:
    if facts.is_new:
        return "readers have no such page yet"
    times = round(facts.readers)
    if times < 1:
        return "hardly read"
    return f"read about {times} time{'s' if times > 1 else ''} a week"


def _waits(waited: dt.timedelta) -> str:
    days, hours = waited.days, waited.seconds // 3600
    if days < 1:
        return f"waits {hours} hour{'s' if hours > 1 else ''}" if hours else "has just come in"
    return f"waits {days} day{'s' if days > 1 else ''}"


def _record(facts: Facts) -> str:
    if not facts.decided:
        return "author’s first submission"
    if facts.decided == 1:
        return f"author’s one earlier submission was {'' if facts.passed else 'not '}approved unchanged"
    return f"{facts.passed} of the author’s last {facts.decided} submissions were approved unchanged"
