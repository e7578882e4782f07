"""Entries and rows of data sets for machines, each with the pages on the same subject. One query a list."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from wiki.models.data_sets.entries import DataRow, Entry, EntryCode, EntryNumber, SameSubject
from wiki.models.published_pages import PublishedPage

_LONG = tuple(
    f"{end}__{part}" for end in ("subject", "object") for part in ("definition", "comment", "search")
)


def _slugs(entry: str) -> ArraySubquery:
    """Return the slugs of the pages whose subject is an entry."""
    pages = PublishedPage.objects.filter(page__same_entries__entry=models.OuterRef(entry))
    return ArraySubquery(pages.order_by("page").values("slug"))


def entries(data_set: str) -> "models.QuerySet[Entry]":
    """Return the entries of a data set, with their pages and their codes in other lists."""
    codes = EntryCode.objects.filter(entry=models.OuterRef("pk")).order_by("system", "code")
    told = codes.values(json=JSONObject(system="system", code="code"))
    return Entry.objects.of_data_set(data_set).annotate(pages=_slugs("pk"), other_codes=ArraySubquery(told))


def present_code(data_set: str, code: str) -> str | None:
    """Return the code that an entry has now, "" where it went, None where there never was one. One query."""
    now = Entry.objects.of_data_set(data_set).filter(former_codes__contains=[code]).values_list("code")
    gone = EntryNumber.objects.filter(data_set=data_set, code=code).values_list(models.Value(""))
    return max((found for (found,) in now.union(gone)), default=None)


def data_rows(
    *, data_set: str = "", entry: str = "", page: str = "", relation: str = ""
) -> "models.QuerySet[DataRow]":
    """Return rows: of a data set, with an entry or a page at either end, of a relation."""
    found = DataRow.objects.select_related("subject", "object", "release").defer(*_LONG)
    found = found.annotate(subject_slugs=_slugs("subject"), object_slugs=_slugs("object"))
    if data_set:
        found = found.filter(release__data_set=data_set)
    if relation:
        found = found.filter(relation=relation)
    if entry:
        named = Entry.objects.filter(code=entry).values("pk")
        found = found.filter(models.Q(subject__in=named) | models.Q(object__in=named))
    if page:
        same = SameSubject.objects.filter(page__addresses__slug=page).values("entry")
        found = found.filter(models.Q(subject__in=same) | models.Q(object__in=same))
    return found
