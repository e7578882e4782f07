"""Problem details (RFC 9457): the one form of every error under /api/."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

CONTENT_TYPE: Final = "application/problem+json"
# What is said where nobody says more.
SENTENCES: Final[Mapping[int, str]] = {
    HTTPStatus.BAD_REQUEST: (
        "The request is malformed: a parameter that is not known here, a NUL, another coding than UTF-8, or "
        "another host."
    ),
    HTTPStatus.PRECONDITION_FAILED: "What you have is not what is here. Ask without If-Match.",
    HTTPStatus.NOT_FOUND: "Nothing that readers see is at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This interface can only be read: use GET or HEAD.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A parameter has a value that it cannot have.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests in this minute. Retry-After says for how long.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Sorry, there is a problem with the wiki. Try again in a minute.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The wiki cannot reach its database. Try again in a moment.",
}


class Gone(Exception):
    """What was asked for was there once and is not to be read any more; the message says why."""

    def __init__(self, sentence: str, **more: Any) -> None:
        """Keep the sentence, and what else the answer tells."""
        super().__init__(sentence)
        self.more = more


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """Return an error as problem details; `more` are members of its own."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail or SENTENCES.get(status) or HTTPStatus(status).description,
    }
    return JsonResponse(told | more, status=status, content_type=CONTENT_TYPE)


def answer_with_problems(api: NinjaAPI) -> None:
    """Let what the routes raise be answered with problem details."""
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(Gone, _gone)
    api.add_exception_handler(ValidationError, _invalid)


def _missing(request: HttpRequest, exception: Http404 | type[Http404]) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND)


def _gone(request: HttpRequest, exception: Gone | type[Gone]) -> HttpResponse:
    more = exception.more if isinstance(exception, Gone) else {}
    return problem(HTTPStatus.GONE, str(exception), **more)


def _invalid(request: HttpRequest, exception: ValidationError | type[ValidationError]) -> HttpResponse:
    found = exception.errors if isinstance(exception, ValidationError) else []
    errors = [{"parameter": str(one["loc"][-1]), "detail": str(one["msg"])} for one in found]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, errors=errors)
