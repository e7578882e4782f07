"""Published pages by the codes that they are tied to."""

from collections.abc import Iterable

from django.db import models

from wiki.models.names import Name
from wiki.models.published_pages import PublishedPage
from wiki.text.slugs import fold


def pages_with_codes(codes: Iterable[str]) -> list[PublishedPage]:
    """Return the pages tied to one of some codes, of whatever system, A to Z."""
    named = Name.objects.filter(rank=Name.CODE, key__in={fold(code) for code in codes})
    found = PublishedPage.objects.for_lists().filter(page__in=named.values("page")).a_to_z()
    return list(found.fetch_mode(models.FETCH_PEERS))
