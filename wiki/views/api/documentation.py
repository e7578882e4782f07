"""The description of the interface: as OpenAPI 3.1, and as a page that is made from it."""

import copy
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wiki.models.queries.machines import examples
from wiki.views.api.field_words import say_what_fields_are
from wiki.views.api.problems import CONTENT_TYPE, SENTENCES
from wiki.views.api.site import api
from wiki.views.program_doors import for_programs, only_read

VERSION: Final = "/api/v1"
DESCRIPTION: Final = (
    "Everything that readers see, and nothing else. Text is as readers get it today: what was corrected for "
    "safety, withheld or hidden is not in it. `review` says of each page who reviewed the whole of it, and "
    "who approved its last change. These are two things, so show the sentence beside the text."
)
PROBLEM: Final = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "description": "`about:blank`: the status says all that there is to tell.",
        },
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {"type": "string", "description": "What is wrong and what to do, as a sentence."},
        "errors": {
            "type": "array",
            "description": "The parameters that are wrong, each with what is wrong with it.",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
PROBLEM_AT: Final = "#/components/schemas/Problem"
HEADERS: Final = {
    "RateLimit-Policy": "How many requests a client may make, and in how many seconds.",
    "RateLimit": "How many are left, and in how many seconds they are filled up.",
}
CACHED: Final = {"ETag": "Send it as If-None-Match: an answer that is still the same comes as 304."}
LED: Final = {"Location": "The present address."}
# Of a value that has no example of its own.
OF_A_KIND: Final = {
    "boolean": False,
    "integer": 1,
    "number": 25.4,
    "string": "",
    "date": "2026-05-03",
    "date-time": "2026-05-03T09:30:00Z",
}
# Of any text, no request may hold a NUL: PostgreSQL takes none (`views/middleware.py` refuses it).
ANY_TEXT: Final = r"^[^\u0000]*$"
# What any route may answer beside what it says itself.
ANY: Final = (400, 404, 410, 422, 429, 500, 503)
GONE: Final = "What was here is retired or hidden; `detail` says why."


@cache
def described() -> dict[str, Any]:
    """Return the interface as OpenAPI 3.1."""
    found = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=f"{VERSION}/")))
    found["info"] |= {
        "description": DESCRIPTION,
        "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
    }
    found["servers"] = [{"url": settings.SITE_URL}]
    found["components"]["schemas"]["Problem"] = PROBLEM
    say_what_fields_are(found["components"]["schemas"])
    _give_examples(found["components"]["schemas"])
    for methods in found["paths"].values():
        for operation in methods.values():
            operation["responses"] = _answers(operation["responses"])
            operation["parameters"] = [_with_one_example(one) for one in operation["parameters"]]
            for one in operation["parameters"]:
                _without_nul(one["schema"])
    return found


def _give_examples(schemas: dict[str, Any]) -> None:
    """Give each answer an example, made of those of its fields."""
    for name, schema in schemas.items():
        if name.endswith("Out"):
            schema["examples"] = [_sample(schema, schemas)]


def _sample(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Return a value that fits a schema: its example, or one of its kind."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return _sample(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0], schemas)
    match schema.get("type"):
        case "object":
            return {name: _sample(one, schemas) for name, one in schema.get("properties", {}).items()}
        case "array":
            return [_sample(schema["items"], schemas)]
    return OF_A_KIND.get(schema.get("format") or schema.get("type", ""), "")


def _answers(said: dict[int | str, Any]) -> dict[str, Any]:
    answers = {str(status): one for status, one in said.items()}
    for status, one in answers.items():
        one["headers"] = _headers(HEADERS | {"200": CACHED, "302": LED}.get(status, {}))
        if int(status) >= 400:
            one["content"] = {CONTENT_TYPE: {"schema": {"$ref": PROBLEM_AT}}}
    answers["304"] = {"description": "What you have is still the same.", "headers": _headers(HEADERS)}
    content = {CONTENT_TYPE: {"schema": {"$ref": PROBLEM_AT}}}
    for code in ANY:
        told = GONE if code == 410 else SENTENCES[code]
        answers[str(code)] = {"description": told, "headers": _headers(HEADERS), "content": content}
    return answers


def _with_one_example(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter with its example where OpenAPI has it; the library gives a list that is none."""
    examples = parameter.pop("examples", [])
    return parameter | ({"example": examples[0]} if examples else {})


def _without_nul(schema: dict[str, Any]) -> None:
    """Let the description of a parameter say that a text holds no NUL, where it does not say more."""
    if schema.get("type") == "string":
        schema.setdefault("pattern", ANY_TEXT)
    for inner in (*schema.get("anyOf", ()), *filter(None, [schema.get("items")])):
        _without_nul(inner)


def _headers(said: dict[str, str]) -> dict[str, Any]:
    return {name: {"description": words, "schema": {"type": "string"}} for name, words in said.items()}


def described_here() -> dict[str, Any]:
    """Return the interface with examples that lead somewhere here, and none of what this wiki has not."""
    there = examples.first_of_each()
    found = described()
    paths = {
        path: {way: _with_examples(one, there.get(one["operationId"])) for way, one in methods.items()}
        for path, methods in found["paths"].items()
    }
    return found | {"paths": paths}


def _with_examples(operation: dict[str, Any], values: dict[str, str] | None) -> dict[str, Any]:
    """Return an operation with these examples of what its address names; as it is where there are None."""
    if values is None:
        return operation
    parameters = [
        one
        if one["in"] != "path"
        else {name: said for name, said in one.items() if name != "example"}
        | ({"example": values[one["name"]]} if values else {})
        for one in operation["parameters"]
    ]
    return operation | {"parameters": parameters}


@for_programs
def version(request: HttpRequest) -> HttpResponse:
    """Lead from the address of the version to its description."""
    return redirect("api-openapi", permanent=True)


@for_programs
def openapi(request: HttpRequest) -> HttpResponse:
    """Send the description of the interface as OpenAPI 3.1."""
    return JsonResponse(described_here())


@only_read
def reference(request: HttpRequest) -> HttpResponse:
    """Show the description of the interface as a page."""
    routes = [
        {"path": path, "example": _example(path, one), **one}
        for path, methods in described_here()["paths"].items()
        for one in methods.values()
    ]
    context = {"routes": routes, "limit": settings.API_A_MINUTE, "openapi": reverse("api-openapi")}
    return render(request, "api/reference.html", context)


def _example(path: str, operation: dict[str, Any]) -> str:
    """Return an address with the example of each parameter that has to be there; "" where one has none."""
    needed = [one for one in operation["parameters"] if one["required"]]
    if any("example" not in one for one in needed):
        return ""
    values = {one["name"]: one["example"] for one in needed}
    asked = urlencode({one["name"]: one["example"] for one in needed if one["in"] == "query"}, doseq=True)
    return path.format(**values) + (f"?{asked}" if asked else "")
