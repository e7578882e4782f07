"""Doors for programs: they are read and nothing else, so what is posted there needs no token to be refused.

Without this Django would ask for the token of a form first, and tell a program of cookies.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

# What a page on another site may send along, and ask with (CORS).
ASKED: Final = "Accept, If-None-Match"
A_DAY: Final = str(24 * 60 * 60)
WAYS: Final = "GET, HEAD, OPTIONS"
ONLY_READ: Final = "This address can only be read: use GET or HEAD."


def only_read[R: HttpResponseBase](view: Callable[..., R]) -> Callable[..., R | HttpResponse]:
    """Decorate a view for programs: whatever would write is answered with 405, from wherever it comes."""

    @csrf_exempt
    @wraps(view, assigned=("__module__", "__name__", "__qualname__", "__doc__"), updated=())
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> R | HttpResponse:
        if request.method == "OPTIONS":
            return may_be_read()
        if request.method not in ("GET", "HEAD"):
            told = {"Allow": WAYS, "Cache-Control": "no-store"}
            return HttpResponse(ONLY_READ, "text/plain; charset=utf-8", 405, headers=told)
        return view(request, *args, **kwargs)

    return answered


def may_be_read() -> HttpResponse:
    """Return the answer to OPTIONS: nothing but what may be asked."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": WAYS})
    del response.headers["Content-Type"]
    return response


def for_programs[R: HttpResponse](view: Callable[..., R]) -> Callable[..., HttpResponse]:
    """Decorate a view for programs anywhere: pages of other sites may read its answer too (CORS)."""
    read = only_read(view)

    @wraps(read)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return readable_elsewhere(read(request, *args, **kwargs))

    return answered


def readable_elsewhere[R: HttpResponseBase](response: R) -> R:
    """Let pages of other sites read an answer (CORS): what anybody may read, programs there may read too.

    A browser that is led on asks this of each answer on the way.
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code == HTTPStatus.NO_CONTENT:
        response.headers["Access-Control-Allow-Methods"] = WAYS
        response.headers["Access-Control-Allow-Headers"] = ASKED
        response.headers["Access-Control-Max-Age"] = A_DAY
    return response
