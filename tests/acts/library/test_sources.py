"""Adding to the wiki's sources."""

import pytest
from django.db import IntegrityError

from tests import cast
from wiki.acts.library import sources
from wiki.models import Event, Source, User
from wiki.policy.refusal import Refused
from wiki.text.sources.formats.raw import JournalNotice
from wiki.text.sources.identifiers import parse

CSL = {"type": "article-journal", "title": "A study", "issued": {"date-parts": [[2012, 3]]}}
KEYS = [parse("pmid:22327515"), parse("10.1038/ng.1077")]


def test_a_new_source_keeps_its_record_and_all_its_identifiers(clinician):
    source = sources.add(KEYS, CSL, type="cohort", by=clinician, checked="full", checked_how="x" * 400)

    assert (source.key, source.title, source.year) == (
        "pmid:22327515",
        "A study",
        2012,
    )
    assert [str(one) for one in source.ids.all()] == ["pmid:22327515", "doi:10.1038/ng.1077"]
    assert (source.checked, len(source.checked_how), source.created_by) == ("full", 300, clinician)
    assert Event.objects.get(act="add_source").data == {"key": "pmid:22327515"}


def test_adding_a_source_by_a_known_identifier_returns_the_known_one(clinician, colleague):
    first = sources.add(KEYS[:1], CSL, type="cohort", by=clinician)

    again = sources.add(list(reversed(KEYS)), {"title": "Other words"}, type="cohort", by=colleague)

    assert again == first
    assert Source.objects.get().title == "A study"


@pytest.mark.parametrize(
    ("ids", "csl", "type_", "sentence"),
    [
        ([], CSL, "cohort", "Give a DOI, PMID, ISBN or web address"),
        (KEYS, {}, "cohort", "Give the source’s title"),
        (KEYS, {"title": " "}, "cohort", "Give the source’s title"),
        (KEYS, CSL, "hearsay", "“hearsay” is not a type of evidence"),
    ],
)
def test_an_incomplete_source_record_is_refused(clinician, ids, csl, type_, sentence):
    with pytest.raises(Refused, match=sentence):
        sources.add(ids, csl, type=type_, by=clinician)

    assert not Source.objects.exists()


def test_only_writers_add_sources(clinician):
    User.objects.filter(pk=clinician.pk).update(role="reader")

    with pytest.raises(Refused, match="Only clinicians and moderators may add sources"):
        sources.add(KEYS, CSL, type="cohort", by=clinician)


@pytest.mark.parametrize("issued", [None, {}, {"date-parts": []}, {"date-parts": [["soon"]]}])
def test_a_record_without_a_year_has_none(clinician, issued):
    assert sources.add(KEYS, {**CSL, "issued": issued}, type="cohort", by=clinician).year is None


def test_an_unknown_identifier_finds_no_source(clinician):
    cast.make_source(clinician)

    assert sources.find(KEYS[1:]) is None
    assert sources.find(KEYS[:1]) is not None


def test_two_identifiers_of_one_scheme_raise_an_integrity_error(clinician):
    with pytest.raises(IntegrityError):
        sources.add([parse("pmid:1"), parse("pmid:2")], {"title": "T"}, type="cohort", by=clinician)


def test_a_key_does_not_match_its_value_under_another_scheme(clinician):
    source = cast.make_source(clinician, "pmid:22327515")
    other = cast.make_source(clinician, "isbn:9780306406157", "A book")

    found = Source.objects.by_key(["isbn:22327515", "pmid:9780306406157", "isbn:9780306406157"])

    assert found == {"isbn:9780306406157": other.pk}
    assert source.pk not in found.values()


def test_an_identifier_that_is_learned_later_joins_the_record(clinician, colleague):
    known = sources.add(KEYS[1:], CSL, type="cohort", by=clinician)

    kept = sources.learn(known, KEYS, title="A study: with its subtitle", by=colleague)

    assert kept == KEYS[:1]
    now = Source.objects.get(pk=known.pk)
    assert [str(one) for one in now.ids.all()] == ["doi:10.1038/ng.1077", "pmid:22327515"]
    assert sources.find(KEYS[:1]) == known
    event = Event.objects.get(act="learn_identifier")
    assert (event.actor, event.data) == (colleague, {"source": known.pk, "key": "pmid:22327515"})
    assert sources.learn(known, KEYS, title="A study", by=colleague) == []


def test_adding_a_known_work_learns_its_other_identifiers(clinician):
    known = sources.add(KEYS[1:], CSL, type="cohort", by=clinician)

    sources.add(KEYS, CSL, type="cohort", by=clinician)

    assert sources.find(KEYS[:1]) == known


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("Quite another work about the heart", KEYS),
        ("", KEYS),
        ("A study", [parse("10.1038/other.1"), KEYS[1]]),
    ],
)
def test_no_identifier_is_taken_from_the_record_of_another_work(clinician, title, ids):
    known = sources.add(KEYS[1:], CSL, type="cohort", by=clinician)

    assert sources.learn(known, ids, title=title, by=clinician) == []
    assert known.ids.count() == 1


def test_an_identifier_of_another_source_is_not_taken_from_it(clinician):
    sources.add(KEYS[:1], {"title": "A study"}, type="cohort", by=clinician)
    second = sources.add(KEYS[1:], CSL, type="cohort", by=clinician)

    assert sources.learn(second, KEYS, title="A study", by=clinician) == []


def test_a_retraction_in_a_new_record_is_added_to_the_known_source(clinician):
    known = sources.add(KEYS, CSL, type="cohort", by=clinician)

    sources.learn(
        known, KEYS, title="A study", notices=[JournalNotice("retraction", "", "pmid:1")], by=clinician
    )

    assert [(one.nature, one.reference) for one in known.notices.all()] == [("retraction", "pmid:1")]


def test_the_pii_of_an_elsevier_article_names_the_same_source(clinician):
    known = sources.add([parse("10.1016/S0140-6736(99)00001-1")], CSL, type="cohort", by=clinician)

    assert (
        sources.find([parse("https://www.sciencedirect.com/science/article/pii/S0140673699000011")]) == known
    )
    assert known.key == "doi:10.1016/s0140-6736(99)00001-1"


def test_a_source_known_by_its_pii_is_found_by_the_doi_that_holds_it(clinician):
    known = sources.add([parse("S0140-6736(99)00001-1")], CSL, type="cohort", by=clinician)

    assert sources.find([parse("https://doi.org/10.1016/S0140-6736%2899%2900001-1")]) == known
