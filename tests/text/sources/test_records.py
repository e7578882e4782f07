"""Records as people paste them."""

import json

import pytest

from tests.effort import no_more_than
from wiki.text.sources.formats.raw import MOST_PEOPLE, BadRecord
from wiki.text.sources.records import LONGEST, looks_like_one, read

BIBTEX = r"""@article{wang2012,
  title={Mutations in {SLC20A2} link M\"uller},
  author={Wang, Cheng-Hui and van der Beek, J. R. and {World Health Organization}
    and M{\"u}ller, Jr, J{\'e}r{\^o}me},
  journal={Nature Genetics}, year=2012, month=feb, volume={44}, number={3}, pages={254--256},
  doi={https://doi.org/10.1038/NG.1077}, note={PMID: 22327515}}"""
RIS = """TY  - JOUR
TI  - A title
AU  - Smith, John A., Jr
AU  - World Health Organization
PY  - 2012/02/12/
T2  - Nature Genetics
VL  - 44
IS  - 3
SP  - 254
EP  - 256
DO  - doi:10.1038/ng.1077
DB  - PubMed
AN  - 22327515
UR  - https://example.org/1
ER  -"""
PUBMED = """PMID- 22327515
TI  - A title that
      goes on.
FAU - Wang, Cheng
CN  - The Study Group
DP  - 2012 Feb 12
JT  - Nature genetics
TA  - Nat Genet
VI  - 44
IP  - 3
PG  - 254-6
AID - 10.1038/ng.1077 [doi]
AID - ng.1077 [pii]
PMC - PMC123
PT  - Review"""
CSL = {
    "type": "article-journal",
    "title": "A <i>title</i>",
    "author": [{"family": "Wang", "given": "C", "evil": "x"}, {"literal": "WHO"}, {}, "Li"],
    "issued": {"date-parts": [["2012", 2, 40]]},
    "DOI": "10.1038/NG.1077",
    "URL": "https://example.org/1",
    "evil": "x",
}


def test_bibtex_is_read_with_its_accents_particles_and_organisations():
    (one,) = read(BIBTEX)

    assert [id_.key for id_ in one.ids] == ["doi:10.1038/ng.1077", "pmid:22327515"]
    assert one.csl["author"] == [
        {"family": "Wang", "given": "Cheng-Hui"},
        {"family": "Beek", "given": "J. R.", "non-dropping-particle": "van der"},
        {"literal": "World Health Organization"},
        {"family": "Müller", "given": "Jérôme", "suffix": "Jr"},
    ]
    assert one.title == "Mutations in SLC20A2 link Müller"
    assert one.csl["page"] == "254-256"
    assert one.csl["issue"] == "3"
    assert one.csl["issued"] == {"date-parts": [[2012, 2]]}


@pytest.mark.parametrize("text", [RIS, RIS.removesuffix("ER  -"), "\ufeff" + RIS.replace("\n", "\r\n")])
def test_ris_is_read(text):
    (one,) = read(text)

    assert [id_.key for id_ in one.ids] == ["doi:10.1038/ng.1077", "pmid:22327515"]
    assert one.csl["author"] == [
        {"family": "Smith", "given": "John A.", "suffix": "Jr"},
        {"literal": "World Health Organization"},
    ]
    assert one.csl["container-title"] == "Nature Genetics"
    assert one.csl["page"] == "254-256"
    assert one.csl["issued"] == {"date-parts": [[2012, 2, 12]]}


def test_pubmeds_format_is_read():
    first, second = read(f"{PUBMED}\n\nPMID- 2\nTI  - Other")

    assert [id_.key for id_ in first.ids] == ["doi:10.1038/ng.1077", "pmid:22327515", "pmc:PMC123"]
    assert first.title == "A title that goes on"
    assert first.csl["author"] == [{"family": "Wang", "given": "Cheng"}, {"literal": "The Study Group"}]
    assert first.csl["container-title-short"] == "Nat Genet"
    assert first.types == ("Review",)
    assert second.title == "Other"


@pytest.mark.parametrize("shape", [CSL, [CSL], {"items": [CSL]}])
def test_csl_json_is_read_and_only_what_is_sound_is_kept(shape):
    (one,) = read(json.dumps(shape))

    assert one.csl == {
        "type": "article-journal",
        "title": "A title",
        "author": [{"family": "Wang", "given": "C"}, {"literal": "WHO"}],
        "issued": {"date-parts": [[2012, 2]]},
        "DOI": "10.1038/ng.1077",
    }


@pytest.mark.parametrize(
    "text",
    [
        "@article{",
        "@article{a, title={}}",
        "@a{" * 3000,
        "{",
        "{" * 40_000,
        "[" * 40_000,
        "[1, 2]",
        '{"title": {"a": 1}}',
        '{"items": 3}',
        "TY  - X",
        "PMID- 1",
        "PMID 1",
        "x" * (LONGEST + 1),
    ],
)
def test_text_that_is_no_record_is_refused_with_a_sentence(text):
    with pytest.raises(BadRecord, match=r"\.$"):
        read(text)


def test_records_and_identifiers_are_distinguished():
    assert looks_like_one(BIBTEX)
    assert not looks_like_one("PMID 22327515")
    assert not looks_like_one("PMID: 22327515")
    assert not looks_like_one("https://doi.org/10.1038/ng.1077")


def test_an_invalid_identifier_field_is_ignored():
    (one,) = read(json.dumps({"title": "T", "DOI": "https://example.org/x", "PMID": "no number"}))

    assert one.ids == ()


def test_lines_without_fields_are_no_work():
    assert len(read(f"{PUBMED}\n\nnothing\n\nPMID- 2\nTI  - Other")) == 2


@pytest.mark.parametrize("text", ["x" + "\n" * 20_000, "x\n" + "@a\n" * 20_000, "x\n@" + "a" * 20_000])
def test_recognising_a_record_is_fast(text):
    with no_more_than(12):
        looks_like_one(text)


@pytest.mark.parametrize("name", ["a", r"\'a", "{a}", "a, b"])
def test_a_record_with_thousands_of_authors_is_read_fast(name):
    with no_more_than(50):
        (work,) = read("@article{a, title={x}, author={" + f"{name} and " * 4_000 + "b}}")

    assert len(work.csl["author"]) == MOST_PEOPLE
