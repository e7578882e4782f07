"""What templates ask about a person's declaration of interests."""

import datetime as dt
from typing import Any

from django import template

from wiki.models import Disclosure

register = template.Library()


@register.simple_tag
def expiry_of(person: Any) -> dt.date | None:
    """Return the last day of a person's newest declaration, None if they never made one."""
    return Disclosure.objects.expiry_of(person)


@register.filter
def is_over(day: dt.date) -> bool:
    """Return whether a declaration that holds until `day` has expired."""
    return Disclosure(expires_on=day).has_expired


@register.filter
def is_near(day: dt.date) -> bool:
    """Return whether it is time to declare anew."""
    return Disclosure(expires_on=day).expires_soon
