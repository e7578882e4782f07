"""Identifiers of sources, as people paste them."""

from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse
from wiki.text.sources.mentions import identifiers_in


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        ("10.1038/ng.1077", "doi:10.1038/ng.1077"),
        (" doi:10.1097/WCO.0000000000000712 ", "doi:10.1097/wco.0000000000000712"),
        ("DOI: 10.1038/ng.1077.", "doi:10.1038/ng.1077"),
        ("https://doi.org/10.1038/NG.1077", "doi:10.1038/ng.1077"),
        ("http://dx.doi.org/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("doi.org/10.1000%2Fxyz", "doi:10.1000/xyz"),
        ("https://doi.org/10.1000%2Fxy%29", "doi:10.1000/xy"),
        ("https://example.org/a)#", "url:https://example.org/a"),
        ("doi:https://doi.org/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("10.1016/0022-2836(70)90057-4", "doi:10.1016/0022-2836(70)90057-4"),
        ("10.1038/ng.1077)", "doi:10.1038/ng.1077"),
        ("10.1038/ng.1077…", "doi:10.1038/ng.1077"),
        ("doi:\u00a010.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("DOI https://doi.org/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("doi = {10.1038/ng.1077},", "doi:10.1038/ng.1077"),
        ("https://doi.org/10.1038/ng.1077&ved=2ahUKE", "doi:10.1038/ng.1077"),
        (
            "https://academic.oup.com/brain/advance-article-abstract/doi/10.1093/brain/awaa001/5812345?x=y",
            "doi:10.1093/brain/awaa001",
        ),
        ("31986264[uid]", "pmid:31986264"),
        ("ClinicalTrials.gov number, NCT01234567.", "nct:NCT01234567"),
        ("10.1038/ng.1077”;", "doi:10.1038/ng.1077"),
        ("10.1890/0012(2006)87[1832:TPC]2.0.CO;2", "doi:10.1890/0012(2006)87[1832:tpc]2.0.co;2"),
        ("https://doi.org/10.1016/S0140-6736%2899%2900001-1", "doi:10.1016/s0140-6736(99)00001-1"),
        ("https://doi.org/10.1016/S0140-6736%252899%252900001-1", "doi:10.1016/s0140-6736(99)00001-1"),
        (
            "10.1002/(SICI)1097-0142(19960315)77:6&lt;1100::AID-XX16&gt;3.0.CO;2-#",
            "doi:10.1002/(sici)1097-0142(19960315)77:6<1100::aid-xx16>3.0.co;2-#",
        ),
        (
            "10.1002/(SICI)1097-0142(19960315)77:6&amp;lt;1100::AID-XX16&#62;3.0.CO;2-#",
            "doi:10.1002/(sici)1097-0142(19960315)77:6<1100::aid-xx16>3.0.co;2-#",
        ),
        ("10.1038/\u200bng.10\u00ad77", "doi:10.1038/ng.1077"),
        ("10.1016/j.x.2020\u201101", "doi:10.1016/j.x.2020-01"),
        ("info:doi/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("urn:doi:10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("DOI 10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("https://doi.org/10.1038/ng.1077?utm_source=x&utm_medium=y", "doi:10.1038/ng.1077"),
        ("10.1038/ng.1077?utm_source=mail", "doi:10.1038/ng.1077"),
        ("https://doi-org.library.example.edu/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/mds.25567", "doi:10.1002/mds.25567"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/mds.25567/abstract?x=1#s2", "doi:10.1002/mds.25567"),
        ("https://www.nejm.org/doi/pdf/10.1056/NEJMoa2034577?articleTools=true", "doi:10.1056/nejmoa2034577"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001",
            "doi:10.1371/journal.pone.0000001",
        ),
        (
            "https://www.frontiersin.org/articles/10.3389/fneur.2020.00001/full",
            "doi:10.3389/fneur.2020.00001",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            "doi:10.1101/2020.01.01.123456",
        ),
        ("https://link.springer.com/article/10.1007/s00415-020-1.pdf", "doi:10.1007/s00415-020-1"),
        ("https://www.nature.com/articles/ng.1077", "doi:10.1038/ng.1077"),
        ("https://www.nature.com/articles/s41586-020-2008-3.pdf?proof=t", "doi:10.1038/s41586-020-2008-3"),
        ("https://www.bmj.com/content/369/bmj.m1849.full", "doi:10.1136/bmj.m1849"),
        (
            "https://www.thelancet.com/journals/lancet/article/PIIS0140-6736(20)30183-5/fulltext",
            "doi:10.1016/s0140-6736(20)30183-5",
        ),
        ("https://www.sciencedirect.com/science/article/pii/S0140673699000011", "pii:S0140673699000011"),
        (
            "https://www.sciencedirect.com/science/article/abs/pii/S0140673699000011?via%3Dihub",
            "pii:S0140673699000011",
        ),
        ("PII: S0140-6736(99)00001-1", "pii:S0140673699000011"),
        ("22327515", "pmid:22327515"),
        ("PMID: 22327515 [PubMed - indexed for MEDLINE]", "pmid:22327515"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=22327515", "pmid:22327515"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/?term=22327515%5Buid%5D", "pmid:22327515"),
        ("https://pubmed.ncbi.nlm.nih.gov/22327515/#affiliation-1", "pmid:22327515"),
        ("https://pubmed-ncbi-nlm-nih-gov.proxy.example.edu/22327515/", "pmid:22327515"),
        ("http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?db=pubmed&list_uids=22327515", "pmid:22327515"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/22327515/", "pmid:22327515"),
        ("ncbi.nlm.nih.gov/m/pubmed/22327515/", "pmid:22327515"),
        ("https://europepmc.org/abstract/MED/22327515", "pmid:22327515"),
        ("https://europepmc.org/article/PMC/PMC3513540", "pmc:PMC3513540"),
        ("PMC3513540.1", "pmc:PMC3513540"),
        ("https://beta.clinicaltrials.gov/show/NCT01234567", "nct:NCT01234567"),
        ("https://isbnsearch.org/isbn/9780306406157", "isbn:9780306406157"),
        (
            "https://www.who.int/news/item?utm_source=x&id=4&fbclid=abc#:~:text=calcium",
            "url:https://www.who.int/news/item?id=4",
        ),
        ("https://example.org:443/a%c3%a9?a=1&amp;b=2", "url:https://example.org/a%C3%A9?a=1&b=2"),
        (
            "https://people.example.org/~smith/a--b/c%20d_e?x=1&y=2#s",
            "url:https://people.example.org/~smith/a--b/c%20d_e?x=1&y=2#s",
        ),
        ("PMID: 22327515", "pmid:22327515"),
        ("PMID22327515", "pmid:22327515"),
        ("PMID-22327515", "pmid:22327515"),
        ("PMID – 22327515", "pmid:22327515"),
        ("pmid#22327515", "pmid:22327515"),
        ("PubMed PMID: 22327515", "pmid:22327515"),
        ("PubMed ID: 22327515", "pmid:22327515"),
        ("PubMed: 22327515", "pmid:22327515"),
        ("MEDLINE: 22327515", "pmid:22327515"),
        ("PMCID PMC3513540", "pmc:PMC3513540"),
        ("PMC-3513540", "pmc:PMC3513540"),
        ("ISBN 978-0-306-40615-7 (hardback)", "isbn:9780306406157"),
        ("ISBN: 9780306406157 (pbk.)", "isbn:9780306406157"),
        ("e-ISBN 978-0-306-40615-7", "isbn:9780306406157"),
        ("eISBN: 9780306406157", "isbn:9780306406157"),
        ("urn:isbn:9780306406157", "isbn:9780306406157"),
        ("ClinicalTrials.gov Identifier: NCT01234567", "nct:NCT01234567"),
        ("ClinicalTrials.gov: NCT01234567", "nct:NCT01234567"),
        ("NCT-01234567", "nct:NCT01234567"),
        ("arXiv:2001.01234", "doi:10.48550/arxiv.2001.01234"),
        ("https://arxiv.org/abs/2001.01234v2", "doi:10.48550/arxiv.2001.01234"),
        ("https://arxiv.org/pdf/2001.01234.pdf", "doi:10.48550/arxiv.2001.01234"),
        (
            "https://www.biorxiv.org/content/early/2020/01/01/2020.01.01.123456",
            "doi:10.1101/2020.01.01.123456",
        ),
        ("doi:10.1038/ng.1077#sec2", "doi:10.1038/ng.1077"),
        (
            "https://academic.oup.com/brain/article/doi/10.1093/brain/awaa001/5700000",
            "doi:10.1093/brain/awaa001",
        ),
        (
            "https://journals.lww.com/neuro/fulltext/10.1097/WCO.0000000000000712~title",
            "doi:10.1097/wco.0000000000000712",
        ),
        (
            "https://ashpublications.org/blood/article/doi/10.1182/blood.2020000001/1",
            "doi:10.1182/blood.2020000001",
        ),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=PMC3513540", "pmc:PMC3513540"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=10.1038%2Fng.1077", "doi:10.1038/ng.1077"),
        ("http://www.example.org:80/a/../b", "url:http://www.example.org/b"),
        ("https://example.org", "url:https://example.org/"),
        ("https://www.google.com/url?q=https://doi.org/10.1038/ng.1077&sa=D", "doi:10.1038/ng.1077"),
        (
            "https://www.google.com/url?sa=t&url=https%3A%2F%2Fpubmed.ncbi.nlm.nih.gov%2F22327515%2F",
            "pmid:22327515",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdoi.org%2F10.1038%2Fng.1077&data=05",
            "doi:10.1038/ng.1077",
        ),
        ("https://proxy.lib.edu/login?url=https://doi.org/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("https://www.sciencedirect.com/book/9780306406157/x", "isbn:9780306406157"),
        ("https://books.google.com/books?isbn=9780306406157", "isbn:9780306406157"),
        ("https://www.amazon.com/dp/0306406152", "isbn:9780306406157"),
        ("DOI：10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("doi=10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("10.1038/ng.1077 [doi]", "doi:10.1038/ng.1077"),
        ("https://trialsearch.who.int/Trial2.aspx?TrialID=NCT01234567", "nct:NCT01234567"),
        ("10.1002/14651858.cd001234.pub2/full", "doi:10.1002/14651858.cd001234.pub2"),
        ("10.1038∕ng.1077", "doi:10.1038/ng.1077"),
        ("https://doi.org/10.1038/ng.1077&amp;utm=1", "doi:10.1038/ng.1077"),
        ("NBK1421", "url:https://www.ncbi.nlm.nih.gov/books/NBK1421/"),
        (
            "https://www.ncbi.nlm.nih.gov/books/NBK1421/?report=printable#s1",
            "url:https://www.ncbi.nlm.nih.gov/books/NBK1421/",
        ),
        ("https://example.org/%7Esmith/%2D%2f", "url:https://example.org/~smith/-%2F"),
        ("https://www.amazon.com/dp/0306406153", "url:https://www.amazon.com/dp/0306406153"),
        ("pmid 00223275", "pmid:223275"),
        ("pmid:123", "pmid:123"),
        ("https://pubmed.ncbi.nlm.nih.gov/22327515/", "pmid:22327515"),
        ("https://pubmed.ncbi.nlm.nih.gov/22327515/?dopt=Abstract", "pmid:22327515"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/22327515", "pmid:22327515"),
        ("https://europepmc.org/article/MED/22327515", "pmid:22327515"),
        ("PMC3513540", "pmc:PMC3513540"),
        ("pmcid: PMC3513540", "pmc:PMC3513540"),
        ("pmc:PMC3513540", "pmc:PMC3513540"),
        ("pmc:3513540", "pmc:PMC3513540"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3513540/", "pmc:PMC3513540"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3513540/pdf/main.pdf", "pmc:PMC3513540"),
        ("https://europepmc.org/articles/PMC3513540", "pmc:PMC3513540"),
        ("nct01234567", "nct:NCT01234567"),
        ("nct:NCT01234567", "nct:NCT01234567"),
        ("https://clinicaltrials.gov/study/NCT01234567?tab=results", "nct:NCT01234567"),
        ("https://www.clinicaltrials.gov/ct2/show/NCT01234567", "nct:NCT01234567"),
        ("978-0-306-40615-7", "isbn:9780306406157"),
        ("ISBN-13: 978 0 306 40615 7", "isbn:9780306406157"),
        ("0-306-40615-2", "isbn:9780306406157"),
        ("isbn 0‐8044‐2957‐x", "isbn:9780804429573"),
        ("0306406152", "isbn:9780306406157"),
        ("9791034304721", "isbn:9791034304721"),
        ("ref:kiroglu2010", "ref:kiroglu2010"),
        ("Ref:Gene-Reviews.1", "ref:gene-reviews.1"),
        ("HTTPS://WWW.Example.ORG/Path?q=A#part.", "url:https://www.example.org/Path?q=A#part"),
        ("https://example.org:8080/a", "url:https://example.org:8080/a"),
        ("https://example.org/<b>\"'", "url:https://example.org/%3Cb%3E"),
        ("https://example.org/a[1]", "url:https://example.org/a%5B1%5D"),
        ("https://example.org/a_(b))", "url:https://example.org/a_(b)"),
        ("url:https://example.org/é", "url:https://example.org/%C3%A9"),
        ("10.1038%2Fng.1077", "doi:10.1038/ng.1077"),
        ("doi:10.1038%252Fng.1077", "doi:10.1038/ng.1077"),
        ("hdl:10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("[10.1038/ng.1077](https://doi.org/10.1038/ng.1077)", "doi:10.1038/ng.1077"),
        ("[the study](https://pubmed.ncbi.nlm.nih.gov/22327515/)", "pmid:22327515"),
        ("10.1001/jama.2020.1585</a>", "doi:10.1001/jama.2020.1585"),
        (
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD001234.pub2/full/es",
            "doi:10.1002/14651858.cd001234.pub2",
        ),
        ("10.1002/14651858.CD001234/information", "doi:10.1002/14651858.cd001234"),
        ("10.1101/2020.03.01.20029397v1.article-info", "doi:10.1101/2020.03.01.20029397"),
        ("10.1101/087387v2", "doi:10.1101/087387"),
        ("10.1101/gad.123456.120", "doi:10.1101/gad.123456.120"),
        (
            "https://www.medrxiv.org/content/medrxiv/early/2020/03/03/2020.03.01.20029397.full.pdf",
            "doi:10.1101/2020.03.01.20029397",
        ),
        ("10.48550/arXiv.2001.01234v2", "doi:10.48550/arxiv.2001.01234"),
        ("arXiv:math.GT/0309136", "doi:10.48550/arxiv.math/0309136"),
        ("arXiv 2001.01234", "doi:10.48550/arxiv.2001.01234"),
        ("https://ar5iv.org/abs/2001.01234", "doi:10.48550/arxiv.2001.01234"),
        ("https://europepmc.org/search?query=DOI:10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("https://search.crossref.org/?q=10.1038%2Fng.1077", "doi:10.1038/ng.1077"),
        ("https://europepmc.org/search?query=ext_id:22327515", "pmid:22327515"),
        ("https://www.ncbi.nlm.nih.gov/pmc/?term=PMC3513540", "pmc:PMC3513540"),
        (
            "https://europepmc.org/backend/ptpmcrender.fcgi?accid=PMC3513540&blobtype=pdf",
            "pmc:PMC3513540",
        ),
        ("https://jnnp.bmj.com/lookup/pmidlookup?view=long&pmid=22327515", "pmid:22327515"),
        ("https://identifiers.org/pubmed:22327515", "pmid:22327515"),
        ("https://identifiers.org/clinicaltrials/NCT01234567", "nct:NCT01234567"),
        ("PM:22327515", "pmid:22327515"),
        ("MED/22327515", "pmid:22327515"),
        (
            "https://www.thelancet.com/action/showPdf?pii=S0140-6736%2820%2930183-5",
            "doi:10.1016/s0140-6736(20)30183-5",
        ),
        ("https://www.bmj.com/content/bmj/369/bmj.m1849.full.pdf", "doi:10.1136/bmj.m1849"),
        ("ISBN 978−0−306−40615−7", "isbn:9780306406157"),
        ("https://www.amazon.de/gp/product/0306406152", "isbn:9780306406157"),
        ("https://www.elsevier.com/books/x/y/978-0-306-40615-7", "isbn:9780306406157"),
        ("https://www.google.co.uk/books?vid=ISBN0306406152", "isbn:9780306406157"),
        ("https://www.ncbi.nlm.nih.gov/books/nbk1421", "url:https://www.ncbi.nlm.nih.gov/books/NBK1421/"),
        ("NCBI Bookshelf NBK1421", "url:https://www.ncbi.nlm.nih.gov/books/NBK1421/"),
        ("hdl:10665/331492", "url:https://hdl.handle.net/10665/331492"),
        ("http://hdl.handle.net/10665/331492?locale=en", "url:https://hdl.handle.net/10665/331492"),
        ("https://EXAMPLE.org./a", "url:https://example.org/a"),
        ("https://müller.example/a", "url:https://xn--mller-kva.example/a"),
    ],
)
def test_pasted_identifiers_are_parsed(pasted, key):
    assert parse(pasted).key == key


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("978-0-306-40615-8", "last digit does not fit"),
        ("0-306-40615-3", "last digit does not fit"),
        ("9770306406157", "starts with 978 or 979"),
        ("03064061521", "ten or thirteen digits"),
        ("03064X6152", "ten or thirteen digits"),
        ("isbn 12", "ten or thirteen digits"),
        ("123456789", "at most eight digits"),
        ("pmid:", "at most eight digits"),
        ("0", "There is no PMID 0"),
        ("0028-3878", "ISSN"),
        ("10.1/x", "A DOI looks like"),
        ("doi:ng.1077", "A DOI looks like"),
        ("PMCX", "A PMC number looks like"),
        ("NCT12", "A trial number looks like"),
        ("www.example.org", "starting with https"),
        ("javascript://alert(1)", "must start with http"),
        ("ftp://example.org/", "must start with http"),
        ("https://localhost/", "names no site"),
        ("https://", "Give a DOI|must start"),
        ("https://[::1", "not well formed"),
        ("https://example.org:99999/", "not well formed"),
        ("https://[::1]/", "names no site"),
        ("https://me:secret@example.org/", "user name"),
        ("https://example.org/a b", "holds no spaces"),
        ("", "Give a DOI"),
        ("Kiroglu 2010", "Give a DOI"),
        ("Medline 2020", "Give a DOI"),
        ("ref:", "Give a DOI"),
        ("x" * 2_001, "too long"),
        ("1２345", "Give a DOI"),
        ("10.1000/a\x00b", "A DOI looks like"),
        ("10.1000%2Fa%20b", "A DOI looks like"),
    ],
)
def test_an_invalid_identifier_is_refused_with_its_sentence(pasted, sentence):
    with pytest.raises(BadIdentifier, match=sentence):
        parse(pasted)


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        (Identifier("doi", "10.1002/(a)1<1::b>3.0.co;2"), "https://doi.org/10.1002/(a)1%3C1::b%3E3.0.co;2"),
        (Identifier("pmid", "1"), "https://pubmed.ncbi.nlm.nih.gov/1/"),
        (Identifier("pmc", "PMC1"), "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"),
        (Identifier("nct", "NCT00000001"), "https://clinicaltrials.gov/study/NCT00000001"),
        (Identifier("url", "https://a.org/{}"), "https://a.org/{}"),
        (Identifier("isbn", "9780306406157"), ""),
        (Identifier("ref", "book"), ""),
    ],
)
def test_an_identifier_has_its_web_address(identifier, address):
    assert identifier.address == address


@given(
    st.one_of(
        st.text(max_size=30),
        st.from_regex(r"10\.[0-9]{4}/([!-~]|%2[0-9fF]){1,20}", fullmatch=True),
        st.from_regex(r"https?://[a-z]{1,5}\.[a-z]{2}/[!-~é]{0,20}", fullmatch=True),
        st.from_regex(r"[0-9X-]{1,14}", fullmatch=True),
    )
)
@settings(max_examples=3 * settings().max_examples)
def test_parsing_a_key_gives_the_same_identifier(text):
    try:
        identifier = parse(text)
    except BadIdentifier:
        return
    assert parse(identifier.key) == identifier


SUFFIX = st.text("abcxyz019()<>[]:;.-_%/#", min_size=1, max_size=20).map(
    lambda text: f"a{text}z".replace("%", "-")
)


@settings(deadline=None)
@given(SUFFIX, st.data())
def test_every_spelling_of_a_doi_is_one_identifier(suffix, data):
    doi = f"10.1234/{suffix}"
    usual = parse(doi)
    ways = (
        doi.upper(),
        f"doi: {doi}",
        f"https://doi.org/{quote(doi)}",
        f"http://dx.doi.org/{quote(quote(doi, safe=''))}",
        f"https://doi.org/{quote(doi)}?utm_source=mail&utm_medium=x",
        escape(doi),
        escape(escape(doi)),
        f"{doi}.",
        f"“{doi}”",
        doi[:9] + data.draw(st.sampled_from("\u200b\u00ad\u2060\ufeff")) + doi[9:],
    )

    assert {parse(way) for way in ways} == {usual}


def test_the_pii_in_an_elsevier_doi_names_the_same_work():
    by_doi, by_pii = parse("10.1016/S0140-6736(99)00001-1"), parse("S0140-6736(99)00001-1")

    assert by_doi.other_names == (by_pii,)
    assert by_pii.other_names == () == parse("10.1016/j.jns.2020.116743").other_names


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "Smith A. Title. J Test. 2020;12(3):e1. doi: 10.1234/abc.def. PMID: 12345678; PMCID: PMC1234567.",
            ["doi:10.1234/abc.def", "pmid:12345678", "pmc:PMC1234567"],
        ),
        ("Smith A. T. PubMed ID: 22327515", ["pmid:22327515"]),
        ("PubMed 2012 was searched", []),
        ("PMID 22 327 515", []),
        ("PMID: 22327515, 22327516", []),
        ("arXiv preprint arXiv:2001.01234", ["doi:10.48550/arxiv.2001.01234"]),
        ("<a href='https://doi.org/10.1038%2Fng.1077'>", ["doi:10.1038/ng.1077"]),
        ("A book. ISBN 978–0–306–40615–7.", ["isbn:9780306406157"]),
        ('<a href="https://doi.org/10.1038/ng.1077">x</a>', ["doi:10.1038/ng.1077"]),
        ("10.1038/ng.1077;10.1038/ng.1078", ["doi:10.1038/ng.1077", "doi:10.1038/ng.1078"]),
        ("10.1890/0012(2006)87[1832:TPC]2.0.CO;2", ["doi:10.1890/0012(2006)87[1832:tpc]2.0.co;2"]),
        ("arXiv:2001.01234v2 [q-bio]", ["doi:10.48550/arxiv.2001.01234"]),
        ("GeneReviews NBK1421, PMID 20301500", ["pmid:20301500"]),
        ("Trial number NCT 01234567.", ["nct:NCT01234567"]),
        ("See https://www.nice.org.uk/guidance/ng1.", ["url:https://www.nice.org.uk/guidance/ng1"]),
    ],
)
def test_identifiers_are_found_in_running_text(text, keys):
    assert [one.key for one in identifiers_in(text)] == keys
