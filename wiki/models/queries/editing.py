"""What editing a page asks: what waits for review, all titles, how many pages link to it, the last number."""

from django.db import models

from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.pages import Address
from wiki.models.published_pages import Mention, PublishedPage, PublishedPageQuerySet
from wiki.models.revisions import Revision, RevisionQuerySet


def waiting_on(page_id: int) -> list[Revision]:
    """Return what waits for review on one page, oldest first, with the authors."""
    return _waiting(Revision.objects.get_queryset(), page_id)


@prepared
def _waiting(revisions: RevisionQuerySet, page_id: int) -> "models.QuerySet[Revision]":
    return revisions.waiting().filter(page=page_id).select_related("author")


def all_titles() -> list[str]:
    """Return every published title, A to Z, for a list to choose from."""
    return _titles(PublishedPage.objects.get_queryset())


@prepared
def _titles(pages: PublishedPageQuerySet) -> "models.QuerySet[PublishedPage, str]":
    return pages.a_to_z().values_list("title", flat=True)


def number_linking_to(page_id: int) -> int:
    """Return how many published pages name an address of a page, wherever that leads."""
    return _number_linking(PublishedPage.objects.get_queryset(), page_id) or 0


@prepared_row
def _number_linking(pages: PublishedPageQuerySet, page_id: int) -> "models.QuerySet[PublishedPage, int]":
    slugs = Address.objects.filter(page=page_id).values("slug")
    linking = Mention.objects.filter(slug__in=slugs).exclude(page=page_id).values("page")
    number = models.Func("page_id", function="count", output_field=models.IntegerField())
    return pages.filter(page__in=linking).annotate(found=number).values_list("found", flat=True)


def last_number(page_id: int) -> int:
    """Return the number of the newest revision of a page; 0 if none was sent in."""
    return _last_number(Revision.objects.get_queryset(), page_id) or 0


@prepared_row
def _last_number(revisions: RevisionQuerySet, page_id: int) -> "models.QuerySet[Revision, int | None]":
    numbered = revisions.filter(page=page_id, number__isnull=False).order_by("-number")
    return numbered.values_list("number", flat=True)[:1]
