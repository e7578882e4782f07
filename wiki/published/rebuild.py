"""Derived rows computed again, and compared with those that readers are served; words of versions as well."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
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
    PageVector,
    Publication,
    PublishedPage,
    Revision,
    Statement,
    TypedWords,
)
from wiki.models.locks import in_short_parts, lock_names
from wiki.models.queries.typed_words import TypedWordsQuerySet
from wiki.models.search.compared_rows import write_wrong_rows_again
from wiki.policy import own_words
from wiki.published.derive import derive_many
from wiki.text.compare.word_numbers import METHOD
from wiki.text.markdown.parser import each_parsed_once

# Table, key of its page, a row in words, and columns that get new numbers on each derivation.
ROWS: Final[tuple[tuple[type[Model], str, str, tuple[str, ...]], ...]] = (
    (Statement, "subject", "statement", ()),
    (Name, "page", "name", ()),
    (Mention, "page", "link", ()),
    (Citation, "page", "citation", ("statement__relation", "statement__object", "statement__population")),
    (Depiction, "page", "picture shown", ()),
    (PageVector, "page", "search vector", ()),
)
GIVEN_ANEW: Final = {"id", "statement_id"}

# What comes of deriving a page from a row that somebody altered.
UNREADABLE: Final = (AttributeError, LookupError, TypeError, ValueError)

# As many pages, or versions, are derived in one transaction.
AT_ONCE: Final = 100

# The columns of a page, and how often there is each derived row, in words.
type Derived = tuple[dict[str, Any], dict[str, Counter[str]]]


class _TakenBack(Exception):
    """Rolls a transaction back whose rows were only compared."""


def rebuild(pages: Iterable[Page] | None = None, *, after: int = 0) -> Iterator[tuple[Page, list[str]]]:
    """Derive every page again, or those whose id comes `after` one; yield each with what differed.

    Nothing should. What is yielded is done: few pages are a transaction, so that nobody waits long for them.
    """
    every = Page.objects.filter(pk__gt=after).order_by("pk").iterator(AT_ONCE)
    for some in in_short_parts(every if pages is None else pages, AT_ONCE):
        with transaction.atomic():
            found = _derived_anew(some)
        yield from zip(some, found, strict=True)


def differences() -> Iterator[tuple[Page, list[str]]]:
    """Yield each page whose served rows differ from what its publication derives.

    Those that name a page whose neighbours wait to be updated are not compared: they differ until then.
    """
    waiting = Address.objects.filter(page__in=NeighbourUpdate.objects.values("page")).values("slug")
    naming = Mention.objects.filter(slug__in=waiting).values("page")
    pages = Page.objects.exclude(pk__in=naming).order_by("pk")
    for some in in_short_parts(pages.iterator(AT_ONCE), AT_ONCE):
        yield from zip(some, _differences(some), strict=True)


def _differences(pages: Sequence[Page]) -> list[list[str]]:
    """Return what differs of each page; of several of which one cannot be derived, page by page."""
    found: list[list[str]] = []
    try:
        with suppress(_TakenBack), transaction.atomic():
            found = _derived_anew(pages)
            raise _TakenBack
    except (DatabaseError, *UNREADABLE) as problem:
        if len(pages) > 1:
            return [one for page in pages for one in _differences([page])]
        return [[f"It cannot be derived anew: {type(problem).__name__}, {str(problem).partition('\n')[0]}"]]
    return found


def _derived_anew(pages: Sequence[Page]) -> list[list[str]]:
    """Derive pages again under their locks; return what differed of each before, in sentences."""
    lock_names(exclusive=False)
    held = Page.objects.locked_all([page.pk for page in pages])
    before = _what_there_is(held)
    live = Publication.objects.live_of_pages(held)
    with each_parsed_once():
        derive_many([(page, live.get(pk)) for pk, page in held.items()])
    after = _what_there_is(held)
    found = {pk: [*_compared(before[pk], after[pk])] for pk in held}
    for wrong in write_wrong_rows_again(held):
        found[wrong.page] += _in_words(wrong.what, wrong.too_much, wrong.missing)
    return [found.get(page.pk, []) for page in pages]


def _what_there_is(pages: Collection[int]) -> dict[int, Derived]:
    """Return the derived columns of each page, and the count of each derived row."""
    columns: dict[int, dict[str, Any]] = {page_id: {} for page_id in pages}
    for row in Page.objects.filter(pk__in=pages).values():
        columns[row["id"]] |= row
    for shown in PublishedPage.objects.filter(page__in=pages).values():
        columns[shown["page_id"]] |= shown
    rows: dict[int, dict[str, Counter[str]]] = {
        page_id: {what: Counter() for _, _, what, _ in ROWS} for page_id in pages
    }
    for model, key, what, more in ROWS:
        names = [one.attname for one in model._meta.concrete_fields if one.attname not in GIVEN_ANEW]
        found = model._default_manager.filter(**{f"{key}__in": pages}).values_list(f"{key}_id", *names, *more)
        for page_id, *row in found:
            rows[page_id][what][repr(row)] += 1
    return {page_id: (columns[page_id], rows[page_id]) for page_id in pages}


def _compared(before: Derived, after: Derived) -> Iterator[str]:
    """Yield a sentence for each column and each kind of row that differs."""
    (columns, rows), (columns_now, rows_now) = before, after
    for name in sorted({**columns, **columns_now}):
        if columns.get(name) != columns_now.get(name):
            yield f"What readers get as “{name}” is not what the publication says."
    for what, counted in rows.items():
        now = rows_now[what]
        yield from _in_words(what, (counted - now).total(), (now - counted).total())


def _in_words(what: str, too_much: int, missing: int) -> Iterator[str]:
    for number, said in ((too_much, "too much"), (missing, "missing")):
        if number:
            yield f"{number} {what}{'s' * (number > 1)} {said}."


def recompute_typed_words() -> Iterator[int]:
    """Compute the words of versions anew that were computed in an earlier way; yield how many, bit by bit.

    What is yielded is done: one that was stopped is run again, and goes on. Two at once share the work.
    """
    while done := _recomputed(TypedWords.objects.computed_before()[:AT_ONCE]):
        yield done


@transaction.atomic
def _recomputed(some: TypedWordsQuerySet) -> int:
    kept = {one.pk: one for one in some.select_for_update(skip_locked=True)}
    for revision, numbers in own_words.typed_by(Revision.objects.in_bulk(kept).values()):
        kept[revision.pk].numbers, kept[revision.pk].method = sorted(numbers), METHOD
    TypedWords.objects.bulk_update(kept.values(), ["numbers", "method"])
    return len(kept)
