"""Nothing that is pasted changes its meaning unseen: letters of fonts, marks of lists, notes."""

import re

import pytest

from wiki.text.markdown.html import plain as words_of
from wiki.text.paste.differences import differences
from wiki.text.paste.symbol_fonts import SYMBOL, UNKNOWN
from wiki.text.paste.to_markdown import TO_REFERENCES, WITHOUT_LINK, from_html

SYMBOLS = "mso-char-type:symbol;mso-symbol-font-family:Symbol"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<p class=MsoNormal><b>Dose.</b> Start with 5 <span style='font-family:Symbol;"
            f"mso-ascii-font-family:Calibri;{SYMBOLS}'><span style='{SYMBOLS}'>m</span></span>g daily; "
            f"<span style='font-family:Symbol;{SYMBOLS}'><span style='{SYMBOLS}'>b</span></span>-blockers "
            "<span style='font-family:Symbol;mso-char-type:symbol'>&sup3;</span> 3 months.<o:p></o:p></p>",
            "**Dose.** Start with 5 μg daily; β-blockers ≥ 3 months.",
        ),
        ("<p>5 <font face=Symbol>m</font>g</p>", "5 μg"),
        ("<p>5 <font face='Symbol'>\uf06d</font>g</p>", "5 μg"),
        ("<p>T <span style='font-family:\"Symbol\"'>\uf0a3</span> 3</p>", "T ≤ 3"),
        ("<p>T <span style=\"font-family:'Symbol'\">\uf0b1</span> 3</p>", "T ± 3"),
        ("<p><span style='font-family:Symbol'>D<span style='font-family:Calibri'>D</span></span></p>", "ΔD"),
        ("<p>Symbol of the <span style='font-family:Arial'>m</span></p>", "Symbol of the m"),
    ],
)
def test_letters_in_the_symbol_font_become_their_signs(html, markdown):
    pasted = from_html(html)

    assert (pasted.markdown, pasted.left_out) == (markdown, ())


@pytest.mark.parametrize("font", ["Wingdings", "Wingdings 2", "Webdings", "MT Extra", "ZapfDingbats"])
def test_letters_in_other_symbol_fonts_become_a_placeholder(font):
    pasted = from_html(f"<p>Give <span style='font-family:{font}'>m</span>g</p>")

    assert pasted.markdown == f"Give {UNKNOWN}g"
    assert "signs of a font" in pasted.left_out[0]


def test_every_letter_of_the_symbol_font_has_a_sign():
    letters = {code for code, sign in SYMBOL.items() if sign == UNKNOWN}

    assert not letters & {*range(0x41, 0x5B), *range(0x61, 0x7B)}


def item(mark, words, identity="l0 level1 lfo1"):
    ignored = f"<span style='mso-list:Ignore'>{mark}<span>&nbsp; </span></span>"
    return f"<p class=MsoListParagraph style='mso-list:{identity}'>{ignored}{words}</p>"


WORD = (
    item("a)", "First")
    + item("b)", "Second")
    + item("iv.", "Fourth", "l1 level1 lfo2")
    + item("1.1", "One one", "l2 level1 lfo3")
    + item("0.", "Zero", "l2 level1 lfo3")
)


def test_list_markers_from_word_are_kept():
    assert from_html(WORD).markdown == ("- a) First\n- b) Second\n- iv. Fourth\n- 1.1 One one\n\n0. Zero")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (item("1.", "A") + item("2.", "B") + item("1.", "C", "l1 level1 lfo2"), "1. A\n2. B\n\n1) C"),
        (item("1.", "A") + item("3.", "C"), "1. A\n\n3) C"),
        (
            item("1.", "A") + item("a.", "Inside", "l0 level2 lfo1") + item("2.", "B"),
            "1. A\n   - a. Inside\n2. B",
        ),
        ("<ol><li>a</li><li>b</li></ol><ol><li value=5>x</li></ol>", "1. a\n2. b\n\n5) x"),
        ("<ol><li>a</li><li value=7>g</li><li>h</li></ol>", "1. a\n\n7) g\n8) h"),
        ("<ol type=a start=2><li>x</li><li>y</li></ol>", "- b) x\n- c) y"),
        ("<ol><li style='list-style-type:lower-roman'>x</li><li>y</li></ol>", "- i) x\n- ii) y"),
        ("<ol start=0><li>x</li></ol>", "0. x"),
    ],
)
def test_every_list_number_is_kept(html, markdown):
    assert from_html(html).markdown == markdown


def test_cells_keep_their_paragraphs_and_numbers():
    html = (
        "<table><tr><td>A</td><td>B</td></tr><tr><td><p>1 mg</p><p>2 mg.</p><p>End</p></td>"
        "<td><ol start=3><li>x</li><li>y</li></ol></td></tr></table>"
    )

    assert from_html(html).markdown.endswith("| 1 mg; 2 mg. End | 3) x; 4) y |")


def test_footnotes_of_word_become_notes():
    html = (
        "<p>Text<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>"
        "<span class=MsoFootnoteReference>[1]</span></a> goes on.</p>"
        "<div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>"
        "<span>[1]</span></a> Not in kidney failure.</p></div>"
    )

    pasted = from_html(html)

    assert pasted.differences("Text[1] goes on.\n[1] Not in kidney failure.") == []
    assert pasted.markdown.startswith("Text[^1-")
    assert "Not in kidney failure." in words_of(pasted.markdown)
    assert "]: Not in kidney failure." in pasted.markdown


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (
            "<p>A<a href='#_ftn1'>1</a> B<a href='#_edn1'>i</a> C<a href='#_ftn1'>1</a></p>"
            "<p><a href='#_ftnref1'>1</a> Foot.</p><p><a href='#_ednref1'>i</a> End.</p>",
            ["1", "e1", "1", "1", "e1"],
        ),
        (
            "<p>A<a href='#sdfootnote1sym'><sup>1</sup></a></p><p><a href='#sdfootnote1anc'>1</a> Foot.</p>",
            ["1", "1"],
        ),
        ("<p>A<a href='#ftnt1'>[1]</a></p><p><a href='#ftnt_ref1'>[1]</a> Foot.</p>", ["1", "1"]),
        ("<p>A<a href='#fn:1'>1</a></p><p><a href='#fnref:1'>1</a> Foot.</p>", ["1", "1"]),
    ],
)
def test_each_mark_names_its_own_note(html, names):
    assert re.findall(r"\[\^(\w+)-", from_html(html).markdown) == names


@pytest.mark.parametrize(
    ("mark", "back"),
    [
        ("#fn1", "#fnref1"),
        ("#fn:1", "#fnref:1"),
        ("#user-content-fn-1-0a1b2c3d4e", "#user-content-fnref-1-0a1b2c3d4e"),
    ],
)
def test_notes_of_a_page_with_the_way_back_behind_them_become_notes(mark, back):
    pasted = from_html(
        f"<p>Give it<sup><a href='{mark}'>1</a></sup> now.</p><section><ol><li id='{mark[1:]}'>"
        f"<p>Never 5*10 mg.</p><p>Not <em>now</em>. <a href='{back}'>↩︎</a> <a href='{back}-2'>↩2</a></p>"
        "</li></ol></section>"
    )

    text, note = pasted.markdown.split("\n\n")
    assert re.fullmatch(r"Give it\[\^1-(\w{4})\] now\.", text)
    assert re.fullmatch(r"\[\^1-\w{4}\]: Never 5\\\*10 mg\. Not \*now\*\.", note)
    assert pasted.differences("Give it1 now.\n\n1. Never 5*10 mg.\nNot now. ↩︎ ↩2") == []


def test_the_way_back_from_a_list_of_works_is_left_out():
    back = "<b><a href='#cite_ref-1'>^</a></b>"
    pasted = from_html(f"<ol><li id='cite_note-1'><span>{back}</span> <span>Smith 2020.</span></li></ol>")

    assert pasted.markdown == "1. Smith 2020."
    assert pasted.differences("^ Smith 2020.") == []


def test_a_footnote_mark_without_its_note_stays_as_text():
    assert from_html("<p>Text<a href='#_ftn1'>[1]</a></p>").markdown == "Text[1]"


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("5 µg of β-blockers ≥ 3", "5 μg of β-blockers ≥ 3"),
        ("1. First\n2. Second", "1. First\n2. Second"),
        ("a) First\n· Second", "- a) First\n- Second"),
        ("Dose: 106 cells", "**Dose:** 10⁶ cells"),
        ("A\tB\n1\t2", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("5*10 mg", "5\\*10 mg"),
        ("3 days1,2", "3 days [1,2]"),
        ("the WHO", "[the WHO](https://who.int/)"),
    ],
)
def test_the_same_words_in_other_markup_are_no_difference(plain, markdown):
    assert differences(plain, markdown) == []


@pytest.mark.parametrize(
    ("plain", "markdown", "told"),
    [
        ("5 µg daily", "5 mg daily", ["It would lose “µg”.", "It would put in “mg”."]),
        ("≥ 3 months", "³ 3 months", ["It would lose “≥”.", "It would put in “³”."]),
        ("5*10 mg", "510 mg", ["It would lose “5*10”."]),
        ("10.5 mg", "105 mg", ["It would lose “10.5”."]),
        ("Not in children", "In children", ["It would lose “Not”."]),
        ("at −5 °C", "at 5 °C", ["It would lose “−5”."]),
        ("10-6.5", "10^6.5", ["It would lose “10-6.5”.", "It would put in “10^6.5”."]),
        ("5‑10 mg", "510 mg", ["It would lose “5‑10”."]),
        ("1:1000", "11000", ["It would lose “1:1000”."]),
        ("K ↑ and Ca ↓", "K and Ca", ["It would lose “↑”, “↓”."]),
        ("✓ given", "given", []),
        ("given ✓", "given", ["Some of its signs would change."]),
        ("one two three four five", "", ["It would lose “one”, “two”, “three” and 2 more."]),
    ],
)
def test_changed_words_figures_or_signs_are_reported(plain, markdown, told):
    assert differences(plain, markdown) == told


def test_intentional_omissions_are_no_difference():
    pasted = from_html(
        "<p>Give <del>5 mg</del> 10 mg <a href='https://doi.org/10.1038/ng.1077'>PubMed</a></p>"
    )

    assert pasted.differences("Give 5 mg 10 mg PubMed") == []
    assert pasted.differences("Give 5 mg 10 mg twice PubMed") == ["It would lose “twice”."]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>\uf06d g</p>", "\ufffd g"),
        ('<p><span style="font-family:Symbol">\uf06d</span>g</p>', "μg"),
        ("<p>- 20 °C is cold.</p>", "\\- 20 °C is cold."),
        ("<p>- 5 mg</p><p>- 10 mg</p>", "- 5 mg\n- 10 mg"),
        ("<ol reversed><li>a</li><li>b</li></ol>", "- 2) a\n- 1) b"),
        ("<p>R<sup>2</sup> and χ<sup>2</sup>, type I<sup>2</sup></p>", "R² and χ², type I [2]"),
        ('<p>x<span style="position:relative;top:-3pt;mso-text-raise:3.0pt">9</span></p>', "x [9]"),
        ('<p>CO<span style="mso-text-raise:-3.0pt">2</span></p>', "CO₂"),
        ('<p>10<span style="vertical-align:4pt">6</span></p>', "10⁶"),
        (
            '<p>CO<span style="vertical-align:-25%">2</span> 5<span style="vertical-align:0px">2</span></p>',
            "CO₂ 52",
        ),
        ("<p>a <q>b</q> c</p>", "a “b” c"),
        ('<p><span style="font:12pt Symbol">m</span>g</p>', "μg"),
        ("<p><span style='font:12pt/1.2 \"Segoe UI Symbol\"'>m</span>g</p>", "mg"),
        ('<p><span style="font:12pt Arial, Symbol">m</span>g</p>', "mg"),
        ("<style>.S{color:red;font-family:Symbol, serif}</style><p><span class=S>m</span>g</p>", "μg"),
        ("<p>5 <font face=Symbol>m</font> 3 <font face=Arial>- 20</font> # x</p>", "5 μ 3 - 20 # x"),
        ("<p><b>5</b>mg, <i>twice</i>daily, <b>Dose:</b>5 mg</p>", "5mg, twicedaily, **Dose**:5 mg"),
        (
            "<p>a<span hidden>b</span><span style='visibility:hidden'>c</span>"
            "<span style='font-size:0'>d</span> e</p>",
            "a e",
        ),
        ("<p>10<sup>6.5</sup> and 30<sup>b</sup>, 2<sup>n</sup></p>", "10^6.5 and 30 [b], 2ⁿ"),
        ("<ol>Give 5 mg<ol></ol></ol><p>x</p>", "Give 5 mg\n\nx"),
        ("<ol>a<ol><del>b</del></ol></ol>", "a"),
        ("<ol style='list-style-type:none'><li>a</li></ol>", "- a"),
        (
            "<table><tr><td>A</td><td>B</td><td>C</td></tr><tr><td>1</td>"
            "<td style='text-decoration:line-through'>2</td><td>3</td></tr></table>",
            "| A | B | C |\n| --- | --- | --- |\n| 1 | | 3 |",
        ),
        (
            "<style>.x66{text-decoration:line-through}</style>"
            "<table><tr><td>A</td><td>B</td></tr><tr><td class=x66>1</td><td>2</td></tr></table>",
            "| A | B |\n| --- | --- |\n| | 2 |",
        ),
        (
            "<table><tfoot><tr><td>Sum</td><td>9</td></tr></tfoot><tr><th>A</th><th>B</th></tr></table>",
            "| A | B |\n| --- | --- |\n| Sum | 9 |",
        ),
        (
            "<table><tr><td>A</td><td>B</td></tr><tr><td>5 mg<br>10 mg</td><td>30<br>mg</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 5 mg; 10 mg | 30 mg |",
        ),
        (
            "<p>A<sup><a href='#cmnt1'>[a]</a></sup> B</p>"
            "<div><p><a href='#cmnt_ref1'>[a]</a> Why?</p></div>",
            "A B",
        ),
        ("<pre>a  b\n  c</pre>", "```\na  b\n  c\n```"),
    ],
)
def test_signs_keep_their_meaning(html, markdown):
    assert from_html(html).markdown == markdown


def test_a_cell_spanning_rows_is_no_difference():
    found = from_html("<table><tr><td rowspan=2>Adults</td><td>5 mg</td></tr><tr><td>10 mg</td></tr></table>")

    assert found.markdown == "| Adults | 5 mg |\n| --- | --- |\n| Adults | 10 mg |"
    assert found.differences("Adults\t5 mg\n10 mg") == []
    assert found.differences("5 mg\n10 mg") != []


@pytest.mark.parametrize(
    "html",
    [
        "<span><a href='#_ftn1'><a href='#_ftn1'><a href='#_ftnref1'></span><a href='#_ftn1'></a></h2>x",
        "<tr><a href='#_ftn1'><a href='#_ftn1'><a href='#_ftnref1'></ul></table></li><a href='#_ftn1'></a>x",
        "<p style='mso-list:l0 level1 lfo1'><br><a href='#_ftn1'><a href='#_ftnref1'><a href='#_ftn1'></a>x",
    ],
)
def test_links_of_notes_within_each_other_lose_no_word(html):
    assert words_of(from_html(html).markdown).endswith("x")


D = "https://doi.org/10.1000/"
ARTICLE = "https://pmc.ncbi.nlm.nih.gov/articles/PMC3513540/"


@pytest.mark.parametrize(
    ("html", "plain", "markdown", "without_link"),
    [
        (
            f'A fall [<a href="{D}a">1</a>–<a href="{D}e">5</a>].',
            "A fall [1–5].",
            "A fall [@doi:10.1000/a] [2–4] [@doi:10.1000/e].",
            ["2–4"],
        ),
        (
            f'A fall<sup><a href="{D}a">1</a>-<a href="{D}e">5</a></sup>.',
            "A fall1-5.",
            "A fall[@doi:10.1000/a] [2–4] [@doi:10.1000/e].",
            ["2–4"],
        ),
        (
            f'A fall<sup><a href="{D}a">1</a></sup><sup>–</sup><sup><a href="{D}c">3</a></sup>.',
            "A fall1–3.",
            "A fall[@doi:10.1000/a] [2] [@doi:10.1000/c].",
            ["2"],
        ),
        # A number within the range that is a link elsewhere in the text is that work.
        (
            f'One [<a href="{D}a">1</a>–<a href="{D}d">4</a>], '
            f'two [<a href="{D}b">2</a>,<a href="{D}c">3</a>].',
            "One [1–4], two [2,3].",
            "One [@doi:10.1000/a][@doi:10.1000/b][@doi:10.1000/c][@doi:10.1000/d], "
            "two [@doi:10.1000/b][@doi:10.1000/c].",
            [],
        ),
        (
            f'A fall <sup><a href="{D}a">1</a>,<a href="{D}c">3</a>-<a href="{D}e">5</a></sup>, so.',
            "A fall 1,3-5, so.",
            "A fall [@doi:10.1000/a][@doi:10.1000/c] [4] [@doi:10.1000/e], so.",
            ["4"],
        ),
        (
            f'A fall [<a href="{D}a">1</a>–<a href="{D}b">2</a>].',
            "A fall [1–2].",
            "A fall [@doi:10.1000/a][@doi:10.1000/b].",
            [],
        ),
    ],
)
def test_the_works_within_a_range_are_cited_or_told(html, plain, markdown, without_link):
    found = from_html(f"<p>{html}</p>")

    assert found.markdown == markdown
    assert found.left_out == tuple(WITHOUT_LINK.format(one) for one in without_link)
    assert found.differences(plain) == []


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (f'A fall [<a href="{ARTICLE}#B1">1</a>–<a href="{ARTICLE}#B5">5</a>].', "A fall [1–5]."),
        (f'A fall<sup><a href="{ARTICLE}#B7">7</a></sup>.', "A fall [7]."),
        (
            'A fall (<a href="https://www.nature.com/articles/ng.1077#ref-CR1">Smith, 2020</a>).',
            "A fall (Smith, 2020).",
        ),
        (
            'A fall (<a href="https://onlinelibrary.wiley.com/doi/10.1002/mds.2#mds2-bib-0003">Smith</a>).',
            "A fall (Smith).",
        ),
        (f'A fall (<a href="{ARTICLE}">Smith, 2020</a>).', "A fall (Smith, 2020 [@pmc:PMC3513540])."),
    ],
)
def test_an_entry_of_the_references_of_the_copied_article_is_not_that_article(html, markdown):
    assert from_html(f"<p>{html}</p>").markdown == markdown


@pytest.mark.parametrize(
    ("html", "markdown", "told"),
    [
        (f'A fall <a href="{ARTICLE}#B7">7</a>.', "A fall [7].", "7"),
        ('A fall <a href="#B2">2</a>,<a href="#B3">3</a>(so).', "A fall [2,3] (so).", "2, 3"),
        (f'A fall (<a href="{ARTICLE}#B2">Smith, 2020</a>).', "A fall (Smith, 2020).", "Smith, 2020"),
        (
            f'A fall <a href="#B7">7</a>.</p><ol><li id="B7">Smith <a href="{D}a">doi</a></li></ol><p>',
            "A fall [@doi:10.1000/a].\n\n1. Smith [@doi:10.1000/a]",
            "",
        ),
    ],
)
def test_a_link_to_the_references_of_an_article_is_followed_or_told(html, markdown, told):
    found = from_html(f"<p>{html}</p>")

    assert found.markdown == markdown
    assert found.left_out == ((TO_REFERENCES.format(told),) if told else ())
    assert found.differences(re.sub("<[^<>]*>", " ", html).replace(" , ", ",")) == []


def test_ranges_do_not_grow_a_text_beyond_bounds():
    wide = f'<a href="{D}a">1</a>–<a href="{D}z">999</a> '
    numbers = " ".join(f'<a href="{D}{number}">{number}</a>' for number in range(2, 999))

    assert len(from_html(f"<p>{numbers} {wide * 300}</p>").markdown) < 100_000
