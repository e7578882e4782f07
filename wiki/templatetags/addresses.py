"""The tag `url` with addresses that are worked out once in a process; all templates have it."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from wiki.addresses import address_of

register = template.Library()


class KeptAddress(URLNode):
    """The address of a view of ours, by its name and values in their order; Django does what is more."""

    def render(self, context: Any) -> str:
        """Return the address, escaped where the template escapes."""
        view = self.view_name.resolve(context)
        if self.asvar or self.kwargs or not isinstance(view, str) or ":" in view:
            return super().render(context)
        address = address_of(view, *(one.resolve(context) for one in self.args))
        return _escaped(address) if context.autoescape else SafeString(address)


@lru_cache(4096)
def _escaped(address: str) -> SafeString:
    return conditional_escape(address)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Return what a template has for `{% url %}`."""
    found = url_of_django(parser, token)
    return KeptAddress(found.view_name, found.args, found.kwargs, found.asvar)
