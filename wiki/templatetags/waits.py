"""How long review takes, in words."""

from django import template

from wiki.acts.reviewing import claims
from wiki.models import Claim, Revision
from wiki.screens import statistics

register = template.Library()

register.filter("within", statistics.within)


@register.simple_tag
def claim_of(revision: Revision) -> Claim | None:
    """Return who says that they are looking at a submission, and until when; None if nobody does."""
    return claims.held_of(revision)


@register.simple_tag
def waits_told() -> str:
    """Return how long what was sent in lately waited, of every risk for which that can be told.

    It stands at the button that sends something in, before its risk is worked out.
    """
    known = [one for one in statistics.expected_waits() if one.is_known]
    return " ".join(f"{one.label}: {one.sentence}" for one in known) or statistics.UNTOLD
