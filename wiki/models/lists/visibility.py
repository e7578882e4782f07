"""Visibility of revisions: what somebody with some rights may see, as one condition for everybody."""

from typing import Any

from django.db import models
from django.db.models.expressions import Combinable

from wiki.domain.lifecycle import State
from wiki.models.lists.conditions import ExistsForEach


def is_visible(revisions: Any, person_id: int, writes: bool, inspects: bool, unredacted: bool) -> models.Q:
    """Return the condition that one of `revisions` may be seen by somebody with these rights."""
    # Asked of each revision: as sets, or by joins, what was ever published would be read for a few rows.
    published = revisions.filter(pk=models.OuterRef("pk"), publications__isnull=False)
    seen = models.Q(ExistsForEach(published))
    seen |= _given(writes) & (models.Q(state=State.SUBMITTED) | models.Q(author=person_id))
    seen |= _given(inspects) & ~models.Q(state=State.DRAFT)
    return seen & (_given(unredacted) | ~models.Q(revisions.suppressed("pk")))


def _given(right: "Combinable | bool") -> models.Q:
    """Return the condition that somebody has a right: the same query with it and without it."""
    value = right if isinstance(right, Combinable) else models.Value(right)
    return models.Q(models.ExpressionWrapper(value, output_field=models.BooleanField()))
