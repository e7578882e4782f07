"""Loading of all that the checks need to know of what a document names."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from wiki.models import (
    ANYBODY,
    Address,
    Correction,
    Image,
    Page,
    PublishedPage,
    Report,
    Revision,
    Source,
    Visitor,
)
from wiki.models.sources import Checked
from wiki.policy.checks.subject import LIMITS, Cited, Depicted, Findings, Linked, keys_of
from wiki.policy.duplicate_statements import duplicates_in
from wiki.text.document import Document
from wiki.text.markdown.html import outline
from wiki.text.redaction.passages import is_said
from wiki.text.slugs import slug_of


def gather(
    document: Document,
    page_id: int | None,
    *,
    before: Document | None = None,
    reader: Visitor = ANYBODY,
    **more: Any,
) -> Findings:
    """Return what the rules look at. The number of queries does not grow with the document.

    Other pages are named as far as `reader` may know of them.
    """
    both = [one for one in (document, before) if one]
    named = {row.object for one in both for row in one.statements}
    outlines = [outline(one.body[: LIMITS["body"]]) for one in both]
    return Findings(
        document=document,
        before=before,
        page_id=page_id,
        title_taken=bool(document.title.strip())
        and Address.objects.taken_by_another(slug_of(document.title), page_id),
        sources=_sources({key for one in both for key in keys_of(one)}),
        links=_links({slug_of(title) for one in outlines for title in one.links}),
        kinds=kinds_of(named),
        titles=titles_of(named, reader=reader),
        retired=_retired(named),
        pictures=_pictures({one.name for shown in outlines for one in shown.images}),
        told_twice=tuple(duplicates_in(document, page_id)),
        can_replace=_can_replace(document),
        reports=Report.objects.open().filter(page=page_id).count() if page_id else 0,
        corrected=_corrected(document, page_id),
        today=timezone.localdate(),
        **more,
    )


def kinds_of(page_ids: set[int]) -> dict[int, str]:
    """Return the kind of each page: of what is in force, else of its newest revision."""
    newest = (
        Revision.objects.filter(page__in=page_ids).order_by("page_id", "pk").values_list("page_id", "kind")
    )
    live = PublishedPage.objects.filter(page__in=page_ids).values_list("page_id", "kind")
    return {page.pk: "" for page in Page.objects.filter(pk__in=page_ids)} | dict(newest) | dict(live)


def titles_of(page_ids: set[int], *, reader: Visitor) -> dict[int, str]:
    """Return the title of each page: of what is in force, else of the newest version `reader` may see."""
    current = PublishedPage.objects.filter(page__in=page_ids).values_list("page_id", "title")
    return Revision.objects.visible_to(reader).titles_of(page_ids) | dict(current)


def _sources(keys: Collection[str]) -> dict[str, Cited]:
    known = Source.objects.by_key(keys)
    found = Source.objects.with_natures().in_bulk(set(known.values()))
    return {key: _cited(found[pk]) for key, pk in known.items()}


def _cited(source: Source) -> Cited:
    verified = source.checked == Checked.FULL
    return Cited(source.type, source.year, verified, source.title, tuple(source.natures))


def _links(slugs: Collection[str]) -> dict[str, Linked]:
    """Return the page at each address that shows readers something, be it that it is retired."""
    rows = Address.objects.filter(slug__in=slugs).values_list(
        "slug", "page__published_page__title", "page__retired", "page__replaced_by__published_page__title"
    )
    return {
        slug: Linked(title or "", bool(retired), instead or "")
        for slug, title, retired, instead in rows
        if title or retired
    }


def _retired(page_ids: Collection[int]) -> dict[int, Linked]:
    retired = Page.objects.filter(pk__in=page_ids).exclude(retired="")
    pages = list(retired.values_list("pk", "replaced_by__published_page__title"))
    titles = Revision.objects.visible_to(ANYBODY).titles_of([pk for pk, _ in pages]) if pages else {}
    return {pk: Linked(titles.get(pk, "a page"), True, instead or "") for pk, instead in pages}


def _pictures(names: Collection[str]) -> dict[str, Depicted]:
    found = Image.objects.filter(name__in=names) if names else ()
    return {one.name: Depicted(one.alt, one.withdrawn_at is not None) for one in found}


def _corrected(document: Document, page_id: int | None) -> list[tuple[str, dt.date]]:
    """Return what two moderators took out of the page and `document` brings back, with the day."""
    found = Correction.objects.in_effect().of_page(page_id) if page_id else ()
    return [
        (one.passage, timezone.localdate(one.seconded_at)) for one in found if is_said(document, one.passage)
    ]


def _can_replace(document: Document) -> bool:
    wanted = document.retirement.replaced_by if document.retirement else None
    return wanted is None or Page.objects.in_force().filter(pk=wanted).exists()
