"""Records and identifiers as few write them."""

import re

import pytest

from wiki.text.sources.formats import nbib, ris
from wiki.text.sources.formats.raw import BadRecord, Failed, JournalNotice, inverted, notice
from wiki.text.sources.identifiers import parse
from wiki.text.sources.mentions import identifiers_in
from wiki.text.sources.records import read
from wiki.text.sources.references import vancouver


@pytest.mark.parametrize(
    ("address", "key"),
    [
        # The number of PMC's own host stands without its letters.
        ("https://pmc.ncbi.nlm.nih.gov/articles/3012345/", "pmc:PMC3012345"),
        # A search at PubMed for words names no work.
        (
            "https://pubmed.ncbi.nlm.nih.gov/?term=calcium",
            "url:https://pubmed.ncbi.nlm.nih.gov/?term=calcium",
        ),
        ("https://www.ncbi.nlm.nih.gov/pubmed?term=22327515", "pmid:22327515"),
        ("https://example.org/./a/../b", "url:https://example.org/b"),
    ],
)
def test_an_address_names_the_work_or_itself(address, key):
    assert parse(address).key == key


def test_a_number_with_a_wrong_check_digit_is_no_mention():
    assert identifiers_in("ISBN 978-3-16-148410-1") == []
    assert [one.key for one in identifiers_in("ISBN 978-3-16-148410-0")] == ["isbn:9783161484100"]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Smith, Jr, John", {"family": "Smith", "given": "John", "suffix": "Jr"}),
        ("Smith, John, Jr", {"family": "Smith", "given": "John", "suffix": "Jr"}),
    ],
)
def test_a_suffix_may_stand_before_or_behind_the_given_name(name, person):
    assert inverted(name) == person


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("Lancet 2010. doi: 10.1016/x. PMID: 20137807.", "pmid:20137807"),
        ("Lancet 2010. doi: 10.1016/x.", "10.1016/x"),
        ("Lancet 2010", "Lancet 2010"),
    ],
)
def test_a_notice_stands_at_its_number_or_at_its_words(words, reference):
    assert notice("retraction", words) == JournalNotice("retraction", "", reference)


def test_a_file_without_a_field_has_no_work():
    assert list(nbib.read("")) == []


def test_a_reference_of_ris_that_says_no_type_is_told_with_its_line():
    (failed,) = ris.read("TI  - Calcium\nER  - \n")

    assert failed == Failed(1, "It does not say what kind of work it is (TY).")


@pytest.mark.parametrize(
    ("text", "works", "failed"),
    [
        ("AU  - Smith, A\nTY  - JOUR\nTI  - T\nAU  - Jones, B\nER  - ", ["Smith A, Jones B. T."], ()),
        ("TI  - T\nAU  - Smith, A\nTY  - JOUR\nER  - \nTY  - JOUR\nTI  - U", ["Smith A. T.", "U."], ()),
        ("TI  - T\nTY  - JOUR\nTI  - U\nER  - ", ["U."], ("Line 1 was not read. It does not say",)),
        ("TY  - JOUR\nTI  - MÃ¼ller\nER  - ", ["MÃ¼ller."], ("“Ã¼” seems to be one letter",)),
    ],
    ids=["author first", "type last", "two works", "encoded twice"],
)
def test_a_reference_of_ris_in_another_order_is_whole(text, works, failed):
    found = read(text)

    assert [vancouver(one.csl) for one in found] == works
    assert len(found.failed) == len(failed)
    assert all(map(str.startswith, found.failed, failed))


def test_the_journal_of_a_book_in_ris_is_its_title_where_it_has_no_other():
    (work,) = read("TY  - BOOK\nT2  - The Handbook\nSN  - 9780306406157\nER  - \n")

    assert (work.csl["type"], work.title) == ("book", "The Handbook")
    assert "container-title" not in work.csl


@pytest.mark.parametrize(
    "text",
    [
        "<PubmedArticleSet><PubmedBookArticle></PubmedBookArticle></PubmedArticleSet>",
    ],
)
def test_a_record_that_holds_nothing_is_refused(text):
    with pytest.raises(BadRecord):
        read(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<?xml version='1.0'?><xml><records><record/></records></xml>", "EndNote’s XML"),
        ("<modsCollection><mods/></modsCollection>", "MODS"),
        ("RT Journal Article\r\nA1 Smith, J\r\nT1 T\r\n", "RefWorks"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Smith, J\nER\nEF", "Web of Science"),
    ],
)
def test_a_format_that_is_not_read_is_named(text, name):
    with pytest.raises(BadRecord, match=f"This is .*{name}.* Export it as RIS"):
        read(text)


def test_what_is_no_entry_of_bibtex_is_told_with_its_line():
    told = read("@string{x={a}}\n@string{x={b}}\n@preamble{@preamble{\n@article{a, title={T}}")
    unread = "This entry is not closed or not well formed."

    assert [work.title for work in told] == ["T"]
    assert told.failed == (f"Line 2 was not read. {unread}", f"Line 3 was not read. {unread}")


def test_a_preprint_is_no_article_of_a_journal():
    kinds = [
        read(f'[{{"type": "article-journal", "title": "T", "types": {types}}}]').works[0].csl["type"]
        for types in ('["Preprint"]', '["Review"]')
    ]

    assert kinds == ["article", "article-journal"]


def test_the_publishers_number_of_an_article_names_the_work():
    (work,) = read("PMID- 22327515\nTI  - Calcium\nLID - S0140-6736(10)60175-4 [pii]\n")

    assert [one.scheme for one in work.ids] == ["pmid", "pii"]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        (
            r"{BRCA1} and {$\alpha$-synuclein}: {\em in vitro} 5\% \& more",
            "BRCA1 and α-synuclein: in vitro 5% & more",
        ),
        (r"Ca$^{2+}$ and H$_2$O at p $<$ 0.05", "Ca²⁺ and H₂O at p < 0.05"),
        (r"IL-2R\textalpha{} in a T{\'e}st", "IL-2Rα in a Tést"),
        ("{A {Nested} {BRACED} title of IL-6}", "A Nested BRACED title of IL-6"),
        # No LaTeX: prices, a set, a path, a share.
        ("Costs of $5 and $10 in the set {1, 2}", "Costs of $5 and $10 in the set {1, 2}"),
        (r"C:\temp and 50% off _x_", r"C:\temp and 50% off _x_"),
    ],
)
def test_latex_in_ris_is_read_as_letters_and_nothing_else_is(title, read_as):
    (work,) = read(f'TY  - JOUR\nAU  - M{{\\"u}}ller, J\nTI  - {title}\nDO  - 10.1000/a\\_b\nER  - ')

    assert (work.csl["title"], work.csl["author"][0]["family"]) == (read_as, "Müller")
    assert work.ids[0].key == "doi:10.1000/a_b"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Smith J and Jones A", ["Smith, J", "Jones, A"]),
        ("Smith J; Jones AB", ["Smith, J", "Jones, A B"]),
        ("Smith JA, Jones A and Brown B", ["Smith, J A", "Jones, A", "Brown, B"]),
        ("Smith, J and Jones A and others", ["Smith, J", "Jones, A", "others"]),
        ("van der Berg JA and O'Brien K", ["van der Berg, J A", "O'Brien, K"]),
        (r"{\O}stergaard A and M{\"u}ller B", ["Østergaard, A", "Müller, B"]),
        # Capitals may be a family, what stands in braces is an organisation, and initials may come first.
        ("Wei LI and Bo XU", ["LI, Wei", "XU, Bo"]),
        ("{Group A} and Smith J", ["Group A", "Smith, J"]),
        ("J Smith and A. B. Jones", ["Smith, J", "Jones, A. B."]),
        ("John Smith III and Jones, Ann", ["Smith, John, III", "Jones, Ann"]),
    ],
)
def test_bibtex_names_with_initials_behind_the_family_are_read(written, people):
    (work,) = read(f"@article{{a, author={{{written}}}, title={{T}}, journal={{J}}, year=2020}}")

    assert [_shown(one) for one in work.csl["author"]] == [one for one in people if one != "others"]
    assert ("author: and others" in work.unread) == ("others" in people)


def _shown(person):
    family = f"{person.get('non-dropping-particle', '')} {person.get('family', '')}".strip()
    return person.get("literal") or ", ".join(
        filter(None, (family, person.get("given"), person.get("suffix")))
    )


def test_a_date_that_is_not_exact_is_told():
    text = '[{"type":"book","title":"T","issued":{"date-parts":[[1999]],"circa":%s}}]'

    assert read(text % "true").works[0].unread == ("issued: circa",)
    assert read(text % "false").works[0].unread == ()


@pytest.mark.parametrize("tag", ["C1", "C2", "C3", "U1"])
def test_a_pubmed_number_with_its_name_is_read_in_any_field_of_ris(tag):
    (work,) = read(f"TY  - JOUR\nTI  - T\nJO  - J\nPY  - 2020\n{tag}  - PMID: 12345678\nER  - ")

    assert [one.key for one in work.ids] == ["pmid:12345678"]


@pytest.mark.parametrize(
    ("text", "kind", "reference"),
    [
        (
            "ty  - jour\nti  - T\nau  - Smith, J\npy  - 2020\nt2  - J\ner  - \n",
            "article-journal",
            "Smith J. T. J. 2020.",
        ),
        ("Ty  - Jour\nTi  - T\nAu  - Smith, J\nPy  - 2020\nEr  - \n", "article-journal", "Smith J. T. 2020."),
        ("ty - chap\nti - T\nau - Smith, J\npy - 2020\ner -\n", "chapter", "Smith J. T. 2020."),
        ("TY  - book\nTI  - T\nPY  - 2020\nER  - \n", "book", "T. 2020."),
        ("TY  - JOUR\nTI  - T\nau  - Smith, J\nER  -\n", "article-journal", "Smith J. T."),
        ("TY   - JOUR\nTI   - T\nAU   - Smith, J\nER   -\n", "article-journal", "Smith J. T."),
        (
            "ty - jour\nti - Relation of\nto - from in trauma\ner -\n",
            "article-journal",
            "Relation of to - from in trauma.",
        ),
        (
            "TY  - JOUR\nTI  - What calcium\nis - in short\nER  -\n",
            "article-journal",
            "What calcium is - in short.",
        ),
    ],
)
def test_tags_and_types_of_ris_may_stand_in_small_letters(text, kind, reference):
    (work,) = read(text)

    assert (work.csl["type"], vancouver(work.csl), work.unread) == (kind, reference, ())


def test_works_of_ris_in_small_letters_are_apart():
    assert [one.title for one in read("ty  - jour\nti  - A\ner  -\nty  - book\nti  - B\ner  -\n")] == [
        "A",
        "B",
    ]


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ('["2020"]', [2020]),
        ("[2020]", [2020]),
        ('"2020"', [2020]),
        ("2020", [2020]),
        ('["2020-03-01"]', [2020, 3, 1]),
        ('[2020, "3", "01"]', [2020, 3, 1]),
        ('[["2020", "Mar"]]', [2020, 3]),
        ('[["2020-03"]]', [2020, 3]),
    ],
)
@pytest.mark.parametrize("name", ["issued", "accessed", "published-online"])
def test_the_numbers_of_a_date_may_lack_their_inner_list(parts, date, name):
    (work,) = read(f'[{{"type": "webpage", "title": "T", "{name}": {{"date-parts": {parts}}}}}]')

    assert work.csl["accessed" if name == "accessed" else "issued"] == {"date-parts": [date]}
    assert work.unread == ()


@pytest.mark.parametrize("parts", ['["2020-02-03"]', '[["2020", "2", "3"]]', "[2020, 2, 3]"])
def test_the_day_of_a_retraction_is_read_from_text(parts):
    updated = f'{{"type": "retraction", "DOI": "10.1234/x", "updated": {{"date-parts": {parts}}}}}'
    (work,) = read(f'[{{"type": "article-journal", "title": "T", "updated-by": [{updated}]}}]')

    assert [one.on for one in work.notices] == ["2020-02-03"]


@pytest.mark.parametrize("first", ["TY-JOUR", "TY–JOUR"])
def test_ris_without_blanks_before_its_hyphens_is_read(first):
    text = "AU-Smith, J\nTI-Title of it\nbehind-hand\nPY-2020\nDO-10.1000/a-b\nER-\n"

    (work,) = read(f"{first}\n{text}")

    assert (work.csl["title"], work.csl["DOI"]) == ("Title of it behind-hand", "10.1000/a-b")
    assert work.csl["author"] == [{"family": "Smith", "given": "J"}]
    assert work.unread == ()


def test_words_with_a_hyphen_begin_no_field_in_usual_ris():
    (work,) = read("TY  - JOUR\nTI  - On\nCT-guided biopsy\nPY  - 2020\nDO  - 10.1000/x\nER  - \n")

    assert work.csl["title"] == "On CT-guided biopsy"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2000", [2000]),
        ("2000 Feb", [2000, 2]),
        ("2000 Feb 3", [2000, 2, 3]),
        ("2000 Spring", [2000]),
        ("Winter 2000", [2000]),
        ("2000-2001", [2000]),
        ("2000 Nov-Dec", [2000]),
        ("1975 Jan-Jun", [1975]),
        ("2012 Autumn-Winter", [2012]),
        ("2004 Mar 15-21", [2004, 3]),
        ("1999 Jul 28-Aug 3", [1999]),
        ("1998 Dec-1999 Jan", [1998]),
        ("2000 Dec 31-2001 Jan 6", [2000]),
    ],
)
def test_a_span_of_dates_is_the_same_through_each_door(words, date):
    doors = [
        f"PMID- 123456\nTI  - T\nDP  - {words}\n",
        f"TY  - JOUR\nTI  - T\nPY  - {words}\nDO  - 10.1000/x\nER  - \n",
        f"@article{{a, title={{T}}, year={{{words}}}, doi={{10.1000/x}}}}",
        "<PubmedArticle><MedlineCitation><PMID>123456</PMID><Article><Journal><JournalIssue><PubDate>"
        f"<MedlineDate>{words}</MedlineDate></PubDate></JournalIssue></Journal>"
        "<ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
    ]

    works = [work for door in doors for work in read(door)]

    assert [one.csl["issued"] for one in works] == [{"date-parts": [date]}] * 4
    is_whole = re.fullmatch(r"\d{4}( Feb( 3)?)?", words) is not None
    assert [any(words in told for told in one.unread) for one in works] == [not is_whole] * 4
