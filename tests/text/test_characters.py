"""Characters that nobody sees: which they are, what is said of them, and what is made of them."""

import pytest

from wiki.text import characters

HIDDEN = {
    "zero-width space": "5\u200b mg",
    "word joiner": "5\u2060 mg",
    "byte order mark": "\ufeffCalcium",
    "soft hyphen": "cal\u00adcium",
    "right-to-left override": "Do \u202eton\u202c stop",
    "isolate": "Do \u2067ton\u2069 stop",
    "left-to-right mark": "5\u200e mg",
    "tag": "stop\U000e0041\U000e007f",
    "private use": "5\ue000 mg",
    "private use of plane 16": "5\U00100000 mg",
    "control": "Ster\x02oid",
    "escape": "\x1b[31mred",
    "delete": "x\x7f",
    "next line": "one\x85two",
    "line separator": "one\u2028two",
    "paragraph separator": "one\u2029two",
    "vertical tab": "one\x0btwo",
    "form feed": "one\x0ctwo",
    "lone carriage return": "one\rtwo",
    "noncharacter": "5\ufffe mg",
    "noncharacter of plane 1": "5\U0001ffff mg",
    "grapheme joiner": "5\u034f mg",
    "hangul filler": "5\u3164 mg",
    "braille blank": "5\u2800mg",
    "variation selector": "5\ufe0f0 mg",
    "variation selector of plane 14": "5\U000e0100 mg",
    "joiner between Latin letters": "cal\u200dcium",
    "non-joiner at a word's end": "calcium\u200c",
    "no-break space instead of a blank line": "> A myth is this:\n\u00a0\nGive nothing to drink.",
    "em space instead of a blank line": "- one\n\u2003\ntwo",
    "blank line of a quotation": "> one\n> \u00a0\n> two",
    "interlinear annotation": "5\ufff9 mg",
    "invisible times": "5\u2062mg",
}
SEEN = {
    "plain": "Give 5 mg.\n\n- one\n\ttwo\n\n",
    "line ends of Windows": "one\r\ntwo\r\n",
    "no-break space in a line": "5\u00a0mg and 10\u202fmg",
    "marks": "Ménière, naïve, ångström, \u0065\u0301",
    "signs": "≥ 5 µg/l → ½ ☐ ✓ ™ ©",
    "Persian non-joiner": "می\u200cخواهم",
    "Hindi joiner": "क्\u200dष",
    "emoji with its style": "⚠\ufe0f Stop",
    "emoji of two": "👩\u200d⚕\ufe0f",
    "Cyrillic and Greek": "Гипопаратиреоз β-blocker",
    "indented blank line": "one\n   \ntwo",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_invisible_characters_are_found_named_and_removed(text):
    found = characters.unseen_in(text)

    assert found
    assert f"[{found[0].code}]" in characters.marked(text)
    assert found[0].code in characters.complaint(text)
    assert not characters.unseen_in(characters.without_unseen(text))
    assert not characters.unseen_in(characters.marked(text))
    assert not characters.unseen_in(characters.complaint(text))


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_visible_characters_are_kept(text):
    assert characters.unseen_in(text) == ()
    assert characters.marked(text) == characters.without_unseen(text) == text
    assert characters.complaint(text) == ""


def test_the_complaint_names_character_line_and_context():
    text = "Calcium helps.\nDo \u202eton\u202c stop it.\u200b\u200b"

    assert characters.complaint(text) == (
        "Delete 4 characters that nobody can see: U+202E (right-to-left override) in line 2, at "
        "“Do [U+202E]ton[U+202C] stop it.[U+200B][U+200B]”. Also U+202C, U+200B"
    )
    assert characters.complaint("5\u200b mg") == (
        "Delete a character that nobody can see: U+200B (zero-width space), at “5[U+200B] mg”"
    )


def test_many_kinds_are_counted_and_not_all_named():
    told = characters.complaint("a\u200b\u2060\ufeff\u00ad\u202e\u202c")

    assert told.endswith("Also U+2060, U+FEFF, U+00AD and 2 more kinds")


def test_removed_line_separators_become_newlines():
    assert characters.without_unseen("one\u2028two\x0bthree") == "one\ntwo\nthree"
    assert characters.without_unseen("> myth\n\u00a0\nTruth.") == "> myth\n\nTruth."


@pytest.mark.parametrize(
    "written", ["&#8203;", "&#x202E;", "&shy;", "&zwnj;", "&ZeroWidthSpace;", "&#x00ad;"]
)
def test_invisible_characters_written_as_entities_are_found(written):
    assert characters.written_out_in(f"Give 5{written} mg &amp; more.") == written


def test_ordinary_entities_are_not_found():
    assert characters.written_out_in("&nbsp; &rarr; &#8594; &notaname; &") == ""


def test_for_xml_removes_only_characters_that_xml_forbids():
    assert characters.for_xml("Ster\x02oid\ufffe \ud800\tpage\n\u202e") == "Steroid \tpage\n\u202e"


def test_a_long_text_of_invisible_characters_is_read_in_one_pass():
    text = "word\u200b\n" * 20_000

    assert len(characters.unseen_in(text)) == 20_000
    assert characters.unseen_in(text)[-1].line == 20_000
