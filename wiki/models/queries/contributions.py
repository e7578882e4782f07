"""What one person wrote, approved and reviewed that readers have seen, of pages that are published now.

Each list begins with its newest row and is read by the person's own rows, however much others did.
"""

from typing import Final

from django.db import models

from wiki.domain.decisions import Decision
from wiki.domain.lifecycle import State
from wiki.models.lists.conditions import ExistsForEach
from wiki.models.lists.keyset import KeyOrder, moment, number
from wiki.models.publications import Publication
from wiki.models.revisions import Revision
from wiki.models.users import User
from wiki.models.verdicts import Verdict
from wiki.models.verifications import WholePageReview

NEWEST_WRITTEN_FIRST: Final = KeyOrder.downward(moment("submitted_at"), number("pk"))
NEWEST_SIGNED_FIRST: Final = KeyOrder.downward(number("pk"))
# What a line says of the page, with its review status today, and of the version of it.
_PAGE: Final = "page__published_page"
_BESIDE: Final = (f"{_PAGE}__publication__revision", f"{_PAGE}__whole_page_review")
_OF_PAGE: Final = tuple(
    f"{_PAGE}__{one}"
    for one in (
        *("slug", "title", "kind", "origin", "loaded_at", "reviewers", "reviewed_version", "changes"),
        *("approvals", "check_on", "disputed", "publication__revision__number"),
        *("whole_page_review__due_on", "whole_page_review__reviewed_at"),
    )
)
_BESIDE_VERSION: Final = tuple(f"revision__{one}" for one in _BESIDE)
_OF_VERSION: Final = tuple(f"revision__{one}" for one in ("number", "page", *_OF_PAGE))


def written_by(person: User) -> "models.QuerySet[Revision]":
    """Return the versions by a person that were published at some time, alone or within a later one."""
    states = (State.APPROVED, State.INCLUDED, State.UNAPPROVED)
    seen = models.Q(_was_published("pk")) | models.Q(state=State.INCLUDED)
    found = Revision.objects.filter(seen, author=person, state__in=states, page__published_page__isnull=False)
    return found.select_related(*_BESIDE).only("number", "submitted_at", "page", *_OF_PAGE)


def approved_by(person: User) -> "models.QuerySet[Verdict]":
    """Return a person's approvals of versions that were published at some time."""
    found = Verdict.objects.filter(_was_published("revision"), reviewer=person, decision=Decision.APPROVE)
    shown = found.filter(revision__page__published_page__isnull=False)
    return shown.select_related(*_BESIDE_VERSION).only("decided_at", "revision", *_OF_VERSION)


def reviewed_by(person: User) -> "models.QuerySet[WholePageReview]":
    """Return a person's reviews of whole pages, of versions that were published at some time."""
    found = WholePageReview.objects.filter(_was_published("revision"), by=person)
    shown = found.filter(revision__page__published_page__isnull=False)
    return shown.select_related(*_BESIDE_VERSION).only("reviewed_at", "revision", *_OF_VERSION)


def _was_published(revision: str) -> ExistsForEach:
    return ExistsForEach(Publication.objects.filter(revision=models.OuterRef(revision)))
