"""Answers to programs of hospitals that ask for knowledge in a context: HL7's infobutton, by address."""

import json
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.vary import vary_on_headers

from wiki.screens.infobutton.feed import atom_of, feed_of
from wiki.screens.infobutton.request import KnowledgeRequest, ResponseType, read_request
from wiki.screens.infobutton.response import KnowledgeAnswer, answer_to, count_failed
from wiki.views.program_doors import for_programs


@for_programs
@vary_on_headers("Accept")
def infobutton(request: HttpRequest, usual: str = ResponseType.HTML) -> HttpResponse:
    """Lead to the page, and the section, on what is asked; or list the pages, as HTML, Atom or JSON.

    Where there is nothing yet, it says so with 200: a link in a patient's record never ends nowhere.
    """
    _read_letters(request)
    asked = read_request((name, value) for name, values in request.GET.lists() for value in values)
    found = answer_to(asked)
    count_failed(found)
    response = _answer(request, asked, found, asked.response_type or _accepted(request, usual))
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=300)
    return response


def _read_letters(request: HttpRequest) -> None:
    """Read an address that is not in UTF-8 as older programs of hospitals write it, letter by letter."""
    try:
        unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
    except UnicodeDecodeError:
        request.encoding = "windows-1252"


def _accepted(request: HttpRequest, usual: str) -> str:
    """Return the form that the program takes, where no parameter says it."""
    return request.get_preferred_type([usual, *ResponseType]) or usual


def _answer(request: HttpRequest, asked: KnowledgeRequest, found: KnowledgeAnswer, form: str) -> HttpResponse:
    if form == ResponseType.HTML:
        return _page(request, asked, found)
    feed = feed_of(found, asked.echoed, asked.words)
    if form == ResponseType.JSONP and asked.callback:
        return _given_to(asked.callback, feed)
    if form in (ResponseType.JSON, ResponseType.JSONP):
        return JsonResponse({"feed": feed}, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(atom_of(feed), content_type=f"{ResponseType.ATOM}; charset=utf-8")


def _given_to(callback: str, feed: dict[str, Any]) -> HttpResponse:
    """Return a feed as a script that gives it to a function; nobody's name can be more than a name."""
    # What begins with a comment is no file of another format that begins with the name.
    text = f"/**/{callback}({json.dumps({'feed': feed})});"
    return HttpResponse(text, content_type=f"{ResponseType.JSONP}; charset=utf-8")


def _page(request: HttpRequest, asked: KnowledgeRequest, found: KnowledgeAnswer) -> HttpResponse:
    if one := found.certain:
        return redirect(one.address)
    is_english = asked.language.lower()[:2] in ("", "en")
    context = {"asked": asked, "found": found, "entries": found.entries, "is_english": is_english}
    return render(request, "infobutton/answer.html", context)
