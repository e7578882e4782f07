"""Answers with a page in another form than HTML."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from wiki.importing.pages import export_page
from wiki.models import PublishedPage
from wiki.screens.page_citation import citation_of
from wiki.screens.published_page import PublishedPageContent
from wiki.text.sources import references
from wiki.views.negotiation import JSON, Form
from wiki.views.program_doors import readable_elsewhere


def page_in(form: Form, request: HttpRequest, published_page: PublishedPage) -> HttpResponse:
    """Return the answer with a page in one of its forms, or where it is. Needs what `for_page` loads."""
    if form is JSON:
        led = HttpResponseRedirect(form.address(published_page.slug), status=HTTPStatus.SEE_OTHER)
        del led.headers["Content-Type"]  # it has no text
        return readable_elsewhere(led)
    text = _WRITERS[form.ending](request, published_page)
    response = HttpResponse(text, content_type=f"{form.media_type}; charset=utf-8")
    response.headers["Content-Location"] = form.address(published_page.slug)
    response.headers["Link"] = f'<{reverse("page", args=[published_page.slug])}>; rel="canonical"'
    if not published_page.is_for_search_engines:
        response.headers["X-Robots-Tag"] = "noindex"
    return readable_elsewhere(response)


def _structured(request: HttpRequest, published_page: PublishedPage) -> str:
    return json.dumps(PublishedPageContent(published_page).structured, ensure_ascii=False, indent=1)


def _markdown(request: HttpRequest, published_page: PublishedPage) -> str:
    return export_page(published_page)


def _cited(write: Callable[[references.PageCitation], str]) -> Callable[[HttpRequest, PublishedPage], str]:
    """Return what writes the citation of a page in a format of reference managers."""

    def cite(request: HttpRequest, published_page: PublishedPage) -> str:
        version = reverse("revision", args=[published_page.slug, published_page.number])
        return write(citation_of(published_page, request.build_absolute_uri(version)))

    return cite


_WRITERS: Final = {
    "jsonld": _structured,
    "md": _markdown,
    "bib": _cited(references.bibtex),
    "ris": _cited(references.ris),
    "csl.json": _cited(references.csl_json),
}
