"""Answers to anonymous readers, sent as they were stored, before anything else is asked.

The database drops what is stored in the transaction of whatever changes it (`sql/stored_answers.sql`),
and it is good until the clock changes it. Whoever has a session is answered anew. The server asks here before
Django sees the request (`asgi.py`); the middleware asks where it has not, and stores what is made.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, Final, NamedTuple

import brotli
from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, parse_cookie
from django.urls import Resolver404, resolve
from django.utils.cache import has_vary_header
from django.utils.text import compress_string

from wiki import edges, last_reads, page_views
from wiki.models import StoredAnswer
from wiki.models.reading.stored_answers import Kept, LoadedAnswer, etag_of
from wiki.views.negotiation import form_asked
from wiki.views.recent_bodies import Body, RecentBodies
from wiki.views.release import release
from wiki.views.stored_views import VIEWS, Stored

type Answer = Callable[[HttpRequest], HttpResponseBase]
type Environ = Mapping[str, Any]
type HeaderField = tuple[bytes, bytes]

READS: Final = frozenset({"GET", "HEAD"})
# The only cookie that changes what an anonymous reader gets, and what it may say.
THEME: Final = "theme"
THEMES: Final = frozenset({"light", "dark"})
LONGEST_ADDRESS: Final = 500
# A browser asks each time whether what it has is still good; the answer costs little.
MAY_BE_KEPT: Final = (b"cache-control", b"no-cache")
BROTLI: Final = "br"
GZIP: Final = "gzip"
PLAIN: Final = ""
# What was asked that changes the form of an answer; the store has one form and makes the others of it.
ABOUT_FORM: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# Whoever sets a condition on a change means none of what is stored.
CONDITIONS: Final = frozenset({"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"})
# An ETag of a stored answer, without the mark of a weak one.
OUR_ETAGS: Final = re.compile(r'"[0-9a-f]{32}"')
# They belong to one form of the answer, or to one sending of it.
NOT_STORED: Final = frozenset({"content-length", "etag", "vary", "cache-control", "last-modified", "expires"})
# What a browser takes from an answer without a body as well: where it is, and who may read it (CORS).
ON_EVERY_ANSWER: Final = frozenset({b"vary", b"content-location", b"access-control-allow-origin"})
# Set where a server has looked already.
LOOKED_UP: Final = "causeway.looked_up"
# What was asked for so often by browsers that read brotli is compressed once more, as far as it goes.
OFTEN: Final = 20
MOST_COUNTED: Final = 10_000


class Ready(NamedTuple):
    """An answer that can be sent as it is."""

    status: int
    headers: list[HeaderField]
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
            return as_response(ready)
        if (stored := _stored(request)) is None:  # HEAD is made whole as well, and says what GET says
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
        kept = to_be_stored(key, response)
        if moment is not None:
            match = request.resolver_match
            slug = str(match.kwargs["slug"]) if stored.of_page and match else ""
            # Programs that ask for another form than HTML are no readers.
            counts = stored.counts and form_asked(request.META.get("HTTP_ACCEPT", "")) is None
            seconds = stored.edge_seconds
            StoredAnswer.objects.put(key, kept, moment, slug=slug, counts=counts, edge_seconds=seconds)
        # Who asked first gets it for this once; a cache in front keeps it when it has come from the store.
        found = LoadedAnswer(None, kept.etag, json.dumps(kept.headers), kept.body, False, True, (), 0)
        if _is_known(request.META, kept.etag):
            return as_response(Ready(304, _fields_of(request.META, found), b""))
        return as_response(_whole(request.META, found, _packed(request.META, found, kept.body)))


def as_response(ready: Ready) -> HttpResponse:
    """Return an answer as Django has it."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in ready.headers}
    response = HttpResponse(ready.body, status=ready.status, headers=headers)
    if ready.status == 304:
        # A cache would take it over for what it holds, which may be JSON.
        del response.headers["Content-Type"]
    return response


async def ready_for(environ: Environ) -> Ready | None:
    """Return what is stored for a request, as WSGI has it, ready to be sent; None if it is to be made."""
    if environ["PATH_INFO"].startswith(COUNTED) or not settings.STORES_ANSWERS:
        return None
    if (key := _key_of(environ)) is None:
        return None
    wanted = _wanted(environ, key)
    try:
        found = await StoredAnswer.objects.at_in_loop(key, brotli=wanted.coding == BROTLI, etags=wanted.etags)
    except DatabaseError:
        return None  # whoever answers now says that the database is away
    return _taken(environ, key, found, wanted) if found else None


def _looked_up(environ: Environ, key: str) -> Ready | None:
    wanted = _wanted(environ, key)
    try:
        found = StoredAnswer.objects.at(key, brotli=wanted.coding == BROTLI, etags=wanted.etags)
    except DatabaseError:
        return None  # whoever answers now says that the database is away
    return _taken(environ, key, found, wanted) if found else None


def stored_at(key: str) -> tuple[dict[str, str], bytes] | None:
    """Return header fields and text of what is stored under a key and not sent as it is."""
    recent = recent_body(key)
    try:
        found = StoredAnswer.objects.at(key, brotli=False, etags=recent.etag if recent else "")
    except DatabaseError:
        return None
    if found is None:
        return None
    if found.body is not None:
        recent = keep_recent(key, found.etag, found.body)
    return (json.loads(found.headers), recent.content) if recent else None


def recent_body(key: str) -> Body | None:
    """Return what was sent last of a stored answer, not packed."""
    return _recent.get(key, PLAIN)


def keep_recent(key: str, etag: str, body: bytes) -> Body:
    """Return a stored body (gzip) unpacked, and remember it."""
    recent = Body(etag, PLAIN, gzip.decompress(body))
    _recent.keep(key, recent)
    return recent


class _Wanted(NamedTuple):
    """How an answer is to be packed, what was sent last, and the ETags of that and of what a browser has."""

    coding: str
    recent: Body | None
    etags: str


def _wanted(environ: Environ, key: str) -> _Wanted:
    told = environ.get("HTTP_IF_NONE_MATCH")
    etags = " ".join(f"W/{etag}" for etag in OUR_ETAGS.findall(told)) if told else ""
    takes = codings(environ)
    coding = next((one for one in (BROTLI, GZIP) if one in takes), PLAIN)
    recent = _recent.get(key, coding)
    return _Wanted(coding, recent, f"{etags} {recent.etag}" if recent else etags)


def _taken(environ: Environ, key: str, found: LoadedAnswer, wanted: _Wanted) -> Ready | None:
    """Count what was found, and return it as it is sent; None where the body is not at hand after all."""
    if found.counted is not None and environ["REQUEST_METHOD"] == "GET":
        page_views.count(found.counted)
    if _is_known(environ, found.etag):
        return Ready(304, _fields_of(environ, found), b"")
    # A body that the database did not send is the one that was sent last.
    body = wanted.recent if found.body is None else _packed(environ, found, found.body)
    if body is None:
        return None
    if wanted.coding == BROTLI and body.coding == GZIP:
        _note(key, found.etag, body.content)
    elif found.body is not None and body.coding == wanted.coding:
        _recent.keep(key, body)
    return _whole(environ, found, body)


def _key_of(environ: Environ) -> str | None:
    """Return what an answer is stored under; None for whoever is somebody, and for what is never stored.

    What has an answer stored under a name that a request gives for this host was allowed to have that name.
    """
    cookies = environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] not in READS or settings.SESSION_COOKIE_NAME in cookies:
        return None
    length = len(environ["PATH_INFO"]) + len(environ.get("QUERY_STRING", ""))
    if length > LONGEST_ADDRESS or not CONDITIONS.isdisjoint(environ):
        return None
    form = form_asked(environ.get("HTTP_ACCEPT", ""))
    return key_for(environ, form.ending if form else "")


def key_for(environ: Environ, variant: str) -> str:
    """Return what one variant of the answer to a request is stored under."""
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    asked = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
    parts = (release(), _scheme_of(environ), host, _theme_of(environ), *asked, variant)
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


def codings(environ: Environ) -> frozenset[str]:
    """Return the codings that a browser reads."""
    return _codings_in(environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=100)
def _codings_in(accepted: str) -> frozenset[str]:
    """Return the codings that a field names and does not weigh at nothing."""
    named = (one.strip().partition(";") for one in accepted.split(","))
    return frozenset(name.strip().lower() for name, _, weight in named if not _is_nothing(weight))


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


def to_be_stored(key: str, response: HttpResponse) -> Kept:
    """Return an answer in the form in which it is stored under a key."""
    headers = {name.lower(): value for name, value in response.items() if name.lower() not in NOT_STORED}
    headers["vary"] = "Accept, Accept-Encoding" if has_vary_header(response, "Accept") else "Accept-Encoding"
    return Kept(etag_of(key, headers, response.content), headers, compress_string(response.content))


def _is_known(environ: Environ, etag: str) -> bool:
    """Return whether a browser has an answer already; a strong ETag is compared as a weak one (RFC 9110)."""
    told = environ.get("HTTP_IF_NONE_MATCH")
    return told is not None and (told == "*" or etag.removeprefix("W/") in told)


def _packed(environ: Environ, found: LoadedAnswer, body: bytes) -> Body:
    """Return a stored body as it is to be sent."""
    if found.is_brotli:
        return Body(found.etag, BROTLI, body)
    if GZIP in codings(environ):
        return Body(found.etag, GZIP, body)
    return Body(found.etag, PLAIN, gzip.decompress(body))


def _fields_of(environ: Environ, found: LoadedAnswer) -> list[HeaderField]:
    """Return the header fields of an answer with or without its body."""
    fields = [(b"etag", found.etag.encode()), *_stored_fields(found.headers).always]
    if settings.EDGES and found.seconds > 0 and not _theme_of(environ):
        return fields + encoded(edges.header_fields(found.shows, found.seconds).items())
    return [*fields, MAY_BE_KEPT]


def _whole(environ: Environ, found: LoadedAnswer, body: Body) -> Ready:
    """Return an answer with its body."""
    fields = [*_fields_of(environ, found), *_stored_fields(found.headers).others]
    if body.coding:
        fields.append((b"content-encoding", body.coding.encode()))
    fields.append((b"content-length", str(len(body.content)).encode()))
    return Ready(200, fields, b"" if environ["REQUEST_METHOD"] == "HEAD" else body.content)


class _StoredFields(NamedTuple):
    """The header fields of a stored answer: those that a 304 has too, and those that it has not."""

    always: tuple[HeaderField, ...]
    others: tuple[HeaderField, ...]


@lru_cache(maxsize=1000)
def _stored_fields(stored: str) -> _StoredFields:
    """Return header fields from their stored form."""
    fields = encoded(json.loads(stored).items())
    always = tuple(one for one in fields if one[0] in ON_EVERY_ANSWER)
    return _StoredFields(always, tuple(one for one in fields if one[0] not in ON_EVERY_ANSWER))


def fields_from(stored: str) -> tuple[HeaderField, ...]:
    """Return all header fields from their stored form."""
    fields = _stored_fields(stored)
    return fields.always + fields.others


def encoded(fields: Iterable[tuple[str, str]]) -> list[HeaderField]:
    """Return header fields as they are sent."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields]


# --- After the answer -------------------------------------------------------------------------------------

_lock = Lock()
_asked: Counter[str] = Counter()
_to_pack: dict[str, tuple[str, bytes]] = {}
_recent: Final = RecentBodies()


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
    return bool(_to_pack) or page_views.is_due() or last_reads.is_waiting()


def work(**kwargs: Any) -> None:
    """Write what was counted and read; pack what is read most with brotli. Called after the answer."""
    last_reads.write()
    page_views.write_when_due()
    with _lock:
        packing = dict(_to_pack)
        _to_pack.clear()
    for key, (etag, body) in packing.items():
        try:
            StoredAnswer.objects.add_brotli(key, etag, brotli.compress(gzip.decompress(body)))
        except DatabaseError:
            connection.close()
