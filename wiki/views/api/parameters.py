"""What may stand behind the `?` of an address: what a route has no parameter for is refused, not passed over.

A filter with a slip in its name would else give an answer to another question, and nobody would see it.
"""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from wiki.views.api.problems import problem

type Run = Callable[..., HttpResponse]

UNKNOWN: Final = "This address has no such parameter."
TWICE: Final = "It may be given once."


def refused_if_unknown(api: NinjaAPI) -> None:
    """Let each route refuse parameters that it has not, and those that it takes once and that come twice."""

    @cache
    def known() -> Mapping[str, Mapping[str, bool]]:
        return _parameters_of(api)

    def decorate(run: Run) -> Run:
        @wraps(run)
        def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            match = request.resolver_match
            mine = known()[match.url_name] if match and match.url_name else {}
            errors = [
                {"parameter": name, "detail": TWICE if name in mine else UNKNOWN}
                for name, values in request.GET.lists()
                if name not in mine or (len(values) > 1 and not mine[name])
            ]
            return _refusal(errors, mine) if errors else run(request, **kwargs)

        return checked

    api.add_decorator(decorate, mode="view")


def _parameters_of(api: NinjaAPI) -> Mapping[str, Mapping[str, bool]]:
    """Return the parameters of each route by its name, and whether each may be given several times."""
    described = [
        one
        for methods in api.get_openapi_schema(path_prefix="/")["paths"].values()
        for one in methods.values()
    ]
    return {
        one["operationId"]: {
            each["name"]: each["schema"].get("type") == "array"
            for each in one["parameters"]
            if each["in"] == "query"
        }
        for one in described
    }


def _refusal(errors: list[dict[str, str]], mine: Mapping[str, bool]) -> HttpResponse:
    first = errors[0]
    known = f" It takes: {', '.join(mine)}." if mine else " It takes none."
    detail = f"The parameter “{first['parameter']}” cannot be read. {first['detail']}{known}"
    return problem(HTTPStatus.BAD_REQUEST, detail, errors=errors)
