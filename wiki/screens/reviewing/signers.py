"""The screen of who may sign what today, and what expires when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from wiki.acts.unmet import Unmet, unmet
from wiki.policy.eligibility import Signer, TodaysModerators, needs_of_rules
from wiki.policy.quorum import Need

SOON = dt.timedelta(days=60)


@dataclass(frozen=True)
class AbleToday:
    """A person who can give a signature, and the last day on which they can."""

    signer: Signer
    until: dt.date | None

    @property
    def is_soon(self) -> bool:
        """Return whether that day is near."""
        return self.until is not None and self.until <= self.signer.day + SOON


@dataclass(frozen=True)
class NeedToday:
    """One kind of signature, who can give it, and how many submissions wait for it without
    anybody who can.
    """

    need: Need
    able: Sequence[AbleToday]
    waiting: int


@dataclass(frozen=True)
class SignersToday:
    """Every signature with who can give it, who can sign nothing or not all, and what waits in vain."""

    needs: Sequence[NeedToday]
    limited: Sequence[Signer]
    unmet: Sequence[Unmet]


def signers_today() -> SignersToday:
    """Return who can sign what today. The number of queries is constant."""
    bench = TodaysModerators.today()
    stuck = unmet(bench)
    return SignersToday([_need(one, bench, stuck) for one in needs_of_rules()], _limited(bench), stuck)


def _need(need: Need, bench: TodaysModerators, stuck: Sequence[Unmet]) -> NeedToday:
    able = [AbleToday(one, one.until(need)) for one in bench.able_to(need)]
    return NeedToday(need, able, sum(need.label in one.needs for one in stuck))


def _limited(bench: TodaysModerators) -> list[Signer]:
    return [one for one in bench.people if one.remark]
