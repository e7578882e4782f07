"""Pages, their history, the indexes, sources and people, for everybody."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from wiki import last_reads, page_views
from wiki.domain.evidence import Basis, Grade, Stance
from wiki.domain.kinds import KINDS
from wiki.forms.numbers import number_in
from wiki.models import (
    Page,
    Publication,
    PublishedPage,
    Revision,
    Source,
    SourceCheck,
    SourceNotice,
    Statement,
    Succession,
    Suppression,
    User,
)
from wiki.models.lists.keyset import KeyOrder, PartAsked, part_of
from wiki.models.publications import NEWEST_FIRST
from wiki.models.published_pages import A_TO_Z
from wiki.models.queries.index_jumps import IndexJumps
from wiki.models.queries.wiki_figures import WikiFigures
from wiki.models.reading.signed_in import ReadBefore
from wiki.models.sources import BY_REFERENCE
from wiki.policy import signature_rules
from wiki.published.links import render_now
from wiki.published.redaction import readable_version
from wiki.screens import changes, page_on_day
from wiki.screens.exploring.around import ROWS_ON_PAGE, Around
from wiki.screens.exploring.subject_map import chief_map, map_of_kind
from wiki.screens.history import outcome_of, versions_of
from wiki.screens.page_citation import citation_of
from wiki.screens.published_page import PublishedPageContent
from wiki.screens.sentence_origins import sentence_origins
from wiki.text.days import end_of
from wiki.text.sources import references
from wiki.views import access, negotiation
from wiki.views.page_forms import page_in
from wiki.views.signed_in_pages import from_stored_body, since_last_read


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    latest = list(PublishedPage.objects.for_lists().newest_first()[:5])
    changed = [one for one in latest if one.approvals]
    figures = WikiFigures.now()
    return render(
        request,
        "reading/home.html",
        {
            "latest": changed or latest,
            "changed": changed,
            "example": Statement.objects.example(),
            "figures": figures,
            "map": chief_map(figures.causes),
        },
    )


@require_safe
@vary_on_headers("Accept")
@from_stored_body
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published page, or how it was on a day; old addresses redirect to the present one.

    Who prefers one of its other forms to HTML gets that.
    """
    if day := request.GET.get("as_of"):
        return _as_of(request, slug, day, request.GET.get("at", ""))
    form = negotiation.form_asked(request.headers.get("Accept", ""))
    # Other forms are the same for everybody, so who asks for one is not looked at.
    person = None if form else request.user.pk
    pages = PublishedPage.objects
    published_page = pages.page_for(slug, person) if person else pages.page_at(slug)
    if published_page is None:
        return _elsewhere(request, slug)
    if form:
        return page_in(form, request, published_page)
    if request.method == "GET":
        page_views.count(published_page.page_id)
    sheet = PublishedPageContent(published_page)
    around = Around(published_page, statements=sheet.statements, rows_a_part=ROWS_ON_PAGE)
    forms = negotiation.placed(slug)
    context = {"published_page": published_page, "sheet": sheet, "around": around, "forms": forms}
    if isinstance(request.user, User):
        read = ReadBefore.from_page(published_page)
        context["since_last_read"] = since_last_read(read, request.user)
        if request.method == "GET":
            last_reads.note(request.user, read)
    context["called"] = published_page.called(request.GET.get("called", ""))
    response = render(request, "reading/page.html", context)
    response.headers["Link"] = negotiation.links_of(forms)
    return response


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    if usual := access.usual_address(slug):
        return redirect("page", usual, permanent=True)
    found = access.page_at(slug)
    if hasattr(found, "published_page"):
        return redirect(found.published_page)
    if found.retired:
        return _retired(request, found, slug)
    last = Publication.objects.of_page(found).readable().first()
    return render(request, "reading/under_review.html", {"last": last, "slug": slug}, status=404)


def _retired(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Redirect to the page that replaces a retired one; if there is none, say why it was retired."""
    shown = Succession([found.pk]).shown_for(found.pk)
    if shown and slug != shown.slug:
        return redirect("page", shown.slug)
    live = Publication.objects.live_with_people(found)
    retirement = live.revision.document.retirement if live else None
    context = {"live": live, "retirement": retirement, "slug": slug}
    return render(request, "reading/retired.html", context)


def _as_of(request: HttpRequest, slug: str, typed: str, clock: str) -> HttpResponse:
    """Show how a page was on a day or at a moment; say so if it was not published then."""
    found, day = access.page_at(slug), access.day_of(typed, clock)
    if day == timezone.localdate():
        return redirect("page", slug)
    seen = page_on_day.page_on(found, day) if day and access.is_past(day) else None
    context: dict[str, Any] = {"seen": seen, "slug": slug, "day": day}
    if seen is None or seen.document.retirement:
        oldest, newest = Publication.objects.first_and_newest(found)
        first = oldest.since
        context |= {"typed": f"{typed} {clock}".strip(), "first": first}
        context["is_to_come"] = day is not None and not access.is_past(day)
        context["is_before_all"] = not context["is_to_come"] and day is not None and end_of(day) < first
        context["title"] = newest.revision.title
        return render(request, "reading/no_such_day.html", context, status=404 if day else 400)
    present = found.published_page.slug if hasattr(found, "published_page") else slug
    published_page = seen.published_page(found)
    context |= {
        "published_page": published_page,
        "sheet": page_on_day.content_on(seen, published_page),
        "on_day": seen.query,
    }
    telling = list(Publication.objects.telling_of(seen.revision))
    context["outcome"] = outcome_of(seen.revision, telling)
    links = _links(seen.revision, present, telling)
    return _linked(render(request, "reading/as_of.html", context | {"version_links": links}), links)


@require_safe
@access.at_its_address
def history(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Show the published versions of a page, and when each was published."""
    return _history(request, found, slug)


def _history(request: HttpRequest, found: Page, slug: str, status: int = 200, **more: Any) -> HttpResponse:
    rows = part_of(Publication.objects.of_page(found), NEWEST_FIRST, PartAsked.from_query(request.GET))
    context: dict[str, Any] = {"versions": versions_of(found, rows.rows), "slug": slug, "page": found}
    if isinstance(request.user, User) and request.user.can_write:
        context["waiting"] = Revision.objects.waiting().on(found).visible_to(request.user)
    readable = (one for one in rows if not hasattr(one.revision, "suppression"))
    newest = next(readable, None) if rows.is_first else None
    context |= {"rows": rows, "shown": newest or Publication.objects.title_of(found)}
    context["can_compare"] = len(rows) > 1 or not rows.is_first
    context |= {"replaced": Publication.objects.open().replaced_by(found), **more}
    return render(request, "reading/history.html", context, status=status)


@require_safe
@access.at_its_address
def sentences(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Show who wrote and who approved each sentence that readers see."""
    published_page = get_object_or_404(PublishedPage.objects.for_lists(), page=found)
    context = {"published_page": published_page, "origins": sentence_origins(found), "slug": slug}
    return render(request, "reading/sentences.html", context)


@require_safe
@access.at_its_address
def revision(request: HttpRequest, found: Page, slug: str, number: int) -> HttpResponse:
    """Show one version and its status; of a suppressed one, who suppressed it and why."""
    hidden = Suppression.objects.of_version(found, number)
    if hidden and not access.may_read_suppressed(request.user):
        context = {"suppression": hidden, "slug": slug}
        return render(request, "protection/suppressed.html", context, status=HTTPStatus.GONE)
    one = access.revision_or_404(request, page=found, number=number)
    return _revision(request, one, slug, suppression=hidden)


def _revision(
    request: HttpRequest, one: Revision, slug: str, suppression: Suppression | None
) -> HttpResponse:
    told = readable_version(request.user, one)
    rendered = render_now(told.document.body)
    telling = list(Publication.objects.telling_of(one))
    links = [] if suppression else _links(one, slug, telling)
    context: dict[str, Any] = {
        "revision": one,
        "document": told.document,
        "told": told,
        "rendered": rendered,
        "sources": Source.objects.with_keys().in_order(rendered.sources),
        "statements": changes.statements_of(told.document, reader=request.user),
        "retirement": changes.retirement_of(told.document, reader=request.user),
        "outcome": outcome_of(one, telling),
        "slug": slug,
        "suppression": suppression,
        "version_links": links,
    }
    return _linked(render(request, "reading/revision.html", context), links)


def _links(one: Revision, slug: str, telling: Sequence[Publication]) -> list[negotiation.PlacedLink]:
    """Return the links of a version that was published; of any other there are none."""
    own = [each for each in telling if each.revision_id == one.pk]
    if not own or one.number is None:
        return []
    is_published = any(each.until is None for each in own) and not one.document.retirement
    is_shown = any(each.until is None for each in telling)
    return negotiation.links_of_version(slug, one.number, is_shown=is_shown, is_published=is_published)


def _linked(response: HttpResponse, links: Sequence[negotiation.PlacedLink]) -> HttpResponse:
    """Say in the header of an answer what its page says in its head."""
    if links:
        response.headers["Link"] = negotiation.as_field(links)
    return response


@require_safe
@access.at_its_address
def compare(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Show the differences between two versions."""
    newest = list(Publication.objects.of_page(found).readable()[:2])
    if not newest:
        raise Http404("No version of this page can be read.")
    old, new = (
        access.revision_or_404(request, page=found, number=_number(request, name, default))
        for name, default in (("from", newest[-1]), ("to", newest[0]))
    )
    told = [readable_version(request.user, one) for one in (old, new)]
    context: dict[str, Any] = {"old": old, "new": new, "slug": slug}
    if isinstance(request.user, User) and request.user.can_write:
        context["restorable"] = Publication.objects.ended_of(old, new)
    context["changes"] = changes.Changes(told[0].document, told[1].document, reader=request.user)
    context["fixes"] = told[0].fixes + tuple(one for one in told[1].fixes if one not in told[0].fixes)
    return render(request, "reading/compare.html", context | {"in_full": any(one.in_full for one in told)})


def _number(request: HttpRequest, name: str, default: Publication) -> int | None:
    if not (typed := request.GET.get(name, "")):
        return default.revision.number
    if (number := number_in(typed)) is None:
        raise Http404("That is not a version.")
    return number


@require_safe
@access.at_its_address
def cite(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Show how to cite this version of the page: as text, BibTeX, RIS or CSL-JSON."""
    published_page = get_object_or_404(PublishedPage.objects.for_lists(), page=found)
    permanent = request.build_absolute_uri(reverse("revision", args=[slug, published_page.number]))
    citation = citation_of(published_page, permanent)
    if write := FORMATS.get(request.GET.get("format", "")):
        return _download(write[0](citation), f"{slug}.{write[1]}", write[2])
    texts = {"text": references.as_text(citation), "bibtex": references.bibtex(citation)}
    context = {
        "published_page": published_page,
        **texts,
        "ris": references.ris(citation),
        "permanent": permanent,
    }
    return render(request, "reading/cite.html", context)


FORMATS = {
    "bibtex": (references.bibtex, "bib", "application/x-bibtex"),
    "ris": (references.ris, "ris", "application/x-research-info-systems"),
    "csl": (references.csl_json, "json", "application/vnd.citationstyles.csl+json"),
}


def _download(text: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def index(request: HttpRequest, kind: str = "") -> HttpResponse:
    """List all pages, or those of one kind, A to Z."""
    if kind and kind not in KINDS:
        raise Http404("There is no such kind.")
    found = PublishedPage.objects.for_lists().of_kind(kind)
    rows = part_of(found, A_TO_Z, PartAsked.from_query(request.GET))
    context = {"rows": rows, "kind": kind, "jumps": IndexJumps.from_part(rows, kind)}
    context["map"] = map_of_kind(kind) if kind and rows.is_first else None
    return render(request, "reading/index.html", context)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """List approved changes, newest first, with their impact; optionally only the important ones."""
    only, changes = request.GET.get("only") == "action", Publication.objects.as_changes()
    rows = changes.that_change_what_to_do() if only else changes
    return _in_parts(request, "reading/latest.html", rows, NEWEST_FIRST, only=only)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources that pages rest on."""
    found = Source.objects.visible_to(request.user).by_reference()
    return _in_parts(request, "reading/sources.html", found, BY_REFERENCE)


def _in_parts(request: HttpRequest, template: str, rows: Any, order: KeyOrder, **more: Any) -> HttpResponse:
    part = part_of(rows, order, PartAsked.from_query(request.GET))
    return render(request, template, {"rows": part, **more})


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source and which pages rest on it."""
    if (kept := Source.objects.standing_for(pk)) != pk:
        return redirect("source", kept)
    one = get_object_or_404(Source.objects.visible_to(request.user).with_ids(), pk=pk)
    context = {
        "source": one,
        "notices": SourceNotice.objects.of_work(one),
        "merged": one.merged_from.with_ids(),
        "checks": SourceCheck.objects.of_source(one),
        "published_pages": PublishedPage.objects.for_lists().citing(one).a_to_z(),
        "statements": Statement.objects.resting_on(one),
    }
    return render(request, "reading/source.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show the page about Causeway."""
    return render(request, "reading/about.html", {"page_count": WikiFigures.pages_now()})


@require_safe
def about_review(request: HttpRequest) -> HttpResponse:
    """Show how review works and what the marks mean."""
    context: dict[str, Any] = {"grades": Grade, "stances": Stance, "bases": Basis}
    context["rules"] = signature_rules.ALL_RULES
    context["registration_required"] = settings.REGISTRATION_REQUIRED
    return render(request, "reading/about_review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Show the choice of light or dark; a POST keeps it in a cookie."""
    if request.method != "POST":
        return render(request, "reading/appearance.html", {"theme": request.COOKIES.get("theme", "")})
    theme = request.POST.get("theme", "")
    response = redirect("appearance")
    if theme in ("light", "dark"):
        response.set_cookie(
            "theme", theme, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
