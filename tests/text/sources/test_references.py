"""References as text."""

import datetime
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text.sources.records import TYPES
from wiki.text.sources.references import PageCitation, as_text, bibtex, ris, vancouver

WANG = {"family": "Wang", "given": "Cheng-Hui"}


LI = {"family": "Li", "given": "Y"}
Y2004: Final = {"date-parts": [[2004, 3, 2]]}
JOURNAL: Final = {"title": "T", "container-title": "J", "volume": "1", "issue": "3", "issued": Y2004}


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
                "container-title-short": "Nat. Genet.",
                "issued": {"date-parts": [[2012, 2, 12]]},
                "volume": 44,
                "issue": "3",
                "page": "254-256",
                "DOI": "10.1038/ng.1077",
                "URL": "https://doi.org/10.1038/ng.1077",
            },
            "Wang CH, van der Beek JR Jr. Mutations in SLC20A2 link PFBC. Nat Genet. 2012;44(3):254-6.",
        ),
        (JOURNAL | {"container-title": "", "type": "article-journal"}, "T. 2004;1(3)."),
        ({"URL": "0", "issue": "0", "type": "chapter"}, ""),
        (
            {
                "author": [WANG] * 7,
                "title": "Why?",
                "container-title": ["Brain"],
                "issued": {"raw": "May 1999"},
            },
            "Wang CH, Wang CH, Wang CH, Wang CH, Wang CH, Wang CH, et al. Why? Brain. 1999.",
        ),
        (
            {"author": [{"family": "Smith", "given": "J.-R. de"}] * 6, "title": "T."},
            f"{', '.join(['Smith JRD'] * 6)}. T.",
        ),
        (
            {"author": [{"family": "Beek", "dropping-particle": "van"}, {"given": "Plato"}], "title": "T"},
            "van Beek, Plato. T.",
        ),
        ({"title": "T", "container-title": "J", "volume": "3", "page": "e12"}, "T. J. 3:e12."),
        (
            {"title": "Zinc–iron", "container-title": "J", "number": "12", "issued": Y2004, "volume": "1"},
            "Zinc–iron. J. 2004;1:12.",
        ),
        # The number of an article beside its pages, and where it is one of them.
        (JOURNAL | {"number": "e1", "page": "5-9"}, "T. J. 2004;1(3):5-9. Article no.: e1."),
        (JOURNAL | {"number": "104", "page": "104-12"}, "T. J. 2004;1(3):104-12."),
        (JOURNAL | {"number": "e1", "page": "e1"}, "T. J. 2004;1(3):e1."),
        (JOURNAL | {"number": "e1"}, "T. J. 2004;1(3):e1."),
        ({"type": "report", "title": "T", "number": "12", "page": "12-14"}, "T. p. 12-4. Report no.: 12."),
        (
            {
                "type": "book",
                "author": [{"literal": "World Health Organization"}],
                "title": "ICD",
                "edition": "2",
                "publisher": "WHO",
                "publisher-place": "Geneva",
                "issued": {"date-parts": [["2004"]]},
                "ISBN": "9789241546492",
                "URL": "https://who.int/",
            },
            "World Health Organization. ICD. 2nd ed. Geneva: WHO; 2004.",
        ),
        (
            {
                "type": "chapter",
                "author": [LI],
                "editor": [WANG, LI],
                "title": "Calcium",
                "container-title": "Bones",
                "edition": "Revised",
                "publisher": "Press Inc.",
                "page": "10–19",
            },
            "Li Y. Calcium. In: Wang CH, Li Y, editors. Bones. Revised. Press Inc. p. 10-9.",
        ),
        ({"type": "book", "title": "Bones", "editor": [WANG]}, "Wang CH, editor. Bones."),
        (
            {"type": "book", "title": "Bones", "editor": [LI] * 9},
            "Li Y, Li Y, Li Y, Li Y, Li Y, Li Y, et al, editors. Bones.",
        ),
        (
            {"type": "entry", "title": "PFBC", "container-title": "GeneReviews", "issued": Y2004},
            "PFBC. In: GeneReviews. 2004.",
        ),
        (
            {"type": "report", "title": "Iron", "number": "12", "publisher": "WHO", "issued": Y2004},
            "Iron. WHO; 2004. Report no.: 12.",
        ),
        (
            {
                "type": "webpage",
                "title": "Measles",
                "container-title": "World Health Organization",
                "URL": "https://who.int/measles",
                "issued": {"date-parts": [[2019]]},
                "accessed": {"date-parts": [[2020, 3, 9]]},
            },
            "Measles [Internet]. World Health Organization; 2019 [cited 2020 Mar 9].",
        ),
        (
            {
                "type": "webpage",
                "title": "T",
                "URL": "https://a.org",
                "accessed": {"date-parts": [[2020, 13, 9]]},
            },
            "T [Internet]. [cited 2020].",
        ),
        ({"type": "webpage", "title": "T", "URL": "https://a.org"}, "T [Internet]."),
        ({"type": "webpage", "title": "T", "issued": {"literal": "no date"}}, "T."),
        ({"title": "T", "issued": {"date-parts": [[]]}, "author": [{}]}, "T."),
        ({"title": "&lt;i&gt;p&lt;/i&gt; &lt; 0.05 &amp; up"}, "p < 0.05 & up."),
        ({"title": "..."}, ""),
        ({}, ""),
    ],
)
def test_a_source_is_shown_in_vancouver_style(csl, reference):
    assert vancouver(csl) == reference


@pytest.mark.parametrize(
    ("pages", "shown"),
    [
        ("254-256", "254-6"),
        ("254–256", "254-6"),
        ("254-6", "254-6"),
        ("99-101", "99-101"),
        ("S12-S17", "S12-7"),
        ("S9-S10", "S9-S10"),
        ("S1-T9", "S1-T9"),
        ("12-12", "12-12"),
        ("19-12", "19-12"),
        ("xii-xv", "xii-xv"),
        ("1-3,7-9", "1-3, 7-9"),
        ("7", "7"),
    ],
)
def test_pages_are_shortened(pages, shown):
    assert vancouver({"title": "T", "container-title": "J", "page": pages}) == f"T. J. {shown}."


@pytest.mark.parametrize(
    ("edition", "shown"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"), ("12", "12th"), ("21", "21st")],
)
def test_editions_are_written_as_ordinals(edition, shown):
    assert vancouver({"type": "book", "title": "T", "edition": edition}) == f"T. {shown} ed."


_ODD = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(["2001", "<b><i>", "&#0;", "²", "-", "1–", "?", "\ue000", "x" * 9_999, 0, -1, 2.5, True]),
)
_VALUES = st.recursive(
    _ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["family", "given", "literal", "date-parts", "raw"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)
_MEMBERS = [
    "title",
    "author",
    "editor",
    "container-title",
    "container-title-short",
    "volume",
    "issue",
    "page",
]
_MORE = [
    "type",
    "number",
    "edition",
    "publisher",
    "publisher-place",
    "genre",
    "issued",
    "accessed",
    "URL",
    "id",
]


@settings(max_examples=settings().max_examples // 2, deadline=None)
@given(st.dictionaries(st.sampled_from(_MEMBERS + _MORE), _VALUES), st.sampled_from(sorted(TYPES)))
def test_any_record_becomes_one_line_of_plain_text(csl, kind):
    for record in (csl, csl | {"type": kind}):
        shown = vancouver(record)

        assert " ".join(shown.split()) == shown
        assert "Available from" not in shown
        assert "\ue000" not in shown


def test_only_six_of_many_authors_are_named():
    assert vancouver({"author": [WANG] * 100_000, "title": "T"}).count("Wang CH") == 6


def test_references_made_in_parallel_equal_those_made_in_turn():
    works = [{"author": [LI] * (n % 9), "title": f"Work {n}", "page": f"{n}-{n + 1}"} for n in range(24)]
    alone = [vancouver(work) for work in works]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(vancouver, works))

    assert together == alone


def test_the_citation_processor_is_not_imported_at_start():
    code = "import sys, django; django.setup(); import wiki.urls; print('citeproc' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split()[-1] == "False"


PAGE = PageCitation(
    title="Calcium & bone: 100% of {what} we\nknow",
    url="https://example.org/wiki/calcium_bone/?version=7",
    version=7,
    authors=("Ines Albrecht", "Tomás Rey and Sons"),
    standing="Whole page reviewed by Dr A. Example",
    date=datetime.date(2026, 5, 3),
    accessed=datetime.date(2026, 11, 22),
)


def test_a_page_is_cited_in_words():
    assert as_text(PAGE) == (
        "Ines Albrecht, Tomás Rey and Sons. Calcium & bone: 100% of {what} we know. Causeway. "
        "Version 7. Whole page reviewed by Dr A. Example. 3 May 2026. Accessed 22 Nov 2026. "
        "https://example.org/wiki/calcium_bone/?version=7"
    )
    assert as_text(replace(PAGE, authors=())).startswith("Calcium & bone")
    assert "Version 7. Starter content. 3 May" in as_text(replace(PAGE, standing="Starter content"))


def test_a_page_is_cited_in_bibtex():
    assert bibtex(PAGE) == (
        "@misc{causeway-calcium-bone-100-percent-v7,\n"
        "  title = {{Calcium \\& bone: 100\\% of \\{what\\} we know}},\n"
        "  author = {{Ines Albrecht} and {Tomás Rey and Sons}},\n"
        "  year = {2026},\n"
        "  month = {5},\n"
        "  howpublished = {Causeway},\n"
        "  note = {Version 7. Whole page reviewed by Dr A. Example, accessed 22 Nov 2026},\n"
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
        "N1  - Version 7. Whole page reviewed by Dr A. Example",
        "UR  - https://example.org/wiki/calcium_bone/?version=7",
        "Y2  - 2026/11/22",
        "ID  - causeway-calcium-bone-100-percent-v7",
        "ER  - ",
    ]
    assert ris(replace(PAGE, title="T\r\nER  - \r\nTY  - X")).count("\r\n") == 13
