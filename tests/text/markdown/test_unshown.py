"""What is typed and no reader gets, and marks that readers see as they are typed."""

from pathlib import Path

import pytest

from wiki.text.markdown.html import plain
from wiki.text.markdown.unshown import unshown

STARTER = Path(__file__).parents[3] / "wiki" / "starter"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("A[^a].\n\n[^a]: One.", []),
        ("A.[^b]\n\n[^b]:", ["This note is empty: its mark in the text leads to no words"]),
        ("A.\n\n[^b]:", ["Nothing refers to this note, so no reader gets it"]),
        ("A.\n\n[^b]: Two.", ["Nothing refers to this note, so no reader gets it"]),
        (
            "A[^a].\n\n[^a]: One.\n[^a]: Two.",
            [
                "2 notes are called a; readers get one of them",
                "Nothing refers to this note, so no reader gets it",
                "2 notes are called a; readers get one of them",
            ],
        ),
        ("A[^nowhere].", ["There is no note of this name"]),
        *(
            (f"The dose is\n\n{mark}\n\nNext.", [f"Readers get an empty {what}, or put \\ before {sign}"])
            for mark, what, sign in (
                ("5.", "item of a list here; write its words", "the full stop"),
                ("1)", "item of a list here; write its words", "the bracket"),
                ("-", "item of a list here; write its words", "it"),
                ("*", "item of a list here; write its words", "it"),
                ("+", "item of a list here; write its words", "it"),
                (">", "quotation here; write its words", "it"),
            )
        ),
        (
            "1. a\n2.\n3. c",
            ["Readers get an empty item of a list here; write its words, or put \\ before the full stop"],
        ),
        ("- \n  a\n- - b\n- [@pmid:22327515]", []),
        ("[](https://a.org) b [ ](/wiki/a/)", ["This link has no words, so no reader can follow it"] * 2),
        (
            "| a | b |\n| --- | --- |\n| 1 | 2 |\nNever more.",
            ["This line is a row of the table above it; put an empty line between them"],
        ),
        ("a | b\n--- | ---\n1 | 2\n\nNever more.", []),
        ("## Signs\n\n[a](#s-signs)", []),
        (
            "## Signs\n\n[a](#signs) [b](#s-dose)",
            ["This link leads to no section of the page; write [[#Heading]]"] * 2,
        ),
        ("5\\.\n\n\\-\n\n1\\)", []),
        ("It is \\(x^2\\).", ["A formula is shown as it is typed, without its first signs"]),
        ("```\n\\(x^2\\)\n```", []),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", []),
        (
            "| A | B |\n| --- | --- |\n| 1 | 2 | rash |",
            ["This row has 3 cells for 2 columns; “rash” is left out"],
        ),
        (
            "| A | B |\n| --- | --- |\n| (<12 kg|<6 y) | 2 |",
            ["This row has 3 cells for 2 columns; “2” is left out"],
        ),
        (r"| A |\n| --- |\n| 1 \| 2 |".replace(r"\n", "\n"), []),
        ("A [b] c.\n\n[b]: https://a.org", []),
        ("A.\n\n[b]: https://a.org", ["No link uses this address, so no reader gets it"]),
        ("One<br>two", ["HTML is shown as it is typed"]),
        ("`<br>` is HTML", []),
        ("p < 5 and q > 3", []),
        ("Give 5\\,mg.", ["Readers do not get this \\, but the sign behind it"]),
        ("5\\* 10, 5\\%, A\\. b and 1\\) c", []),
        ("5 \\mu g", ["A formula is shown as it is typed"]),
        ("C:\\data", []),
        ("> [!WARNING]\n> Never.", ["This mark of a box is shown as it is typed"]),
        ("{--5 mg--}{++10 mg++}", ["This mark of a change is shown as it is typed"] * 2),
        ("{a -- b} and 5 %% 6", []),
        ("A %%ask Ann%% b", ["This comment is shown to readers as it is typed"]),
        (
            "Steps:\n2. Give 5 mg",
            ["This stands within the words before it; put an empty line before a list"],
        ),
        (
            "- a\n    - b\n            - c",
            ["This stands within the words before it; put an empty line before a list"],
        ),
        ("It ended in\n2014. Then\nmore", []),
        *(
            (body, ["These lines run together; begin each item with - or 1. after an empty line"])
            for body in (
                "Signs:\n• fever\n• rash\n• cough",
                "Signs:\n•fever\n•rash",
                "– one\n– two",
                "a. one\nb. two",
                "(1) one\n(2) two",
                "First\ni) one\nii) two",
                "- item\n  • one\n  • two",
                "> a) one\n> b) two",
            )
        ),
        *(
            (body, [])
            for body in (
                "• one  \n• two",
                "• one\\\n• two",
                "• one",
                "It falls\n– or rises –\nlater",
                "by\nA. Lee\nB. Roe",
                "see a.\nb. c",
                "(2) one\n(1) two",
                "A grade\nc. d\nC. e",
                "- a) one\n- b) two",
            )
        ),
        *(
            (body, ["Four blanks or a tab at its beginning set this in fixed type; delete them"])
            for body in (
                "    Give 5 mg",
                "One.\n\n\tGive 5 mg",
                "- a\n\n      - b",
            )
        ),
        ("One\n    goes on\n\n```\n    kept\n```", []),
        ("= Signs =", ["A heading begins with ## here"]),
        ("= 5 and x = 6", []),
        (
            "<<<<<<< mine\n5 mg\n\n>>>>>>> theirs",
            ["This line stands between two versions of a text; choose one and delete it"] * 2,
        ),
        ("[https://a.org Words]", ["This link of another wiki is shown as it is typed"]),
        (
            "Error! Reference source not found. { REF _Ref1 \\\\h }",
            ["A field of Word is shown in place of what it stood for"] * 2,
        ),
        ("{Smith, 2001 #12}", ["This mark of a reference manager cites nothing here"]),
        ("{ | Smith, 2001 | | |zu:1:AB}", ["This mark of a reference manager cites nothing here"]),
        ("As @lee2004 says", ["A citation names a key, such as [@pmid:22327515]"]),
        ("TODO: 5 mg [citation needed]", ["This note to those who write is shown to readers"] * 2),
        ("Karyotype 47,XXX; see to do", []),
        ("#+BEGIN_QUOTE", ["This is a mark of another system"]),
        (
            "A ~struck~ word, ~5 mg and ~6 mg",
            ["Nothing is struck out here; readers see the words and the marks"],
        ),
        ("{{Infobox|a=b}}", ["Readers see this template of another wiki as it is typed"]),
        ("'''Bold'''".replace("\\", ""), ["Apostrophes make no emphasis; put stars around the words"]),
        ("== Signs ==", ["A heading begins with ## here"]),
        ('[Calcium](Calcium "wikilink")', ["This link leads nowhere that the wiki links to"]),
        ("See [this][nowhere].", ["This link has no address"]),
        ("Bold **word", ["These marks emphasise nothing"]),
        ("2 ** 3 and snake__case", []),
        ("**bold**text** and 2**3", ["These marks emphasise nothing"]),
        ("$$x$$ and $5 and $10", ["A formula is shown as it is typed"]),
        (
            "[x](https://a.org/b c) [5](see text)",
            ["The address of this link holds a space, so it is no link"],
        ),
        ("[b]Bold[/b]", ["This is a mark of another system"] * 2),
        ("If a<b and c>d", []),
        ("A <!-- never --> b", ["This comment is shown to readers as it is typed"]),
        ("~~5 mg~~ 10 mg", ["Nothing is struck out here; readers see the words and the marks"]),
        ("About ~5 to ~6 mg, x == y == z", []),
        ("Take ==5 mg== now.", ["Nothing is highlighted here; readers see the marks"]),
        ("H~2~O and 10^6^", ["These marks raise or lower nothing; type ² or ₂"] * 2),
        ("10^6 and CD4+", []),
        ("$x^2$ and $$E=mc^2$$", ["A formula is shown as it is typed"] * 2),
        ("It costs $5 to $10.", []),
        ("Text^[a note].", ["A note within the text is shown as it is typed"]),
        ("[see @pmid:1, p. 4]", ["A citation holds keys only"]),
        ("[@pmid:1]", []),
        ("[[File:x.png|thumb|Words]]", ["This link or file of another wiki is shown as it is typed"]),
        ("[[Calcium|lime]]", []),
        ("# Signs {#signs}", ["Names for a heading or a style are shown as they are typed"]),
        ("It falls [@pmid:1 and rises.", ["This citation has no end; put ] behind the key"]),
        ("It falls [@pmid:1].", []),
        ("5 &micro;g, &#181;g and R&D; &nosuchsign; here.", ["HTML is shown as it is typed"]),
        (
            'A [b] c.\n\n[b]: https://a.org "Never above 10 mg"',
            ["What stands in quotation marks behind an address is not printed, nor seen by touch"],
        ),
        ("See [[Page and more.", ["This link has no end; put ]] behind the title"]),
        ("See Page]] and more.", ["This link has no beginning; put [[ before the title"]),
        ("Rare [@].", ["A citation names a key, such as [@pmid:22327515]"]),
        (
            "Rare [1,2] and [3–5], then.[7]",
            ["This number leads to no reference here; cite the work in its place"] * 3,
        ),
        ("An interval of [5, 10.5] or 3 [2, 9], [18F]FDG and [18](https://a.org)", []),
        (
            r"So \(x^2\) is \[\frac{a}{b}\], not \(this one\).",
            [
                "A formula is shown as it is typed, without its first signs",
                "A formula is shown as it is typed, without its first signs",
                "A formula is shown as it is typed",
            ],
        ),
        ("- [ ] one\n- [x] two", ["A box to tick is shown as it is typed"] * 2),
        ("一**重要**です", ["These marks emphasise nothing"]),
        ("| a | b |\n|---|\n| 1 | 2 |", ["This line of a table is shown as it is typed"]),
        (
            "![A scan](https://a.org/x.png)",
            ["This picture is not the wiki's own; readers get its words only"],
        ),
        ('![A scan](image:0123456789abcdef "Words")', []),
        ("[the study]()", ["This link has no address; readers get its words only"]),
        (
            "> 65 years: half of it",
            ["The > begins a quotation here, so no reader gets it; put a word or \\ before it"],
        ),
        ("> The words of a guideline.", []),
        ("+ 5 mmol/l", ["The + begins a list here, so no reader gets it; put a word or \\ before it"]),
        ("+5 mmol/l, \\> 65 years", []),
        ("- 5 °C", ["The - begins a list here; if a minus is meant, put a word or \\ before it"]),
        ("- 5 mg\n- 10 mg\n\nThen\n\n- once", []),
        (
            "It fell.\n---\n\nT\n=",
            ["The line beneath makes these words a heading; put an empty line between them"] * 2,
        ),
        ("Signs\n---\n\nTests\n=====\n\nIt fell.\n\n---", []),
        ("__NOTOC__", ["This mark of another wiki does nothing here; readers get its letters"]),
        (
            "[A](https://a.org and [Its page] (https://b.org)",
            [
                "This link has no end; put ) behind the address",
                "A space stands between ] and (, so this is no link",
            ],
        ),
        ("[a](https://a.org", ["This link has no end; put ) behind the address"]),
        ("[a](https://a.org/b(c))", []),
        ("<math>x", ["HTML is shown as it is typed"]),
        ("3. a\n1. b", ["Readers get the number 4 for this item, not 1"]),
        ("1. a\n2. b\n4. c", ["Readers get the number 3 for this item, not 4"]),
        ("1. a\n1. b\n1. c", []),
        ("1. a\n   1. b\n   2. c\n2. d", []),
        ("```\ncode", ["These words in fixed type have no end"]),
        ("```\ncode\n```", []),
        (
            "A[^a][^b].\n\n[^a]: One.\n\n    [^b]: Two.",
            ["There is no note of this name"] * 2,
        ),
        ("A[^a][^b].\n\n[^a]: One.\n[^b]: Two.", []),
        ("A[^ 1].\n\n[^ 1]: One.", ["There is no note of this name"] * 2),
        (
            "- | A | B |\n  | --- | --- |\n  | 1 | 2 | 3 |",
            ["This row has 3 cells for 2 columns; “3” is left out"],
        ),
        (
            "> | A | B |\n> | --- | --- |\n> | 1 | 2 | 3 |",
            ["This row has 3 cells for 2 columns; “3” is left out"],
        ),
        (
            "1. x\n\n   A | B\n   --- | ---\n   1 | 2 | 3",
            ["This row has 3 cells for 2 columns; “3” is left out"],
        ),
        ("- | A | B |\n  | --- | --- |\n  | 1 | 2 |", []),
        ("| A | B |\n| --- | --- |\n\n| 1 | 2 |", ["This line of a table is shown as it is typed"]),
        ("|x| < 5 and |y|", []),
        (
            "[a]: https://x.org\n[A]: https://y.org\n\n[a]",
            ["An address of this name stands before; links lead there, and never here"],
        ),
        (
            '[x](https://a.org "Never more than 5 mg")',
            ["What stands in quotation marks behind an address is not printed, nor seen by touch"],
        ),
        ("[[File:x.jpg]] [[Category:X]]", ["This link or file of another wiki is no page here"] * 2),
        ("[[TOC]]", ["This link or file of another wiki is no page here"]),
        ("[[Image guidance]] and [[Help]]", []),
        (
            "5 *10 mg and then 2* 5 mg",
            ["Readers do not get this * between two numbers; put \\ before it"] * 2,
        ),
        ("On day 5 *twice* and *10* mg, 2 * 3 * 4", []),
        (
            "::: urgent\nCall.\n\nThe rest.",
            ["This box has no end, so all that follows stands in it; end it with :::"],
        ),
        ("::: urgent\nCall.\n:::\n\n- ::: urgent\n  Call.\n  :::\n\nThe rest.", []),
        (
            "@pmid:22327515 and [doi:10.1/x]",
            ["A citation stands in square brackets, with @ before the key"] * 2,
        ),
        ("[@pmid:1; @pmid:2], a@doi.org, https://a.org/@doi:x", []),
        ("##Signs", ["A heading has a space behind its signs, and at most six"]),
        ("#1 of 5, #213600", []),
        (":warning: 10:30:45", ["The name of a sign is shown as it is typed"]),
        ("++5 mg++ of C++ and D++", ["Nothing is underlined here; readers see the marks"]),
        ("\\textbf{5 mg}", ["A formula is shown as it is typed"]),
        ("{% raw %} {code}", ["This is a mark of another system"] * 2),
        (
            "+++\ntitle = 'A'\n+++\n\nText.",
            ["Facts about the page go into its fields; readers see these lines"],
        ),
        ("---\ntitle: A\n---\n\nText.", ["Facts about the page go into its fields; readers see these lines"]),
    ],
)
def test_every_part_not_shown_to_readers_is_named(body, told):
    assert [one.sentence for one in unshown(body)] == told


def test_an_unshown_part_has_its_position():
    body = "One.\n\nTwo <br> three."

    (one,) = unshown(body)

    assert (body[one.start : one.end], one.is_lost) == ("<br>", False)


@pytest.mark.parametrize(
    "text",
    ["5*10 mg and then 2*5 mg", "HLA-B*57:01 with HLA-A*31:01", "CYP2D6*4/*10", "a_b_c and 5_10", "2*3*4"],
)
def test_asterisks_and_underscores_within_a_word_are_shown(text):
    assert plain(text) == text
    assert unshown(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("**Dose.** *10*% of (*a*)", "Dose. 10% of (a)"), ("***both***", "both"), ("_it_ __bold__", "it bold")],
)
def test_emphasis_at_word_boundaries_is_rendered(text, words):
    assert plain(text) == words


@pytest.mark.parametrize("path", sorted(STARTER.glob("*.md")), ids=lambda path: path.stem)
def test_no_part_of_the_starter_content_is_unshown(path):
    body = path.read_text().split("\n---\n", 1)[1]

    assert unshown(body) == []
