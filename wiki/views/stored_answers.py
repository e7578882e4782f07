"""Answers to anonymous readers, sent as they were stored, before anything else is asked.

The database drops what is stored in the transaction of whatever changes it (`sql/stored_answers.sql`),
and it is good until the clock changes it. Whoever has a session is answered anew. The server asks here before
Django sees the request (`asgi.py`); the middleware asks where it has not, and stores what is made.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

import brotli
from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, parse_cookie
from django.urls import Resolver404, resolve
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags
from django.utils.text import compress_string

from wiki import edges, page_views
from wiki.models import StoredAnswer
from wiki.models.reading.stored_answers import Found, Kept
from wiki.views.negotiation import form_asked
from wiki.views.stored_views import VIEWS, Stored

type Answer = Callable[[HttpRequest], HttpResponseBase]
type Environ = Mapping[str, Any]

READS: Final = frozenset({"GET", "HEAD"})
# The only cookie that changes what an anonymous reader gets, and what it may say.
THEME: Final = "theme"
THEMES: Final = frozenset({"light", "dark"})
LONGEST_ADDRESS: Final = 500
# A browser asks each time whether what it has is still good; the answer costs little.
MAY_BE_KEPT: Final = "no-cache"
# What was asked that changes the form of an answer; the store has one form and makes the others of it.
ABOUT_FORM: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# Whoever sets a condition on a change means none of what is stored.
CONDITIONS: Final = frozenset({"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"})
# They belong to one form of the answer, or to one sending of it.
NOT_STORED: Final = frozenset({"content-length", "etag", "vary", "cache-control", "last-modified", "expires"})
# Set where a server has looked already.
LOOKED_UP: Final = "causeway.looked_up"
# What was asked for so often by browsers that read brotli is compressed once more, as far as it goes.
OFTEN: Final = 20
MOST_COUNTED: Final = 10_000


class Ready(NamedTuple):
    """An answer that can be sent as it is."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    # What is to be done once it is sent.
    finish: Callable[[], object] | None = None


# Requests beneath are counted before they are answered (`views/api/door.py`).
COUNTED: Final = "/api/"


class StoredAnswers:
    """Middleware: answers with what is stored, and stores what it can of what is made."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next in line."""
        if not settings.STORES_ANSWERS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the store; else let the answer be made, and store it."""
        if (key := _key_of(request.META)) is None:
            return self._acted(request)
        if LOOKED_UP not in request.META and (ready := _looked_up(request.META, key)):
            return _as_response(ready)
        if request.method != "GET" or (stored := _stored(request)) is None:
            return self.get_response(request)
        return self._made(request, key, stored)

    def _acted(self, request: HttpRequest) -> HttpResponseBase:
        """Let somebody do something, and tell the caches in front what they are to forget."""
        response = self.get_response(request)
        if settings.EDGES and request.method not in READS:
            edges.send_purges()
        return response

    def _made(self, request: HttpRequest, key: str, stored: Stored) -> HttpResponseBase:
        """Make an answer as for somebody who has nothing but an address, and store it."""
        asked: dict[str, str] = {name: request.META.pop(name) for name in ABOUT_FORM if name in request.META}
        theme = _theme_of(request.META)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {THEME: theme} if theme else {}
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
            match = request.resolver_match
            slug = str(match.kwargs["slug"]) if stored.of_page and match else ""
            # Programs that ask for another form than HTML are no readers.
            counts = stored.counts and form_asked(request.META.get("HTTP_ACCEPT", "")) is None
            seconds = stored.edge_seconds
            StoredAnswer.objects.put(key, kept, moment, slug=slug, counts=counts, edge_seconds=seconds)
        # Who asked first gets it for this once; a cache in front keeps it when it has come from the store.
        ready = _sent(request.META, Found(None, *kept, False, True, (), 0))
        return _as_response(ready)


def _as_response(ready: Ready) -> HttpResponse:
    return HttpResponse(ready.body, status=ready.status, headers=dict(ready.headers))


def ready_for(environ: Environ) -> Ready | None:
    """Return what is stored for a request, as WSGI has it, ready to be sent; None if it is to be made."""
    if environ["PATH_INFO"].startswith(COUNTED) or not settings.STORES_ANSWERS:
        return None
    key = _key_of(environ)
    return None if key is None else _looked_up(environ, key)


def _looked_up(environ: Environ, key: str) -> Ready | None:
    asked = parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))
    etags = [one if one.startswith("W/") else f"W/{one}" for one in asked]
    reads_brotli = "br" in _codings(environ)
    try:
        found = StoredAnswer.objects.at(key, brotli=reads_brotli, etags=etags)
    except DatabaseError:
        return None  # whoever answers now says that the database is away
    if found is None:
        return None
    if found.counted is not None and environ["REQUEST_METHOD"] == "GET":
        page_views.count(found.counted)
    if reads_brotli and not found.has_brotli and found.body:
        _note(key, found.etag, found.body)
    return _sent(environ, found)


def _key_of(environ: Environ) -> str | None:
    """Return what an answer is stored under; None for whoever is somebody, and for what is never stored.

    What has an answer stored under a name that a request gives for this host was allowed to have that name.
    """
    cookies = environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] not in READS or settings.SESSION_COOKIE_NAME in cookies:
        return None
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST_ADDRESS or not CONDITIONS.isdisjoint(environ):
        return None
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    form = form_asked(environ.get("HTTP_ACCEPT", ""))
    kind = form.ending if form else ""
    parts = (release(), _scheme_of(environ), host, _theme_of(environ), path, query, kind)
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()


def _scheme_of(environ: Environ) -> str:
    """Return the scheme as `HttpRequest.scheme` has it."""
    if trusted := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = trusted
        if (said := environ.get(name)) is not None:
            return "https" if said.split(",", 1)[0].strip() == secure else "http"
    return str(environ["wsgi.url_scheme"])


def _theme_of(environ: Environ) -> str:
    cookies = environ.get("HTTP_COOKIE", "")
    if THEME not in cookies:
        return ""
    theme = parse_cookie(cookies).get(THEME, "")
    return theme if theme in THEMES else ""


def _codings(environ: Environ) -> set[str]:
    """Return the codings that a browser reads: those that it names and does not weigh at nothing."""
    named = (one.strip().partition(";") for one in environ.get("HTTP_ACCEPT_ENCODING", "").split(","))
    return {name.strip().lower() for name, _, weight in named if not _is_nothing(weight)}


def _is_nothing(weight: str) -> bool:
    return weight.strip().replace(" ", "") in {"q=0", "q=0.0", "q=0.00", "q=0.000"}


def _stored(request: HttpRequest) -> Stored | None:
    """Return how the answer to a request is stored; None where it is not."""
    try:
        request.get_host()
        name = resolve(request.path_info).view_name
    except (DisallowedHost, Resolver404):
        return None
    stored = VIEWS.get(name)
    return stored if stored and stored.asked.issuperset(request.GET) else None


def _to_be_stored(response: HttpResponse) -> Kept:
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers = {name.lower(): value for name, value in response.items() if name.lower() not in NOT_STORED}
    headers["vary"] = "Accept, Accept-Encoding" if has_vary_header(response, "Accept") else "Accept-Encoding"
    return Kept(etag, headers, compress_string(response.content))


def _sent(environ: Environ, found: Found) -> Ready:
    """Return a stored answer in the form in which it was asked for."""
    body, told = found.body, environ.get("HTTP_IF_NONE_MATCH", "")
    headers = {"etag": found.etag, "vary": found.headers["vary"], "cache-control": MAY_BE_KEPT}
    if settings.EDGES and found.seconds > 0 and not _theme_of(environ):
        headers |= edges.header_fields(found.shows, found.seconds)
    if body is None or told == "*" or found.etag in told:
        return Ready(304, [*headers.items()], b"")
    headers |= found.headers
    if found.is_brotli:
        headers["content-encoding"] = "br"
    elif "gzip" in _codings(environ):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    headers["content-length"] = str(len(body))
    return Ready(200, [*headers.items()], b"" if environ["REQUEST_METHOD"] == "HEAD" else body)


# --- After the answer -------------------------------------------------------------------------------------

_lock = Lock()
_asked: Counter[str] = Counter()
_to_pack: dict[str, tuple[str, bytes]] = {}


def _note(key: str, etag: str, body: bytes) -> None:
    """Count an answer that was not there in brotli; often enough, and it will be packed."""
    with _lock:
        if len(_asked) > MOST_COUNTED:
            _asked.clear()
        _asked[key] += 1
        if _asked[key] >= OFTEN:
            del _asked[key]
            _to_pack[key] = etag, body


def has_work() -> bool:
    """Return whether there is something to do that no reader should wait for."""
    return bool(_to_pack) or page_views.is_due()


def work(**kwargs: Any) -> None:
    """Write what was counted, and pack what is read most with brotli. Called after an answer was sent."""
    page_views.write_when_due()
    with _lock:
        packing = dict(_to_pack)
        _to_pack.clear()
    for key, (etag, body) in packing.items():
        try:
            StoredAnswer.objects.add_brotli(key, etag, brotli.compress(gzip.decompress(body)))
        except DatabaseError:
            connection.close()


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
