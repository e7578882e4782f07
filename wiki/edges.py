"""Caches in front of the wiki: how long they may keep an answer, and how they are told to forget it.

What a change concerns is a row, written in its transaction (`models/sql/stored_answers.sql`). It is sent
after each act, by `manage.py send_purges` every second and by `run_jobs`, until the cache has taken it. If
a cache lost it all the same, it asks again soon.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wiki.models import PublicChange

# The longest that a lost purge can keep an old answer in a cache; shorter where the answer shows the text of
# a page, since any passage may be found to be dangerous.
SECONDS: Final = 60
SECONDS_FOR_SAFETY: Final = 5
# An answer that shows more pages than this is known as a list, which every change drops.
MOST_KEYS: Final = 100
TIMEOUT: Final = 1
ALL: Final = "all"
LISTS: Final = "lists"
# What a changed row says where no page is meant.
NAMES: Final = {0: LISTS, -1: ALL}
FORMS: Final = frozenset({"varnish", "nginx", "fastly"})


@dataclass(frozen=True)
class Edge:
    """A cache in front: which form of purge it takes, where."""

    form: str
    scheme: str
    host: str
    port: int | None
    path: str
    key: str


def edge_at(address: str) -> Edge:
    """Return a cache from its setting; raises `ImproperlyConfigured`."""
    parts = urlsplit(address)
    form, _, scheme = parts.scheme.partition("+")
    if form not in FORMS or scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(
            "CAUSEWAY_EDGES must read varnish+http://host:port, nginx+http://host:port or fastly+https://…"
        )
    key = parse_qs(parts.query).get("key", [""])[0]
    return Edge(form, scheme, parts.hostname, parts.port, parts.path.rstrip("/"), key)


def keys_of(shows: Iterable[int]) -> list[str]:
    """Return the surrogate keys of the pages that an answer shows, or that a change concerns."""
    return [NAMES.get(one) or f"page-{one}" for one in sorted(set(shows))]


def header_fields(shows: Sequence[int], seconds: int) -> dict[str, str]:
    """Return the header fields that let a shared cache keep an answer for some seconds.

    A browser asks each time. Cache-Groups is RFC 9875, CDN-Cache-Control RFC 9213.
    """
    keys = [ALL, *keys_of(shows if len(shows) <= MOST_KEYS else [0])]
    return {
        "cache-control": f"public, max-age=0, must-revalidate, s-maxage={seconds}",
        "cdn-cache-control": f"max-age={seconds}",
        "surrogate-key": " ".join(keys),
        "xkey": " ".join(keys),
        "cache-groups": ", ".join(f'"{key}"' for key in keys),
    }


def send_purges() -> int:
    """Tell each cache in front what it has not been told yet; return how many changes were sent.

    What a cache did not take stays, for the next time.
    """
    sent = 0
    for address in settings.EDGES:
        changes = PublicChange.objects.unsent_to(address)
        if changes and _forgets(edge_at(address), keys_of(page for one in changes for page in one.shows)):
            PublicChange.objects.mark_sent(changes, address)
            sent += len(changes)
    return sent


def _forgets(edge: Edge, keys: list[str]) -> bool:
    """Tell a cache to forget what has one of some keys; return whether it did."""
    keys = [ALL] if ALL in keys or len(keys) > MOST_KEYS else keys
    method, path, fields = _request(edge, keys)
    connect = HTTPSConnection if edge.scheme == "https" else HTTPConnection
    connection = connect(edge.host, edge.port, timeout=TIMEOUT)
    try:
        connection.request(method, path, headers=fields)
        taken = connection.getresponse().status < 300
    except (OSError, HTTPException) as problem:
        logging.getLogger(__name__).warning("%s was not told to forget: %r", edge.host, problem)
        return False
    finally:
        connection.close()
    if not taken:
        logging.getLogger(__name__).warning("%s refused to forget", edge.host)
    return taken


def _request(edge: Edge, keys: list[str]) -> tuple[str, str, dict[str, str]]:
    """Return method, path and header fields of a purge. nginx knows no keys: it forgets everything."""
    if edge.form == "nginx":
        return "PURGE", f"{edge.path}/*", {}
    fields = {"Surrogate-Key": " ".join(keys)}
    if edge.form == "varnish":
        return "BAN", f"{edge.path}/", fields
    return "POST", f"{edge.path}/purge", fields | {"Fastly-Key": edge.key}
