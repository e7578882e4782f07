"""Parts of a template that belong to one person, so that the rest can be stored for many."""

import re
from typing import Any, Final

from django import template
from django.utils.safestring import SafeString

register = template.Library()

# Set in a request while a body is made that others get too.
LEAVES_GAPS: Final = "causeway.leaves_gaps"
# What stands where a part is to be put in. Nobody can write it: the text of a page holds no comments.
GAP: Final = re.compile(r"<!-- own part: ([a-z_/]+\.html) -->")


@register.simple_tag(takes_context=True)
def own_part(context: template.RequestContext, name: str) -> str:
    """Return what a template says to whoever asks, or the gap where that is put in later."""
    request: Any = context.get("request")
    if request and LEAVES_GAPS in request.META:
        return SafeString(f"<!-- own part: {name} -->")
    return template.Engine.get_default().get_template(name).render(context)
