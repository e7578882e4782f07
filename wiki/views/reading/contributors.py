"""Contributors: who they are, what they published and reviewed, and their record as a file."""

import csv
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wiki.models import Credential, Disclosure, User
from wiki.screens.contributions import COLUMNS, Contribution, lists_of, record_of


@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    """Show a contributor: who they are, their published work, and what they reviewed."""
    one = get_object_or_404(User.objects.shown_to(request.user).with_credentials(), username=username)
    lists = lists_of(one, request.GET)
    context = {
        "person": one,
        "registrations": Credential.objects.shown_of(one),
        "declaration": Disclosure.objects.with_titles().newest_of(one),
        "lists": lists,
        "is_later_part": not all(each.part.is_first for each in lists),
    }
    return render(request, "reading/person.html", context)


@require_safe
def record(request: HttpRequest, username: str, ending: str) -> HttpResponse:
    """Send a contributor's record as a file, for a CV or an appraisal."""
    one = get_object_or_404(User.objects.shown_to(request.user), username=username)
    write, content_type = FORMATS[ending]
    response = HttpResponse(content_type=f"{content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="causeway-{one.username}.{ending}"'
    write(response, one, record_of(one))
    return response


def _csv(response: HttpResponse, one: User, rows: list[Contribution]) -> None:
    writer = csv.DictWriter(response, COLUMNS)
    writer.writeheader()
    writer.writerows({name: _unharmful(value) for name, value in row.as_row().items()} for row in rows)


def _unharmful(value: str | int) -> str | int:
    """Return a cell that no spreadsheet treats as a formula."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def _json(response: HttpResponse, one: User, rows: list[Contribution]) -> None:
    record = {"name": str(one), "orcid": one.orcid, "contributions": [row.as_row() for row in rows]}
    json.dump(record, response, ensure_ascii=False, indent=2)


FORMATS = {"csv": (_csv, "text/csv"), "json": (_json, "application/json")}
