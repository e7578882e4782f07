"""A person's contributions, as far as they were published."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wiki.models import (
    Address,
    Family,
    Publication,
    Revision,
    User,
    Verdict,
    Verification,
    WholePageReview,
)

WROTE: Final = "wrote"
APPROVED: Final = "approved"
REVIEWED: Final = "reviewed"
VERIFIED: Final = "verified"


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


COLUMNS: Final = tuple(one.name for one in fields(Contribution))


def record_of(person: User) -> list[Contribution]:
    """Return a person's published contributions, newest first."""
    slugs = _slugs()
    approved, read = _approved(person, slugs), _reviewed(person, slugs)
    found = {*_written(person, slugs), *approved, *read, *_verified(person, slugs)}
    return sorted(found, reverse=True)


def _written(person: User, slugs: dict[int, str]) -> Iterator[Contribution]:
    """Yield each version in which words of the person were first published."""
    publications = list(Publication.objects.of_pages_by(person))
    families = Family.of_pages({one.page_id for one in publications})
    # What was taken back and was published again counts from the first time.
    for one in {one.revision_id: one for one in reversed(publications)}.values():
        writers = families[one.page_id].writers_of(one.revision)
        if person.pk in {revision.author_id for revision in writers}:
            yield _line(WROTE, one.revision, one.since, slugs)


def _approved(person: User, slugs: dict[int, str]) -> Iterator[Contribution]:
    for verdict in Verdict.objects.published_by(person):
        yield _line(APPROVED, verdict.revision, verdict.decided_at, slugs)


def _reviewed(person: User, slugs: dict[int, str]) -> Iterator[Contribution]:
    """Yield each page of which the person reviewed the whole, once it is published."""
    for one in (
        WholePageReview.objects.by_person(person).filter(revision__publications__isnull=False).distinct()
    ):
        yield _line(REVIEWED, one.revision, one.reviewed_at, slugs)


def _verified(person: User, slugs: dict[int, str]) -> Iterator[Contribution]:
    for one in Verification.objects.by_person(person):
        yield _line(VERIFIED, one.revision, one.verified_at, slugs)


def _line(act: str, revision: Revision, moment: dt.datetime, slugs: dict[int, str]) -> Contribution:
    path = reverse("revision", args=[slugs[revision.page_id], revision.number])
    return Contribution(
        date=timezone.localdate(moment).isoformat(),
        act=act,
        title=revision.title,
        kind=revision.kind,
        version=revision.number or 0,
        digest=revision.digest,
        address=f"{settings.SITE_URL}{path}",
    )


def _slugs() -> dict[int, str]:
    """Return the newest address of each page: it leads there for ever."""
    return dict(Address.objects.order_by("since", "pk").values_list("page_id", "slug"))
