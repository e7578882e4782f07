"""Addresses made of titles, and links between pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.markdown.html import outline
from wiki.text.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Aicardi-Goutières syndrome", "aicardi-goutieres-syndrome"),
        ("Fahr’s disease", "fahrs-disease"),
        ("Fahr's disease", "fahrs-disease"),
        ("β-thalassaemia", "beta-thalassaemia"),
        ("TGF-β", "tgf-beta"),
        ("Λ chains", "lambda-chains"),
        ("Sjögren–Larsson / Ménière", "sjogren-larsson-meniere"),
        ("Behçet, Łódź & Straße Œdema", "behcet-lodz-strasse-oedema"),
        ("25(OH)D₃", "25-oh-d3"),
        ("  22q11.2 deletion  ", "22q11-2-deletion"),
        ("1999", "1999"),
    ],
)
def test_a_title_becomes_a_short_plain_address(title, slug):
    assert slug_of(title) == slug


def test_a_title_beyond_ascii_has_an_address_that_stays_the_same():
    assert slug_of("脳石灰化") == slug_of(" 脳石灰化 ") == "page-" + slug_of("脳石灰化")[5:]
    assert slug_of("脳 1") != slug_of("肺 1")
    assert len({slug_of("!"), slug_of("?"), slug_of("")}) == 3


def test_a_long_title_is_cut_between_words():
    assert slug_of("calcification " * 20) == "-".join(["calcification"] * 8)
    assert slug_of("a" * 200) == "a" * 120


@given(st.text())
def test_every_title_has_an_address(title):
    slug = slug_of(title)

    assert 0 < len(slug) <= 120
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug.strip("-") == slug


@pytest.mark.parametrize(
    ("written", "titles"),
    [
        ("[[Calcium]]", ("Calcium",)),
        ("[[ Calcium \n channel|the channel]]", ("Calcium channel",)),
        ("[[A]] [[B|b]] [[A]]", ("A", "B")),
        ("| a |\n|---|\n| [[A\\|b]] |", ("A",)),
        ("::: urgent See [[A]]\nx\n:::", ("A",)),
        ("[[ ]] [[]] [[|x]] [[a|]] [[a[b]] [[a]", ()),
        ("`[[A]]` \\[[A]]", ()),
        ("[[" + "x" * 201 + "]]", ()),
    ],
)
def test_links_between_pages_are_found(written, titles):
    assert outline(written).links == titles
