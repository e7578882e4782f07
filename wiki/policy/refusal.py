"""Refusals: why an act did not happen, in words for the person."""

from dataclasses import dataclass
from typing import Final

from wiki.text.compare.merge import Merge

# What a refusal says in one paragraph; what is more stands at its places in the checks.
MOST_SAID: Final = 3


class Refused(Exception):
    """The rules do not allow this now. The message is a sentence for the person."""


@dataclass(frozen=True)
class Problem:
    """One thing to put right. `field` is "title" or "statements-2-sources"; a warning stops nothing."""

    field: str
    message: str
    warning: bool = False


class SavedElsewhere(Refused):
    """The draft was saved after the person last saw it, from another window of their own."""

    def __init__(self) -> None:
        """Say so; both texts are still there."""
        super().__init__(
            "This draft was saved in another window meanwhile. Saving again keeps what is shown here."
        )


class NotReady(Refused):
    """The gate found problems. Every one is named."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems for the form."""
        self.problems = problems
        said = list(dict.fromkeys(problem.message.removesuffix(".") for problem in problems))
        more = len(said) - MOST_SAID
        rest = f" And {more} more; the checks list them all." if more > 0 else ""
        super().__init__(" ".join(f"{one}." for one in said[:MOST_SAID]) + rest)


class Conflict(Refused):
    """The page has moved on in the same places. Both texts are in `merge`."""

    def __init__(self, merge: Merge) -> None:
        """Keep the merge for the conflict page."""
        self.merge = merge
        super().__init__(
            "The page has changed in the same places while this was written. "
            "Both texts are kept; choose what it should say."
        )
