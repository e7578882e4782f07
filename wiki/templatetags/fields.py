"""Attributes that tie a form field to its hint and its error."""

from collections.abc import Collection

from django import template
from django.forms import BoundField, MultipleChoiceField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def described_by(*ids: str) -> SafeString | str:
    """Return the attribute that names what describes a field; "" where all ids are empty."""
    named = " ".join(filter(None, ids))
    return format_html(' aria-describedby="{}"', named) if named else ""


@register.simple_tag
def error_attributes(field: BoundField, hint: str = "", error: str = "") -> SafeString | str:
    """Return the attributes of a field that has a hint, an error or both.

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
    """Return the class of a button on a page of accounts: it destroys, it matters most, or neither."""
    if "danger" in tags:
        return " btn-bad"
    return "" if {"secondary", "outline", "cancel"} & set(tags) else " btn-act"


@register.filter
def first_control_id(field: BoundField) -> str:
    """Return the id of what a link to a field should lead to: of many checkboxes the first one."""
    return field[0].id_for_label if isinstance(field.field, MultipleChoiceField) else field.id_for_label
