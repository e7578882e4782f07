"""Addresses of views, each worked out once: a page names some fifty, most of them on every page."""

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

_MOST_KEPT: Final = 4096
# Of these, values that are equal have one address; true equals 1.
_PLAIN: Final = frozenset({str, int, SafeString})


def address_of(view: str, *args: Any) -> str:
    """Return the address of a view for some values, as `reverse` does; raises `NoReverseMatch` as well."""
    if _PLAIN.issuperset(map(type, args)):
        return _kept(settings.ROOT_URLCONF, get_script_prefix(), view, *args)
    return reverse(view, args=args)


@lru_cache(_MOST_KEPT)
def _kept(urlconf: str, _prefix: str, view: str, *args: Any) -> str:
    return reverse(view, urlconf, args=args)
