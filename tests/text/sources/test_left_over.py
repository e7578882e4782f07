"""What a record holds and its reference does not is told, in every format; what is kept is not told."""

import json

import pytest

from wiki.text.sources.formats.raw import MOST_PEOPLE
from wiki.text.sources.records import read
from wiki.text.sources.references import vancouver


def _bibtex(fields, kind="article"):
    return f"@{kind}{{key,\n  title={{T}}, {fields}\n}}"


def _ris(*lines, kind="JOUR"):
    return "\n".join([f"TY  - {kind}", "TI  - T", *lines, "ER  - "])


def _nbib(*lines):
    return "\n".join(["PMID- 1", "TI  - T.", *lines])


def _xml(article="", after="", book=None):
    if book is not None:
        inner = f"<PubmedBookArticle><BookDocument><PMID>1</PMID>{book}</BookDocument></PubmedBookArticle>"
    else:
        inner = (
            "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle>"
            f"{article}</Article>{after}</MedlineCitation></PubmedArticle>"
        )
    return f'<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet>{inner}</PubmedArticleSet>'


def _tie(kind):
    return (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>J</RefSource>'
        "<PMID>4</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )


def _csl(**fields):
    return json.dumps({"title": "T"} | fields)


@pytest.mark.parametrize(
    ("record", "unread"),
    [
        (_bibtex("howpublished={Poster}"), ["howpublished: Poster"]),
        (_bibtex("howpublished={Available at: \\url{https://a.example/x}}"), []),
        (_bibtex("number={7}, issue={Spring}"), ["number: 7"]),
        (_bibtex("number={7}, series={S}", "book"), ["number: 7", "series: S"]),
        (_ris("N1  - Export Date: 1 May 2021"), []),
        (_ris("T2  - Series", kind="BOOK"), ["T2: Series"]),
        (_bibtex("publisher={P}, institution={I}", "report"), ["institution: I"]),
        (_bibtex("school={U}, type={PhD thesis}", "phdthesis"), ["type: PhD thesis"]),
        (_bibtex("chapter={7}, pubstate={inpress}"), ["chapter: 7", "pubstate: inpress"]),
        (_bibtex("eprint={23456}, eprinttype={jstor}"), ["eprint: jstor 23456"]),
        (_bibtex("doi={10.1234}, isbn={123}"), ["DOI: 10.1234", "ISBN: 123"]),
        (_bibtex("isbn={0-306-40615-2, 978-1-86197-876-9}", "book"), ["ISBN: 9781861978769"]),
        (_bibtex("isbn={0-306-40615-2, 978-0-306-40615-7}", "book"), []),
        (_bibtex("crossref={gone}", "incollection"), ["crossref: gone does not stand in what you pasted"]),
        (_bibtex("journal={J Test}, shortjournal={JT}, volume={1}, number={2}, eid={e3}, year=2020"), []),
        (_ris("VL  - 1", "VL  - 2", "ZZ  - a", "ZZ  - b"), ["VL: 2", "ZZ: a", "ZZ: b"]),
        (_ris("T1  - Another title", "A2  - Ed, E"), ["A2: Ed, E", "T1: Another title"]),
        (_ris("A2  - Ed, E", "M1  - 4", kind="CHAP"), ["M1: 4"]),
        (_ris("M3  - PhD", kind="THES"), ["M3: PhD"]),
        (_ris("M3  - Article", "M1  - 10.1234/a", "SN  - 1234-5678", "JF  - Journal", "JA  - J"), []),
        (_ris("DO  - 10.1234/a and 10.1234/b"), ["DOI: 10.1234/a and 10.1234/b"]),
        (_ris("DO  - 10.1234/a", "DO  - 10.1234/b"), ["DOI: 10.1234/b"]),
        (_ris("C2  - weird"), ["C2: weird"]),
        (_nbib("BTI - B.", "AID - NBK1421 [bookaccession]"), ["bookaccession: NBK1421"]),
        (_nbib("VTI - Titel.", "CTI - Set"), ["CTI: Set", "VTI: Titel."]),
        (_nbib("ROF - J. PMID: 4"), ["ROF: This is a notice of retraction on J. PMID: 4"]),
        (_nbib("", "on its own"), ["In no field: on its own"]),
        (_nbib("JT  - Journal", "TA  - J", "VI  - 1", "IP  - 2", "PG  - 3-9"), []),
        (_xml("<VernacularTitle>Titel.</VernacularTitle>"), ["VernacularTitle: Titel."]),
        (
            _xml('<AuthorList CompleteYN="N"><Author><LastName>A</LastName></Author></AuthorList>'),
            ["author: and others"],
        ),
        (
            _xml(after=_tie("RetractionOf")),
            ["RetractionOf: This is a notice of retraction on J PMID: 4"],
        ),
        (_xml(after=_tie("UpdateIn")), ["UpdateIn: A later version is J PMID: 4"]),
        (
            _xml(
                book="<Book><BookTitle>B</BookTitle><ReportNumber>R-5</ReportNumber>"
                "<CollectionTitle>C</CollectionTitle></Book>"
            ),
            ["CollectionTitle: C", "ReportNumber: R-5"],
        ),
        (
            _csl(**{"update-to": [{"type": "retraction", "DOI": "10.1/a"}]}),
            ["update-to: This is a notice of retraction on 10.1/a"],
        ),
        (
            _csl(relation={"is-preprint-of": [{"id": "10.1/p"}], "cites": [{"id": "10.1/c"}]}),
            ["relation: is-preprint-of 10.1/p"],
        ),
        (
            _csl(title=["T", "Other"], **{"original-title": ["Titel"]}),
            ["original-title: Titel", "title: Other"],
        ),
        (_csl(PMID=12345678901, URL="ftp://x.example/z"), ["PMID: 12345678901", "URL: ftp://x.example/z"]),
        (_csl(translator=[{"family": "Tr", "given": "X"}]), ["translator: Tr X"]),
        (_csl(type="book-chapter", **{"container-title": ["Series", "Book"]}), ["container-title: Series"]),
        (_csl(type="report", institution=[{"name": "I"}]), []),
        (
            _csl(author=[{"family": "A"}] * (MOST_PEOPLE + 1)),
            [f"author: only the first {MOST_PEOPLE} were read"],
        ),
        (
            _bibtex("author={" + " and ".join(["A, B"] * (MOST_PEOPLE + 1)) + "}"),
            [f"author: only the first {MOST_PEOPLE} were read"],
        ),
    ],
)
def test_what_the_reference_does_not_say_is_told(record, unread):
    (work,) = read(record)

    assert sorted(work.unread) == unread


@pytest.mark.parametrize(
    ("record", "reference"),
    [
        (_bibtex("author={family=Beek, given=Jan, prefix=van der and {WHO}}"), "van der Beek J, WHO. T."),
        (_bibtex(r"journal={CO\(_2\) J}"), "T. CO₂ J."),
        (_ris("AU  - Smith, A; Jones, B"), "Smith A, Jones B. T."),
        (_ris("JO  - J Test", "JF  - Journal of Testing"), "T. Journal of Testing."),
        ("TY  -JOUR\nTI  -T4 cells\nII- and more\nAU  -Smith, A\nER  -", "Smith A. T4 cells II- and more."),
        ("TY\u00a0 - JOUR\nTI\u00a0 - T\nER\u00a0 -", "T."),
        ("PMID- 1\nTI  - A title\n that goes on.\n\nFAU - Smith, J", "Smith J. A title that goes on."),
        (_nbib("FAU - Smith, Ann", "AU  - Smith A", "CN  - Us", "FAU - Li, B"), "Smith A, Us, Li B. T."),
        (_xml("<VernacularTitle/>").replace("<ArticleTitle>T<", "<ArticleTitle>[Über µ.]<"), "[Über µ]."),
        (
            _xml(
                book="<Book><BookTitle>B</BookTitle></Book><ArticleTitle>C</ArticleTitle>"
                "<AuthorList><Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>"
            ),
            "The Group. C. In: B.",
        ),
    ],
)  # fmt: skip
def test_the_same_facts_are_read_in_every_form(record, reference):
    (work,) = read(record)

    assert vancouver(work.csl) == reference


def test_a_chapter_finds_its_book_by_a_key_in_other_letters():
    (chapter, _) = read(
        "@incollection{c, title={C}, crossref={BOOK1}}\n"
        "@book{book1, title={B}, subtitle={S}, volume=3, publisher={P}}"
    )

    assert vancouver(chapter.csl) == "C. In: B: S. P."
    assert chapter.csl["volume"] == "3"


@pytest.mark.parametrize(
    "record",
    [
        _bibtex("keywords={calcium, Retracted Publication}"),
        _csl(keyword="calcium; retracted article"),
        _csl(note="Retracted: yes"),
        _csl(status="Retracted"),
        _ris("KW  - Retracted Publication"),
        _ris("N1  - Publication Type: Retracted Publication"),
        _ris("N1  - Retracted: see 10.1000/notice"),
        _csl(note="Retracted: PMID 31999992"),
        _nbib("OT  - Retracted Publication"),
        _xml(after="<KeywordList><Keyword>Retracted Publication</Keyword></KeywordList>"),
    ],
)
def test_a_retraction_among_keywords_and_notes_is_recognised(record):
    (work,) = read(record)

    assert [one.nature for one in work.notices] == ["retraction"]


@pytest.mark.parametrize("words", ["Two retracted articles were left out", "retracted eyelids"])
def test_a_note_that_speaks_of_something_retracted_is_no_notice(words):
    (work,) = read(_csl(note=words, keyword=words))

    assert work.notices == ()
