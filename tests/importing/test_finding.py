"""Finding a source from what somebody pasted."""

import pytest

from wiki.acts.library import sources
from wiki.importing.finding import find_source
from wiki.text.sources.identifiers import parse

REFERENCE = (
    "Smith A, Jones B. Title of a work. J Test. 2020;12(3):1-9. doi: 10.1234/abc.def. PMID: 12345678; "
    "PMCID: PMC1234567."
)
KEYS = ["doi:10.1234/abc.def", "pmid:12345678", "pmc:PMC1234567"]


@pytest.mark.parametrize("text", [REFERENCE, "doi: 10.1234/abc.def PMID: 12345678 PMC1234567"])
def test_a_whole_reference_names_one_work_by_all_its_identifiers(clinician, text):
    answer = find_source(text, by=clinician)

    assert not answer.bad
    assert answer.record is not None
    assert [one.key for one in answer.record.ids] == KEYS


def test_a_whole_reference_finds_the_source_that_the_wiki_has(clinician):
    known = sources.add([parse(KEYS[1])], {"title": "Title of a work"}, type="cohort", by=clinician)

    assert find_source(REFERENCE, by=clinician).source == known


def test_two_works_at_once_are_refused_with_a_sentence(clinician):
    answer = find_source("PMID: 1234567, PMID: 7654321", by=clinician)

    assert (answer.bad, answer.sentence) == (
        True,
        "This names 2 works. Paste the identifier of one work at a time.",
    )


def test_a_new_identifier_of_a_known_work_is_stored_and_reported(clinician):
    known = sources.add([parse(KEYS[0])], {"title": "Title of a work"}, type="cohort", by=clinician)

    answer = find_source("PMID- 12345678\nTI  - Title of a work.\nAID - 10.1234/abc.def [doi]", by=clinician)

    assert (answer.source, answer.sentence) == (known, "Now also known as pmid:12345678.")
    assert sources.find([parse(KEYS[1])]) == known


def test_an_unreadable_work_among_several_is_reported(clinician):
    answer = find_source("@article{a, title={One}, doi={10.1234/a}}\n@article{b, title={Two\n", by=clinician)

    assert answer.record is not None
    assert answer.record.title == "One"
    assert "was not read" in answer.sentence
