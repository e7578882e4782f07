"""Bodies as HTML, as an outline and as plain text."""

import re

import pytest
from django.utils.safestring import SafeString

from wiki.text.markdown import html as markdown
from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.html import Heading, Outline, Target, TooLong
from wiki.text.markdown.writer import CitationPlace, lettered
from wiki.text.slugs import heading_id

SOURCES = {"pmid:1": 11, "doi:10.1038/ng.1077": 11, "pmid:2": 7}


def link(title):
    return Target(f"/wiki/{title.lower()}/", exists=title != "Missing")


def render(body):
    return markdown.render(body, links=link, sources=SOURCES)


def html(body):
    return render(body).html.strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Calcium *falls*.", "<p>Calcium <em>falls</em>.</p>"),
        ("[[Calcium]]", '<p><a href="/wiki/calcium/">Calcium</a></p>'),
        ("[[Calcium|Ca<2+]]", '<p><a href="/wiki/calcium/">Ca&lt;2+</a></p>'),
        ("[[Missing]]", '<p><a class="missing" href="/wiki/missing/">Missing</a></p>'),
        (
            "[a](https://example.org 'Tip')",
            '<p><a href="https://example.org" title="Tip" rel="nofollow noopener">a</a></p>',
        ),
        ("[a](#s-a) [b](/wiki/b/)", '<p><a href="#s-a">a</a> <a href="/wiki/b/">b</a></p>'),
        ("<a@b.org>", '<p><a href="mailto:a@b.org" rel="nofollow noopener">a@b.org</a></p>'),
        ("![A *scan* [[Calcium|of Ca]]](https://a.org/x.png)", "<p>A scan of Ca</p>"),
        ("![a ![b](/c)](/d)", "<p>a b</p>"),
        ("~~no~~", "<p>~~no~~</p>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("<p>a</p>", "<p>&lt;p&gt;a&lt;/p&gt;</p>"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("[a](b.html)", "<p>[a](b.html)</p>"),
        ("a & b &amp; c", "<p>a &amp; b &amp; c</p>"),
        ("```py\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"),
        ("Term\n: meaning", "<dl>\n<dt>Term</dt>\n<dd>meaning</dd>\n</dl>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
    ],
)
def test_markdown_becomes_html(body, expected):
    assert html(body) == expected


def test_sources_are_numbered_in_the_order_of_their_first_citation():
    rendered = render(
        "A.[@pmid:2] B.[@pmid:1; @pmid:2; @doi:10.1038/NG.1077] C.[@https://doi.org/10.1038/ng.1077]"
    )

    assert rendered.sources == (7, 11)
    assert rendered.places == (
        CitationPlace(7, "c1", 1),
        CitationPlace(11, "c2", 2),
        CitationPlace(7, "c3", 1),
        CitationPlace(11, "c4", 2),
    )  # fmt: skip
    assert (
        'B.<sup class="ref">[<a id="c2" href="#ref-2" aria-label="Reference 2">2</a>, '
        '<a id="c3" href="#ref-1" aria-label="Reference 1">1</a>]</sup>'
    ) in rendered.html


def test_a_citation_of_an_unknown_source_is_marked():
    unknown = '<span class="unknown-source">[no source known as pmid:9]</span>'

    assert html("A[@pmid:9]") == f"<p>A{unknown}</p>"
    assert html("A[@pmid:9; @pmid:2]").endswith(f">1</a>]</sup>{unknown}</p>")
    assert "known as &lt;b&gt;]" in html("A[@<b>]")


@pytest.mark.parametrize(
    ("body", "contents"),
    [
        ("# A\n## B\n### C\n#### D\n##### E", [(2, "A"), (2, "B"), (3, "C"), (4, "D"), (4, "E")]),
        ("## A\n#### B\n#### C\n### D\n## E", [(2, "A"), (3, "B"), (3, "C"), (3, "D"), (2, "E")]),
        ("### A\n### B\n\nC\n===", [(2, "A"), (2, "B"), (2, "C")]),
        ("## The *[[Calcium]]* [@pmid:1]  path", [(2, "The Calcium path")]),
        ("- # not in the contents\n\n> ## nor this", []),
    ],
)
def test_headings_skip_no_level(body, contents):
    assert [(heading.level, heading.text) for heading in render(body).contents] == contents


def test_headings_have_unique_ids():
    assert [h.id for h in render("# A-2\n# A-3\n# A\n# A").contents] == ["s-a-2", "s-a-3", "s-a", "s-a-4"]

    contents = render("# Main\n# References\n# Main\n# Main-2\n# Main\n# 脳\n# Ref 1").contents

    ids = [heading.id for heading in contents]
    assert ids == ["s-main", "s-references", "s-main-2", "s-main-2-2", "s-main-3", "s-29e5afdf", "s-ref-1"]


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("## Adults\n### Dose", ["s-adults", "s-dose"]),
        # Whoever followed s-dose to that of adults must not come to that of children.
        (
            "## Children\n### Dose\n## Adults\n### Dose",
            ["s-children", "s-children-dose", "s-adults", "s-adults-dose"],
        ),
        (
            "## Adults\n### Dose\n### Dose\n## Children\n### dose",
            ["s-adults", "s-adults-dose", "s-adults-dose-2", "s-children", "s-children-dose"],
        ),
        (
            "## Children dose\n## Children\n### Dose\n## Adults\n#### Dose",
            ["s-children-dose", "s-children", "s-children-dose-2", "s-adults", "s-adults-dose"],
        ),
    ],
)
def test_headings_of_one_name_are_told_apart_by_the_heading_above(body, ids):
    assert [heading.id for heading in render(body).contents] == ids


def test_headings_of_one_name_in_any_script_are_told_apart():
    contents = render("## 子\n### 脳\n## 大\n### 脳").contents

    assert [one.id for one in contents] == [heading_id(one) for one in ("子", "子 脳", "大", "大 脳")]


def test_tables_scroll_and_name_their_columns():
    page = html("| | a | b |\n|--|:-:|--:|\n| 1 | 2 | 3 |\n\n|x|\n|:-|\n|y|")

    assert re.findall("<div.*>", page) == [
        '<div class="scroll" tabindex="0" role="region" aria-label="Table">',
        '<div class="scroll" tabindex="0" role="region" aria-label="Table 2">',
    ]
    assert re.findall("<t[hd].*?>(?=.*</t)", page) == [
        *("<td>", '<th scope="col" class="center">', '<th scope="col" class="right">'),
        *("<td>", '<td class="center">', '<td class="right">'),
        *('<th scope="col">', "<td>"),
    ]
    assert "style" not in html("|a|\n|:-:|\n|b|")


def test_same_day_advice_has_another_class_than_an_emergency():
    same_day = html("::: urgent See a doctor the same day for\na headache that gets worse\n:::")

    assert same_day.startswith('<div class="urgent same-day" role="note">')
    assert html("::: urgent Call an ambulance for\nx\n:::").startswith('<div class="urgent" role="note">')


def test_an_urgent_box_is_a_note_with_a_title():
    page = html("::: urgent Get *same-day* care for\na seizure\n\n- or this\n:::\n\nAfter.")

    assert page.startswith(
        '<div class="urgent" role="note">\n<p class="urgent-title"><strong>Get <em>same-day</em> care for'
        "</strong></p>\n<p>a seizure</p>\n<ul>"
    )
    assert page.endswith("</ul>\n</div>\n<p>After.</p>")
    assert "<strong>Urgent</strong>" in html("::: urgent\nx\n:::")
    assert html("::: urgently\nx\n:::") == "<p>::: urgently\nx\n:::</p>"


def test_footnotes_are_lettered_and_link_back():
    page = html("A[^1] B[^x] C[^1] D[^none] [^ x]\n\n[^1]: One [@pmid:1].\n\n[^x]: Two\n")

    assert '<sup class="note">[<a id="n1-1" href="#note-1" aria-label="Note a">a</a>]</sup> B' in page
    assert (
        'C<sup class="note">[<a id="n1-2" href="#note-1" aria-label="Note a">a</a>]</sup> D[^none] [^ x]'
        in page
    )
    assert '<section class="notes" aria-label="Notes">\n<ol type="a">\n<li id="note-1"><p>One<sup' in page
    assert '<a class="back" href="#n1-2" aria-label="Back to note a, place 2">' in page
    assert '<li id="note-2"><p>Two <a class="back" href="#n2-1" aria-label="Back to note b">' in page


@pytest.mark.parametrize(("number", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (703, "aaa")])
def test_letters_follow_the_css_lower_alpha_style(number, letters):
    assert lettered(number) == letters


def test_the_outline_lists_headings_links_and_citations():
    body = "## Why\n\n[[Calcium]] falls by 10.5 mg/l[@pmid:1; @what].\n\n| [[Bone]] |\n|--|\n| x |\n"

    assert markdown.outline(body) == Outline(
        links=("Calcium", "Bone"),
        citations=("pmid:1", "what"),
        headings=(Heading(2, "s-why", "Why"),),
        words=8,
    )
    assert markdown.outline("") == Outline((), (), (), 0)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "## Why\n\nIt *falls*  [@pmid:1], then\n[[Calcium|Ca]] rises [@pmid:2].",
            "Why\nIt falls, then Ca rises.",
        ),
        ("![scan](/x) `code` &lt;b&gt;\\\nx", "scan code <b> x"),
        ("| a | b |\n|---|---|\n| c | |", "a\nb\nc"),
        ("A[^1]\n\n[^1]: note\n\n    code\n\n```\nfence\n```", "A\nfence\nnote\ncode"),
        ("dose [@pmid:1] .5 mg", "dose .5 mg"),
    ],
)
def test_plain_text_is_what_a_reader_reads(body, text):
    assert markdown.plain(body) == text


def test_rendered_and_stored_html_is_a_safe_string():
    assert isinstance(markdown.vouched("<p>kept</p>"), SafeString)
    assert isinstance(render("x").html, SafeString)


def test_a_body_beyond_the_limit_is_refused():
    assert html("x" * 200_000)
    with pytest.raises(TooLong, match="200,001 characters; the limit is 200,000"):
        render("x" * 200_001)


def test_a_body_with_invalid_unicode_is_rendered():
    assert html("a\ud800b\x00") == "<p>a?b\ufffd</p>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("> | a |\n> | --- |\n> ", "a"),
        ("> ::: urgent\n> x\n>", "Urgent\nx"),
        ("x\n> ", "x"),
        ("[^1]: > [^2]: x\n\na[^1]", "a\n[^2]: x"),
        ("[^1]: a\n\n    > [^2]: x\n\nb[^1]", "b\na\n[^2]: x"),
    ],
)
def test_a_quotation_at_the_end_and_a_note_within_a_note_are_read(body, words):
    assert markdown.plain(body) == words
    assert blocks_of(body)
