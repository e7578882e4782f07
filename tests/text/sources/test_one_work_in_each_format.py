"""One work comes with the same facts in whichever format it is pasted."""

import json

import pytest

from wiki.text.sources.records import read

NBIB = """PMID- 31000001
DP  - 2020 Mar 4
TI  - Calcium in the basal ganglia: a cohort study.
PG  - e0123456
VI  - 15
IP  - 3
FAU - van der Berg, Jan H Jr
FAU - O'Neill, Mary-Ann
CN  - Calcium Study Group
JT  - PloS one
TA  - PLoS One
AID - 10.1371/journal.pone.0123456 [doi]
PMC - PMC7000001
PT  - Retracted Publication
"""
RIS = """TY  - JOUR
AU  - van der Berg, Jan H., Jr.
AU  - O'Neill, Mary-Ann
AU  - Calcium Study Group
TI  - RETRACTED: Calcium in the basal ganglia: a cohort study
T2  - PloS one
J2  - PLoS One
PY  - 2020
DA  - 2020/03/04/
VL  - 15
IS  - 3
C7  - e0123456
DO  - 10.1371/journal.pone.0123456
AN  - 31000001
DB  - PubMed
C2  - PMC7000001
ER  -
"""
BIBTEX = """@article{a, author={van der Berg, Jr., Jan H. and O'Neill, Mary-Ann and {Calcium Study Group}},
title={Retracted: {Calcium} in the basal ganglia: a cohort study}, journal={PloS one},
shortjournal={PLoS One}, year=2020, month=mar, day=4, volume=15, number=3, eid={e0123456},
doi={10.1371/journal.pone.0123456}, pmid={31000001}, pmcid={PMC7000001}}"""
PERSON = {"family": "van der Berg", "given": "Jan H.", "suffix": "Jr."}
ZOTERO = {
    "type": "article-journal",
    "title": "Calcium in the basal ganglia: a cohort study",
    "author": [
        PERSON | {"family": "Berg", "non-dropping-particle": "van der"},
        {"family": "O'Neill", "given": "Mary-Ann"},
        {"literal": "Calcium Study Group"},
    ],
    "container-title": "PloS one",
    "container-title-short": "PLoS One",
    "issued": {"date-parts": [["2020", 3, 4]]},
    "volume": "15",
    "issue": "3",
    "page": "e0123456",
    "DOI": "10.1371/journal.pone.0123456",
    "note": "PMID: 31000001\nPMCID: PMC7000001",
    "status": "Retracted",
}
CROSSREF = ZOTERO | {
    "type": "journal-article",
    "title": ["Calcium in the basal ganglia"],
    "subtitle": ["a cohort study"],
    "author": [PERSON, {"family": "O'Neill", "given": "Mary-Ann"}, {"name": "Calcium Study Group"}],
    "container-title": ["PloS one"],
    "short-container-title": ["PLoS One"],
    "page": None,
    "article-number": "e0123456",
}
PUBMED_XML = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31000001</PMID><Article><Journal>
<JournalIssue><Volume>15</Volume><Issue>3</Issue><PubDate><Year>2020</Year><Month>Mar</Month><Day>4</Day></PubDate>
</JournalIssue><Title>PloS one</Title><ISOAbbreviation>PLoS One</ISOAbbreviation></Journal>
<ArticleTitle>Calcium in the <i>basal</i> ganglia: a cohort study.</ArticleTitle>
<Pagination><MedlinePgn>e0123456</MedlinePgn></Pagination><AuthorList>
<Author><LastName>van der Berg</LastName><ForeName>Jan H</ForeName><Suffix>Jr</Suffix></Author>
<Author><LastName>O'Neill</LastName><ForeName>Mary-Ann</ForeName></Author>
<Author><CollectiveName>Calcium Study Group</CollectiveName></Author></AuthorList><PublicationTypeList>
<PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC7000001</ArticleId>
<ArticleId IdType="doi">10.1371/journal.pone.0123456</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""
FACTS = {
    "type": "article-journal",
    "title": "Calcium in the basal ganglia: a cohort study",
    "author": [
        {"family": "Berg", "given": "Jan H", "suffix": "Jr", "non-dropping-particle": "van der"},
        {"family": "O'Neill", "given": "Mary-Ann"},
        {"literal": "Calcium Study Group"},
    ],
    "container-title": "PloS one",
    "container-title-short": "PLoS One",
    "issued": {"date-parts": [[2020, 3, 4]]},
    "volume": "15",
    "issue": "3",
    "page": "e0123456",
    "DOI": "10.1371/journal.pone.0123456",
    "PMID": "31000001",
    "PMCID": "PMC7000001",
}
FORMATS = {
    "NBIB": NBIB,
    "RIS": RIS,
    "BibTeX": BIBTEX,
    "Zotero": json.dumps([ZOTERO]),
    "Crossref": json.dumps(CROSSREF),
    "PubMed XML": PUBMED_XML,
}


@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS)
def test_one_work_has_the_same_facts_in_each_format(text):
    (record,) = read(text)

    words = json.dumps(record.csl).replace("Jan H.", "Jan H")
    mark = f'"{words.split("Calcium", 1)[0].rsplit(chr(34), 1)[1]}Calcium'
    assert json.loads(words.replace(mark, '"Calcium', 1)) == FACTS
    assert [one.key for one in record.ids] == [
        "doi:10.1371/journal.pone.0123456",
        "pmid:31000001",
        "pmc:PMC7000001",
    ]
    assert [one.nature for one in record.notices] == ["retraction"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("PY  - 2020\nDA  - 2020/03/04/", [2020, 3, 4]),
        ("PY  - 2020///\nDA  - 2020/03", [2020, 3]),
        ("Y1  - 2020/03/04\nDA  - 2020", [2020, 3, 4]),
        # The day on which a record was made is none of its publication.
        ("PY  - 2020\nDA  - 2021/03/04", [2020]),
        # A month in words is no reason to take the day for it.
        ("DA  - 2020 Mar 4", [2020, 3, 4]),
        ("PY  - 2020 March 4", [2020, 3, 4]),
        ("PY  - 2020 Mar-Apr", [2020]),
        ("PY  - 2020-03-04T10:00:00Z", [2020, 3, 4]),
    ],
)
def test_the_day_of_publication_may_stand_in_a_second_field_of_ris(fields, date):
    (record,) = read(f"TY  - JOUR\nTI  - T\n{fields}\nER  - ")

    assert record.csl["issued"] == {"date-parts": [date]}


SERVER = {
    "RIS": "TY  - UNPB\nTI  - Early data\nPB  - medRxiv\nY1  - 2021\nER  - ",
    "Zotero": json.dumps({"type": "article", "title": "Early data", "publisher": "medRxiv"}),
    "Crossref": json.dumps(
        {"type": "posted-content", "title": ["Early data"], "institution": [{"name": "medRxiv"}],
         "posted": {"date-parts": [[2021]]}}
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", SERVER.values(), ids=SERVER)
def test_a_preprint_stands_on_its_server_in_each_format(text):
    (record,) = read(text)

    facts = {name: record.csl.get(name) for name in ("type", "container-title", "publisher")}
    assert facts == {"type": "article", "container-title": "medRxiv", "publisher": None}
