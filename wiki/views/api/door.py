"""The middleware of everything under /api/: limits, problem details, and reading from other sites."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.encoding import escape_uri_path

from wiki.views.api import limits
from wiki.views.api.problems import CONTENT_TYPE, problem
from wiki.views.program_doors import WAYS, may_be_read, readable_elsewhere
from wiki.views.stored_answers import COUNTED, LOOKED_UP

# What a page on another site may read of an answer beside its text.
EXPOSED_HEADERS: Final = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"

# Where all this is described, for programs and for people (RFC 8631).
DESCRIBED: Final = (
    '</api/v1/openapi.json>; rel="service-desc"; type="application/json", '
    '</api/>; rel="service-doc"; type="text/html"'
)


UNCOUNTED: Final = "The wiki cannot count requests at the moment. Try again in a moment."
RETRY_AFTER: Final = "5"
_log: Final = logging.getLogger(__name__)


class ApiDoor:
    """Stands before everything else, so that what is stored and what fails pass through it too.

    Nobody is anybody here: cookies are not looked at, so answers are the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request, let it be answered, and say what holds for all answers."""
        if not request.path_info.startswith(COUNTED):
            return self.get_response(request)
        try:
            allowance = limits.count(request)
        except Exception:  # of the store of counts, whichever it is: a file system, Redis
            _log.exception("a request under /api/ could not be counted")
            return _uncounted()
        if allowance.is_spent:
            response = problem(HTTPStatus.TOO_MANY_REQUESTS)
        elif not _is_utf8(request.META.get("QUERY_STRING", "")):
            response = problem(HTTPStatus.BAD_REQUEST)
        elif request.method == "OPTIONS":
            response = may_be_read()
        else:
            response = self._read(request)
            if response.status_code == HTTPStatus.NOT_FOUND:
                response = _without_slash(request) or response
            response = _as_problem(response)
        allowance.write_headers(response)
        _for_all(response)
        return response

    def _read(self, request: HttpRequest) -> HttpResponse:
        """Return the answer for somebody without a name; HEAD is answered like GET, without the text."""
        request.META.pop("HTTP_COOKIE", None)
        request.META.pop(LOOKED_UP, None)  # the server does not look where requests are counted
        request.COOKIES = {}
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        length = response.headers.get("Content-Length", str(len(response.content)))
        response.content = b""
        response.headers["Content-Length"] = length
        return response


def _uncounted() -> HttpResponse:
    """Return the answer where nobody knows how often a client has asked: none, as all limits would be off."""
    response = problem(HTTPStatus.SERVICE_UNAVAILABLE, UNCOUNTED)
    response.headers["Retry-After"] = RETRY_AFTER
    _for_all(response)
    return response


def _is_utf8(query: str) -> bool:
    """Return whether a question is in UTF-8: in another coding it would ask for other words."""
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False
    return True


def _without_slash(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the address without the slash at its end, as pages of the wiki have one; None where
    there is none.
    """
    path = request.path_info.rstrip("/")
    if path == request.path_info or not is_valid_path(path):
        return None
    query = request.META.get("QUERY_STRING", "")
    bare = escape_uri_path(request.path.rstrip("/"))
    return HttpResponsePermanentRedirect(f"{bare}?{query}" if query else bare)


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Return an error in the form of all errors, whoever made it."""
    if response.status_code < HTTPStatus.BAD_REQUEST or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    told = problem(response.status_code)
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        told.headers["Allow"] = WAYS
    if wait := response.headers.get("Retry-After"):
        told.headers["Retry-After"] = wait
    return told


def _for_all(response: HttpResponse) -> None:
    """Say what holds for every answer: pages of other sites may read it, search engines list the pages."""
    readable_elsewhere(response)
    if not response.content and "Location" in response.headers:
        response.headers.pop("Content-Type", None)  # a way to another address has no text, so none in HTML
    response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers["X-Robots-Tag"] = "noindex"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Link", DESCRIBED)
    response.headers.setdefault("Cache-Control", "no-cache")
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.headers["Cache-Control"] = "no-store"
        response.headers.pop("ETag", None)  # of what nobody may keep
