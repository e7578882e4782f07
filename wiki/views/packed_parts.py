"""Answers in parts: what many get is compressed once, and what belongs to whoever asks each time."""

import secrets
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.http import HttpResponse

# A header with a file name; no time, no flags, no operating system (RFC 1952).
_HEADER: Final = b"\x1f\x8b\x08\x08" + bytes(5) + b"\xff"
_LAST_BLOCK: Final = b"\x03\x00"
# As Django's GZipMiddleware: the name is longer or shorter by chance, so that the length of an answer tells
# nothing of the tokens in it (BREACH).
_LONGEST_NAME: Final = 100


class AnswerPart(NamedTuple):
    """Some bytes of an answer, and whether others get the same."""

    content: bytes
    is_shared: bool


class AnswerInParts(HttpResponse):
    """An answer that is known in parts."""

    def __init__(self, parts: Sequence[AnswerPart], **more: Any) -> None:
        """Hold the parts; the content is all of them."""
        super().__init__(b"".join(one.content for one in parts), **more)
        self.parts = parts


def gzipped(parts: Sequence[AnswerPart]) -> bytes:
    """Return the parts, one behind the other, as one gzip file.

    Each is a piece of deflate of its own: it ends with a full flush, so that none looks back into another.
    """
    name = secrets.token_urlsafe(_LONGEST_NAME)[: secrets.randbelow(_LONGEST_NAME)].encode()
    packed = (_packed_once(one.content) if one.is_shared else _packed_for_one(one.content) for one in parts)
    check, size = 0, 0
    for one in parts:
        check, size = zlib.crc32(one.content, check), size + len(one.content)
    end = struct.pack("<II", check, size & 0xFFFFFFFF)
    return b"".join((_HEADER, name, b"\0", *packed, _LAST_BLOCK, end))


@lru_cache(maxsize=64)
def _packed_once(content: bytes) -> bytes:
    return _packed(content)


# What belongs to one person says the same for a while. It does not make room among what many get.
@lru_cache(maxsize=500)
def _packed_for_one(content: bytes) -> bytes:
    return _packed(content)


def _packed(content: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(zlib.Z_FULL_FLUSH)
