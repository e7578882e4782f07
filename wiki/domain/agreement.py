"""Agreement of two reviewers beyond chance: Cohen’s kappa."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Below this number of pairs kappa is not reported: chance would dominate it.
FEWEST: Final = 10


@dataclass(frozen=True)
class Agreement:
    """How often two reviewers came to the same decision."""

    pairs: int
    same: int
    kappa: float | None

    @property
    def observed(self) -> float | None:
        """Return the share of pairs that agree; None without any."""
        return self.same / self.pairs if self.pairs else None

    @property
    def sentence(self) -> str:
        """Return the agreement, in words."""
        if not self.pairs:
            return "nothing read twice yet"
        if self.pairs < FEWEST:
            return f"too few to tell: {self.same} of {self.pairs} agree"
        if self.kappa is None:
            return f"all {self.pairs} were decided the same way, so kappa is not defined"
        return f"kappa {self.kappa:.2f}; {self.same} of {self.pairs} agree"


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Return the agreement of first and second decisions, with Cohen's kappa.

    Kappa is (observed − expected) / (1 − expected), where the expected agreement is what two readers would
    reach by chance, each deciding as often each way as they did (J. Cohen, A coefficient of agreement for
    nominal scales, Educational and Psychological Measurement 20:37–46, 1960). It is not defined when
    everything was decided the same way by both: chance alone would agree on all of it.
    """
    count = len(pairs)
    same = sum(first == second for first, second in pairs)
    firsts, seconds = (Counter(one[place] for one in pairs) for place in (0, 1))
    by_chance = sum(firsts[one] * seconds[one] for one in firsts)
    if by_chance == count * count:
        return Agreement(count, same, None)
    return Agreement(count, same, (same * count - by_chance) / (count * count - by_chance))
