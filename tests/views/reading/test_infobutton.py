"""Programs of hospitals ask by HL7's parameters and are led to the right section, or told that there is none.

The requests are those of OpenEMR's `education.php`, of the documentation of MedlinePlus Connect and of
OpenInfobutton, with the host changed.
"""

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.domain.codes import with_its_system
from wiki.domain.infobutton import bare_name
from wiki.models import FailedSearch
from wiki.screens.infobutton.request import Criterion
from wiki.text.document import Code

ICD10CM, SNOMED, RXNORM, LOINC = (f"2.16.840.1.113883.6.{end}" for end in (90, 96, 88, 1))
ICD9CM, NDC = (f"2.16.840.1.113883.6.{end}" for end in (103, 69))
BODY = "## What it is\n\nText.\n\n## Tests\n\nText.\n\n## Treatment\n\nText."
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def counted():
    """Return what was asked for in vain, as it is kept."""
    return list(FailedSearch.objects.values_list("words", flat=True))


@remembered
def pages(clinician, moderator):
    """Return pages with codes of the systems that records of patients use."""
    illness = (
        Code("ICD-10-CM", "E20.9"),
        Code("SNOMED CT", "36976004"),
        Code("ICD-10-CM", "E83.5", "broader"),
    )
    return [
        cast.make_page(clinician, moderator, "Low PTH", codes=illness, body=BODY),
        cast.make_page(
            clinician,
            moderator,
            "A drug",
            kind="drug",
            codes=(Code("RxNorm", "637188"),),
            body="## What it is\n\nText.\n\n## Who should not have it\n\nText.",
        ),
        cast.make_page(clinician, moderator, "A test", kind="test", codes=(Code("LOINC", "2000-8"),)),
        cast.make_page(clinician, moderator, "Calcium trouble", codes=(Code("ICD-10-CM", "E83"),)),
    ]


def asked(client, path="/infobutton/", **parts):
    """Return the answer to a request; `main_c` stands for `mainSearchCriteria.v.c`, and so on."""
    names = {
        "main": "mainSearchCriteria.v",
        "sub": "subTopic.v",
        "task": "taskContext.c",
        "for": "informationRecipient",
    }
    given = {}
    for name, value in parts.items():
        head, _, end = name.partition("_")
        given[f"{names[head]}.{end}" if end else names.get(head, name)] = value
    return client.get(path, given)


REQUESTS = [
    f"/application?mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.c=E20.9",
    f"/application?mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.c=E20.9&informationRecipient.languageCode.c=es",
    f"/medlineplus/services/mpconnect.cfm?mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.c=E20.9"
    "&informationRecipient.languageCode.c=en",
    f"/application?mainSearchCriteria.v.cs={SNOMED}&mainSearchCriteria.v.c=36976004",
    f"/application?mainSearchCriteria.v.c=E20.9&mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.dn="
    "&informationRecipient.languageCode.c=en",
    f"/infobutton/?taskContext.c.c=PROBLISTREV&mainSearchCriteria.v.c=36976004&mainSearchCriteria.v.cs={SNOMED}"
    "&mainSearchCriteria.v.dn=Diabetes%20Mellitus%20Type%202&informationRecipient=PROV&performer=PROV",
    f"/infobutton/?mainSearchCriteria.c.c=E20.9&mainSearchCriteria.c.cs={ICD10CM}",
    f"/infobutton/?MAINSEARCHCRITERIA.V.C=e209&mainSearchCriteria.v.cs=urn:oid:{ICD10CM}",
    "/infobutton/?mainSearchCriteria.v.c=E20.9&mainSearchCriteria.v.csn=ICD10CM",
    f"/infobutton/?c=E20.9&cs={ICD10CM}",
    f"/application/?mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.c=E20.9",
    "/infobutton/?mainSearchCriteria.v.c=E20.9&mainSearchCriteria.v.cs=http://hl7.org/fhir/sid/icd-10-cm",
    "/infobutton/?mainSearchCriteria.v.c=36976004&mainSearchCriteria.v.cs=http%3A%2F%2Fsnomed.info%2Fsct/",
    f"/infobutton/?searchType=HL7&taskContext.c.c=PRO+BLISTREV&mainSearchCriteria.v.c=e20.9&mainSearchCriteria.v.cs={ICD10CM}"
    "&mainSearchCriteria.v.dn=IBS&holder.assignedEntity.n=me&age.v.v=39&age.v.u=a&performer=PROV",
    "/infobutton/?mainSearchCriteria.v.dn=low+pth",
    f"/infobutton?mainSearchCriteria.v.c=E20.9&mainSearchCriteria.v.cs={ICD10CM}",
    f"/infobutton/?mainSearchCriteria.v.c1=E20.9&mainSearchCriteria.v.cs={ICD10CM}",
    "/infobutton/?mainSearchCriteria.v.c=ICD-10-CM:E20.9",
    "/infobutton/?mainSearchCriteria.v.c=http://hl7.org/fhir/sid/icd-10-cm%7CE20.9",
    "/infobutton/?mainSearchCriteria.v.c=http://snomed.info/id/36976004",
    "/infobutton/?mainSearchCriteria.v.c=SNOMEDCT:36976004",
    "/infobutton/?mainSearchCriteria.v.c=SCT:36976004&mainSearchCriteria.v.cs=SNOMEDCT_US",
    # The same problem in two systems, of which the wiki knows one.
    f"/infobutton/?mainSearchCriteria.v.c=252.1&mainSearchCriteria.v.cs={ICD9CM}"
    f"&mainSearchCriteria.v.c2=E20.9&mainSearchCriteria.v.cs2={ICD10CM}",
    f"/application?mainSearchCriteria.v.cs={ICD9CM}&mainSearchCriteria.v.c=252.1&mainSearchCriteria.v.dn=Low+PTH",
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_published_request_leads_to_the_page(pages, client, request_):
    answer = client.get(request_)

    assert (answer.status_code, answer.url) == (302, "/wiki/low-pth/")


@pytest.mark.parametrize(
    ("system", "code", "path"), [(RXNORM, "637188", "/wiki/a-drug/"), (LOINC, "2000-8", "/wiki/a-test/")]
)
def test_medicines_and_laboratory_tests_are_found_by_their_systems(pages, client, system, code, path):
    assert asked(client, "/application", main_cs=system, main_c=code).url == path


@pytest.mark.parametrize(
    ("parts", "section"),
    [
        ({"sub_c": "Q000628", "sub_cs": "2.16.840.1.113883.6.177"}, "#s-treatment"),
        ({"sub_dn": "Diagnosis"}, "#s-tests"),
        ({"sub_c": "Q000628", "for": "PAT"}, "#s-treatment"),
        ({"sub_c": "D011379"}, ""),
        ({"sub_c": "unknown"}, ""),
        ({"task_c": "PROBLISTREV", "for": "PROV"}, ""),
        ({"task_c": "DIAGLISTE", "for": "PROV"}, "#s-tests"),
        ({"task_c": "DIAGLISTE", "for": "PAT"}, ""),
    ],
)
def test_the_topic_and_the_task_choose_the_section(pages, client, parts, section):
    assert asked(client, main_cs=ICD10CM, main_c="E20.9", **parts).url == f"/wiki/low-pth/{section}"


def test_a_medicine_that_is_being_ordered_opens_where_it_says_who_should_not_have_it(pages, client):
    answer = asked(client, main_cs=RXNORM, main_c="637188", task_c="MEDOE", **{"for": "PROV"})

    assert answer.url == "/wiki/a-drug/#s-who-should-not-have-it"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        # Of a page on the very subject, and of one that the asked term is wider than.
        ("E83.5", [("Calcium trouble", "on a wider subject"), ("Low PTH", "on a narrower subject")]),
        ("E20.911", [("Low PTH", "on a wider subject")]),
        ("E83", [("Calcium trouble", "redirect")]),
        ("E20", []),
    ],
)
def test_broader_and_narrower_pages_are_listed_without_redirect(pages, client, code, told):
    answer = asked(client, main_cs=ICD10CM, main_c=code)
    words = answer.content.decode()

    if told and told[0][1] == "redirect":
        assert answer.url == "/wiki/calcium-trouble/"
        return
    assert answer.status_code == 200
    assert [title for title, how in told if title in words and how in words] == [title for title, _ in told]
    assert ("Nothing on this yet" in words) is not told


@pytest.mark.parametrize(
    "query",
    [
        "c=E20.9&cs={0}&c=637188&cs={1}",
        "c1=E20.9&cs1={0}&c2=637188&cs2={1}",
        "c=E20.9&c2=637188&cs2={1}&cs={0}",
        "mainSearchCriteria.v.c=E20.9&mainSearchCriteria.v.cs={0}&mainSearchCriteria.v.c1=637188"
        "&mainSearchCriteria.v.cs1={1}",
    ],
)
def test_several_codes_keep_their_systems_and_are_all_answered(pages, client, query):
    asked_for = query.format(ICD10CM, RXNORM)

    page, feed = (client.get(f"/{path}?{asked_for}") for path in ("infobutton/", "service"))

    assert page.status_code == 200
    assert [one.page.title for one in page.context["entries"]] == ["Low PTH", "A drug"]
    assert {one.fit.name for one in page.context["entries"]} == {"EXACT"}
    terms = [one.get("term") for one in ElementTree.fromstring(feed.content).findall("a:category", ATOM)]  # noqa: S314  # ours
    assert terms == ["E20.9", ICD10CM, "637188", RXNORM]


def test_of_very_many_codes_the_first_five_are_looked_up(pages, client, django_assert_max_num_queries):
    query = "&".join(f"c{number}=E20.9&cs{number}={SNOMED}&dn{number}=x" for number in range(40))

    with django_assert_max_num_queries(80):
        assert client.get(f"/infobutton/?{query}&c=E20.9&cs={ICD10CM}").status_code in (200, 302)


def test_an_address_in_the_letters_of_older_programs_is_read(pages, client):
    client.get("/infobutton/?mainSearchCriteria.v.dn=M%E9ni%E8re")

    assert counted() == ["meniere"]


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("E20.9", ""),
        ("HP:0002135", "HP"),
        ("http://purl.obolibrary.org/obo/MONDO_0001220", "MONDO"),
        ("http://hl7.org/fhir/sid/icd-10-cm|E20.9", "http://hl7.org/fhir/sid/icd-10-cm"),
        ("https://omim.org/entry/540000", "OMIM"),
        ("https://meshb.nlm.nih.gov/record/ui?ui=D007011", "MeSH"),
        ("http://example.org/E20.9", ""),
        ("nonsense:E20.9", ""),
        ("nonsense|E20.9", ""),
        ("|", ""),
    ],
)
def test_a_code_names_its_system_before_a_stroke_or_a_colon_or_by_its_address(code, system):
    assert with_its_system(code)[0] == system


def test_a_code_of_another_system_is_not_matched(pages, client):
    answer = asked(client, main_cs=SNOMED, main_c="637188")

    assert "Nothing on this yet" in answer.content.decode()


@pytest.mark.parametrize(
    ("cs", "code", "words"),
    [
        (ICD9CM, "252.1", "ICD-9-CM 252.1"),
        ("urn:oid:" + NDC, "00310-0751-39", "NDC 00310-0751-39"),
        (ICD10CM, "ZZZ", "ICD-10-CM ZZZ"),
        ("1.2.3", "4", "1.2.3 4"),
        ("", "4", "4"),
    ],
)
def test_a_system_is_called_by_its_name_even_where_no_page_has_its_codes(cs, code, words):
    assert Criterion(code, cs).words == words


@pytest.mark.parametrize(
    ("cs", "code", "kept"),
    [
        (ICD10CM, "I21.9", ["ICD-10-CM I21.9"]),
        ("urn:oid:" + ICD10CM, "i219", ["ICD-10-CM I21.9"]),
        (SNOMED, "22298006", ["SNOMED CT 22298006"]),
        ("http://loinc.org", "718-7", ["LOINC 718-7"]),
        (SNOMED, "637188", []),  # no code of that system: it may be the number of a person
        (ICD10CM, "Smith 1961", []),
    ],
)
def test_a_code_that_no_page_has_is_counted_under_the_name_of_its_system(pages, client, cs, code, kept):
    answer = asked(client, main_cs=cs, main_c=code)

    assert counted() == kept
    assert all(one in answer.content.decode() for one in kept)


@pytest.mark.parametrize("cs", [ICD9CM, NDC, "", "nonsense"])
@pytest.mark.parametrize("form", ["", "application/json", "text/xml"])
def test_an_unknown_subject_gets_200_and_is_counted(pages, client, cs, form):
    request = f"mainSearchCriteria.v.cs={cs}&mainSearchCriteria.v.c=493.12&mainSearchCriteria.v.dn=Zyzzyva"

    answer = client.get(f"/application?{request}&knowledgeResponseType={quote(form)}")

    assert answer.status_code == 200
    assert "Zyzzyva" in answer.content.decode()
    assert counted() == ["zyzzyva"]


def test_a_code_without_a_system_is_searched_for_and_never_taken_for_certain(pages, client):
    answer = asked(client, main_c="E20.9")

    assert answer.status_code == 200
    first, *_ = entries = answer.context["entries"]
    assert first.page.title == "Low PTH"
    assert {one.fit.name for one in entries} == {"WORDS"}


@pytest.mark.parametrize(
    "query", ["", "mainSearchCriteria.v.c=", "knowledgeResponseType=application/json", "x=1"]
)
def test_a_request_without_subject_gets_instructions(pages, client, query):
    answer = client.get(f"/infobutton/?{query}")

    assert answer.status_code == 200
    assert b"Nothing on" not in answer.content
    assert counted() == []


def test_a_json_request_gets_a_feed_like_medlineplus_connect(pages, client, settings):
    settings.SITE_URL = "https://wiki.example.org"
    request = f"?mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.c=E20.9&subTopic.v.c=Q000628"

    feed = client.get(f"/service{request}&knowledgeResponseType=application/json").json()["feed"]

    (entry,) = feed["entry"]
    assert entry["title"]["_value"] == "Low PTH"
    assert entry["link"][0]["href"] == "https://wiki.example.org/wiki/low-pth/#s-treatment"
    assert "What it is, in plain words." in entry["summary"]["_value"]
    assert "approved by Dr Amara Osei" in entry["summary"]["_value"]
    assert {"scheme": "mainSearchCriteria.v.c", "term": "E20.9"} in feed["category"]


@pytest.mark.parametrize("name", ["show", "App.views.show", "$_1"])
def test_json_is_given_to_the_function_that_is_named(pages, client, name):
    request = f"?mainSearchCriteria.v.cs={ICD10CM}&mainSearchCriteria.v.c=E20.9"
    plain = client.get(f"/service{request}&knowledgeResponseType=application/json").json()

    answer = client.get(f"/service{request}&knowledgeResponseType=application/javascript&callback={name}")

    assert answer.headers["Content-Type"] == "application/javascript; charset=utf-8"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    text = answer.content.decode()
    assert text.startswith(f"/**/{name}(")
    assert text.endswith(");")
    assert (
        json.loads(text.removeprefix(f"/**/{name}(").removesuffix(");"))["feed"]["entry"]
        == plain["feed"]["entry"]
    )


@pytest.mark.parametrize("name", ["", "alert(1)//", "a b", "1a", "<script>", "a" * 101, "a.", "été"])
def test_what_is_no_name_of_a_function_gets_plain_json(pages, client, name):
    given = {
        "mainSearchCriteria.v.cs": ICD10CM,
        "mainSearchCriteria.v.c": "E20.9",
        "knowledgeResponseType": "application/javascript",
        "callback": name,
    }

    answer = client.get("/service", given)

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["feed"]["entry"]


def test_the_service_answers_with_atom_by_default(pages, client):
    answer = asked(client, "/service", main_cs=ICD10CM, main_c="E83.5")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own
    assert [one.findtext("a:title", "", ATOM) for one in root.findall("a:entry", ATOM)] == [
        "Calcium trouble",
        "Low PTH",
    ]
    terms = [one.get("term") for one in root.findall("a:entry/a:category", ATOM)]
    assert terms == ["wider", "narrower"]
    links = [one.get("href", "") for one in root.findall("a:entry/a:link", ATOM)]
    assert all(one.startswith("http") for one in links)
    assert len(links) == 2


def test_words_are_searched_when_no_name_matches(pages, client):
    words = asked(client, main_dn="plain words").content.decode()

    assert "found by words" in words


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("24 HR Levetiracetam 500 MG Extended Release Oral Tablet [Keppra]", "Levetiracetam"),
        ("Carbidopa 25 MG / Levodopa 100 MG Oral Tablet", "Carbidopa / Levodopa"),
        ("calcitriol 0.001 MG/ML Oral Solution", "calcitriol"),
        ("Hypoparathyroidism, unspecified", "Hypoparathyroidism"),
        ("Unspecified hydrocephalus", "hydrocephalus"),
        ("Hypoparathyroidism (disorder)", "Hypoparathyroidism"),
        ("Oral solution", "Oral solution"),
        ("500 MG", "500 MG"),
    ],
)
def test_a_name_is_looked_up_without_what_lists_add_to_it(name, bare):
    assert bare_name(name) == bare


def test_pages_that_hold_the_least_of_the_words_do_not_answer(pages, client):
    answer = asked(client, main_dn="Zyzzyva xylomaxine words")

    assert not answer.context["entries"]
    assert "Nothing on this yet" in answer.content.decode()
    assert counted() == ["words xylomaxine zyzzyva"]


def test_a_plus_may_stand_in_an_address_as_it_is(pages, client):
    request = "mainSearchCriteria.v.dn=Low%20PTH&knowledgeResponseType=application/atom+xml"

    assert client.get(f"/infobutton?{request}").headers["Content-Type"].startswith("application/atom+xml")


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a" * 5000, "\u0001\ud7ff", "%", "'; --", "((("]
)
def test_odd_words_are_answered_without_error_or_markup(pages, client, name):
    for form in ("text/html", "text/xml", "application/json"):
        answer = client.get("/infobutton/", {"mainSearchCriteria.v.dn": name, "knowledgeResponseType": form})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode() or form == "application/json"


def test_an_answer_takes_few_queries(pages, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        asked(client, main_cs=ICD10CM, main_c="E20.9", sub_c="Q000628")
