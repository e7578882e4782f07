"""Entries and rows of data sets as beginnings: a source for statements, a page that somebody proposes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wiki.acts.library import data_rows
from wiki.acts.writing import drafts
from wiki.domain.kinds import KINDS
from wiki.models import DataRow, Entry
from wiki.policy.refusal import Refused
from wiki.screens.exploring.entry_content import EntryContent, document_about
from wiki.views.access import UserRequest, clinician_required, refused


@require_POST
@clinician_required
def cite_row(request: UserRequest, key: str) -> HttpResponse:
    """Make a row a source, so that statements can cite it."""
    row = DataRow.objects.with_keys([key]).get(key)
    if row is None:
        raise Http404("No data set that is loaded now has this row.")
    try:
        source = data_rows.add_as_source(row, by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=row.get_absolute_url())
    messages.success(request, f"Cite it in a statement as {row.citation}.")
    return redirect(source)


@require_http_methods(["GET", "HEAD", "POST"])
@clinician_required
def propose(request: UserRequest, data_set: str, code: str) -> HttpResponse:
    """Show an entry's facts; a POST begins a page on it, with its names and codes."""
    entry = Entry.objects.at(data_set, code)
    if entry is None:
        raise Http404("There is no such entry.")
    content = EntryContent(entry)
    if request.method != "POST":
        context = {
            "entry": entry,
            "content": content,
            "release": entry.release,
            "kind": KINDS[entry.about.page_kind],
        }
        return render(request, "data_sets/propose.html", context)
    try:
        draft = drafts.propose(document_about(content), author=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("entry", args=[data_set, entry.code]))
    messages.success(
        request, "Names and codes are filled in. Its text, statements and sources are yours to write."
    )
    return redirect(draft)
