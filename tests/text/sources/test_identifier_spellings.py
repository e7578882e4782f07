"""Identifiers as keyboards, search engines, mail programs and this wiki's own marks write them."""

import pytest

from wiki.text.sources.identifiers import BadIdentifier, parse


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
    with pytest.raises(BadIdentifier, match="stands “and more”; paste it without"):
        parse(text)
