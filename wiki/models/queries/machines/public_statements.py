"""All statements that readers see, with both ends and their sources, in an order that files can repeat."""

from django.db import models

from wiki.models.sources import Source
from wiki.models.statements import Statement


def public_statements() -> list[Statement]:
    """Return every statement both of whose ends are published, by the addresses of its ends."""
    found = Statement.objects.public().annotate(
        subject_slug=models.F("subject__published_page__slug"),
        subject_title=models.F("subject__published_page__title"),
        subject_kind=models.F("subject__published_page__kind"),
        object_slug=models.F("object__published_page__slug"),
        object_title=models.F("object__published_page__title"),
        object_kind=models.F("object__published_page__kind"),
    )
    return list(found.order_by("subject_slug", "relation", "object_slug", "population", "pk"))


def published_sources() -> list[Source]:
    """Return the sources that published pages rest on, with their identifiers, by citation key."""
    return sorted(Source.objects.published().with_ids(), key=lambda one: one.key)
