"""The statistics screens: how long reviews take, and what each reviewer does."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wiki.acts.unmet import last_told, unmet
from wiki.domain.professions import Risk
from wiki.models import Claim, KeptFigures, Revision, User, clock
from wiki.models.queries import review_statistics
from wiki.models.queries.review_figures import HASTY, WINDOW
from wiki.models.queries.review_statistics import Handled, Waits

# Below this number of submissions no expectation is shown.
FEWEST: Final = 10

UNTOLD: Final = "Not enough decisions in the last three months to say how long it takes."
GONE: Final = "People whose account is removed"
UNITS: Final = ((86400, "day"), (3600, "hour"), (60, "minute"))


def within(wait: dt.timedelta) -> str:
    """Return a wait rounded up, in one unit: 20 minutes, 3 hours, 8 days."""
    seconds = max(wait.total_seconds(), 60)
    # More than two days are told in days, less than that in hours, so that rounding up stays small.
    size, word = next(unit for unit in UNITS if seconds > 2 * unit[0] or unit is UNITS[-1])
    number = math.ceil(seconds / size)
    return f"{number} {word}{'s' if number > 1 else ''}"


@dataclass(frozen=True)
class Expected:
    """The expected wait of submissions of one risk, from those of the last three months."""

    risk: Risk | None
    waits: Waits | None

    @property
    def is_known(self) -> bool:
        """Return whether there were enough submissions."""
        return self.waits is not None and self.waits.number >= FEWEST

    @property
    def label(self) -> str:
        """Return the risk in words."""
        return self.risk.label if self.risk else ""

    @property
    def sentence(self) -> str:
        """Return it in words, for whoever sends something in."""
        found = self.waits
        if found is None or found.number < FEWEST or found.half is None or found.most is None:
            return UNTOLD
        return (
            f"Half of such changes are decided within {within(found.half)}, "
            f"nine of ten within {within(found.most)}."
        )


def expected_waits() -> list[Expected]:
    """Return the expected wait for each risk, the highest first."""
    kept = KeptFigures.objects.of_review()
    waits = kept.waits if kept else review_statistics.waits_since(clock.now() - WINDOW)
    found = {one.risk: one for one in waits}
    return [Expected(risk, found.get(risk)) for risk in Risk]


def expected_wait(risk: str) -> Expected:
    """Return the expected wait of a submission of one risk."""
    return next((one for one in expected_waits() if one.risk == risk), Expected(None, None))


def waits_in_words() -> str:
    """Return how long recent submissions waited, for every risk for which that is known; "" for none.

    It stands at the button that sends something in, before its risk is worked out.
    """
    known = [one for one in expected_waits() if one.is_known]
    return " ".join(f"{one.label}: {one.sentence}" for one in known)


def sentence_when_sent(sent: Revision) -> str:
    """Return the sentence that an author is shown after submitting.

    Whether somebody can sign it was asked when it was sent in, and stands in the log.
    """
    expected = expected_wait(sent.risk)
    wait = f" {expected.sentence}" if expected.is_known else ""
    said = f"Sent for review as version {sent.number}.{wait} You get a notification when it is decided."
    found = last_told(sent)
    stuck = "Nobody can sign it today as {}; moderators and administrators have been told."
    return f"{said} {stuck.format(found.words)}" if found else said


@dataclass(frozen=True)
class WaitsOnNobody:
    """The submissions that wait for a signature which no moderator can give today."""

    number: int
    longest: dt.timedelta

    @property
    def sentence(self) -> str:
        """Return it in words; "" when there is none."""
        if not self.number:
            return ""
        return (
            f"{self.number} submission{'s' if self.number > 1 else ''} wait{'s' if self.number == 1 else ''} "
            f"on a signature that nobody can give today, the oldest for {within(self.longest)}."
        )


def counted_at() -> dt.datetime | None:
    """Return when the figures were counted that are shown; None where they are of now."""
    kept = KeptFigures.objects.of_review()
    return kept.counted_at if kept else None


def waits_on_nobody() -> WaitsOnNobody:
    """Return how much waits today on a signature that nobody can give."""
    now = clock.now()
    if kept := KeptFigures.objects.of_review():
        return WaitsOnNobody(kept.stuck, now - (kept.stuck_since or now))
    ages = [now - one.revision.submitted_at for one in unmet() if one.revision.submitted_at]
    return WaitsOnNobody(len(ages), max(ages, default=dt.timedelta()))


@dataclass(frozen=True)
class Reviewer:
    """What one reviewer did in the last three months, and their present claims."""

    name: str
    username: str
    handled: Handled | None
    share: float
    claims: Sequence[Claim]
    now: dt.datetime

    @property
    def percent(self) -> int:
        """Return their share of all verdicts, in per cent."""
        return round(100 * self.share)

    @property
    def looked(self) -> str:
        """Return the median time for which they had a comparison open; "" if unknown."""
        seconds = self.handled.seconds if self.handled else None
        if seconds is None:
            return ""
        return within(dt.timedelta(seconds=seconds)) if seconds >= 60 else f"{math.ceil(seconds)} seconds"

    @property
    def waves_through(self) -> bool:
        """Return whether many of their approvals came too soon to have been read."""
        return bool(
            self.handled and self.handled.hasty >= 3 and 4 * self.handled.hasty >= self.handled.approved
        )

    @property
    def oldest_claim(self) -> str:
        """Return the age of their oldest claim; "" without a claim."""
        return within(self.now - min(one.since for one in self.claims)) if self.claims else ""

    @property
    def hoards(self) -> bool:
        """Return whether they have claimed much of the queue, or one submission for long."""
        return len(self.claims) >= 4 or any(
            self.now - one.since > dt.timedelta(hours=8) for one in self.claims
        )


def reviewers() -> list[Reviewer]:
    """Return what each reviewer did, whoever decided most first; those with nothing come last."""
    now = clock.now()
    kept = KeptFigures.objects.of_review()
    handled = kept.handled if kept else review_statistics.handled_since(now - WINDOW, hasty=HASTY)
    claims: dict[int, list[Claim]] = {}
    for one in Claim.objects.held(now).on_what_waits():
        claims.setdefault(one.person_id, []).append(one)
    people = {one.pk: one for one in User.objects.moderators()}
    of = {one.reviewer: one for one in handled}
    total = sum(one.total for one in handled) or 1
    rows = [
        Reviewer(
            name=one.name if one.reviewer else GONE,
            username=people[one.reviewer].username if one.reviewer in people else "",
            handled=one,
            share=one.total / total,
            claims=claims.get(one.reviewer or 0, []),
            now=now,
        )
        for one in handled
    ]
    idle = [one for pk, one in people.items() if pk not in of]
    return rows + [Reviewer(str(one), one.username, None, 0, claims.get(one.pk, []), now) for one in idle]
