"""A person's contributions, as far as they were published."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wiki.models import (
    Family,
    Publication,
    PublishedPage,
    Revision,
    Suppression,
    User,
    Verdict,
    Verification,
    WholePageReview,
)
from wiki.models.lists.keyset import ListPart, PartAsked, part_of
from wiki.models.queries import contributions

WROTE: Final = "wrote"
APPROVED: Final = "approved"
REVIEWED: Final = "reviewed"
VERIFIED: Final = "verified"

# What somebody did, with which version, and when.
type Done = tuple[str, Revision, dt.datetime]


@dataclass(frozen=True, order=True)
class Contribution:
    """One line of a person's record: what they did, when, to which exact words, and their address."""

    date: str
    act: str
    title: str
    kind: str
    version: int
    digest: str
    address: str

    def as_row(self) -> dict[str, str | int]:
        """Return the line as plain values, ready to be written."""
        return asdict(self)


class DatedVersion(NamedTuple):
    """A line of a list on a person's page: the page as it is now, the version of it, and when it was done."""

    published_page: PublishedPage
    version: int | None
    at: dt.datetime


@dataclass(frozen=True)
class ContributionList:
    """One of the lists on a person's page: its heading, what it counts, and a part of its rows."""

    heading: str
    noun: str
    part: ListPart
    version_of: Callable[[Any], DatedVersion]

    @cached_property
    def lines(self) -> list[DatedVersion]:
        """Return what each row of this part says."""
        return [self.version_of(row) for row in self.part]


def lists_of(person: User, query: Mapping[str, str]) -> list[ContributionList]:
    """Return what a person wrote, approved and reviewed, of each list the part that an address asks for."""
    rows_and_orders = {
        "written": (contributions.written_by(person), contributions.NEWEST_WRITTEN_FIRST),
        "approved": (contributions.approved_by(person), contributions.NEWEST_SIGNED_FIRST),
        "reviewed": (contributions.reviewed_by(person), contributions.NEWEST_SIGNED_FIRST),
    }
    written, approved, reviewed = (
        part_of(rows, order, PartAsked.from_query(query, name))
        for name, (rows, order) in rows_and_orders.items()
    )
    return [
        ContributionList("Versions written", "version", written, lambda one: _dated(one, one.submitted_at)),
        ContributionList(
            "Changes approved", "change", approved, lambda one: _dated(one.revision, one.decided_at)
        ),
        ContributionList(
            "Whole pages reviewed", "page", reviewed, lambda one: _dated(one.revision, one.reviewed_at)
        ),
    ]


def _dated(revision: Revision, at: dt.datetime) -> DatedVersion:
    return DatedVersion(revision.page.published_page, revision.number, at)


COLUMNS: Final = tuple(one.name for one in fields(Contribution))


def record_of(person: User) -> list[Contribution]:
    """Return a person's published contributions, newest first."""
    hidden = frozenset(Suppression.objects.values_list("revision", flat=True))
    done = (*_written(person), *_approved(person), *_reviewed(person), *_verified(person))
    found = {_line(act, revision, moment, hidden) for act, revision, moment in done}
    return sorted(found, reverse=True)


def _written(person: User) -> Iterator[Done]:
    """Yield each version in which words of the person were first published."""
    publications = list(Publication.objects.of_pages_by(person))
    families = Family.of_pages({one.page_id for one in publications})
    # What was reverted and was published again counts from the first time.
    for one in {one.revision_id: one for one in reversed(publications)}.values():
        writers = families[one.page_id].writers_of(one.revision)
        if person.pk in {revision.author_id for revision in writers}:
            yield WROTE, one.revision, one.since


def _approved(person: User) -> Iterator[Done]:
    for verdict in Verdict.objects.published_by(person):
        yield APPROVED, verdict.revision, verdict.decided_at


def _reviewed(person: User) -> Iterator[Done]:
    """Yield each page of which the person reviewed the whole, once it is published."""
    for one in (
        WholePageReview.objects.by_person(person).filter(revision__publications__isnull=False).distinct()
    ):
        yield REVIEWED, one.revision, one.reviewed_at


def _verified(person: User) -> Iterator[Done]:
    for one in Verification.objects.by_person(person):
        yield VERIFIED, one.revision, one.verified_at


def _line(act: str, revision: Revision, moment: dt.datetime, hidden: Collection[int]) -> Contribution:
    """Return one line; of a version that is hidden, without its title and the address made of that."""
    is_hidden, number = revision.pk in hidden, revision.number or 0
    path = "printed" if is_hidden else "revision"
    page = revision.page_id if is_hidden else revision.slug
    return Contribution(
        date=timezone.localdate(moment).isoformat(),
        act=act,
        title=f"Page {page}" if is_hidden else revision.title,
        kind=revision.kind,
        version=number,
        digest=revision.digest,
        address=f"{settings.SITE_URL}{reverse(path, args=[page, number])}",
    )
