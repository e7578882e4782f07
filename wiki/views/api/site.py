"""The programming interface (API), version 1: which routes there are.

To add some: write a module with a `router`, like those here, and name it in `ROUTERS`.
"""

from typing import Final

from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Router

from wiki.views.api import (
    changes,
    data_sets,
    explore,
    pages,
    people,
    recalls,
    search,
    sources,
    statements,
)
from wiki.views.api.parameters import refused_if_unknown
from wiki.views.api.problems import answer_with_problems

ROUTERS: Final[tuple[Router, ...]] = (
    pages.router,
    statements.router,
    sources.router,
    people.router,
    search.router,
    explore.router,
    data_sets.router,
    changes.router,
    recalls.router,
)

api = NinjaAPI(title="Causeway", version="1", urls_namespace="api", openapi_url=None, docs_url=None)
answer_with_problems(api)
refused_if_unknown(api)
for router in ROUTERS:
    api.add_router("", router)


def routes() -> list[URLPattern | URLResolver]:
    """Return the addresses, without the library's own page of them."""
    found: list[URLPattern | URLResolver] = api.urls[0]
    return [one for one in found if getattr(one, "name", "") != "api-root"]
