"""Names that look alike to the eye: which are taken for each other, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.confusables import latin_letter, skeleton, skeletons

ALIKE = [
    ("Nina", "ΝΙΝΑ"),
    ("Νίκος", "ΝΙΚΟΣ"),
    ("Иван", "ИВАН"),
    ("Amara Osei", "Am\u0430ra  osei"),
    ("Amara Osei", "AmaraOsei"),
    ("Amara Osei", "Amara\u00a0Osei"),
    ("Amara Osei", "Ａｍａｒａ Ｏｓｅｉ"),
    ("Amara Osei", "Ama\u200bra Osei"),
    ("Amara Osei", "\u202eAmara Osei"),
    ("Amara Osei", "Amara\u115f Osei"),
    ("Amara Osei", "Ama\ufe0fra Osei"),
    ("Amara Osei", "A\u0336m\u0336ara Osei"),
    ("Amara Osei", "𝓐𝓶𝓪𝓻𝓪 Osei"),
    ("Amara Osei", "ᴀᴍᴀʀᴀ Osei"),
    ("Amara Osei", "Amara Ose\u0456"),
    ("Amara Osei", "Amara Oseı"),
    ("Amara Osei", "Arnara Osei"),
    ("Amara Osei", "Amara 0sei"),
    ("Dr Amara", "dr.amara"),
    ("José", "Jose"),
    ("Zoë", "Zoe\u0308"),
    ("Wanda", "VVanda"),
    ("Iain", "lain"),
    ("Causeway", "Саuѕеwау"),
    ("O'Neil", "O’Neil"),
    ("moderator", "m0derator"),
    ("Arnina", "AMIΝA"),
]
APART = [
    ("Ann", "Anna"),
    ("Hanna", "Nanna"),
    ("Una", "Yna"),
    ("Amara", "Tamara"),
    ("李一", "李"),
    ("अमर", "अमरि"),
    ("かさ", "がさ"),
    ("", "Amara"),
    ("...", "!!!"),
]


def are_alike(one, other):
    return not skeletons(one).isdisjoint(skeletons(other))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_look_alike_share_a_skeleton(one, other):
    assert are_alike(one, other)
    assert are_alike(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_distinguishable_names_have_different_skeletons(one, other):
    assert not are_alike(one, other)


@given(st.text())
def test_a_skeleton_has_one_spelling_and_no_spaces(text):
    found = skeleton(text)

    assert not any(map(str.isspace, found))
    assert skeleton(f" {text.strip()} ") == found


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu"]), min_size=1))
def test_case_alone_never_tells_names_apart(text):
    assert skeletons(text)
    assert are_alike(text, text.casefold())
    assert are_alike(text, text.upper())


@pytest.mark.parametrize(
    ("letter", "latin"),
    [("ᴀ", "a"), ("\u0430", "a"), ("\u0410", "A"), ("a", ""), ("\u03b2", ""), ("\u0436", "")],
)
def test_a_letter_looks_like_one_of_ascii_or_like_none(letter, latin):
    assert latin_letter(letter) == latin
