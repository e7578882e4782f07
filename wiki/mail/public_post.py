"""Sending to addresses that anybody may have typed: by https, to hosts in public alone, and nowhere else.

The name is looked up once and the connection goes to what was found, so that no second answer of a name
server leads into our own network. Redirects are not followed, and no proxy of the environment is asked.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPSConnection
from threading import Timer
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

SECONDS: Final = 5
# However slowly it answers, byte by byte.
LONGEST: Final = 10
MOST_BYTES: Final = 2_000
PORT: Final = 443
# What of IPv6 is in public, and what in it leads to addresses of IPv4.
_PUBLIC: Final = ipaddress.IPv6Network("2000::/3")
_TUNNELS: Final = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))


class NotSent(Exception):
    """A message was not taken; the words say why, for whoever gave the address."""


def is_public(text: str) -> bool:
    """Return whether a network address is one of the public Internet."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    is_leading_elsewhere = isinstance(address, ipaddress.IPv6Address) and (
        address not in _PUBLIC or any(address in one for one in _TUNNELS)
    )
    is_own = address.is_multicast or address.is_reserved or not address.is_global
    return not is_leading_elsewhere and not is_own


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address to which something may be sent; else raise `NotSent` with the reason."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORT
    except ValueError:
        raise NotSent("This is no address.") from None
    if parts.scheme != "https" or not parts.hostname:
        raise NotSent("The address has to begin with https:// and name a host.")
    if parts.username is not None or parts.password is not None or port != PORT:
        raise NotSent("The address must hold no password, and no port but 443.")
    if not address.isascii() or not address.isprintable() or " " in address:
        raise NotSent("Write the address in plain letters, without spaces.")
    return parts


def usual_form(address: str) -> str:
    """Return an address as all its spellings are written; raise `NotSent` if nothing may be sent there.

    How a host is spelt, the usual port and a fragment lead nowhere else.
    """
    parts = parts_of(address)
    host = parts.netloc.lower().removesuffix(f":{PORT}").removesuffix(":")
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def address_of(host: str) -> str:
    """Return the network address of a host; raise `NotSent` unless all that it has are public."""
    try:
        found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("The host was not found.") from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(is_public, addresses)):
        raise NotSent("The host is not in the public Internet.")
    return addresses[0]


class _Pinned(HTTPSConnection):
    """A connection to the network address that was looked at, under the name of the host."""

    def __init__(self, host: str, address: str) -> None:
        self._context_of_tls = ssl.create_default_context()
        super().__init__(host, PORT, timeout=SECONDS, context=self._context_of_tls)
        self._address = address
        self.is_cut = False

    def connect(self) -> None:
        """Connect to that address, and have the host prove its name."""
        plain = socket.create_connection((self._address, PORT), SECONDS)
        self.sock = self._context_of_tls.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End the connection, whoever is waiting for it."""
        self.is_cut = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Send a message; return the beginning of the answer. Raise `NotSent` unless it is one of success."""
    parts = parts_of(address)
    connection = _Pinned(parts.hostname or "", address_of(parts.hostname or ""))
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    end = Timer(LONGEST, connection.cut)
    end.start()
    try:
        connection.request("POST", path, body, dict(headers))
        answer = connection.getresponse()
        said = answer.read(MOST_BYTES)
    except (OSError, ValueError, HTTPException) as trouble:
        raise NotSent(f"The connection failed: {type(trouble).__name__}.") from None
    finally:
        end.cancel()
        connection.close()
    if connection.is_cut:  # a beginning that says 200 may be all that came
        raise NotSent(f"It did not answer within {LONGEST} seconds.")
    if not 200 <= answer.status < 300:
        raise NotSent(f"It answered with status {answer.status}.")
    return said
