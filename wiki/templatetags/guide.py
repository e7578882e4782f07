"""Links from a form field to the help about it."""

import re
from typing import Final

from django import template
from django.forms import BoundField

from wiki.addresses import address_of
from wiki.domain.statement_fields import DETAIL_FIELDS

register = template.Library()

# By the field's posted name, without the row number.
HELP: Final = {
    "title": ("writing", "title"),
    "kind": ("writing", "kind"),
    "aliases": ("writing", "aliases"),
    "summary": ("writing", "summary"),
    "body": ("writing", "text"),
    "note": ("writing", "note"),
    "statements-relation": ("linking", "relation"),
    "statements-object": ("linking", "missing"),
    "statements-stance": ("linking", "stance"),
    "statements-grade": ("grading", "grades"),
    "statements-basis": ("grading", "basis"),
    **{f"statements-{one.name}": ("linking", "details") for one in DETAIL_FIELDS},
    "statements-note": ("linking", "note"),
    "statements-sources": ("citing", "statement-sources"),
    "source-identifier": ("citing", "how"),
    "source-record": ("citing", "new"),
    "source-type": ("citing", "which"),
    "alt": ("pictures", "alt"),
    "credit": ("pictures", "licence"),
    "licence": ("pictures", "licence"),
    "consent": ("pictures", "consent"),
    "reason": ("after", "retire"),
    "replaced_by": ("after", "retire"),
}


@register.simple_tag
def help_for(field: BoundField) -> str:
    """Return the address of the help on `field`, "" where there is none."""
    return help_at(re.sub(r"-\d+-", "-", field.html_name))


def help_at(name: str) -> str:
    """Return the address of the help on the field of that name, "" where there is none."""
    if name not in HELP:
        return ""
    topic, place = HELP[name]
    return f"{address_of('help-topic', topic)}#{place}"
