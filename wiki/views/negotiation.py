"""The forms of a page beside HTML: their media types and addresses, and which of them a request asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from django.http import HttpRequest

from wiki.addresses import address_of

HTML: Final = "text/html"


@dataclass(frozen=True)
class Form:
    """A form in which a page can be had. Its address is that of the page with `ending` behind it.

    JSON is at the programming interface (API).
    """

    ending: str
    media_type: str
    title: str

    def address(self, slug: str) -> str:
        """Return the path at which a page can be had in this form."""
        if self is JSON:
            return address_of("api:page", slug)
        return address_of("page-form", slug, self.ending)


# In the order in which they are offered; whoever takes several alike gets the first.
JSON: Final = Form("json", "application/json", "JSON")
FORMS: Final = (
    JSON,
    Form("jsonld", "application/ld+json", "schema.org"),
    Form("md", "text/markdown", "Markdown"),
    Form("bib", "application/x-bibtex", "BibTeX"),
    Form("ris", "application/x-research-info-systems", "RIS"),
    Form("csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON"),
)
ENDINGS: Final = {form.ending: form for form in FORMS if form is not JSON}
_MEDIA_TYPES: Final = {form.media_type: form for form in FORMS}


@lru_cache(maxsize=1000)
def form_asked(accept: str) -> Form | None:
    """Return the form that an `Accept` field prefers to HTML; None where it prefers none of them.

    There is one variety of each, in UTF-8, so of what is said of a media type only its weight counts.
    """
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = ",".join(_media_ranges(accept))
    preferred = request.get_preferred_type([HTML, *_MEDIA_TYPES])
    return _MEDIA_TYPES.get(preferred or HTML)


def _media_ranges(accept: str) -> Iterator[str]:
    for one in accept.split(","):
        media_type, *parameters = one.split(";")
        weights = [each for each in parameters if each.strip().lower().startswith("q=")]
        yield ";".join([media_type, *weights[:1]])


class PlacedForm(NamedTuple):
    """A form of one page, and the path of it."""

    place: str
    media_type: str
    title: str


def placed(slug: str) -> list[PlacedForm]:
    """Return the other forms of a page, each with its path."""
    return [PlacedForm(form.address(slug), form.media_type, form.title) for form in FORMS]


def links_of(forms: Iterable[PlacedForm]) -> str:
    """Return the `Link` header field of a page: where its other forms are (RFC 8288)."""
    return ", ".join(f'<{form.place}>; rel="alternate"; type="{form.media_type}"' for form in forms)
