"""The forms of a page beside HTML: their media types and addresses, which of them a request asks for, and
the links that name them and the versions of a page.
"""

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
    return as_field(PlacedLink("alternate", *form) for form in forms)


class PlacedLink(NamedTuple):
    """A link of a document: how what is there relates to it, its path, and what helps to choose it."""

    relation: str
    place: str
    media_type: str = ""
    title: str = ""


def as_field(links: Iterable[PlacedLink]) -> str:
    """Return links as the value of a `Link` header field (RFC 8288)."""
    return ", ".join(
        f'<{link.place}>; rel="{link.relation}"' + (f'; type="{link.media_type}"' if link.media_type else "")
        for link in links
    )


def links_of_print(slug: str, pk: int, number: int, *, is_shown: bool) -> list[PlacedLink]:
    """Return where the version of a print is: its words as a file, its page (RFC 6903), those around it."""
    return [
        PlacedLink("alternate", address_of("version-file", pk, number), JSON.media_type, JSON.title),
        PlacedLink("about", address_of("revision", slug, number), HTML),
        *_around(slug, is_shown=is_shown),
    ]


def links_of_version(slug: str, number: int, *, is_shown: bool, is_published: bool) -> list[PlacedLink]:
    """Return the usual address of a version, its other forms, and the versions around it (RFC 5829).

    `slug` is the present address of the page. `is_shown` is whether that shows any version now, and
    `is_published` whether it shows this one: then all forms of the page are forms of this version.
    """
    place = address_of("page", slug) if is_published else address_of("revision", slug, number)
    forms = placed(slug) if is_published else []
    as_json = address_of("api:version", slug, number)
    return [
        PlacedLink("canonical", place),
        PlacedLink("alternate", as_json, JSON.media_type, JSON.title),
        *(PlacedLink("alternate", *form) for form in forms if form.media_type != JSON.media_type),
        *_around(slug, is_shown=is_shown),
    ]


def _around(slug: str, *, is_shown: bool) -> list[PlacedLink]:
    history = PlacedLink("version-history", address_of("history", slug), HTML)
    return [history, PlacedLink("latest-version", address_of("page", slug), HTML)] if is_shown else [history]
