"""The record of acts, its anchors, and the short addresses on prints."""

import csv
import json
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.audit import check_record
from wiki.forms.numbers import number_in
from wiki.forms.reviewing.event_filters import RecordForm
from wiki.models import ANYBODY, Anchor, Publication, PublishedPage, Revision
from wiki.models.chains import NEWEST_ANCHOR_FIRST
from wiki.models.events import NEWEST_EVENT_FIRST
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.queries.event_filters import EventLine, all_lines, lines, may_see_all
from wiki.models.queries.machines.chain_export import chain_lines
from wiki.published.redaction import readable_version
from wiki.screens.history import outcome_of, print_status
from wiki.text.document import FORMAT
from wiki.views.negotiation import as_field, links_of_print
from wiki.views.program_doors import only_read


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Show the filtered events that the person may see, newest first."""
    form = RecordForm(request.GET, user=request.user)
    if not form.is_valid():
        context = {"form": form, "rows": []}
        return render(request, "record/record.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = lines(request.user, form.wanted)
    rows = part_of(found, NEWEST_EVENT_FIRST, PartAsked.from_query(request.GET))
    whole = may_see_all(request.user)
    context = {"form": form, "rows": rows, "lines": [EventLine(one, whole) for one in rows], "whole": whole}
    return render(request, "record/record.html", context)


@only_read
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Send the same filtered events as CSV or JSON lines."""
    form = RecordForm(request.GET, user=request.user)
    if not form.is_valid():
        context = {"form": form, "rows": []}
        return render(request, "record/record.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    write, content_type = FORMATS[extension]
    rows = (line.as_row() for line in all_lines(request.user, form.wanted))
    response = StreamingHttpResponse(write(rows), content_type=f"{content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="causeway-record.{extension}"'
    return response


class _Echo:
    """A file object for the CSV writer that returns each line."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


COLUMNS = (
    *("id", "at", "act", "act_in_words", "by", "by_account", "by_user_name", "signed_with"),
    *("person", "person_account", "person_user_name", "page", "title", "version", "words"),
    *("opened_at", "seconds_in_view", "data"),
)


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([_unharmful(row.get(name, "")) for name in COLUMNS])


def _unharmful(value: Any) -> Any:
    """Return a cell that no spreadsheet treats as a formula."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    begins = isinstance(text, str) and text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    return f"'{text}" if begins else text


def _json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"


FORMATS = {"csv": (_csv, "text/csv"), "jsonl": (_json_lines, "application/jsonl")}


@require_safe
def anchors(request: HttpRequest) -> HttpResponse:
    """List the anchors, so that anybody can keep copies."""
    rows = part_of(Anchor.objects.newest_first(), NEWEST_ANCHOR_FIRST, PartAsked.from_query(request.GET))
    return render(request, "record/anchors.html", {"rows": rows})


@only_read
def anchors_json(request: HttpRequest) -> HttpResponse:
    """Send all anchors as JSON, newest first: day, digest, heads, and the digest of the one before."""
    kept = [one.as_json() for one in Anchor.objects.in_order()]
    return JsonResponse({"anchors": kept[::-1]})


@only_read
def chains(request: HttpRequest) -> HttpResponseBase:
    """Send the links of all chains, or of one page's, as JSON lines for verification elsewhere."""
    page_id = number_in(request.GET.get("page", ""))
    if page_id is None and "page" in request.GET:
        raise Http404
    response = StreamingHttpResponse(_json_lines(chain_lines(page_id)), content_type="application/jsonl")
    response.headers["Content-Disposition"] = 'attachment; filename="chains.jsonl"'
    return response


@only_read
def check_record_script(request: HttpRequest) -> HttpResponse:
    """Send the script that verifies anchors and chains on another computer."""
    script = Path(str(check_record.__file__)).read_text("utf-8")
    headers = {"Content-Disposition": 'attachment; filename="check_record.py"'}
    return HttpResponse(script, content_type="text/x-python; charset=utf-8", headers=headers)


@only_read
def version_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Send a published version as the JSON from which its digest is computed.

    Of one that holds a passage which was corrected for safety, the digest alone.
    """
    revision = Revision.objects.visible_to(ANYBODY).numbered(pk, number)
    if revision is None:
        raise Http404
    is_whole = not readable_version(ANYBODY, revision).fixes
    told = {"page": pk, "version": number, "digest": revision.digest}
    document = {"format": FORMAT, **revision.content} if is_whole else None
    return JsonResponse({**told, "document": document})


@require_safe
def printed(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show whether a printed version is current, superseded or reverted; only for published versions."""
    revision = Revision.objects.visible_to(ANYBODY).with_people().numbered(pk, number)
    if revision is None:
        published_page = PublishedPage.objects.listed(pk)
        asked = {"published_page": published_page, "pk": pk, "number": number}
        return render(request, "record/unknown.html", asked, status=HTTPStatus.NOT_FOUND)
    publications = list(Publication.objects.telling_of(revision))
    fixes = readable_version(ANYBODY, revision).fixes
    status = print_status(revision, publications, fixes)
    links = links_of_print(status.slug or status.address, pk, number, is_shown=bool(status.slug))
    context = {
        "revision": revision,
        "fixes": fixes,
        "outcome": outcome_of(revision, publications),
        "status": status,
        "version_links": links,
    }
    response = render(request, "record/printed.html", context)
    response.headers["Link"] = as_field(links)
    return response
