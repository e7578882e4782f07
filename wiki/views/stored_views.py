"""The views whose answers to anonymous readers are stored, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wiki import edges
from wiki.models.lists.keyset import PLACES


@dataclass(frozen=True)
class Stored:
    """How the answers of a view are stored."""

    # Whether it shows one page and its neighbours; else it lists pages, and each change drops it.
    of_page: bool = False
    # Whether each answer counts as a view of the page.
    counts: bool = False
    # What may be asked for after the `?`; anything else is answered anew.
    asked: frozenset[str] = frozenset()
    # How long a cache in front may keep it if it never hears of a change. Whatever shows the text of a page
    # may show a passage that is dangerous, so it is short.
    edge_seconds: int = edges.SECONDS_FOR_SAFETY


LIST: Final = Stored()
# It shows titles, names and dates, or what never changes.
WITHOUT_TEXT: Final = Stored(edge_seconds=edges.SECONDS)
PLACES_IN_A_LIST: Final = frozenset(PLACES)
IN_PARTS_BY_KEY: Final = Stored(asked=PLACES_IN_A_LIST)
PART_OF_LIST: Final = Stored(asked=frozenset({"after", "limit"}))
# The views whose answers to anonymous readers are stored.
VIEWS: Final[Mapping[str, Stored]] = {
    "page": Stored(of_page=True, counts=True),
    "page-form": Stored(of_page=True),
    "history": Stored(asked=PLACES_IN_A_LIST, edge_seconds=edges.SECONDS),
    "sentences": LIST,
    "revision": LIST,
    "compare": Stored(asked=frozenset({"from", "to"})),
    "cite": Stored(asked=frozenset({"format"})),
    "links": Stored(
        asked=PLACES_IN_A_LIST | {f"statements-{place}" for place in PLACES}, edge_seconds=edges.SECONDS
    ),
    "home": LIST,
    "index": IN_PARTS_BY_KEY,
    "index-kind": IN_PARTS_BY_KEY,
    "latest": Stored(asked=PLACES_IN_A_LIST | {"only"}),
    "sources": IN_PARTS_BY_KEY,
    "recalls": IN_PARTS_BY_KEY,
    "source": LIST,
    "person": Stored(
        asked=frozenset(
            f"{name}-{place}" for name in ("written", "approved", "reviewed") for place in PLACES
        ),
        edge_seconds=edges.SECONDS,
    ),
    **dict.fromkeys(("sitemap", "sitemap-part"), WITHOUT_TEXT),
    "llms": LIST,
    **dict.fromkeys(("feed-approvals", "feed-page", "feed-kind", "feed-person", "feed-recalls"), LIST),
    **dict.fromkeys(
        ("about", "about-review", "owner-of-wiki", "contact", "privacy", "accessibility"), WITHOUT_TEXT
    ),
    **dict.fromkeys(("help", "help-topic", "api-reference", "api-openapi"), WITHOUT_TEXT),
    "api:page": Stored(of_page=True),
    "api:statements": Stored(asked=frozenset({"after", "limit", "page"})),
    **dict.fromkeys(("api:version", "api:source", "api:person"), LIST),
    **dict.fromkeys(("api:pages", "api:versions", "api:sources", "api:people"), PART_OF_LIST),
    "api:recalls": Stored(asked=frozenset({"before", "limit"})),
    "around": LIST,
    "page-data": IN_PARTS_BY_KEY,
    "data-sets": LIST,
    "entry": IN_PARTS_BY_KEY,
    "data-row": LIST,
    **dict.fromkeys(("api:data-sets", "api:entry", "api:data-row"), LIST),
    "api:data-rows": Stored(asked=frozenset({"after", "limit", "data_set", "entry", "page"})),
}
