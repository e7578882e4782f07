"""Names of people and pages, linked."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wiki.models import NamedPerson, PublishedPage

register = template.Library()


@register.filter
def person_link(one: NamedPerson) -> SafeString:
    """Return a person's linked name, followed by the profession."""
    name = format_html('<a href="{}">{}</a>', one.address, one.name) if one.address else one.name
    return format_html("{}, {}", name, one.profession) if one.profession else format_html("{}", name)


@register.filter
def people_links(people: Iterable[NamedPerson], between: str = ", ") -> SafeString:
    """Return the linked names of several people, separated by `between`."""
    return format_html_join(between, "{}", ((person_link(one),) for one in people))


@register.filter
def page_links(pages: Sequence[PublishedPage]) -> SafeString:
    """Return several published pages, linked, with "and" before the last."""
    links = [format_html('<a href="{}">{}</a>', one.get_absolute_url(), one.title) for one in pages]
    others = format_html_join(", ", "{}", ((one,) for one in links[:-1]))
    return (
        format_html("{} and {}", others, links[-1])
        if others
        else format_html_join("", "{}", ((one,) for one in links))
    )
