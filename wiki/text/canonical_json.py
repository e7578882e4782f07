"""Canonical JSON (RFC 8785) and its SHA-256, so that anybody can compute a digest again with other tools."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import rfc8785


def digest_of(value: Any) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of a value."""
    return hashlib.sha256(canonical_json(plain(value))).hexdigest()


def canonical_json(value: Any) -> bytes:
    """Return the canonical JSON of what `plain` returns; raises `rfc8785.CanonicalizationError`."""
    if _is_canonical_as_sorted(value):
        try:
            return _SORTED.encode(value).encode()
        except UnicodeEncodeError:
            pass  # `rfc8785` says what is wrong
    return rfc8785.dumps(value)


# Much faster than `rfc8785`, and the same where the order of keys and the figures of numbers cannot differ.
_SORTED: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_LARGEST: Final = 2**53 - 1


def _is_canonical_as_sorted(value: Any) -> bool:
    """Return whether a value has only texts, whole numbers that floats hold, and names of ASCII letters."""
    if isinstance(value, dict):
        return all(key.isascii() for key in value) and all(map(_is_canonical_as_sorted, value.values()))
    if isinstance(value, list):
        return all(map(_is_canonical_as_sorted, value))
    kind = type(value)
    if kind is int:
        return bool(-_LARGEST <= value <= _LARGEST)
    return kind is str or kind is bool or value is None


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
