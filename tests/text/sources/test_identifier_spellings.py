"""Identifiers as keyboards, search engines, mail programs and this wiki's own marks write them."""

import pytest

from wiki.text.sources.identifiers import BadIdentifier, parse
from wiki.text.sources.mentions import identifiers_in


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("２２３２７５１５", "pmid:22327515"),
        ("ＤＯＩ：１０.１２３４／ａｂｃ", "doi:10.1234/abc"),
        ("[@pmid:22327515]", "pmid:22327515"),
        ("@doi:10.1234/abc", "doi:10.1234/abc"),
        ("PMID: 22327515 [Free full text]", "pmid:22327515"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fdoi.org%2F10.1234%2Fabc&h=AT0", "doi:10.1234/abc"),
        ("https://urldefense.com/v3/__https://doi.org/10.1234/abc__;!!NLFGqXoFfo8", "doi:10.1234/abc"),
        ("https://urldefense.com/v3/__https:/pubmed.ncbi.nlm.nih.gov/22327515/__;!!N", "pmid:22327515"),
        (
            "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fpubmed.ncbi.nlm.nih.gov%2F22327515%2F",
            "pmid:22327515",
        ),
        (
            "https://login.proxy.example.edu/start?qurl=https%3a%2f%2fdoi.org%2f10.1234%2fabc",
            "doi:10.1234/abc",
        ),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=3512345", "doi:10.2139/ssrn.3512345"),
        ("https://ssrn.com/abstract=3512345", "doi:10.2139/ssrn.3512345"),
        ("https://peerj.com/articles/9850.pdf", "doi:10.7717/peerj.9850"),
        ("https://www.isrctn.com/ISRCTN15819396?q=x", "doi:10.1186/isrctn15819396"),
        ("ISRCTN15819396", "doi:10.1186/isrctn15819396"),
        ("【10.1234/abc】", "doi:10.1234/abc"),
        (r"10.1234\/abc", "doi:10.1234/abc"),
        ("10.1234/abc (open access)", "doi:10.1234/abc"),
        ("https://doi.org/10.1234/abc%20", "doi:10.1234/abc"),
        (
            "https://publisher.example/doi/suppl/10.1234/abc/suppl_file/Table%20one.pdf",
            "doi:10.1234/abc",
        ),
        # An address that leads on to a page that is no work of its own is what it is.
        (
            "https://www.who.int/share?link=https%3A%2F%2Fexample.org%2Fnews",
            "url:https://www.who.int/share?link=https%3A%2F%2Fexample.org%2Fnews",
        ),
    ],
)
def test_each_spelling_has_the_one_normal_form(text, key):
    assert parse(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1234/abc%20and%20more",
        "https://doi.org/10.1234/abc%2520and%2520more",
        "https://publisher.example/doi/full/10.1234/abc%20and%20more",
    ],
)
def test_words_behind_a_doi_are_told_and_not_cut(text):
    with pytest.raises(BadIdentifier, match="stands “and more”; paste it without that"):
        parse(text)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        # Publishers whose addresses give the DOI by a rule of theirs.
        ("https://www.karger.com/Article/FullText/500000", "doi:10.1159/000500000"),
        ("https://www-karger-com.proxy.uni.edu/Article/Abstract/87654", "doi:10.1159/000087654"),
        ("https://www.hindawi.com/journals/crinm/2020/1234567/", "doi:10.1155/2020/1234567"),
        ("https://downloads.hindawi.com/journals/crinm/2020/1234567.pdf", "doi:10.1155/2020/1234567"),
        (
            "https://jnnp.bmj.com/content/jnnp/early/2020/01/01/jnnp-2019-321234.full.pdf",
            "doi:10.1136/jnnp-2019-321234",
        ),
        ("https://casereports.bmj.com/content/2016/bcr-2016-215678", "doi:10.1136/bcr-2016-215678"),
        ("https://insight.jci.org/articles/view/123456", "doi:10.1172/jci.insight.123456"),
        ("https://www.jci.org/articles/view/123456/pdf", "doi:10.1172/jci123456"),
        ("https://www.preprints.org/manuscript/202001.0001/v1", "doi:10.20944/preprints202001.0001.v1"),
        ("https://elifesciences.org/reviewed-preprints/88000", "doi:10.7554/elife.88000"),
        ("https://www.nature.com/ng/journal/v44/n3/full/ng.1077.html", "doi:10.1038/ng.1077"),
        ("https://www.nature.com/nature/journal/v500/n7460/pdf/nature12345.pdf", "doi:10.1038/nature12345"),
        ("https://www.nature.com/nature/journal/v171/n4356/full/171737a0.html", "doi:10.1038/171737a0"),
        (
            "https://static-content.springer.com/esm/art%3A10.1007%2Fs00415-020-1/MediaObjects/x.pdf",
            "doi:10.1007/s00415-020-1",
        ),
        (
            "https://api.crossref.org/v1/works/10.1038%2Fng.1077/transform/application/x-bibtex",
            "doi:10.1038/ng.1077",
        ),
        # Link servers of libraries, and services that mirror another.
        ("https://openurl.example.org/?rft_id=info:doi/10.1038/ng.1077&rft.date=2012", "doi:10.1038/ng.1077"),
        ("https://openurl.example.org/?rft_id=info%3Apmid%2F22327515", "pmid:22327515"),
        ("https://sfx.example.edu/local?id=pmid:22327515", "pmid:22327515"),
        ("https://www.ebi.ac.uk/europepmc/webservices/rest/search?query=ext_id:22327515", "pmid:22327515"),
        ("https://ukpmc.ac.uk/articles/PMC3513540", "pmc:PMC3513540"),
        # What does not give it surely stays a web address.
        ("https://www.karger.com/Article/Issue/12", "url:https://www.karger.com/Article/Issue/12"),
        (
            "https://www.hindawi.com/journals/isrn/2012/123456/",
            "url:https://www.hindawi.com/journals/isrn/2012/123456/",
        ),
        ("https://bmjopen.bmj.com/content/10/1/e031234", "url:https://bmjopen.bmj.com/content/10/1/e031234"),
        ("https://f1000research.com/articles/9-100/v1", "url:https://f1000research.com/articles/9-100/v1"),
        ("https://zenodo.org/records/1234567", "url:https://zenodo.org/records/1234567"),
        (
            "https://www.preprints.org/manuscript/202001.0001",
            "url:https://www.preprints.org/manuscript/202001.0001",
        ),
        (
            "https://www.researchsquare.com/article/rs-9944/v1",
            "url:https://www.researchsquare.com/article/rs-9944/v1",
        ),
    ],
)
def test_an_address_gives_the_identifier_where_its_form_says_so_surely(address, key):
    assert parse(address).key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        # A line of a PDF that ends within the number.
        ("doi: 10.1038/\nng.1077", "doi:10.1038/ng.1077"),
        ("10.1007/s00415-\r\n020-1", "doi:10.1007/s00415-020-1"),
        ("https://www.nature.com/articles/\nng.1077", "doi:10.1038/ng.1077"),
        # A field of JSON, a link of HTML, and an address with a slip in its beginning.
        ('"pmid": "22327515",', "pmid:22327515"),
        ('"DOI": "10.1038/ng.1077",', "doi:10.1038/ng.1077"),
        ('<a class="x" href="https://doi.org/10.1038/ng.1077">the study</a>', "doi:10.1038/ng.1077"),
        ("https:/doi.org/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("https//doi.org/10.1038/ng.1077", "doi:10.1038/ng.1077"),
        # The end of a question, a backslash of LaTeX, a slash, a label.
        ("10.1038/ng.1077?", "doi:10.1038/ng.1077"),
        ("10.1000/abc\\_def", "doi:10.1000/abc_def"),
        ("PMC3513540/", "pmc:PMC3513540"),
        ("Europe PMC: PMC3513540", "pmc:PMC3513540"),
        ("info:pmid/22327515", "pmid:22327515"),
        ("D.O.I. 10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("10.1000.10/123456", "doi:10.1000.10/123456"),
        ("https://doi.org/10.1000.10/123456", "doi:10.1000.10/123456"),
        ("arXiv:2001.01234v3 [q-bio.NC] 4 Jan 2020", "doi:10.48550/arxiv.2001.01234"),
        # Signs of another width, and signs that look like a slash, a full stop or a hyphen.
        ("10．1038/ng.1077", "doi:10.1038/ng.1077"),
        ("ｄｏｉ：10.1038/ng.1077", "doi:10.1038/ng.1077"),
        ("（doi：10.1038／ng.1077）。", "doi:10.1038/ng.1077"),
        ("10.1038╱ng.1077", "doi:10.1038/ng.1077"),
        ("10.1038⧸ng.1077、", "doi:10.1038/ng.1077"),
        ("「10.1038/ng.1077」", "doi:10.1038/ng.1077"),
        ("10.1016/j.cell.2020﹣01－001", "doi:10.1016/j.cell.2020-01-001"),
        ("10.1016/j.cell.2020⁃01⁻001", "doi:10.1016/j.cell.2020-01-001"),
        # What follows at the end: brackets and stops, a tag, another identifier.
        ("doi:10.1038/ng.1077).", "doi:10.1038/ng.1077"),
        ("10.1038/ng.1077].", "doi:10.1038/ng.1077"),
        ("10.1016/S0140-6736(99)00001-1).", "doi:10.1016/s0140-6736(99)00001-1"),
        ("10.1038/ng.1077<br/>", "doi:10.1038/ng.1077"),
        ("10.1038/ng.1077<sup>1</sup>", "doi:10.1038/ng.1077"),
        ("DOI:10.1038/ng.1077;PMID:22327515", "doi:10.1038/ng.1077"),
        ("10.1038/NG.1077#", "doi:10.1038/ng.1077"),
        ("https://onlinelibrary.wiley.com/share/author/A?target=10.1002/ana.25677", "doi:10.1002/ana.25677"),
        (
            "10.1002/1097(19960315)77:6<1100::AID-CNCR16>3.0.CO;2-#).",
            "doi:10.1002/1097(19960315)77:6<1100::aid-cncr16>3.0.co;2-#",
        ),
    ],
)
def test_what_stands_around_a_number_does_not_change_it(text, key):
    assert parse(text).key == key


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("EudraCT 2015-001234-12", "web address of its page there"),
        ("2015-001234-12", "web address of its page there"),
        # It may be the end of a sentence, or of a line within the number.
        ("10.1016/j.jns.2019.\n116600", "A DOI looks like"),
        ("doi:10.1038/ng. 1077", "take out the space"),
        ("https://doi.org/10.1038/ng.\n1077", "or without the space if it belongs to the DOI"),
        ("PMID: 22,327,515", "at most eight digits"),
    ],
)
def test_what_is_not_sure_is_asked_and_not_guessed(text, sentence):
    with pytest.raises(BadIdentifier, match=sentence):
        parse(text)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("12345678; PMC1234567", ["pmid:12345678", "pmc:PMC1234567"]),
        ("DOI:10.1038/ng.1077；PMID：22327515", ["doi:10.1038/ng.1077", "pmid:22327515"]),
        ("参见（10.1038/ng.1077）。后来", ["doi:10.1038/ng.1077"]),
        ("10.1038/ng.1077后来", ["doi:10.1038/ng.1077"]),
        # The first part of a DOI that was broken would be another work.
        ("doi:10.1038/ng. 1077", []),
    ],
)
def test_identifiers_between_other_words_are_cut_where_they_end(text, keys):
    assert [one.key for one in identifiers_in(text)] == keys
