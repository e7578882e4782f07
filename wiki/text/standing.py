"""The standing of a page, two facts kept apart: who reviewed the whole of it, and who approved what since."""

import datetime as dt
from dataclasses import dataclass

from wiki.domain.named_people import NamedPerson
from wiki.domain.origins import UNREVIEWED, Origin
from wiki.text.days import day_in_words, month_in_words


@dataclass(frozen=True)
class Reviewed:
    """That the whole page was reviewed: by whom, when, in which version, and when that is due again."""

    by: tuple[NamedPerson, ...]
    on: dt.date
    number: int
    due: dt.date


@dataclass(frozen=True)
class Approved:
    """That a change was approved: by whom, when, in which version."""

    by: tuple[NamedPerson, ...]
    on: dt.date
    number: int

    @property
    def names(self) -> str:
        """Return who signed, in words."""
        return named(self.by)


@dataclass(frozen=True)
class Standing:
    """How far a page can be trusted today, and who says so. Every place that tells it asks here."""

    number: int
    origin: str  # where the text that lies beneath came from
    loaded_on: dt.date | None
    whole: Reviewed | None
    change: Approved | None  # the last that was approved; None of what was only loaded
    changes: int  # how many were approved since the whole was reviewed, or since the page began
    earlier: tuple[Approved, ...]  # changes before the last of which something still stands
    disputed: int
    today: dt.date

    @property
    def code(self) -> str:
        """Return the mark by which it is shown: current, overdue, disputed or unreviewed."""
        if self.whole is None:
            return "unreviewed"
        if self.is_overdue:
            return "overdue"
        return "disputed" if self.disputed else "current"

    @property
    def is_overdue(self) -> bool:
        """Return whether the whole should have been reviewed again by now."""
        return self.whole is not None and self.whole.due < self.today

    @property
    def unreviewed(self) -> str:
        """Return what is said of a text of which nobody has reviewed the whole."""
        return UNREVIEWED[Origin(self.origin)]

    @property
    def lead(self) -> str:
        """Return the first fact in words: who reviewed the whole page, or that nobody has."""
        if self.whole is None:
            return self.unreviewed
        return (
            f"Whole page reviewed by {named(self.whole.by)}, {day_in_words(self.whole.on)} "
            f"(version {self.whole.number})"
        )

    @property
    def counted(self) -> str:
        """Return the beginning of the second fact: how many changes were approved. By whom comes after."""
        if self.change is None:
            return ""
        if self.whole is not None and self.changes:
            return f"{_changes(self.changes)} approved since, the last by"
        if self.whole is not None:
            return "last change approved by"
        if self.changes == 1 and self.origin == Origin.PERSON:
            return "approved by"
        return f"{_changes(self.changes)} approved, the last by"

    @property
    def last_change(self) -> str:
        """Return the second fact in words: how many changes were approved, the last by whom and when."""
        if self.change is None:
            return ""
        return f"{self.counted} {self.change.names}, {day_in_words(self.change.on)}"

    @property
    def due(self) -> str:
        """Return when the whole should be reviewed again, in words."""
        if self.whole is None:
            return ""
        said = "review of the whole page was due in" if self.is_overdue else "next review due"
        return f"{said} {month_in_words(self.whole.due)}"

    @property
    def sentence(self) -> str:
        """Return both facts in plain text, for lists, exports and structured data."""
        first = "; ".join(part for part in (self.lead, self.last_change) if part)
        return " · ".join(part for part in (first, self.due, self.conflicts) if part)

    @property
    def conflicts(self) -> str:
        """Return on how many of its statements the evidence conflicts, in words; "" for none."""
        if not self.disputed:
            return ""
        return f"evidence conflicts on {self.disputed} statement{'s' if self.disputed > 1 else ''}"


def _changes(number: int) -> str:
    return f"{number} change{'s' if number != 1 else ''}"


def named(people: tuple[NamedPerson, ...]) -> str:
    """Return people with their professions, as signatures give them."""
    return " and ".join(map(str, people))
