"""Derived rows computed again, and compared with those that readers are served."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.db.models import Model

from wiki.models import (
    Address,
    Citation,
    Depiction,
    Mention,
    Name,
    NeighbourUpdate,
    Page,
    PublishedPage,
    Statement,
)
from wiki.models.locks import lock_names
from wiki.published.derive import derive_live

# Table, key of its page, a row in words, and columns that get new numbers on each derivation.
ROWS: Final[tuple[tuple[type[Model], str, str, tuple[str, ...]], ...]] = (
    (Statement, "subject", "statement", ()),
    (Name, "page", "name", ()),
    (Mention, "page", "link", ()),
    (Citation, "page", "citation", ("statement__relation", "statement__object", "statement__population")),
    (Depiction, "page", "picture shown", ()),
)
GIVEN_ANEW: Final = {"id", "statement_id"}


class _TakenBack(Exception):
    """Rolls a transaction back whose rows were only compared."""


def rebuild(pages: Iterable[Page] | None = None) -> Iterator[tuple[Page, list[str]]]:
    """Derive every page again; yield each with what differed. Nothing should."""
    for page in pages if pages is not None else Page.objects.order_by("pk"):
        with transaction.atomic():
            found = _derived_anew(page)
        yield page, found


def differences() -> Iterator[tuple[Page, list[str]]]:
    """Yield each page whose served rows differ from what its publication derives.

    Those that name a page whose neighbours wait to be updated are not compared: they differ until then.
    """
    waiting = Address.objects.filter(page__in=NeighbourUpdate.objects.values("page")).values("slug")
    naming = Mention.objects.filter(slug__in=waiting).values("page")
    for page in Page.objects.exclude(pk__in=naming).order_by("pk").iterator(500):
        found: list[str] = []
        try:
            with suppress(_TakenBack), transaction.atomic():
                found = _derived_anew(page)
                raise _TakenBack
        except DatabaseError as problem:
            found = [f"It cannot be derived anew: {str(problem).splitlines()[0]}"]
        yield page, found


def _derived_anew(page: Page) -> list[str]:
    """Derive one page again under its lock; return what differed before, in sentences."""
    lock_names(exclusive=False)
    held = Page.objects.locked(page.pk)
    before = _what_there_is(held)
    derive_live(held)
    return list(_compared(before, _what_there_is(held)))


def _what_there_is(page: Page) -> tuple[dict[str, Any], dict[str, Counter[str]]]:
    """Return the derived columns of a page, and the count of each derived row."""
    columns: dict[str, Any] = {}
    columns |= Page.objects.filter(pk=page.pk).values().first() or {}
    columns |= PublishedPage.objects.filter(page=page).values().first() or {}
    rows = {}
    for model, key, what, more in ROWS:
        names = [one.attname for one in model._meta.concrete_fields if one.attname not in GIVEN_ANEW]
        found = model._default_manager.filter(**{key: page}).values_list(*names, *more)
        rows[what] = Counter(map(repr, found))
    return columns, rows


def _compared(before: tuple[Any, Any], after: tuple[Any, Any]) -> Iterator[str]:
    """Yield a sentence for each column and each kind of row that differs."""
    (columns, rows), (columns_now, rows_now) = before, after
    for name in sorted({**columns, **columns_now}):
        if columns.get(name) != columns_now.get(name):
            yield f"What readers get as “{name}” is not what the publication says."
    for what, counted in rows.items():
        for said, found in (("too much", counted - rows_now[what]), ("missing", rows_now[what] - counted)):
            if number := found.total():
                yield f"{number} {what}{'s' * (number > 1)} {said}."
