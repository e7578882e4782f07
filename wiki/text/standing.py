"""The review status of a page: who reviewed the whole of it, and who approved which changes since."""

import datetime as dt
from dataclasses import dataclass

from wiki.domain.named_people import NamedPerson, named
from wiki.domain.origins import UNREVIEWED, Origin
from wiki.text.days import day_in_words, month_in_words


@dataclass(frozen=True)
class Reviewed:
    """A whole-page review: by whom, when, in which version, and the next due date."""

    by: tuple[NamedPerson, ...]
    on: dt.date
    number: int
    due: dt.date


@dataclass(frozen=True)
class Approved:
    """The approval of a change: by whom, when, in which version."""

    by: tuple[NamedPerson, ...]
    on: dt.date
    number: int

    @property
    def names(self) -> str:
        """Return who signed, in words."""
        return named(self.by)


@dataclass(frozen=True)
class Standing:
    """The review status of a page today. Everything that shows it asks here."""

    number: int
    origin: str  # the origin of the text beneath the approved changes
    loaded_on: dt.date | None
    whole: Reviewed | None
    change: Approved | None  # the last that was approved; None of what was only loaded
    changes: int  # how many were approved since the whole was reviewed, or since the page began
    earlier: tuple[Approved, ...]  # changes before the last of which something still stands
    disputed: int
    today: dt.date
    check: dt.date | None = None  # when the first of its parts is to be checked again

    @property
    def code(self) -> str:
        """Return its code: current, overdue, disputed or unreviewed."""
        if self.whole is None:
            return "unreviewed"
        if self.is_overdue:
            return "overdue"
        return "disputed" if self.disputed else "current"

    @property
    def is_overdue(self) -> bool:
        """Return whether the whole, or a part that names a day, should have been looked at again by now."""
        return self._is_whole_overdue or self._is_part_overdue

    @property
    def _is_whole_overdue(self) -> bool:
        return self.whole is not None and self.whole.due < self.today

    @property
    def _is_part_overdue(self) -> bool:
        return self.check is not None and self.check < self.today

    @property
    def unreviewed(self) -> str:
        """Return the label of a text without a whole-page review."""
        return UNREVIEWED[Origin(self.origin)]

    @property
    def lead(self) -> str:
        """Return the first part in words: who reviewed the whole page, or that nobody has."""
        if self.whole is None:
            return self.unreviewed
        return (
            f"Whole page reviewed by {named(self.whole.by)}, {day_in_words(self.whole.on)} "
            f"(version {self.whole.number})"
        )

    @property
    def counted(self) -> str:
        """Return the start of the second part: how many changes were approved. The names come after it.

        Only of a page with a `change`.
        """
        if self.whole is not None and self.changes:
            return f"{_changes(self.changes)} approved since, the last by"
        if self.whole is not None:
            return "last change approved by"
        if self.changes == 1 and self.origin == Origin.PERSON:
            return "approved by"
        return f"{_changes(self.changes)} approved, the last by"

    @property
    def last_change(self) -> str:
        """Return the second part in words: how many changes were approved, the last by whom and when."""
        if self.change is None:
            return ""
        return f"{self.counted} {self.change.names}, {day_in_words(self.change.on)}"

    @property
    def due(self) -> str:
        """Return when the whole should be reviewed again, and a part should have been, in words."""
        return " · ".join(filter(None, (self._whole_due, self.part_due)))

    @property
    def _whole_due(self) -> str:
        if self.whole is None:
            return ""
        said = "review of the whole page was due in" if self._is_whole_overdue else "next review due"
        return f"{said} {month_in_words(self.whole.due)}"

    @property
    def part_due(self) -> str:
        """Return in words by when a part was to be checked again; "" until that day has passed."""
        if self.check is None or not self._is_part_overdue:
            return ""
        return f"part of this page was to be checked again by {day_in_words(self.check)}"

    @property
    def sentence(self) -> str:
        """Return both parts as plain text, for lists, exports and structured data."""
        first = "; ".join(part for part in (self.lead, self.last_change) if part)
        return " · ".join(part for part in (first, self.due, self.conflicts) if part)

    @property
    def conflicts(self) -> str:
        """Return the number of statements with conflicting evidence, in words; "" for none."""
        if not self.disputed:
            return ""
        return f"evidence conflicts on {self.disputed} statement{'s' if self.disputed > 1 else ''}"


def _changes(number: int) -> str:
    return f"{number} change{'s' if number != 1 else ''}"
