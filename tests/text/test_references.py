"""References as text."""

import datetime
from dataclasses import replace

import pytest

from wiki.text.references import PageCitation, as_text, bibtex, ris, vancouver

WANG = {"family": "Wang", "given": "Cheng-Hui"}


@pytest.mark.parametrize(
    ("csl", "reference"),
    [
        (
            {
                "author": [
                    WANG,
                    {"family": "Beek", "non-dropping-particle": "van der", "given": "J. R.", "suffix": "Jr"},
                ],
                "title": "Mutations in <i>SLC20A2</i>\n link PFBC",
                "container-title": "Nature Genetics",
                "container-title-short": "Nat Genet",
                "issued": {"date-parts": [[2012, 2, 12]]},
                "volume": 44,
                "issue": "3",
                "page": "254-256",
                "DOI": "10.1038/ng.1077",
            },
            "Wang CH, van der Beek JR Jr. Mutations in SLC20A2 link PFBC. Nat Genet. 2012;44(3):254-6.",
        ),
        (
            {
                "author": [WANG] * 7,
                "title": "Why?",
                "container-title": ["Brain"],
                "issued": {"raw": "May 1999"},
            },
            "Wang CH, Wang CH, Wang CH, Wang CH, Wang CH, Wang CH, et al. Why? Brain. 1999.",
        ),
        ({"title": "T", "container-title": "J", "volume": "3", "page": "e12"}, "T. J. 3:e12."),
        (
            {"title": "T", "container-title": "J", "number": "12", "issued": {"date-parts": [[2001]]}},
            "T. J. 2001:12.",
        ),
        (
            {
                "type": "book",
                "author": [{"literal": "World Health Organization"}],
                "title": "ICD",
                "edition": "2",
                "publisher": "WHO",
                "publisher-place": "Geneva",
                "issued": {"date-parts": [["2004"]]},
            },
            "World Health Organization. ICD. 2nd ed. Geneva: WHO; 2004.",
        ),
        (
            {
                "type": "chapter",
                "editor": [WANG],
                "title": "Calcium",
                "container-title": "Bones",
                "edition": "Revised",
                "publisher": "Press",
                "page": "10–19",
            },
            "Wang CH, editors. Calcium. In: Bones. Revised. Press. p. 10-9.",
        ),
        ({"type": "webpage", "title": "T", "issued": {"literal": "no date"}}, "T."),
        ({"title": "T", "issued": {"date-parts": [[]]}, "author": [{}]}, "T."),
        ({}, ""),
    ],
)
def test_a_source_is_shown_in_vancouver_style(csl, reference):
    assert vancouver(csl) == reference


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("254-256", "254-6"),
        ("99-101", "99-101"),
        ("S1-S9", "S1-S9"),
        ("12-12", "12-12"),
        ("19-12", "19-12"),
        ("7", "7"),
    ],
)
def test_pages_are_shortened(page, shown):
    assert vancouver({"title": "T", "container-title": "J", "page": page}) == f"T. J. :{shown}."


@pytest.mark.parametrize(
    ("edition", "shown"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"), ("12", "12th"), ("21", "21st")],
)
def test_editions_are_counted(edition, shown):
    assert vancouver({"type": "book", "title": "T", "edition": edition}) == f"T. {shown} ed."


PAGE = PageCitation(
    title="Calcium & bone: 100% of {what} we\nknow",
    url="https://example.org/wiki/calcium_bone/?version=7",
    version=7,
    authors=("Ines Albrecht", "Tomás Rey and Sons"),
    reviewer="Dr A. Example",
    date=datetime.date(2026, 5, 3),
    accessed=datetime.date(2026, 11, 22),
)


def test_a_page_is_cited_in_words():
    assert as_text(PAGE) == (
        "Ines Albrecht, Tomás Rey and Sons. Calcium & bone: 100% of {what} we know. Causeway. "
        "Version 7, reviewed by Dr A. Example. 3 May 2026. Accessed 22 Nov 2026. "
        "https://example.org/wiki/calcium_bone/?version=7"
    )
    assert as_text(replace(PAGE, authors=(), reviewer="")).startswith("Calcium & bone")
    assert "Version 7, not yet reviewed by a clinician. 3 May" in as_text(replace(PAGE, reviewer=""))


def test_a_page_is_cited_in_bibtex():
    assert bibtex(PAGE) == (
        "@misc{causeway-calcium-bone-100-of-v7,\n"
        "  title = {{Calcium \\& bone: 100\\% of \\{what\\} we know}},\n"
        "  author = {{Ines Albrecht} and {Tomás Rey and Sons}},\n"
        "  year = {2026},\n"
        "  month = {5},\n"
        "  howpublished = {Causeway},\n"
        "  note = {Version 7, reviewed by Dr A. Example, accessed 22 Nov 2026},\n"
        "  url = {https://example.org/wiki/calcium_bone/?version=7},\n"
        "}\n"
    )
    assert "author" not in bibtex(replace(PAGE, authors=()))
    assert r"\textbackslash{}\textasciitilde{}\textasciicircum{}\$\#\_" in bibtex(
        replace(PAGE, title="\\~^$#_")
    )
    assert "url = {https://a.org/%7D%7B%5C}" in bibtex(replace(PAGE, url="https://a.org/}{\\"))


def test_a_page_is_cited_in_ris():
    assert ris(PAGE).splitlines() == [
        "TY  - ELEC",
        "TI  - Calcium & bone: 100% of {what} we know",
        "AU  - Ines Albrecht",
        "AU  - Tomás Rey and Sons",
        "PY  - 2026",
        "DA  - 2026/05/03",
        "T2  - Causeway",
        "ET  - 7",
        "N1  - Version 7, reviewed by Dr A. Example",
        "UR  - https://example.org/wiki/calcium_bone/?version=7",
        "Y2  - 2026/11/22",
        "ID  - causeway-calcium-bone-100-of-v7",
        "ER  - ",
    ]
    assert ris(replace(PAGE, title="T\r\nER  - \r\nTY  - X")).count("\r\n") == 13
