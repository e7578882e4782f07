"""Middleware: refusal of malformed requests, headers of every response, compression."""

import codecs
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_vary_headers

from wiki.views.packed_parts import AnswerInParts, gzipped

type Answer = Callable[[HttpRequest], HttpResponseBase]

MAY_READ: Final = "Access-Control-Allow-Origin"
# Browser features that no page here uses.
NOTHING_OF_THE_DEVICE: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
        *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
)


class ReadableRequests:
    """Refuses requests that no browser sends, with 400: a NUL in an address or a cookie, a form that is not
    UTF-8.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the request before anything else does."""
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if (
            "\0" in request.path_info
            or b"\0" in query
            or any("\0" in one for one in request.COOKIES.values())
        ):
            raise BadRequest("The request holds a NUL.")
        if charset := (request.content_params or {}).get("charset"):
            _refuse_other_charsets(charset)
        return self.get_response(request)


def _refuse_other_charsets(charset: str) -> None:
    """Refuse what is said to be in other letters than UTF-8: PostgreSQL and our checks read UTF-8."""
    try:
        name = codecs.lookup(charset.strip("'\" ")).name
    except (LookupError, ValueError):
        name = ""
    if name != "utf-8":
        raise BadRequest("The request is not in UTF-8.")


class HeaderFields:
    """Adds headers to every response beyond those of Django's own middleware."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the fields to the answer."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ConditionalGet(ConditionalGetMiddleware):
    """Answers with 304 where a browser has an answer already, and still says who may read it (CORS)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, or that it is the same."""
        readers = response.headers.get(MAY_READ)
        answered: HttpResponseBase = super().process_response(request, response)
        if readers is not None:
            answered.headers[MAY_READ] = readers
        return answered


class Compression(GZipMiddleware):
    """Compresses text and leaves pictures alone, which are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed where that makes it shorter."""
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        if isinstance(response, AnswerInParts) and _takes_gzip(request):
            patch_vary_headers(response, ("Accept-Encoding",))
            response.content = gzipped(response.parts)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
            return response
        return super().process_response(request, response)


def _takes_gzip(request: HttpRequest) -> bool:
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
