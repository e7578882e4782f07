"""Look-ups of works at Crossref and PubMed: a small client, off unless a contact address is set."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache

from wiki.models import User
from wiki.text.sources.formats import csl_json, pubmed_xml
from wiki.text.sources.formats.raw import BadRecord, RawWork
from wiki.text.sources.identifiers import Identifier
from wiki.text.sources.records import Record, record_of

CROSSREF: Final = "https://api.crossref.org"
NCBI: Final = "https://eutils.ncbi.nlm.nih.gov"
CONVERTER: Final = "https://pmc.ncbi.nlm.nih.gov"
SECONDS: Final = 8
MOST_BYTES: Final = 5_000_000
# The most requests per second to each service by all processes together; below the services' own limits.
A_SECOND: Final = {CROSSREF: 5, NCBI: 3, CONVERTER: 3}
# The most look-ups per person and minute, so that nobody uses up the shared limit.
A_MINUTE: Final = 20
BY_HAND: Final = "Type what the work says below."


class NotLookedUp(Exception):
    """The look-up failed; the message is a sentence for the person who asked."""


def is_on() -> bool:
    """Return whether look-ups are configured."""
    return bool(settings.LOOKUP_EMAIL)


def look_up(identifier: Identifier, *, by: User) -> Record | None:
    """Return what Crossref or PubMed knows of a work, None if this kind is not looked up here."""
    if not is_on() or identifier.scheme not in ("doi", "pmid", "pmc"):
        return None
    _count(f"lookup:{by.pk}:{int(time.time() // 60)}", A_MINUTE)
    match identifier.scheme:
        case "doi":
            return of_crossref(_json(CROSSREF, f"/works/{quote(identifier.value, safe='')}", {}))
        case "pmid":
            return of_pubmed(_pubmed(identifier.value))
    return of_pubmed(_pubmed(_pmid_of(identifier.value)))


def _pubmed(pmid: str) -> bytes:
    asked = {"db": "pubmed", "id": pmid, "retmode": "xml", "tool": "causeway", "email": settings.LOOKUP_EMAIL}
    if settings.LOOKUP_NCBI_KEY:
        asked["api_key"] = settings.LOOKUP_NCBI_KEY
    return _ask(NCBI, "/entrez/eutils/efetch.fcgi", asked)


def _pmid_of(pmc: str) -> str:
    asked = {"ids": pmc, "format": "json", "tool": "causeway", "email": settings.LOOKUP_EMAIL}
    answer = _json(CONVERTER, "/tools/idconv/api/v1/articles/", asked)
    try:
        return str(int(answer["records"][0]["pmid"]))
    except (KeyError, IndexError, TypeError, ValueError):
        raise NotLookedUp(f"PubMed does not know this number. {BY_HAND}") from None


def _json(service: str, path: str, asked: Mapping[str, str]) -> Any:
    try:
        return json.loads(_ask(service, path, asked))
    except (ValueError, RecursionError):
        raise NotLookedUp(f"The answer could not be read. {BY_HAND}") from None


class _WithinHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects only to the host that was asked."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Return the next request, or refuse."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise urllib.error.URLError("led to another host")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _ask(service: str, path: str, asked: Mapping[str, str]) -> bytes:
    """Return the answer of a service; raise `NotLookedUp` with a sentence if there is none."""
    _count(f"lookup:{service}:{int(time.time())}", A_SECOND[service])
    address = f"{service}{path}" + (f"?{urlencode(asked)}" if asked else "")
    agent = f"Causeway/1.0 ({settings.SITE_URL}; mailto:{settings.LOOKUP_EMAIL})"
    request = urllib.request.Request(address, headers={"User-Agent": agent})  # noqa: S310  # ours
    try:
        with urllib.request.build_opener(_WithinHost).open(request, timeout=SECONDS) as answer:
            found: bytes = _read(answer)
    except urllib.error.HTTPError as error:
        raise NotLookedUp(_sentence(error.code)) from error
    except (OSError, ValueError) as error:
        raise NotLookedUp(f"The service that knows works did not answer. {BY_HAND}") from error
    return found


def _read(answer: Any) -> bytes:
    """Return the whole answer, unless it is too long or too slow."""
    end, found = time.monotonic() + SECONDS, b""
    while part := answer.read1(65_536):
        found += part
        if len(found) > MOST_BYTES or time.monotonic() > end:
            raise NotLookedUp(f"The answer was too long. {BY_HAND}")
    return found


def _sentence(code: int) -> str:
    if code in (400, 404):
        return f"Nothing is known under this identifier; check it for typing errors. {BY_HAND}"
    if code == 429:
        return f"Too many look-ups at the moment. Try again in a minute. {BY_HAND}"
    return f"The service that knows works is out of order. {BY_HAND}"


def _count(what: str, most: int) -> None:
    """Raise `NotLookedUp` if the limit of this second, or of this person in this minute, is used up."""
    cache.add(what, 0, timeout=120)
    if cache.incr(what) > most:
        raise NotLookedUp(_sentence(429))


def of_crossref(answer: Any) -> Record:
    """Return the record in an answer of Crossref."""
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict):
        raise NotLookedUp(f"The answer could not be read. {BY_HAND}")
    return _sound(record_of(csl_json.work(work)))


def of_pubmed(answer: bytes) -> Record:
    """Return the record in an answer of PubMed: an article, chapter or book."""
    try:
        found = next((one for one in pubmed_xml.read(answer) if isinstance(one, RawWork)), None)
    except BadRecord:
        raise NotLookedUp(f"The answer could not be read. {BY_HAND}") from None
    if found is None:
        raise NotLookedUp(_sentence(404))
    return _sound(record_of(found))


def _sound(record: Record) -> Record:
    if not record.title:
        raise NotLookedUp(f"Nothing is known under this identifier; check it for typing errors. {BY_HAND}")
    return record
