"""Every field of every format is kept with the work, listed as not taken over, or told with its line."""

import json
from dataclasses import asdict

import pytest

from wiki.text.sources.formats import bibtex, csl_json, nbib, ris
from wiki.text.sources.formats.raw import LONGEST_FIELD
from wiki.text.sources.records import read


def _words_of(names):
    return {name: f"zq{''.join(filter(str.isalnum, name)).lower()}w" for name in sorted(names)}


BIBTEX = _words_of(bibtex._READ | bibtex._NEEDLESS | {"unheard"})
RIS = _words_of((ris._READ | ris._NEEDLESS | {"ZZ"}) - {"TY", "ER"})
NBIB = _words_of((nbib._READ | nbib._NEEDLESS | nbib._NOTICES.keys() | {"ZZZ"}) - {"PMID"})
CSL = _words_of(csl_json._READ | csl_json._NEEDLESS | {"unheard"})
XML = _words_of(
    """
    ArticleTitle VernacularTitle Journal/Title Journal/ISOAbbreviation Journal/JournalIssue/Volume
    Journal/ISSN Journal/JournalIssue/Issue Journal/JournalIssue/PubDate/MedlineDate
    Journal/JournalIssue/PubDate/Season
    Pagination/MedlinePgn Pagination/StartPage Pagination/EndPage ELocationID Abstract/AbstractText Language
    AuthorList/Author/LastName AuthorList/Author/ForeName AuthorList/Author/Suffix AuthorList/Author/Initials
    AuthorList/Author/AffiliationInfo/Affiliation AuthorList/Author/Identifier Unheard Unheard/Deeper
    PublicationTypeList/PublicationType GrantList/Grant/Agency ArticleDate/Year
    """.split()  # noqa: SIM905
)
XML_BOOK = _words_of(
    """
    ArticleTitle Book/BookTitle Book/Publisher/PublisherName Book/Publisher/PublisherLocation Book/Edition
    Book/Volume Book/Isbn Book/CollectionTitle Book/VolumeTitle Book/ReportNumber Book/Medium
    Book/PubDate/Season Book/AuthorList/Author/CollectiveName Abstract/AbstractText Unheard
    """.split()  # noqa: SIM905
)


def _bibtex(kind):
    fields = ", ".join(f"{name}={{{word}}}" for name, word in BIBTEX.items())
    return f"@{kind}{{k, doi={{10.1234/abc}}, {fields}}}"


def _ris(kind):
    fields = "".join(f"{tag}  - {word}\n" for tag, word in RIS.items())
    return f"TY  - {kind}\nDO  - 10.1234/abc\nUR  - https://a.example/1\n{fields}ER  - "


def _nbib(left_out):
    fields = (f"{tag.ljust(4)}- {word}" for tag, word in NBIB.items() if tag not in left_out)
    return "\n".join(["PMID- 1", *fields])


def _csl(put):
    fields = {name: word if name in ("title", "DOI") else put(word) for name, word in CSL.items()}
    return json.dumps({"DOI": "10.1234/abc"} | fields)


def _xml(words, outer, inner):
    def element(path, word):
        tag, _, rest = path.partition("/")
        return f"<{tag}>{element(rest, word) if rest else word}</{tag}>"

    elements = "".join(element(path, word) for path, word in words.items())
    return f"<PubmedArticleSet><{outer}><{inner}>{elements}</{inner}></{outer}></PubmedArticleSet>"


ARTICLE = _xml(XML, "PubmedArticle", "MedlineCitation").replace(
    "<MedlineCitation>", "<MedlineCitation><PMID>1</PMID><Article>"
)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        *((_bibtex(kind), BIBTEX) for kind in ("article", "book", "incollection", "misc", "report")),
        *((_ris(kind), RIS) for kind in ("JOUR", "BOOK", "CHAP", "RPRT")),
        (_nbib({"BTI"}), NBIB.keys() - {"BTI"}),
        (_nbib({"FAU", "FED"}), NBIB.keys() - {"FAU", "FED"}),
        *(
            (_csl(put), CSL)
            for put in (str, lambda word: [word], lambda word: [{"name": word}], lambda word: {"raw": word})
        ),
        (ARTICLE.replace("</MedlineCitation>", "</Article></MedlineCitation>"), XML),
        (_xml(XML_BOOK, "PubmedBookArticle", "BookDocument"), XML_BOOK),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_every_word_of_a_record_is_kept_or_told(record, words):
    pasted = read(record)

    told = json.dumps([asdict(one) for one in pasted.works], ensure_ascii=False) + " ".join(pasted.failed)
    of = _words_of(words)
    assert [name for name, word in of.items() if word not in told.lower()] == []


@pytest.mark.parametrize(
    ("record", "unread", "needless"),
    [
        (
            "@article{k, title={T}, doi={10.1234/a}, url={https://a.example/full-text}}",
            ["url: https://a.example/full-text"],
            [],
        ),
        ("@article{k, title={T}, doi={10.1234/a}, url={https://doi.org/10.1234/A}}", [], []),
        ("@article{k, title={T}, year=2020, year=2021}", ["year: 2021"], []),
        (
            "@misc{k, title={T}, abstract={" + "a " * LONGEST_FIELD + "}}",
            [],
            ["abstract: " + ("a " * 100).strip()[:199] + " …"],
        ),
        (
            json.dumps({"title": "T", "author": [{"family": "Li", "ORCID": "0000-0001", "rank": "Dr"}]}),
            ["author: Dr"],
            ["ORCID: 0000-0001"],
        ),
    ],
)
def test_what_a_reference_cannot_hold_is_told_apart(record, unread, needless):
    (work,) = read(record)

    assert (list(work.unread), list(work.needless)) == (unread, needless)


def test_the_end_of_a_long_field_is_told():
    (work,) = read(json.dumps({"title": "T " * LONGEST_FIELD}))

    assert work.unread == (f"title: only the first {LONGEST_FIELD} characters were read",)
