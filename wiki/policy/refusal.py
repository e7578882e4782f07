"""Refusals: exceptions with a sentence that says why an act was not done."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # the process that opens a picture starts without all that merging needs
    from wiki.text.compare.merge import Merge

# How many problems a refusal names; the checks show all of them.
MOST_LISTED: Final = 3


class Refused(Exception):
    """The rules do not allow this act now. The message is a sentence for the person."""


@dataclass(frozen=True)
class Problem:
    """One problem to correct. `field` is "title" or "statements-2-sources"; a warning stops nothing."""

    field: str
    message: str
    warning: bool = False


class SavedElsewhere(Refused):
    """The draft was saved from another window after the person last loaded it."""

    def __init__(self) -> None:
        """Set the message: both texts are kept."""
        super().__init__(
            "This draft was saved in another window meanwhile. Saving again keeps what is shown here."
        )


class NotReady(Refused):
    """The checks found problems that stop a submission. All of them are named."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems for the form."""
        self.problems = problems
        said = list(dict.fromkeys(problem.message.removesuffix(".") for problem in problems))
        more = len(said) - MOST_LISTED
        rest = f" And {more} more; the checks list them all." if more > 0 else ""
        super().__init__(" ".join(f"{one}." for one in said[:MOST_LISTED]) + rest)


class Conflict(Refused):
    """The page changed in the same places. `merge` holds both texts."""

    def __init__(self, merge: "Merge") -> None:
        """Keep the merge for the conflict page."""
        self.merge = merge
        super().__init__(
            "The page has changed in the same places while this was written. "
            "Both texts are kept; choose what it should say."
        )
