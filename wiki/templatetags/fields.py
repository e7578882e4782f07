"""Attributes that connect a form field with its hint and its error."""

from collections.abc import Collection

from django import template
from django.forms import BoundField, MultipleChoiceField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def described_by(*ids: str) -> SafeString | str:
    """Return the `aria-describedby` attribute for some ids; "" if all are empty."""
    named = " ".join(filter(None, ids))
    return format_html(' aria-describedby="{}"', named) if named else ""


@register.simple_tag
def error_attributes(field: BoundField, hint: str = "", error: str = "") -> SafeString | str:
    """Return the attributes of a field for its hint and its error.

    The error's id is made from that of the field unless `error` names another one.
    """
    if not field.errors:
        return described_by(hint)
    return format_html(' aria-invalid="true"{}', described_by(hint, error or f"{field.auto_id}_error"))


@register.simple_tag
def described_by_errors(field: BoundField) -> SafeString | str:
    """Return the attribute of a group of choices that names its errors, then its hint."""
    error = f"{field.auto_id}_error" if field.errors else ""
    return described_by(error, f"{field.auto_id}_hint" if field.help_text else "")


@register.filter
def button_look(tags: Collection[str]) -> str:
    """Return the CSS class of a button on a page of accounts: danger, primary or none."""
    if "danger" in tags:
        return " btn-bad"
    return "" if {"secondary", "outline", "cancel"} & set(tags) else " btn-act"


@register.filter
def first_control_id(field: BoundField) -> str:
    """Return the id that a link to a field leads to: for checkboxes, the first one."""
    return field[0].id_for_label if isinstance(field.field, MultipleChoiceField) else field.id_for_label
