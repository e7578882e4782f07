"""Limits on requests: how many each client may make in a minute, counted for all servers together."""

import fcntl
import ipaddress
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse

MINUTE: Final = 60
# Households and servers get a whole network of this size, so it counts as one client.
IPV6_NETWORK: Final = 64


@dataclass(frozen=True)
class Allowance:
    """What a client has left of its requests in this minute."""

    limit: int
    asked: int
    seconds: int  # until the minute is over

    @property
    def is_spent(self) -> bool:
        """Return whether this request is one too many."""
        return self.asked > self.limit

    def write_headers(self, response: HttpResponse) -> None:
        """Say in the header of an answer what the limit is and what is left of it."""
        left = max(self.limit - self.asked, 0)
        response.headers["RateLimit-Policy"] = f'"minute";q={self.limit};w={MINUTE}'
        response.headers["RateLimit"] = f'"minute";r={left};t={self.seconds}'
        if self.is_spent:
            response.headers["Retry-After"] = str(self.seconds)


def count(request: HttpRequest) -> Allowance:
    """Count a request; return what its client has left."""
    now = int(time.time())
    key = f"{client_of(request)}:{now // MINUTE}"
    counts = caches["api"]
    with _one_at_a_time(counts):
        counts.add(key, 0, timeout=2 * MINUTE)
        try:
            asked = counts.incr(key)
        except ValueError:  # it made room for others between the two
            asked = 1
    return Allowance(settings.API_A_MINUTE, asked, MINUTE - now % MINUTE)


@contextmanager
def _one_at_a_time(counts: BaseCache) -> Iterator[None]:
    """Let nobody on this machine count meanwhile, where the cache is files: it reads a number and writes the
    next one apart, so that of many that ask in the same instant some would not be counted.
    """
    if not isinstance(counts, FileBasedCache):
        yield
        return
    with Path(f"{settings.CACHES['api']['LOCATION']}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        yield


def client_of(request: HttpRequest) -> str:
    """Return the network address that counts as one client; behind proxies of ours, what they say."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((address, IPV6_NETWORK), strict=False))
    return str(address)
