"""Data sets beside the pages: what each is, its entries, its rows. Nothing here is a page of the wiki."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wiki.domain.data_sets import DATA_SETS
from wiki.models import DataRelease, DataRow, Entry, EntryNumber
from wiki.models.data_sets.citations import was_ever_cited
from wiki.models.lists.keyset import PartAsked
from wiki.screens.exploring.entry_content import EntryContent


def _kept_from_search_engines(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the data sets with their releases and licences, and what the last import found."""
    releases = DataRelease.objects.current().order_by("data_set")
    return _kept_from_search_engines(render(request, "data_sets/listed.html", {"releases": releases}))


@require_safe
def entry(request: HttpRequest, data_set: str, code: str) -> HttpResponse:
    """Show an entry; a former code leads to it, and of one that is gone is said so."""
    if data_set not in DATA_SETS:
        raise Http404("There is no such data set.")
    found = Entry.objects.at(data_set, code)
    if found is None:
        return _gone(request, data_set, code)
    if found.code != code:
        return redirect(found)
    content = EntryContent(found, PartAsked.from_query(request.GET))
    context = {"entry": found, "content": content, "release": found.release, "rows": content.rows}
    return _kept_from_search_engines(render(request, "data_sets/entry.html", context))


def _gone(request: HttpRequest, data_set: str, code: str) -> HttpResponse:
    """Say that the present release has no such entry; 404 for what no release ever had."""
    if not EntryNumber.objects.filter(data_set=data_set, code=code).exists():
        raise Http404("There is no such entry.")
    context = {"code": code, "release": DataRelease.objects.shown_of(data_set), "about": DATA_SETS[data_set]}
    response = render(request, "data_sets/gone.html", context, status=HTTPStatus.GONE)
    return _kept_from_search_engines(response)


@require_safe
def row(request: HttpRequest, key: str) -> HttpResponse:
    """Show one row at its permanent address; 410 for one that is gone, 404 for one that nobody knows of."""
    found = DataRow.objects.with_keys([key]).get(key)
    if found is None:
        is_known = was_ever_cited(key)
        status = HTTPStatus.GONE if is_known else HTTPStatus.NOT_FOUND
        response = render(request, "data_sets/gone.html", {"is_known": is_known}, status=status)
        return _kept_from_search_engines(response)
    for end in (found.subject, found.object):
        end.release = found.release
    context = {"row": found, "release": found.release, "credit": found.subject.credit}
    return _kept_from_search_engines(render(request, "data_sets/row.html", context))
