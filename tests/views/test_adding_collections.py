"""A collection of references is read, shown as one list to tick, and added."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.shown import html_of
from wiki.models import Source, SourceNotice

ADDRESS = "/sources/add/collection/"


def work(number, **more):
    return {
        "type": "article-journal",
        "title": f"Made up work {number}",
        "DOI": f"10.1234/made.{number}",
        "issued": {"date-parts": [[2020]]},
        **more,
    }


def read(at_desk, *works):
    """Send a collection as text; return the page that lists it."""
    return at_desk.post(ADDRESS, {"act": "read", "text": json.dumps(works)})


def sent(shown, ticked=None, **types):
    """Return the fields of the list, ticked as it is or as said."""
    rows = shown.context["choice"].rows
    return {
        "act": "add",
        "record": [row.record for row in rows],
        "failed": shown.context["failed"],
        "take": ticked if ticked is not None else [row.number for row in rows if row.is_ticked],
        "type": [types.get(f"t{row.number}", "cohort") for row in rows],
    }


def test_two_hundred_works_are_ticked_and_added_at_once(at_desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        shown = read(at_desk, *(work(number) for number in range(200)))

    assert len(shown.context["choice"].rows) == 200
    assert not Source.objects.exists()
    fields = sent(shown, ticked=["1", "3"])
    answer = at_desk.post(ADDRESS, fields, follow=True)

    assert set(Source.objects.values_list("text", flat=True)) == {
        "Made up work 0. 2020.",
        "Made up work 2. 2020.",
    }
    assert "2 sources are there now" in html_of(answer)


def test_a_known_work_gets_new_identifiers_from_a_collection(at_desk):
    at_desk.post(ADDRESS, sent(read(at_desk, work(1), work(2))))

    shown = read(at_desk, work(1, PMID="31888881"), work(2), work(3))

    assert [row.is_ticked for row in shown.context["choice"].rows] == [True, False, True]
    assert "pmid:31888881 would be added to it" in html_of(shown)
    at_desk.post(ADDRESS, sent(shown))
    assert Source.objects.count() == 3
    assert set(Source.objects.by_key(["pmid:31888881", "doi:10.1234/made.1"]).values()) == {
        Source.objects.get(text="Made up work 1. 2020.").pk
    }


def test_records_of_one_work_become_one_source_with_the_identifiers_of_all(at_desk):
    by_pubmed = work(1, PMID="31888881", DOI="")
    retracted = work(1, DOI="https://dx.doi.org/10.1234%2FMADE.1", status="Retracted")
    both = work(1, PMID="31888881", title="Made up Work 1.")
    another = work(2, PMID="31888881", title="Quite another thing")

    shown = read(at_desk, by_pubmed, retracted, both, another)

    assert html_of(shown).count("It is the same work as number 1 of this list") == 3
    at_desk.post(ADDRESS, sent(shown, ticked=["1"]))
    (source,) = Source.objects.all()
    assert [str(one) for one in source.ids.order_by("position")] == ["doi:10.1234/made.1", "pmid:31888881"]
    assert SourceNotice.objects.get().nature == "retraction"


def test_a_work_that_cannot_be_added_shows_the_reason(at_desk):
    nameless = {"type": "article-journal", "title": "No number"}

    shown = read(at_desk, work(1), nameless, work(1, title="Made up work 1, again"), {"title": ""})

    assert "Cannot be added: It has no DOI, PMID, ISBN or web address" in html_of(shown)
    assert "Cannot be added: It is the same work as number 1 of this list" in html_of(shown)
    assert "1 of the works had no title and was left out" in html_of(shown)
    at_desk.post(ADDRESS, sent(shown, ticked=["1", "2", "3"]))
    assert Source.objects.count() == 1


def test_a_retracted_work_is_marked_and_not_ticked(at_desk):
    shown = read(at_desk, work(1, title="RETRACTED: Made up work"))

    assert "This work was retracted" in html_of(shown)
    (row,) = shown.context["choice"].rows
    assert not row.is_ticked
    at_desk.post(ADDRESS, sent(shown, ticked=["1"]))
    assert SourceNotice.objects.get().nature == "retraction"


def test_a_ticked_work_needs_its_kind_of_study(at_desk):
    shown = read(at_desk, work(1), work(2))

    answer = at_desk.post(ADDRESS, sent(shown, t1=""))

    assert answer.status_code == 422
    assert "Say what kind of study this is" in html_of(answer)
    assert [row.is_ticked for row in answer.context["choice"].rows] == [True, True]
    assert not Source.objects.exists()


def test_what_was_not_taken_over_is_still_listed_after_a_refusal(at_desk):
    lists = [
        "<li>archive_location: Box 7</li>",
        "Left out, because a reference has no place for these: abstract",
        "1 of the works had no title and was left out",
        "This work was corrected",
    ]
    notice = {"type": "erratum", "DOI": "10.1234/made.9"}
    shown = read(
        at_desk,
        work(1, archive_location="Box 7", abstract="Calcium fell.", **{"updated-by": [notice]}),
        {"title": ""},
    )
    assert [one for one in lists if one not in html_of(shown)] == []

    answer = at_desk.post(ADDRESS, sent(shown, t1=""))

    assert answer.status_code == 422
    assert [one for one in lists if one not in html_of(answer)] == []


def test_one_kind_of_study_may_be_said_of_all_that_say_none(at_desk):
    shown = read(at_desk, *(work(number) for number in range(12)))
    nothing = sent(shown, **{f"t{number}": "" for number in range(2, 13)})

    refused = at_desk.post(ADDRESS, nothing)
    at_desk.post(ADDRESS, nothing | {"rest": "case_series"})

    assert 'href="#type-2">Number 2</a>' in refused.content.decode()
    assert "and 1 more" in html_of(refused)
    assert sorted(Source.objects.values_list("type", flat=True)) == [*["case_series"] * 11, "cohort"]


def test_a_tampered_record_is_refused(at_desk):
    fields = sent(read(at_desk, work(1)))

    answer = at_desk.post(ADDRESS, fields | {"record": [fields["record"][0] + "x"]})

    assert answer.status_code == 422
    assert not Source.objects.exists()


RIS = "TY  - JOUR\nTI  - Über Kalk\nDO  - 10.1234/x\nER  - "


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (RIS.encode("utf-8-sig"), "Über Kalk"),
        (RIS.encode("latin-1"), "This file is not in UTF-8"),
        (b"", "is empty"),
        (b"nothing", "cannot be read"),
    ],
)
def test_an_uploaded_file_is_read_or_refused_with_the_reason(at_desk, content, told):
    shown = at_desk.post(ADDRESS, {"act": "read", "file": SimpleUploadedFile("export.ris", content)})

    assert told in html_of(shown)
