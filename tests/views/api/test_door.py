"""What holds for every address of the programming interface (API): errors, limits, caches, other sites."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client
from jsonschema_rs import Draft202012Validator

from tests import cast
from tests.test_asgi import in_a_loop_of_its_own
from tests.views import doors
from tests.views.test_outage import AWAY, failing
from wiki.models import StoredAnswer, User
from wiki.views import stored_answers
from wiki.views.api import limits
from wiki.views.api.documentation import described
from wiki.views.api.field_words import WORDS

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
PAGE = f"{V1}/pages/hypoparathyroidism"


def get(path, client=None, **header_fields):
    return (client or Client(raise_request_exception=False)).get(path, headers=header_fields)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{V1}/pages/nothing", 404),
        (f"{V1}/nothing", 404),
        ("/api/nothing", 404),
        (f"{V1}/pages?limit=many", 422),
        (f"{V1}/pages?limit=101", 422),
        (f"{V1}/pages?kind=nothing", 422),
        (f"{V1}/statements?relation=nothing", 422),
        (f"{V1}/search", 422),
        (f"{V1}/pages?kind=%00", 400),
        (f"{V1}/search?q=M%E9ni%E8re", 400),
        (f"{V1}/pages?kinds=drug", 400),
        (f"{V1}/pages?limit=1&limit=2", 400),
        (f"{V1}/pages/hypoparathyroidism?limit=2", 400),
        (f"{V1}/data-sets?%2522%2522", 400),
    ],
)
def test_every_error_is_a_problem_document(path, status):
    answer = get(path)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "RateLimit" in answer.headers


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (f"{V1}/pages/", f"{V1}/pages"),
        (f"{PAGE}/", PAGE),
        (f"{V1}/search/?q=M%C3%A9ni%C3%A8re&limit=3", f"{V1}/search?q=M%C3%A9ni%C3%A8re&limit=3"),
        (f"{V1}/", V1),
        (V1, f"{V1}/openapi.json"),
        ("/wiki/hypoparathyroidism.json", PAGE),
    ],
)
def test_an_address_written_another_way_leads_to_the_usual_one(published, path, to):
    answer = get(path)

    assert answer.status_code == 301
    assert answer.headers["Location"] == to
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert ("Content-Type" in answer.headers) == (not path.startswith("/api/"))
    assert Client().get(to, follow=True).status_code == 200


def test_an_unknown_address_is_led_nowhere():
    for path in (f"{V1}/nothing/", f"{V1}/pages//evil.example/", f"{V1}/pages/nothing/more/"):
        assert get(path).status_code == 404
        assert "Location" not in get(path).headers


def test_an_invalid_parameter_is_named_in_the_error():
    assert get(f"{V1}/pages?limit=0").json()["errors"][0]["parameter"] == "limit"


def test_an_unknown_parameter_is_named_and_the_known_ones_are_told(published):
    told = get(f"{V1}/pages?kinds=drug&after=0&limit=1&limit=2").json()

    assert told["errors"] == [
        {"parameter": "kinds", "detail": "This address has no such parameter."},
        {"parameter": "limit", "detail": "It may be given once."},
    ]
    assert "It takes: after, limit, kind, written_by, reviewed_by." in told["detail"]
    assert get(f"{V1}/explore/shared?of=a&of=b").status_code == 200


@pytest.mark.parametrize("path", [PAGE, "/api/", f"{V1}/openapi.json"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_methods_are_refused_with_405(published, method, path):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert answer.status_code == 405
    assert answer.json()["status"] == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_server_error_is_a_problem_document_without_details(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the password is in here")

    monkeypatch.setattr("wiki.models.queries.machines.lists.pages", broken)

    answer = get(f"{V1}/pages")

    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert b"password" not in answer.content


@pytest.mark.parametrize("path", [PAGE, f"{V1}/pages", f"{V1}/changes", f"{V1}/search?q=a", f"{V1}/recalls"])
def test_a_database_that_is_away_is_a_problem_document(published, path):
    with failing(AWAY):
        answer = get(path)

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert "cannot reach its database" in answer.json()["detail"]
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("5", "no-store")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_counts_that_are_away_are_a_problem_document(published, monkeypatch):
    def refused(*_, **__):
        raise ConnectionError("redis://:password@host")

    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.incr", refused)

    answer = get(PAGE)

    assert (answer.status_code, answer.json()["status"]) == (503, 503)
    assert (answer.headers["Content-Type"], answer.headers["Retry-After"]) == (
        "application/problem+json",
        "5",
    )
    assert b"password" not in answer.content
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_answer_says_how_long_it_may_be_kept_and_where_it_is_described(published):
    for path, kept in (
        (PAGE, "no-cache"),
        (f"{V1}/search?q=calcium", "no-cache"),
        (f"{V1}/pages/no", "no-store"),
    ):
        answer = get(path)

        assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == (kept, kept == "no-cache")
        assert '</api/v1/openapi.json>; rel="service-desc"' in answer.headers["Link"]
    assert "Content-Type" not in Client().options(PAGE).headers


def test_a_head_request_has_the_headers_of_a_get(published):
    head, full = Client().head(PAGE), get(PAGE)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(full.content))
    assert head.headers["ETag"] == full.headers["ETag"]


def test_cors_lets_other_sites_read(published):
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    first = Client().options(PAGE, headers=asked)

    assert first.status_code == 204
    assert first.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    answer = get(PAGE, Origin="https://other.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_session_is_ignored_by_the_api(published, moderator, clinician):
    change = cast.propose_change(published, clinician, summary="Not approved.")
    theirs = Client()
    theirs.force_login(moderator)

    assert get(PAGE, theirs).content == get(PAGE).content
    assert get(f"{PAGE}/versions/{change.number}", theirs).status_code == 404
    assert not get(PAGE, theirs).cookies


# --- Limits ------------------------------------------------------------------------------------------------


def test_a_client_over_the_rate_limit_gets_429(published, settings):
    settings.API_A_MINUTE = 3

    answers = [get(PAGE) for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    left = [one.headers["RateLimit"].partition(";")[2].partition(";")[0] for one in answers]
    assert left == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    assert answers[3].json()["status"] == 429
    assert "Retry-After" not in answers[2].headers


def test_errors_count_towards_the_rate_limit_of_their_client_only(published, settings):
    settings.API_A_MINUTE = 1
    get(f"{V1}/nothing")

    assert get(PAGE).status_code == 429
    assert Client().get(PAGE, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_of_many_requests_in_the_same_instant_each_is_counted(rf, settings, tmp_path, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {**settings.CACHES, "api": {"BACKEND": backend, "LOCATION": str(tmp_path / "counts")}}
    settings.API_A_MINUTE = 150
    asked = rf.get("/", REMOTE_ADDR="192.0.2.9")

    with ThreadPoolExecutor(8) as many:
        spent = list(many.map(lambda _: limits.count(asked).is_spent, range(200)))

    assert spent.count(False) == 150


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
    ],
)
def test_a_client_is_identified_by_its_address(rf, address, client):
    assert limits.client_of(rf.get("/", REMOTE_ADDR=address)) == client


def test_a_trusted_proxy_names_the_client(rf, settings):
    asked = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.7")
    assert limits.client_of(asked) == "10.0.0.1"

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert limits.client_of(asked) == "192.0.2.7"


def test_pages_of_the_site_have_no_api_rate_limit(published, settings):
    settings.API_A_MINUTE = 1

    assert [get("/wiki/hypoparathyroidism/").status_code for _ in range(3)] == [200, 200, 200]
    assert "RateLimit" not in get("/wiki/hypoparathyroidism/").headers


# --- Stored answers ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_stored_api_answer_is_counted_and_revalidated(published, settings, django_assert_max_num_queries):
    settings.STORES_ANSWERS = True
    first = get(PAGE)

    with django_assert_max_num_queries(1):
        again = get(PAGE, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Type" not in again.headers
    assert again.headers["RateLimit"] != first.headers["RateLimit"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    with django_assert_max_num_queries(1):
        assert get(PAGE).content == first.content


@pytest.mark.django_db(transaction=True)
def test_stored_api_answers_are_never_sent_uncounted(published, settings, rf, django_assert_max_num_queries):
    settings.STORES_ANSWERS = True
    get(PAGE)

    assert in_a_loop_of_its_own(stored_answers.ready_for(rf.get(PAGE).environ)) is None
    looked_up: dict[str, Any] = {stored_answers.LOOKED_UP: "1"}
    with django_assert_max_num_queries(1):
        assert "RateLimit" in Client().get(PAGE, headers=None, **looked_up).headers


@pytest.mark.django_db(transaction=True)
def test_a_change_or_a_new_name_drops_stored_api_answers(published, clinician, moderator, settings):
    settings.STORES_ANSWERS = True
    get(PAGE)

    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)
    assert get(PAGE).json()["summary"] == "Changed words."

    person = f"{V1}/people/clinician"
    get(person)
    User.objects.filter(pk=clinician.pk).update(about="Somebody.")
    assert get(person).json()["about"] == "Somebody."
    assert StoredAnswer.objects.exists()


# --- The description ---------------------------------------------------------------------------------------


def test_openapi_describes_every_route_and_status():
    names = {name for name in doors.addresses() if name.startswith("api:")}

    assert {f"api:{one['get']['operationId']}" for one in described()["paths"].values()} == names
    for methods in described()["paths"].values():
        assert {"200", "304", "400", "404", "422", "429", "500"} <= set(methods["get"]["responses"])


def without_examples(told):
    for one in told["paths"].values():
        for parameter in one["get"]["parameters"]:
            parameter.pop("example", None)
    return told


def test_the_description_is_openapi_3_1():
    told = get(f"{V1}/openapi.json").json()

    assert told["openapi"].startswith("3.1")
    assert without_examples(told) == without_examples(json.loads(json.dumps(described(), default=str)))


def test_an_example_is_of_what_there_is(client, clinician, published):
    paths = get(f"{V1}/openapi.json").json()["paths"]
    named = [one["example"] for one in paths[f"{V1}/people/{{username}}"]["get"]["parameters"]]
    page = get("/api/").content.decode()

    assert get(f"{V1}/people/{named[0]}").status_code == 200
    assert f'href="{V1}/people/{named[0]}"' in page
    assert "example" not in paths[f"{V1}/data-rows/{{key}}"]["get"]["parameters"][0]
    assert page.count("This wiki has none yet to try it on.") == 2


def test_the_description_lets_no_text_hold_a_nul():
    """The server refuses a NUL with 400, so a request that fits the description must not have one."""
    given = [one for methods in described()["paths"].values() for one in methods["get"]["parameters"]]
    texts = [one["schema"].get("items", one["schema"]) for one in given]
    texts = [one for one in texts if one.get("type") == "string"]

    assert len(texts) > 10
    assert [one for one in texts if re.search(one["pattern"], "a\0b")] == []


def test_every_answer_has_an_example_that_fits_its_schema():
    schemas = described()["components"]["schemas"]
    answers = {name: one for name, one in schemas.items() if name.endswith("Out")}

    assert len(answers) > 30
    for name, schema in answers.items():
        whole = {"components": {"schemas": schemas}, **schema}
        assert not [*Draft202012Validator(whole).iter_errors(schema["examples"][0])], name
    assert answers["LinkOut"]["examples"][0]["slug"] == "hypoparathyroidism"
    assert answers["StatementOut"]["examples"][0]["subject"]["title"] == "Hypoparathyroidism"


def test_every_field_of_an_answer_says_what_it_is():
    schemas = {
        name: one for name, one in described()["components"]["schemas"].items() if not name.endswith("In")
    }
    fields = [
        (name, field, told) for name, one in schemas.items() for field, told in one["properties"].items()
    ]

    assert len(fields) > 200
    assert [one[:2] for one in fields if not ({"description", "$ref"} & one[2].keys())] == []
    shared = {field for _, field, told in fields if told.get("description") == WORDS.get(field, "")}
    assert shared == WORDS.keys()


def test_a_route_that_leads_on_says_so():
    told = {path for path, ways in described()["paths"].items() if "302" in ways["get"]["responses"]}

    assert told == {
        f"{V1}/pages/{{slug}}",
        f"{V1}/sources/{{id}}",
        f"{V1}/data-sets/{{data_set}}/entries/{{code}}",
    }


def test_the_reference_names_every_route():
    page = get("/api/").content.decode()

    for path in described()["paths"]:
        assert path in page
