"""Canonical JSON (RFC 8785) and its SHA-256, so that anybody can compute a digest again with other tools."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785


def digest_of(value: Any) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of a value."""
    return hashlib.sha256(rfc8785.dumps(plain(value))).hexdigest()


def hidden(name: str) -> str:
    """Return the SHA-256 of a name. Chains bind names in this form, because people may have names removed."""
    return hashlib.sha256(name.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return a value as JSON types: moments in UTC, days and other texts as strings."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [plain(one) for one in value]
    return value


def link_digest(  # each part of a link is bound
    *, chain: int | str | None, place: int, table: str, row: int, payload: Mapping[str, Any], previous: str
) -> str:
    """Return the digest of a link: its payload, its place, and the digest of the link before it.

    What it binds stands in it as a digest, so that a chain can be recomputed without being told all of it.
    """
    return digest_of(
        {
            "chain": chain,
            "place": place,
            "table": table,
            "row": row,
            "payload": digest_of(payload),
            "previous": previous,
        }
    )


def anchor_digest(
    *, day: dt.date, made_at: dt.datetime, heads: Mapping[str, Sequence[Any]], previous: str
) -> str:
    """Return the digest of an anchor: the heads of all chains, and the digest of the anchor before it."""
    return digest_of({"day": day, "made_at": made_at, "heads": heads, "previous": previous})
