"""The middleware that answers anonymous readers with what was stored, before anything else is asked.

The database drops what is stored in the transaction of whatever changes it (`sql/stored_answers.sql`),
and it is good until the clock changes it. Whoever has a session is answered anew.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, has_vary_header
from django.utils.text import compress_string

from wiki import page_views
from wiki.models import StoredAnswer
from wiki.models.reading.stored_answers import Kept
from wiki.views.negotiation import form_asked

type Answer = Callable[[HttpRequest], HttpResponseBase]

READS: Final = frozenset({"GET", "HEAD"})
# The only cookie that changes what an anonymous reader gets, and what it may say.
THEME: Final = "theme"
THEMES: Final = frozenset({"light", "dark"})
LONGEST_ADDRESS: Final = 500
# A browser asks each time whether what it has is still good; the answer costs little.
MAY_BE_KEPT: Final = "no-cache"
# What was asked that changes the form of an answer; the store has one form and makes the others of it.
ABOUT_FORM: Final = (
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
)
# They belong to one form of the answer, or to one sending of it.
NOT_STORED: Final = frozenset({"content-length", "etag", "vary", "cache-control"})


@dataclass(frozen=True)
class Stored:
    """How the answers of a view are stored."""

    # Whether it shows one page and its neighbours; else it lists pages, and each change drops it.
    of_page: bool = False
    # Whether each answer counts as a view of the page.
    counts: bool = False
    # What may be asked for after the `?`; anything else is answered anew.
    asked: frozenset[str] = frozenset()


IN_PARTS: Final = Stored(asked=frozenset({"page"}))
PART_OF_LIST: Final = Stored(asked=frozenset({"after", "limit"}))
# The views whose answers to anonymous readers are stored.
VIEWS: Final[Mapping[str, Stored]] = {
    "page": Stored(of_page=True, counts=True),
    "page-form": Stored(of_page=True),
    "history": Stored(),
    "revision": Stored(),
    "compare": Stored(asked=frozenset({"from", "to"})),
    "cite": Stored(asked=frozenset({"format"})),
    "links": Stored(),
    "home": Stored(),
    "index": IN_PARTS,
    "index-kind": IN_PARTS,
    "latest": Stored(asked=frozenset({"page", "only"})),
    "sources": IN_PARTS,
    "source": Stored(),
    "person": Stored(),
    "sitemap": Stored(),
    "sitemap-part": Stored(),
    "llms": Stored(),
    "api-reference": Stored(),
    "api-openapi": Stored(),
    "api:pages": PART_OF_LIST,
    "api:page": Stored(of_page=True),
    "api:versions": PART_OF_LIST,
    "api:version": Stored(),
    "api:statements": Stored(asked=frozenset({"after", "limit", "page"})),
    "api:sources": PART_OF_LIST,
    "api:source": Stored(),
    "api:people": PART_OF_LIST,
    "api:person": Stored(),
}


class StoredAnswers:
    """Answers with what is stored, and stores what it can of what is made."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next in line."""
        if not settings.STORES_ANSWERS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the store; else let the answer be made, and store it."""
        if (key := _key_of(request)) is None:
            return self.get_response(request)
        try:
            kept = StoredAnswer.objects.at(key)
        except DatabaseError:
            kept = None  # whoever answers now says that the database is away
        if kept is not None:
            if kept.counted is not None and request.method == "GET":
                page_views.count(kept.counted)
            return _sent(request, kept)
        if request.method != "GET" or (stored := _stored(request)) is None:
            return self.get_response(request)
        return self._made(request, key, stored)

    def _made(self, request: HttpRequest, key: str, stored: Stored) -> HttpResponseBase:
        """Make an answer as for somebody who has nothing but an address, and store it."""
        asked: dict[str, str] = {name: request.META.pop(name) for name in ABOUT_FORM if name in request.META}
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {THEME: theme} if (theme := _theme_of(request)) else {}
        try:
            moment = StoredAnswer.objects.moment()
        except DatabaseError:
            moment = None
        response = self.get_response(request)
        request.META.update(asked)
        if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
            return response
        kept = _to_be_stored(response)
        if moment is not None:
            slug = (
                str(request.resolver_match.kwargs["slug"])
                if stored.of_page and request.resolver_match
                else ""
            )
            # Programs that ask for another form than HTML are no readers.
            counts = stored.counts and form_asked(request.META.get("HTTP_ACCEPT", "")) is None
            StoredAnswer.objects.put(key, kept, moment, slug=slug, counts=counts)
        return _sent(request, kept)


def _key_of(request: HttpRequest) -> str | None:
    """Return what an answer is stored under; None for whoever is somebody, and for what is never stored."""
    if request.method not in READS or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    address = request.get_full_path()
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    form = form_asked(request.META.get("HTTP_ACCEPT", ""))
    parts = (release(), request.scheme or "", host, _theme_of(request), address, form.ending if form else "")
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()


def _theme_of(request: HttpRequest) -> str:
    theme = request.COOKIES.get(THEME, "")
    return theme if theme in THEMES else ""


def _stored(request: HttpRequest) -> Stored | None:
    """Return how the answer to a request is stored; None where it is not."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return None
    stored = VIEWS.get(name)
    return stored if stored and stored.asked.issuperset(request.GET) else None


def _to_be_stored(response: HttpResponse) -> Kept:
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers = {name: value for name, value in response.items() if name.lower() not in NOT_STORED}
    headers["Vary"] = "Accept, Accept-Encoding" if has_vary_header(response, "Accept") else "Accept-Encoding"
    return Kept(None, etag, headers, compress_string(response.content))


def _sent(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """Return a stored answer in the form in which it was asked for."""
    headers = kept.headers | {"ETag": kept.etag, "Cache-Control": MAY_BE_KEPT}
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response = HttpResponse(kept.body, headers=headers | {"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(kept.body), headers=headers)
    response.headers["Content-Length"] = str(len(response.content))
    return get_conditional_response(request, etag=kept.etag, response=response) or response


@cache
def release() -> str:
    """Return what tells this version of the program, with its settings, from every other."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(path.read_bytes())
    told = {name: getattr(settings, name) for name in sorted(dir(settings)) if name.isupper()}
    digest.update(json.dumps(told, default=lambda value: type(value).__name__, skipkeys=True).encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for folder, kind in (("wiki", "*.py"), ("templates", "*"), ("static", "*")):
        yield from (path for path in (Path(settings.BASE_DIR) / folder).rglob(kind) if path.is_file())
