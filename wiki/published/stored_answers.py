"""Answers that are stored for readers, compared with what was made: only this site can give their ETags."""

import gzip
import zlib
from collections.abc import Iterator
from typing import Final

import brotli
from django.conf import settings

from wiki.models import StoredAnswer
from wiki.models.reading.stored_answers import LISTS, etag_of

_UNREADABLE: Final = (AttributeError, EOFError, OSError, TypeError, brotli.error, zlib.error)
_SENTENCE: Final = "What is stored for readers of it, as {}, is not what was made for them."


def altered_answers() -> Iterator[tuple[int | None, str]]:
    """Yield the page, where it shows one, and a sentence of each stored answer that was not made so."""
    for one in StoredAnswer.objects.order_by("pk").iterator(100):
        if not _is_as_made(one):
            page = next((pk for pk in (one.counted, *one.shows) if pk and pk != LISTS), None)
            yield page, _SENTENCE.format(one.key[:12])


def _is_as_made(one: StoredAnswer) -> bool:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        content = gzip.decompress(one.body)
        is_same = one.brotli is None or brotli.decompress(bytes(one.brotli)) == content
        return is_same and one.etag in {etag_of(one.key, one.headers, content, secret) for secret in secrets}
    except _UNREADABLE:
        return False


__all__ = ["altered_answers"]
