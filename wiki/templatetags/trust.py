"""Formatting of credentials."""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wiki.models import Credential

register = template.Library()

# For each status of a registration: the state that sets its colour, and the words.
MARKS: Final = {
    "valid": ("approved", "Verified"),
    "waiting": ("submitted", "Waiting for an administrator"),
    "expired": ("changes_requested", "Expired"),
    "withdrawn": ("withdrawn", "Reverted"),
    "declined": ("rejected", "Not verified"),
    "revoked": ("rejected", "Revoked"),
}


@register.filter
def registration_mark(registration: Credential) -> SafeString:
    """Return the status of a registration, as a sign and words."""
    return format_html('<span class="state" data-state="{}">{}</span>', *MARKS[registration.standing])
