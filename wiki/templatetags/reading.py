"""What a published page shows around its text: a link to report a mistake after each section, its QR code."""

import re
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wiki.addresses import address_of
from wiki.models import PublishedPage
from wiki.text.markdown.html import vouched
from wiki.text.qr_code import qr_code as code_of

register = template.Library()

# A heading of the first rank and the end of the text before its notes, as our own renderer writes them.
_SECTION_START: Final = re.compile(r'<h2 id="([^"]+)"|<section class="notes"')


@register.filter
def with_report_links(published_page: PublishedPage, html: SafeString) -> SafeString:
    """Return the text of a published page, each section ending with a link to report a mistake there."""
    titles = {heading: text for level, heading, text in published_page.contents if level == 2}
    starts = [match for match in _SECTION_START.finditer(html) if match[1] is None or match[1] in titles]
    parts, done, section = [], 0, ""
    for match in starts:
        parts += [html[done : match.start()], _report_link(published_page, titles, section)]
        done, section = match.start(), match[1] or ""
    return vouched("".join((*parts, html[done:], _report_link(published_page, titles, section))))


def _report_link(published_page: PublishedPage, titles: dict[str, str], section: str) -> str:
    """Return the link that ends a section; nothing where no section of the text ends."""
    if section not in titles:
        return ""
    return format_html(
        '<p class="report hint"><a href="{}?section={}">Report a mistake'
        '<span class="vh"> in “{}”</span></a></p>\n',
        address_of("report-page", published_page.slug),
        section,
        titles[section],
    )


_PAGE: Final = re.compile(r"/wiki/([-\w]+)/(?!report)")


@register.filter
def index_letter(letter: str) -> str:
    """Return the heading of the pages of an index that begin with a letter, or with a figure ("0")."""
    return "0–9" if letter == "0" else letter.upper()


@register.filter
def report_address(path: str) -> str:
    """Return where to report a mistake on the page that an address is about; "" for any other address."""
    found = _PAGE.match(path or "")
    return address_of("report-page", found[1]) if found else ""


@register.simple_tag(takes_context=True)
def qr_code(context: dict[str, Any], address: str) -> SafeString:
    """Return the QR code of an address of this site as inline SVG."""
    code = code_of(context["request"].build_absolute_uri(address))
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="QR code of the address">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{1}"/></svg>',
        code.width,
        code.path,
    )
