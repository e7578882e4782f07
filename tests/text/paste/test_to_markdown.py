"""Rich text as it comes from word processors and web pages, and what somebody makes to hurt."""

import pytest

from tests.effort import no_more_than
from wiki.text.paste.cited_links import citation_of
from wiki.text.paste.limits import TooMuch
from wiki.text.paste.to_markdown import from_html

# As Word on Windows puts it on the clipboard.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"><style><!-- @list l0:level1 {mso-level-number-format:bullet;} --></style></head>
<body lang=EN-GB><!--StartFragment-->
<h1>Treatment<o:p></o:p></h1>
<p class=MsoNormal>Give <b>cal</b><b>cium</b>&nbsp;10&nbsp;ml of <i>10%</i> solution<span
style='mso-spacerun:yes'>  </span>over
10&nbsp;minutes; Ca<sup>2+</sup>, PO<sub>4</sub>, 10<sup>9</sup>/l, 2<sup>n+k</sup>, the
1<sup>st</sup>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o<span>&nbsp;
</span></span>Inside<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;
</span></span>Second<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.</span>Three</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4.</span>Four</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·</span>Five</p>
<table class=MsoTableGrid border=1><tr><td><p><b>Drug<o:p></o:p></b></p></td><td><p><b>Dose</b></p></td></tr>
<tr><td
rowspan=2><p>Calcitriol</p></td><td><p>0.25&nbsp;µg|day</p></td></tr><tr><td>1&nbsp;µg</td></tr></table>
<!--EndFragment--></body></html>"""
WORD_AS_MARKDOWN = """## Treatment

Give **calcium** 10\xa0ml of *10%* solution over 10\xa0minutes; Ca²⁺, PO₄, 10⁹/l, 2^n+k, the 1st.

- First
  - Inside
- Second

3. Three
4. Four

- Five

| Drug | Dose |
| --- | --- |
| Calcitriol | 0.25\xa0µg\\|day |
| Calcitriol | 1\xa0µg |"""
GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-weight:400">Signs</span></h2><p dir="ltr"><span style="font-weight:700;">Dose:</span><span
style="font-weight:400;">5 mg </span><span style="font-style:italic;font-weight:700">often</span><span
style="vertical-align:super">2</span></p><ul><li dir="ltr" aria-level="1"><p
role="presentation"><span>a</span></p>
</li><ul><li><p><span>b</span></p></li></ul><li><p>c</p></li></ul><p><a
href="https://www.google.com/url?q=https://who.int/x&amp;sa=D">the WHO</a></p><br /></b>"""
ONLINE = """<div class="ListContainerWrapper"><ul class="BulletListStyle1"><li data-aria-level="1"
role="listitem"><p
class="Paragraph"><span class="TextRun">alpha</span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper"><ul><li data-aria-level="2"><p>beta</p></li></ul></div>
<div><ol start="1"><li data-aria-level="1"><p>gamma</p></li></ol></div>
<div><ol start="2"><li data-aria-level="1"><p>delta</p></li></ol></div>"""


def test_a_word_document_becomes_equivalent_markdown():
    pasted = from_html(WORD)

    assert (pasted.markdown, pasted.left_out) == (WORD_AS_MARKDOWN, ())


def test_a_google_document_becomes_equivalent_markdown():
    written = "## Signs\n\n**Dose**:5 mg ***often*** [2]\n\n- a\n  - b\n- c\n\n[the WHO](https://who.int/x)"

    assert from_html(GOOGLE).markdown == written


def test_a_list_from_word_online_is_one_list():
    assert from_html(ONLINE).markdown == "- alpha\n  - beta\n\n1. gamma\n2. delta"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h3>A</h3><h4>B</h4><h6>C</h6>", "## A\n\n### B\n\n#### C"),
        ("<h1></h1><h2><b>A</b></h2>", "### A"),
        ("<p>a<br>b<br><br>c</p>", "a\nb\n\nc"),
        ("<p>• one</p><p>• two</p>", "- one\n- two"),
        ("<ol start=4><li>a<li>b</ol>", "4. a\n5. b"),
        ("<ul><li><p>a</p><p>b</p><li></ul>", "- a\n\n  b"),
        ("<ul><ul><li>a</ul></ul>", "- a"),
        ("<p><strong>a</strong> <em>b</em></p>", "**a** *b*"),
        ("<blockquote><p>Said</p></blockquote>", "> Said"),
        (
            "<p>so\xadft, zero\u200bwidth, 10\u202f000, a\xa0b, 5\xa0mg</p>",
            "soft, zerowidth, 10\u202f000, a b, 5\xa0mg",
        ),
        ("<p><b>a</b><b> </b>b <b>c.</b>d <i>(e)</i>f g<b>(h)</b></p>", "**a** b **c**.d (e)f g(h)"),
        ("<p><b>.</b>a <i>b<br><br>c</i></p>", ".a b\n\nc"),
        ("<p>text<sup>[1]</sup> 5<sup>[2]</sup> x<sub>max</sub> y<sup>®</sup></p>", "text[1] 5[2] xmax y®"),
        (
            "<pre>a  *b*\n<b>c</b></pre><p><code>x_y</code> <code><i>z</i><sup>2</sup></code></p>",
            "```\na  *b*\nc\n```\n\n`x_y` `z²`",
        ),
        ("<pre><a href='https://x.org'>a</a></pre>", "```\na\n```"),
        ("<table><tr><td>only</td></tr><tr><td>column</td></tr></table>", "only\n\ncolumn"),
        ("<table><tr><td></td><td></td></tr></table>", ""),
        (
            "<table><caption>Doses</caption><tr><th>A<th><b>B</b><tr><td colspan=2>c<tr><td>d<br>e</table>",
            "Doses\n\n| A | B |\n| --- | --- |\n| c | |\n| d e | |",
        ),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c</table><tr><td><ul><li>d<li><li>e</ul><td>f</table>",
            "| a | b, c |\n| --- | --- |\n| d; e | f |",
        ),
        (
            "<table><tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d</table>",
            "| a | b |\n| --- | --- |\n| c | b |\n| d | b |",
        ),
        ("<ul><li data-aria-level=1>a</li><li data-aria-level=1>b</li></ul>", "- a\n- b"),
        ("<h1 style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>A</h1>", "## 1. A"),
        (
            "<p style='mso-list:l1 level2 lfo2'>A</p><p style='mso-list:l1 level1 lfo2'>B</p>",
            "- A\n\n- B".replace("\n\n", "\n"),
        ),
        ("<div style='color:red;white-space: pre;'><div>**x**</div></div>", ""),
        ("", ""),
    ],
)
def test_visible_formatting_becomes_markdown(html, markdown):
    assert from_html(html).markdown == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<a href='https://pubmed.ncbi.nlm.nih.gov/22327515/'>Goswami 2012</a>.",
            "Goswami 2012 [@pmid:22327515].",
        ),
        ("a <a href='https://doi.org/10.1000/182'>doi</a>", "a [@doi:10.1000/182]"),
        ("<a href='https://doi.org/10.1000/182'>https://doi.org/10.1000/182</a>", "[@doi:10.1000/182]"),
        ("<a href='https://pubmed.ncbi.nlm.nih.gov/22327515/'>[12]</a>", "[@pmid:22327515]"),
        ("<a href='http://x.org/a_(b) c'>the site</a>", "[the site](http://x.org/a_%28b%29%20c)"),
        (
            "<a href='#_ftn1'>[1]</a>, <a href='javascript:x'>x</a>, <a href='/y'>y</a>, <a>z</a>",
            "[1], x, y, z",
        ),
        ("<a href='https://x.org'> </a>x", "x"),
        ("<a href='https://www.google.com/url?sa=D'>g</a>", "[g](https://www.google.com/url?sa=D)"),
        ("<a href='https://wiki.test/wiki/basal-ganglia/'>Basal ganglia</a>", "[[Basal ganglia]]"),
        ("<a href='https://wiki.test/wiki/seizures/#s-a'>fits</a>", "[[Seizures|fits]]"),
        (
            "<table><tr><td>a<td><a href='https://wiki.test/wiki/seizures/'>fits</a></table>",
            "| a | [[Seizures\\|fits]] |\n| --- | --- |",
        ),
        ("<a href='https://else.test/wiki/seizures/'>fits</a>", "[fits](https://else.test/wiki/seizures/)"),
    ],
)
def test_links_become_citations_wikilinks_or_web_links(html, markdown):
    assert from_html(html, home="wiki.test").markdown == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# of patients", "\\# of patients"),
        ("> 5 mg", "\\> 5 mg"),
        ("2019. That year", "2019\\. That year"),
        ("--- and ::: urgent", "\\--- and ::: urgent"),
        ("::: urgent", "\\::: urgent"),
        ("a * b_c _d_ `e`", "a \\* b_c \\_d\\_ \\`e\\`"),
        ("[[Seizures]] [@pmid:1] [^1] [x](y) ![z]", "\\[[Seizures]] \\[@pmid:1] \\[^1] [x\\](y) \\![z]"),
        ("&amp;lt; &lt;b> &lt;http://x> R&D", "\\&lt; <b> \\<http://x> R&D"),
    ],
)
def test_pasted_markdown_characters_are_escaped(text, markdown):
    assert from_html(f"<p>{text}</p>").markdown == markdown


def test_omissions_are_reported():
    html = (
        "<p>Give <del>5 mg</del><ins>10 mg</ins> <span style='text-decoration:line-through'>daily</span>.</p>"
        "<img src='file:///c:/x.png'><p class=MsoCommentText>Sure?</p>"
        "<div style='mso-element:comment-list'>x</div>"
        "<p style='display:none'>hidden</p><script>alert(1)</script><style>p{}</style>"
    )

    pasted = from_html(html)

    assert pasted.markdown == "Give 10 mg ."
    assert pasted.left_out == ("pictures", "words that were struck out", "comments")
    assert pasted.words_left_out == ("hidden", "5 mg daily", "Sure? x")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("22327515", "pmid:22327515"),
        (" PMID: 123 \n", "pmid:123"),
        ("10.1000/182.", "doi:10.1000/182"),
        ("https://doi.org/10.1210/clinem/dgab162", "doi:10.1210/clinem/dgab162"),
        ("https://pubmed.ncbi.nlm.nih.gov/22327515/", "pmid:22327515"),
        ("PMC3513540", "pmc:PMC3513540"),
        ("978-3-16-148410-0", "isbn:9783161484100"),
        ("978-3-16-148410-1", ""),
        ("25", ""),
        ("2019", ""),
        ("0123456789", ""),
        ("https://example.org/", ""),
        ("PMID 0", ""),
        # All that PubMed writes of one work is one work; two numbers of a kind are two.
        ("PMID 12345678; PMCID PMC1234567", "pmid:12345678"),
        ("doi: 10.1038/ng.1077. PMID: 22327515; PMCID: PMC3513540.", "doi:10.1038/ng.1077"),
        ("PMID: 22327515 and PMID: 22327516", ""),
        ("PMID: 22327515 is good", ""),
        ("22327515\n22327516", ""),
        ("Calcium falls", ""),
        ("10.1000/" + "x" * 300, ""),
        ("", ""),
    ],
)
def test_only_an_unambiguous_identifier_becomes_a_citation(text, key):
    assert citation_of(text) == key


HOSTILE = {
    "open tags that are carried on": "".join(f"<b id={n}>" for n in range(500)) + "<p>x" * 500,
    "few open tags over many paragraphs": "<b><i><u><s><font>" * 4 + "<p>x" * 9_900,
    "deep lists": "<ul><li>" * 99 + "x",
    "deeper lists": "<ul><li>" * 5_000 + "x",
    "deep tables": "<table><tr><td>" * 90 + "x",
    "wide cells": "<table>" + "<tr><td colspan=1000>x<td rowspan=1000>y" * 3_000,
    "cells": "<table><tr>" + "<td>x" * 9_000,
    "items": "<ol>" + "<li>x" * 9_000,
    "items of word": "<p style='mso-list:l0 level1 lfo1'>x</p>" * 4_900,
    "levels": "".join(f"<p style='mso-list:l0 level{n % 9 + 1} lfo1'>x</p>" for n in range(4_900)),
    "spans": "<span style='font-weight:bold;font-style:italic'>x</span>" * 4_900,
    "hard blanks": "<p>x" + "\xa0" * 900_000 + "y",
    "blanks between": "<p>" + "x\xa0" * 400_000,
    "blanks": "<p>x" + " " * 900_000 + "y",
    "ends": "<p>x" + "\n" * 900_000,
    "comments": "<!--" * 200_000,
    "brackets": "<" * 900_000,
    "quotes": "<a '" * 200_000,
    "marks": "<p>" + "* _ [ `" * 50_000,
    "too long": "x" * 1_000_001,
    "formulas": "<math><mi>x</mi></math>" * 3_000,
    "open formulas": "<math>" * 5_000,
    "deep formulas": "<math>" + "<msqrt>" * 97 + "x" + "</msqrt>" * 97 + "</math>",
    "hidden formulas": "<!--[if gte msEquation 12]><m:oMath>" * 25_000,
    "copies of formulas": "<math></math>" + "<span aria-hidden=true>x" * 50 + "<![if !msEquation]>" * 9_000,
    "style sheets": "<style>" * 100_000,
    "raised lists": "x" + "<sup>1</sup>," * 4_000,
    "rules": "<style>" + ".a{font-family:symbol}" * 9_000 + "</style>" + "<p class=a>x" * 9_000,
    "styles": "<p style='" + "mso-list:l0 level1;" * 30_000 + "'>x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_converting_hostile_html_is_fast_and_short(name):
    with no_more_than(125):
        try:
            grown = len(from_html(HOSTILE[name]).markdown)
        except TooMuch as much:
            grown = len(str(much))

    assert grown < 800_000
