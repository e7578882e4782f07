"""Clipboards of word processors and browsers: what nobody saw is not pasted, all else stays."""

import pytest

from wiki.text.paste.differences import differences
from wiki.text.paste.not_taken import NOT_TAKEN
from wiki.text.paste.to_markdown import from_html

SYMBOL = "<span style='font-family:Symbol'>"
WINGDINGS = "<span style='font-family:Wingdings'>"


def _cited(number):
    return f'<a href="https://pubmed.ncbi.nlm.nih.gov/{number}/">{number}</a>'


def _bullet(sign, words):
    mark = f"<span style='font-family:Wingdings'><span style='mso-list:Ignore'>{sign}</span></span>"
    return f"<p style='mso-list:l0 level1 lfo1'>{mark}{words}</p>"


@pytest.mark.parametrize(
    ("html", "markdown", "left_out"),
    [
        # Words that Word's tracking of changes has deleted.
        (
            "<p>Give <span class=msoDel>5</span><span class=msoIns><ins>10</ins></span> mg</p>",
            "Give 10 mg",
            ("words that were struck out",),
        ),
        ("<p>Give <del>5</del><ins>10</ins> mg</p>", "Give 10 mg", ("words that were struck out",)),
        # Capitals that are only a style are the letters that were seen.
        ("<p><span style='text-transform:uppercase'>brca1</span> carriers</p>", "BRCA1 carriers", ()),
        ("<style>.a{text-transform: uppercase}</style><p class=a>Do <b>not</b></p>", "DO **NOT**", ()),
        # Numbers of a list that stand in a style sheet.
        ("<style>ol.x{list-style-type:lower-alpha}</style><ol class=x><li>A</li></ol>", "- a) A", ()),
        ("<style>.x{list-style: upper-roman}</style><ol class=x><li>A<li>B</ol>", "- I) A\n- II) B", ()),
        ("<ol style='list-style-type:lower-greek'><li>A</li><li>B</li></ol>", "- α) A\n- β) B", ()),
        # Signs of a font, and hyphens and spaces that break nowhere.
        ("<p>T<sub><span style='font-family:Symbol'>b</span></sub> 5&#8209;9&nbsp;g</p>", "Tβ 5‑9\xa0g", ()),
        # A text box comes in two versions, of which one is for other programs.
        (
            "<p><!--[if gte vml 1]><v:textbox><p>5 mg</p></v:textbox><![endif]--><![if !vml]>"
            "<span><table><tr><td><p>5 mg</p></td></tr></table></span><![endif]></p>",
            "5 mg",
            (),
        ),
        # A number in brackets that leads to a work is a citation, and no link to a page of that name.
        (f"<p>A <sup>[{_cited(1)}]</sup>, b [{_cited(1)}, {_cited(2)}] c<sup>{_cited(1)},{_cited(2)}"
         "</sup></p>",
         "A [@pmid:1], b [@pmid:1][@pmid:2] c[@pmid:1][@pmid:2]", ()),
        (f"<p>A [{_cited(1)}, 7]</p>", "A [@pmid:1] [7]", ()),
        (f"<p>A [7, {_cited(1)}].</p>", "A [7] [@pmid:1].", ()),
        (f"<p>A [{_cited(1)}, [2], [3–5]].</p>", "A [@pmid:1] [2] [3–5].", ()),
        (f"<p>A [[{_cited(1)}],[2]].</p>", "A [@pmid:1] [2].", ()),
        (f"<p>A [{_cited(1)}–3].</p>", "A [@pmid:1]–[3].", ()),
        (f"<p>A [{_cited(1)}; {_cited(2)}; 5, 6].</p>", "A [@pmid:1][@pmid:2] [5, 6].", ()),
        (f"<p>A [{_cited(1)}, 2014] [12].</p>", "A [[@pmid:1], 2014] [12].", ()),
        # Boxes of check lists: of web pages, Google Docs, editors, and Word, where they are bullets.
        ("<ul><li><input type=checkbox checked> Done</li><li><input type=checkbox> Open</li></ul>",
         "- ☑ Done\n- ☐ Open", ()),
        ('<ul><li role=checkbox aria-checked=true><span><img alt="checked" src="x"></span><p>Done</p></li>'
         '<li role="checkbox" aria-checked="false"><img alt="unchecked" src="x"><p>Open</p></li></ul>',
         "- ☑ Done\n- ☐ Open", ()),
        ('<ul><li role=checkbox aria-checked=true><span style="text-decoration:line-through">Done</span>'
         "</li></ul>",
         "- ☑ Done", ()),
        ('<ul><li><div class="checkbox checkbox-off"></div> <span>Open</span></li></ul>', "- ☐ Open", ()),
        ('<ul><li data-checked="true"><label><input type="checkbox" checked></label><p>Done</p></li></ul>',
         "- ☑ Done", ()),
        (_bullet("\xfe", "Done") + _bullet("\xfc", "Do") + _bullet("\xa7", "Any"),
         "- ☑ Done\n- ✓ Do\n- Any", ()),
        ("<p>☒ Done</p><ul><li>☐ Open</li></ul>", "☒ Done\n\n- ☐ Open", ()),
        ('<p>A <img src="data:image/png;base64,iVBORw0KGgo=" alt="CT"> b</p>', "A b", ("pictures",)),
        *((f"<p>A <{tag}>word 5 mg</{tag}> b</p>", "A b", (NOT_TAKEN.format("“word 5 mg”"),))
          for tag in ("textarea", "button", "iframe", "video", "object", "noscript", "audio", "canvas")),
        ("<p>A <svg><text>one</text><text>two</text></svg> b</p>", "A b",
         (NOT_TAKEN.format("“one”, “two”"),)),
        ("<p>A <select><option>one</select> b</p>", "A b", (NOT_TAKEN.format("“one”"),)),
        ("<title>T</title><style>x{}</style><p>A <script>one()</script> b</p>", "A b", ()),
        (f"<p>A</p><nav>one</nav><button>{'w' * 299}</button><nav>two</nav>", "A",
         (NOT_TAKEN.format("“one” and 2 more"),)),
    ],
)  # fmt: skip
def test_a_clipboard_says_what_was_seen(html, markdown, left_out):
    pasted = from_html(html)

    assert (pasted.markdown, pasted.left_out) == (markdown, left_out)


def test_a_footnote_of_several_paragraphs_stays_one_note():
    pasted = from_html(
        '<p>Calcium<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> falls.</p>'
        '<div><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> See one.</p>'
        "<p>Never 50 mg.</p></div></div>"
    )

    text, note = pasted.markdown.split("\n\n")
    assert text.startswith("Calcium[^1-")
    assert note.endswith("]: See one. Never 50 mg.")
    assert pasted.differences("Calcium falls.\n\n See one.\nNever 50 mg.") == []


def test_the_mark_of_an_endnote_is_no_word_that_would_be_lost():
    pasted = from_html(
        '<p>Calcium<a href="#_edn1" name="_ednref1"><span>[i]</span></a> falls.</p>'
        '<div id=edn1><p><a href="#_ednref1" name="_edn1">[i]</a> See one.</p></div>'
    )

    assert pasted.differences("Calcium[i] falls.\n[i] See one.") == []
    assert pasted.differences("Calcium[i] falls.\n[i] See one, in it.") != []


@pytest.mark.parametrize(
    ("html", "plain", "markdown", "told"),
    [
        # Word makes an arrow of "-->", and writes it into the plain text as the letter of its font.
        (f"Ca {WINGDINGS}\xe0</span> PTH", "Ca \xe0 PTH", "Ca → PTH", []),
        (f"Ca {WINGDINGS}\xe0</span> PTH", "Ca → PTH", "Ca → PTH", []),
        (f"{SYMBOL}\xad</span> 5 {SYMBOL}\uf06d</span>g", "\xad 5 \uf06dg", "↑ 5 μg", []),
        (f"5 {SYMBOL}m</span>g", "5 µg", "5 μg", []),
        (f"5 {SYMBOL}m</span>g", "5 µg m", "5 μg", ["It would lose “m”."]),
        # The same sign stands elsewhere, typed as itself.
        (f"10 μg, 5 {SYMBOL}m</span>g", "10 μg, 5 mg", "10 μg, 5 μg", []),
        (f"10 μg, 5 {SYMBOL}m</span>g", "10 μg, 5 μg", "10 μg, 5 μg", []),
        (
            f"10 μg, 5 {SYMBOL}m</span>g",
            "10 mg, 5 mg",
            "10 μg, 5 μg",
            ["It would lose “mg,”.", "It would put in “μg,”."],
        ),
    ],
)
def test_letters_of_a_font_of_signs_may_stand_in_the_plain_text(html, plain, markdown, told):
    found = from_html(f"<p>{html}</p>")

    assert found.markdown == markdown
    assert found.differences(plain) == told


def test_a_sign_that_only_the_form_has_is_told_only_if_the_form_lacks_it():
    boxes = from_html("<ul><li><input type=checkbox checked> Done</li></ul>")

    assert boxes.differences("Done") == []
    assert boxes.differences("- [x] Done") == []
    assert boxes.differences("- [ ] Done") == ["Some of its signs would change."]


@pytest.mark.parametrize(
    ("plain", "markdown", "said"),
    [
        ("a.\tA\nb.\tB", "1. A\n2. B", "It would change the numbers of its list: “a”, “b”."),
        ("- [x] A", "- A", "Some of its signs would change."),
        ("More\nText", "MoreText", "It would join “more text”."),
        ("Bone 1\n2 mg", "Bone 12 mg", "It would join “1 2”."),
        ("5 mg", "5 mg, 5mg", "It would put in “mg,”, “5mg”."),
        ("☑ A", "- ☐ A", "It would lose “☑”. It would put in “☐”."),
        ("3. A\n4. B", "1. A\n2. B", "It would change the numbers of its list: “3”, “4”."),
        ("1.1 A", "- A", "It would lose “1.1”."),
        ("a dose of brca1", "a dose of BRCA1", "It would lose “brca1”. It would put in “BRCA1”."),
    ],
)
def test_other_numbers_or_capitals_are_told(plain, markdown, said):
    assert " ".join(differences(plain, markdown)) == said


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("(1) A\n(2) B", "1. A\n2. B"),
        ("01. A", "1. A"),
        ("1. A\n   a. x", "1. A\n   - a) x"),
        ("1. x\n2. y", "| A | B |\n| --- | --- |\n| 1) x; 2) y | |"),
        ("A. Smith wrote", "A. Smith wrote"),
        ("α. A", "- α) A"),
        ("ü\tA\nØ\tB\nv\tC", "- A\n- B\n- C"),
    ],
)
def test_the_same_numbers_are_no_difference(plain, markdown):
    assert [one for one in differences(plain, markdown) if "numbers" in one or "ü" in one or "Ø" in one] == []


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<details><summary>More</summary>Text</details>", "More\n\nText"),
        ("<blockquote>Do no harm<footer>H.</footer></blockquote>", "> Do no harm\n>\n> H."),
        ("<figure><figcaption>Fig 1</figcaption></figure>Then", "Fig 1\n\nThen"),
        ("<section>One</section><article>Two</article><address>Three</address>", "One\n\nTwo\n\nThree"),
        ("<ul><li>A<p>more</p></li><li><p>B</p></li></ul>", "- A\n\n  more\n- B"),
    ],
)
def test_words_of_two_blocks_do_not_become_one(html, markdown):
    assert from_html(html).markdown == markdown


DOSES = "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>A</td><td>5 mg</td></tr></table>"
DOSES_KEPT = "| Drug | Dose |\n| --- | --- |\n| A | 5 mg |"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        # A table that arranges the page, as in mail, holds the one that was meant.
        (
            f"<table><tr><td><p>Before.</p>{DOSES}<p>After</p></td></tr></table>",
            f"Before.\n\n{DOSES_KEPT}\n\nAfter",
        ),
        (f"<table><tr><td>Give</td></tr><tr><td>{DOSES}</td></tr></table>", f"Give\n\n{DOSES_KEPT}"),
        (f"<table><tr><td><table><tr><td>{DOSES}</td></tr></table></td></tr></table>", DOSES_KEPT),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", "One\n\nTwo"),
        # In a cell it becomes words, apart from those beside it.
        (
            f"<table><tr><td>x{DOSES}y</td><td>b</td></tr></table>",
            "| x Drug, Dose; A, 5 mg y | b |\n| --- | --- |",
        ),
    ],
)
def test_a_table_within_another_keeps_its_words_once(html, markdown):
    assert from_html(html).markdown == markdown
