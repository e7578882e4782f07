"""Files as reference programs and services write them: every fact of a work is found, by whichever door."""

from pathlib import Path

import pytest

from wiki.text.sources.formats.raw import BadRecord, JournalNotice
from wiki.text.sources.records import MOST_WORKS, read
from wiki.text.sources.references import vancouver

PASTED = Path(__file__).parent / "pasted"

# File → for each work what names it, and how its reference reads.
WORKS = {
    "chapters-of-one-book.ris": [
        (
            ["ref:isbn9780306406157.p1"],
            "Smith A. Chapter one on calcium. In: The Made Up Handbook. Oxford: Press; 2019. p. 1-9.",
        ),
        (
            ["ref:isbn9780306406157.p99"],
            "Jones B. Chapter nine on bleeding. In: The Made Up Handbook. Oxford: Press; 2019. p. 99-120.",
        ),
    ],
    "identity-learned-later.nbib": [
        (
            ["doi:10.5555/doifirst.1", "pmid:31888881"],
            "Smith A. Made up doi-first article for a test. J Test. 2020.",
        ),
    ],
    "endnote.enw": [
        (
            ["doi:10.1234/abc"],
            "Smith JA, World Health Organization. A study of calcium: made up for a test. "
            "Journal of Testing. 2020;3(2):101-9.",
        ),
        (
            ["ref:isbn9780306406157.p7"],
            "van der Berg J. Chapter one, which goes on. In: Ed E, editor. The Made Up Handbook. 2nd ed. "
            "London: Press; 1999. p. 7-9.",
        ),
    ],
    "pubmed-retracted.nbib": [
        (
            ["doi:10.5555/test.retr.1", "pmid:31999991"],
            "Smith AM, TESTING Group Investigators. A trial that its journal retracted: made up for a test. "
            "J Test. 2020;12(3):e1234.",
        ),
    ],
    "pubmed-book.xml": [
        (
            ["pmid:20301500"],
            "Smith A. Disease X. In: Ed E, editor. Reviews of Tests. Testville: University of Testing; 1993.",
        ),
    ],
    "crossref-csl.json": [
        (["doi:10.1234/abc"], "Smith A, STUDY Group. A title with & 2. J Test. 2020;12(3):e1."),
    ],
    "crossref-subtitle.json": [(["doi:10.1234/abc"], "Main title: A randomised trial. J. 2019.")],
    "bibtex-addresses.bib": [
        (["doi:10.1234/a--b_c"], "Smith A. Title a. J Test. 2020."),
        (
            ["url:https://people.example.org/~smith/a--b/c%20d_e?x=1&y=2#s"],
            "Smith A. Title b [Internet]. 2020.",
        ),
        (
            ["doi:10.1002/(sici)1097-0142(19960315)77:6<1100::aid-xx16>3.0.co;2-#"],
            "Smith A. Title c. J Test. 2020.",
        ),
    ],
    "bibtex-textless.bib": [
        (
            ["doi:10.1175/1520-0477(1998)079<0061:test>2.0.co;2"],
            "Smith A. Mortality with p < 0.05 and HbA1c >7% | a cohort. J Test. 2020.",
        ),
    ],
    "bibtex-duplicate-field.bib": [([], "Smith A. Title. 2020.")],
    "endnote.ris": [(["doi:10.1234/xyz"], "Smith A. Title. J Test. 2020;12(4):e1234.")],
    "zotero-export.bib": [
        (
            ["doi:10.1016/s0140-6736(99)00001-1", "pmid:12345678", "pmc:PMC1234567"],
            "Smith AM, TESTING Group, O'Neil É. Effect of β-blockers on IL-6: a randomised trial in "
            "HLA-B*57:01 carriers. Journal of Testing. 2020;12(3):1-9.",
        ),
        (
            ["ref:isbn9780306406157.p99"],
            "Jones B. Chapter. In: Green C, editor. Book. 2nd ed. Oxford: Press; 2019. p. 99-120.",
        ),
        (
            ["url:https://www.who.example/report?x=a~b&y=1%202"],
            "World Health Organization. Report [Internet]. Geneva: World Health Organization; 2021. "
            "Report WHO/TEST/21.1.",
        ),
        (
            ["url:https://www.nice.example/guidance/ng1"],
            "NICE guideline | Overview [Internet]. [cited 2024 May 6].",
        ),
        ([], "Müller J. Über Kalk. Universität; 1999."),
    ],
}


@pytest.mark.parametrize("name", WORKS)
def test_every_work_of_a_file_is_found_whole(name):
    works = read((PASTED / name).read_text())

    assert [([one.key for one in work.ids], vancouver(work.csl)) for work in works] == WORKS[name]
    assert works.failed == ()


def test_every_sample_file_has_an_expected_value():
    assert {path.name for path in PASTED.iterdir()} == set(WORKS)


NOTICES = (JournalNotice("retraction", "", "pmid:31999992"), JournalNotice("concern", "", "pmid:31999989"))


def test_notices_are_read_from_the_pubmed_format():
    (work,) = read((PASTED / "pubmed-retracted.nbib").read_text())

    assert work.notices == NOTICES


XML = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31999991</PMID><Article>
<ArticleTitle>A trial.</ArticleTitle><PublicationTypeList><PublicationType>{type}</PublicationType>
</PublicationTypeList></Article><CommentsCorrectionsList>
<CommentsCorrections RefType="RetractionIn"><PMID>31999992</PMID></CommentsCorrections>
<CommentsCorrections RefType="ExpressionOfConcernIn"><PMID>31999989</PMID></CommentsCorrections>
</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def test_notices_are_read_from_pubmed_xml():
    (work,) = read(XML.format(type="Retracted Publication"))

    assert work.notices == NOTICES


@pytest.mark.parametrize(
    "record",
    [
        "PMID- 1\nTI  - A trial.\nPT  - Retracted Publication",
        XML.format(type="Retracted Publication").replace("RetractionIn", "Cites").replace("OfConcernIn", ""),
        '{"title": "RETRACTED: A trial", "DOI": "10.1234/a"}',
        '{"title": "[Retracted] A trial", "DOI": "10.1234/a"}',
        "@article{a, title={RETRACTED ARTICLE: A trial}, doi={10.1234/a}}",
        "TY  - JOUR\nTI  - Withdrawn: A trial\nDO  - 10.1234/a\nER  - ",
        "TY  - JOUR\nTI  - A trial\nN1  - Retraction in: J. 2021. PMID: 3\nER  - ",
        "TY  - JOUR\nTI  - A trial (Retracted article. See vol. 5, 2021)\nER  - ",
        "@article{a, title={Notice of Retraction: A trial}}",
        "@article{a, title={A trial}, note={Retracted}}",
        "PMID- 1\nTI  - A trial.\nRRI - J. PMID: 2",
        XML.format(type="Letter")
        .replace("RetractionIn", "RetractedandRepublishedIn")
        .replace("OfConcernIn", ""),
        '{"title": "A trial", "is_retracted": true}',
        '{"title": "A trial", "updated-by": [{"type": "Retraction", "DOI": "10.1/2"}]}',
    ],
)
def test_a_retraction_is_recognised_in_every_format(record):
    (work,) = read(record)

    assert [one.nature for one in work.notices] == ["retraction"]


@pytest.mark.parametrize(
    "title",
    [
        "Retracted eyelids in Graves disease",
        "Withdrawn infants: a cohort",
        "Removed",
        "Citations of papers (retracted articles included)",
        "Notice of retraction in journals",
    ],
)
def test_a_title_about_something_retracted_is_no_notice(title):
    (work,) = read(f"@article{{a, title={{{title}}}, doi={{10.1234/a}}}}")

    assert work.notices == ()


def test_a_chapter_keeps_the_isbn_of_its_book_and_is_not_named_by_it():
    (work,) = read(
        '{"type": "book-chapter", "title": "C", "container-title": ["B"], "DOI": "10.1/x",'
        ' "ISBN": ["9780306406157"], "page": "3-4"}'
    )

    assert [one.key for one in work.ids] == ["ref:isbn9780306406157.p3"]
    assert work.csl["ISBN"] == "9780306406157"


def test_an_unknown_field_is_reported():
    (work,) = read("TY  - JOUR\nTI  - A title\nZZ  - Something odd\nKW  - calcium\nER  - ")

    assert work.unread == ("ZZ: Something odd",)


def test_tags_of_endnote_say_what_those_of_ris_say():
    works = read((PASTED / "endnote.enw").read_text())

    assert [one.nature for one in works.works[0].notices] == ["retraction"]
    assert works.works[0].csl["author"][1] == {"literal": "World Health Organization"}
    (odd,) = read("%0 Journal Article\n%T A title\n%# Something odd")
    assert odd.unread == ("ZZ: %# Something odd",)


def test_an_unreadable_entry_is_reported_with_its_line():
    works = read(
        "@article{a, title={One}, doi={10.1234/a}}\n\n@article{b, title={Two\n\n@article{c, title={Three}}"
    )

    assert [work.title for work in works] == ["One", "Three"]
    assert works.failed == ("Line 3 was not read. This entry is not closed or not well formed.",)


def test_two_entries_of_one_key_are_two_works():
    works = read("@article{a, title={One}}\n@article{a, title={Two}}")

    assert [work.title for work in works] == ["One", "Two"]


def test_works_beyond_the_limit_are_reported():
    works = read("\n".join(f"@article{{a{n}, title={{T{n}}}}}" for n in range(MOST_WORKS + 2)))

    assert len(works) == MOST_WORKS
    assert f"Only the first {MOST_WORKS} works were read" in works.failed[0]


def test_an_unknown_latex_macro_is_kept():
    (work,) = read(r"@article{a, title={A \unheard{of} word and $\beta$-blockers, 5 {\textmu}g \& more}}")

    assert "unheard" in work.title
    assert "β-blockers, 5 µg & more" in work.title


def test_xml_with_entities_of_its_own_is_not_read():
    with pytest.raises(BadRecord):
        read('<!DOCTYPE a [<!ENTITY x "y">]><PubmedArticleSet><PubmedArticle/></PubmedArticleSet>')


def test_the_preprint_of_a_published_article_is_not_its_identifier():
    preprint = "eprint={2001.01234}, archiveprefix={arXiv}"
    (published,) = read(f"@article{{a, title={{T}}, journal={{J}}, pmid={{7}}, {preprint}}}")
    (posted,) = read(f"@article{{a, title={{T}}, journal={{arXiv preprint arXiv:2001.01234}}, {preprint}}}")

    assert [one.key for one in published.ids] == ["pmid:7"]
    assert published.unread == ("eprint: arxiv 2001.01234",)
    assert [one.key for one in posted.ids] == ["doi:10.48550/arxiv.2001.01234"]
