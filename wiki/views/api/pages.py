"""Published pages and their versions, for machines."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja import Field, Path, Query, Router

from wiki.domain.kinds import KINDS
from wiki.domain.statement_fields import STATEMENT_FIELDS
from wiki.models import ANYBODY, Ending, PublishedPage, Revision
from wiki.models.queries.machines import lists
from wiki.models.queries.machines.lists import part_of
from wiki.models.queries.page_addresses import led_to
from wiki.published.redaction import readable_version
from wiki.text.document import Document
from wiki.views import access
from wiki.views.api import rows, schemas
from wiki.views.api.problems import Gone

router = Router(tags=["pages"])
SLUG: Any = Path(..., description="The last part of the page’s address.", examples=["hypoparathyroidism"])  # type: ignore[type-arg]
NUMBER: Any = Path(..., ge=1, le=2**31 - 1, description="The number of the version.", examples=[1])  # type: ignore[type-arg]


class PagesIn(schemas.ListPartIn):
    """Which pages are asked for."""

    kind: str = Field(
        "", pattern=schemas.one_of(KINDS), description="Only pages of this kind.", examples=["condition"]
    )
    written_by: str = Field("", description="The user name of somebody who wrote a version of it.")
    reviewed_by: str = Field("", description="The user name of somebody who signed for it.")


@router.get("/pages", response=schemas.PagesOut, url_name="pages", operation_id="pages", summary="List pages")
def pages(request: HttpRequest, asked: Query[PagesIn]) -> dict[str, Any]:
    """List the published pages, without their text."""
    found = lists.pages(kind=asked.kind, written_by=asked.written_by, reviewed_by=asked.reviewed_by)
    return rows.listed(request, part_of(found, asked.after, asked.limit), rows.page)


@router.get(
    "/pages/{slug}",
    response=schemas.PageTextOut,
    url_name="page",
    operation_id="page",
    summary="Read a page",
    openapi_extra=schemas.MOVED,
)
def page(request: HttpRequest, slug: str = SLUG) -> dict[str, Any] | HttpResponse:
    """Read a published page. A former address leads to the present one; a retired page is gone."""
    one = PublishedPage.objects.page_at(slug)
    if one is None:
        return _elsewhere(slug)
    told = readable_version(ANYBODY, one.publication.revision)
    address = rows.at("revision", one.slug, one.number)
    return rows.page(one) | {
        "text": told.document.body,
        "html": one.safe_html,
        "corrected": bool(told.fixes),
        "licence": rows.LICENCE,
        "citation": f"{one.title}, version {one.number}. {one.standing.sentence}. {address}",
    }


def _elsewhere(slug: str) -> HttpResponse:
    found = led_to(slug)
    if found and found.slug:
        return redirect("api:page", found.slug)
    if found and found.retired:
        raise Gone(access.why_retired(found.retired))
    raise Http404


@router.get(
    "/pages/{slug}/versions",
    response=schemas.VersionsOut,
    url_name="versions",
    operation_id="versions",
    summary="List versions of a page",
)
def versions(request: HttpRequest, asked: Query[schemas.ListPartIn], slug: str = SLUG) -> dict[str, Any]:
    """List when which version of a page was published, oldest first. A page that never was has none."""
    part = part_of(lists.versions(slug), asked.after, asked.limit)
    return rows.listed(request, part, lambda one: rows.published(one, slug))


@router.get(
    "/pages/{slug}/versions/{number}",
    response=schemas.VersionOut,
    url_name="version",
    operation_id="version",
    summary="Read a version",
)
def version(request: HttpRequest, slug: str = SLUG, number: int = NUMBER) -> dict[str, Any]:
    """Read a version that readers see or saw, as they get it today. A hidden one is gone."""
    one = lists.version(slug, number)
    if one is None:
        is_hidden = lists.is_hidden(slug, number)
        raise Gone("The text of this version is hidden.") if is_hidden else Http404
    told = readable_version(ANYBODY, one)
    return {
        "page": one.page_id,
        "version": one.number,
        "digest": one.digest,
        "status": _status(one),
        "corrected": bool(told.fixes),
        "url": rows.at("revision", slug, one.number),
        **_content(told.document),
    }


def _status(one: Revision) -> str:
    """Return what became of a version. Needs the ending of its last publication."""
    ending: str | None = one.last_ending  # type: ignore[attr-defined]  # annotated
    if ending == "":
        return "published"
    return "reverted" if ending == Ending.UNAPPROVED else "superseded"


def _content(document: Document) -> dict[str, Any]:
    """Return what a version says, without what was corrected or withheld."""
    return {
        "title": document.title,
        "kind": document.kind,
        "summary": document.summary,
        "aliases": list(document.aliases),
        "codes": rows.codes(vars(one) for one in document.codes),
        "text": document.body,
        "statements": [
            {field.name: getattr(row, field.name) for field in STATEMENT_FIELDS}
            for row in document.statements
        ],
        "retired": document.retirement.reason if document.retirement else "",
    }
