"""Names of people and pages, linked."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wiki.domain.named_people import separators
from wiki.models import NamedPerson, PublishedPage

register = template.Library()


@register.filter
def person_link(one: NamedPerson) -> SafeString:
    """Return a person's linked name, followed by the profession."""
    name = format_html('<a href="{}">{}</a>', one.address, one.name) if one.address else one.name
    return format_html("{}, {}", name, one.profession) if one.profession else format_html("{}", name)


@register.filter
def people_links(people: Sequence[NamedPerson]) -> SafeString:
    """Return the linked names of several people, with "and" before the last."""
    return _listed([person_link(one) for one in people], *separators(people))


@register.filter
def page_links(pages: Sequence[PublishedPage]) -> SafeString:
    """Return several published pages, linked, with "and" before the last."""
    return _listed([format_html('<a href="{}">{}</a>', one.get_absolute_url(), one.title) for one in pages])


def _listed(links: Sequence[SafeString], between: str = ", ", before_last: str = " and ") -> SafeString:
    others = format_html_join(between, "{}", ((one,) for one in links[:-1]))
    return format_html_join(before_last, "{}", ((one,) for one in (others, *links[-1:]) if one))
