"""Lists for machines, in parts: ordered by a number that only grows, so that no row is left out of a walk.

A row that changes during a walk may come a second time, with a greater number. Readers see all that is here.
"""

from typing import Any, Final

from django.db import models

from wiki.domain.decisions import Decision
from wiki.models.corrections import Suppression
from wiki.models.lists.keyset import KeyOrder, ListPart, number, part_after
from wiki.models.publications import Publication
from wiki.models.published_pages import PublishedPage
from wiki.models.revisions import Revision
from wiki.models.sources import Source
from wiki.models.statements import Statement
from wiki.models.users import ANYBODY, User

# The ends that a filter of statements can name, with the condition for each.
_ENDS: Final = {"subject": "subject__addresses__slug", "object": "object__addresses__slug"}


_BY_KEY: Final = KeyOrder.upward(number("pk"))


def part_of(rows: "models.QuerySet[Any, Any]", after: int | str, limit: int) -> ListPart:
    """Return the first rows after a number, or after the key of one, at most `limit`."""
    return part_after(rows, _BY_KEY, (after,), limit)


def pages(*, kind: str = "", written_by: str = "", reviewed_by: str = "") -> "models.QuerySet[PublishedPage]":
    """Return published pages: of a kind, with a version by a person, with a signature by one."""
    found = PublishedPage.objects.for_lists().of_kind(kind)
    if written_by:
        found = found.filter(
            page__in=_published_versions().filter(author__username=written_by).values("page")
        )
    if reviewed_by:
        signed = models.Q(verdicts__reviewer__username=reviewed_by, verdicts__decision=Decision.APPROVE)
        read = models.Q(whole_page_reviews__by__username=reviewed_by)
        found = found.filter(page__in=_published_versions().filter(signed | read).values("page"))
    return found


def _published_versions() -> "models.QuerySet[Revision]":
    return Revision.objects.filter(publications__isnull=False)


def versions(slug: str) -> "models.QuerySet[Publication]":
    """Return when which version of a page was published, with its verdicts; less what is hidden."""
    anybody = Revision.objects.visible_to(ANYBODY).values("pk")
    return (
        Publication.objects.filter(page__addresses__slug=slug, revision__in=anybody)
        .select_related("revision", "verdict__meaning_withdrawal")
        .defer("revision__content")
        .prefetch_related("revision__verdicts")
    )


def version(slug: str, number: int) -> Revision | None:
    """Return a version that readers see or saw, with how its last publication ended (`last_ending`)."""
    last = Publication.objects.filter(revision=models.OuterRef("pk")).order_by("-pk")
    found = Revision.objects.visible_to(ANYBODY).filter(page__addresses__slug=slug, number=number)
    return found.annotate(last_ending=models.Subquery(last.values("ending")[:1])).first()


def is_hidden(slug: str, number: int) -> bool:
    """Return whether the text of a version that readers saw is hidden from them now."""
    hidden = Suppression.objects.filter(revision__page__addresses__slug=slug, revision__number=number)
    return hidden.filter(revision__publications__isnull=False).exists()


def statements(*, page: str = "", source: int | None = None, **wanted: str) -> "models.QuerySet[Statement]":
    """Return what published pages say of each other: about a page, from a source, with some values."""
    found = Statement.objects.public().with_both_ends()
    if page:
        # A subquery, so that a page with several addresses is not joined several times.
        at = PublishedPage.objects.filter(page__addresses__slug=page).values("page")
        found = found.filter(models.Q(subject__in=at) | models.Q(object__in=at))
    if source is not None:
        found = found.filter(source_ids__contains=[source])
    for name, value in wanted.items():
        if value:
            found = found.filter(**{_ENDS.get(name, name): value})
    return found


def sources() -> "models.QuerySet[Source]":
    """Return the records that published pages rest on, with their identifiers and the notices on them."""
    return Source.objects.published().kept().with_keys()


def cited_by(rows: "list[Statement]") -> dict[int, Source]:
    """Return the sources of some statements, by id. One query."""
    wanted = {pk for one in rows for pk in one.source_ids}
    return {one.pk: one for one in Source.objects.with_keys().filter(pk__in=wanted)}


def people() -> "models.QuerySet[User]":
    """Return whose name stands under something that readers have seen, with their registrations."""
    return User.objects.in_public().with_credentials()
