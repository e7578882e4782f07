"""Markup that few programs write: what is made of it."""

import pytest

from wiki.text.paste.to_markdown import from_html

_MATRIX = "".join(f"<mtr><mtd><mi>{a}</mi></mtd><mtd><mi>{b}</mi></mtd></mtr>" for a, b in ("ab", "cd"))
_EQUATIONS = "".join(f"<m:e><m:r><m:t>{one}</m:t></m:r></m:e>" for one in ("a=1", "b=2"))


def _run(words):
    return f"<m:r><m:t>{words}</m:t></m:r>"


def _glyphs(words):
    """Return what MathJax draws: a tag without words for each letter."""
    letters = "".join(f'<mjx-c class="mjx-c{ord(one):X} TEX-I"></mjx-c>' for one in words)
    return f'<mjx-mn class="mjx-n">{letters}</mjx-mn>'


def _katex(formula):
    """Return what KaTeX draws, without its MathML."""
    return f"<p>x <span class=katex-html>{formula}</span> y</p>"


def _stacked(*rows):
    """Return what KaTeX puts over each other, the lowest first."""
    column = "".join(f"<span><span class=mord>{one}</span></span>" for one in rows)
    return f"<span class=vlist-t><span class=vlist-r><span class=vlist>{column}</span></span></span>"


def _cited(*entries):
    """Return a sentence that cites the entry `r1`, and a list of references."""
    return f"<p>A fall <a href='#r1'>[1]</a>.</p><ol>{''.join(entries)}</ol>"


def _work(number):
    return f"<a href='https://doi.org/10.1000/{number}'>Work {number}</a>"


def _mathjax(formula):
    return f"<p>x <mjx-container jax=CHTML><mjx-math>{formula}</mjx-math></mjx-container></p>"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        # A box of a form is no box of a check list.
        ("<p>Name <input type=text value=x> <input type=checkbox checked> done</p>", "Name ☑ done"),
        # The words of an item that is struck out because it is done are kept.
        ("<ul><li data-checked=true><s>Take it</s></li></ul>", "- ☑ Take it"),
        # An ending formula that none began, one within another, and one deep in the page.
        ("<p><math><mi>x</mi></math></math> y</p>", "x y"),
        ("<p><math><mi>a</mi><math><mi>b</mi></math></math></p>", "ab"),
        ("<p><span><span><span><span><math><mi>x</mi></math></span></span></span></span></p>", "x"),
        ("<p><math><mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced></math></p>", "[a,b]"),
        (f"<p><math><mtable>{_MATRIX}</mtable></math></p>", "a, b; c, d"),
        (f"<p>x <m:oMath><m:eqArr>{_EQUATIONS}</m:eqArr></m:oMath></p>", "x a=1; b=2"),
        # A heading of Word has a bullet that is no part of its words.
        (
            "<h1 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Title</h1>",
            "## Title",
        ),
        # Of a list without items within another one nothing is left, not even an empty list.
        ("<p>Before</p><ol><b><ol></ol></b></ol><p>After</p>", "Before\n\nAfter"),
        ("<p>xyz x<sup>n-1</sup></p>", "xyz xⁿ⁻¹"),
        ("<p><span style='font-family:Symbol'>a b</span></p>", "α β"),
        # Two hyphens, each in a paragraph, with an empty one between them: items, and no minus.
        ("<p>a</p><p>- 5 mg</p>\n <p> </p><p>- x</p>", "a\n\n- 5 mg\n- x"),
        ("<div><tr><td>a</td></tr></div>", "a"),
        # What is struck out in a formula is no number beside the others; what is framed is one of its own.
        (
            "<p><math><mn>5</mn><menclose notation='updiagonalstrike'><mn>3</mn></menclose></math></p>",
            "5 [struck out: 3]",
        ),
        ("<p><math><mn>1</mn><menclose notation='circle'><mn>2</mn></menclose></math></p>", "1 2"),
        (
            f"<p>x <m:oMath>{_run('5')}<m:borderBox><m:borderBoxPr><m:strikeH m:val='1'/></m:borderBoxPr>"
            f"<m:e>{_run('3')}</m:e></m:borderBox></m:oMath></p>",
            "x 5 [struck out: 3]",
        ),
        # Raised and lowered by a class, as Pages and TextEdit write it.
        (
            "<style>span.s2 {vertical-align: 5.0px} span.s3 {vertical-align: -3px} p.s4 {vertical-align: 0}"
            "</style><p class=s4>10<span class=s2>6</span> of H<span class=s3>2</span>O</p>",
            "10⁶ of H₂O",
        ),
        # The charge of an ion over its number: with a class, with styles, with a break between them.
        ("<p>SO<span class=template-chem2-su><span>2−</span><span>4</span></span> ion</p>", "SO₄²⁻ ion"),
        (
            "<p>SO<span style='display: inline-block; vertical-align: -0.35em'>"
            "<span style='display: block'>2−</span><span style='display: block'>4</span></span> ion</p>",
            "SO₄²⁻ ion",
        ),
        ("<p>SO<span style='display:inline-block'>2−<br>4</span> ion</p>", "SO₄²⁻ ion"),
        ("<p><span style='display:inline-block'><span>5</span> <span>10</span></span> mg</p>", "5 10 mg"),
        ("<p><span style='display:inline-block'>a<br>b</span></p>", "a\nb"),
        # Small capitals of one letter, however they were made.
        (
            "<p><span style='font-variant:small-caps;text-transform:lowercase'>L</span>-DOPA, "
            "<span style='font-variant: small-caps'>d</span>-glucose by "
            "<span style='font-variant:small-caps'>Smith</span></p>",
            "L-DOPA, D-glucose by Smith",
        ),
        # A picture of one sign is that sign.
        ("<p>5 <img alt='μ' src=x>g <img alt='chart' src=y></p>", "5 μg"),
        # What is raised and has brackets of its own gets no others.
        ("<p>It is so.<sup><i>[citation needed]</i></sup></p>", "It is so.*[citation needed]*"),
        # Formulas of MathJax of which only the drawing was copied.
        (_mathjax(f"<mjx-msup>{_glyphs('10')}<mjx-script>{_glyphs('−6')}</mjx-script></mjx-msup>"), "x 10⁻⁶"),
        (
            _mathjax(
                f"<mjx-msubsup>{_glyphs('S')}<mjx-script>{_glyphs('2')}<mjx-spacer></mjx-spacer>{_glyphs('4')}"
                "</mjx-script></mjx-msubsup>"
            ),
            "x S₄²",
        ),
        (
            _mathjax(
                f"<mjx-mfrac><mjx-frac><mjx-num><mjx-nstrut></mjx-nstrut>{_glyphs('1')}</mjx-num><mjx-dbox>"
                f"<mjx-dtable><mjx-line></mjx-line><mjx-row><mjx-den>{_glyphs('2')}</mjx-den></mjx-row>"
                "</mjx-dtable></mjx-dbox></mjx-frac></mjx-mfrac><mjx-msqrt><mjx-sqrt><mjx-surd>"
                f"{_glyphs('√')}</mjx-surd><mjx-box>{_glyphs('y')}</mjx-box></mjx-sqrt></mjx-msqrt>"
            ),
            "x 1/2 √y",
        ),
        (_mathjax(f"<mjx-munder>{_glyphs('10')}</mjx-munder>"), "x [formula]"),
        # The same of KaTeX: one row is what it says, and what stands over each other or is empty has no line.
        (_katex(f"<span class=mop>{_stacked('lim')}</span>"), "x lim y"),
        (_katex(f"<span class=mop>{_stacked('n', 'lim')}</span>"), "x [formula] y"),
        (_katex(f"<span class=mfrac><span class=frac-line></span>{_stacked('2')}</span>"), "x [formula] y"),
        (_katex("<span class=msupsub></span>"), "x [formula] y"),
        # A reference leads to its work where the copied list has just that.
        (_cited(f"<li id=r1>{_work(1)}</li>"), "A fall [@doi:10.1000/1].\n\n1. Work 1 [@doi:10.1000/1]"),
        (_cited(f"<li id=r2>{_work(2)}</li>"), "A fall [1].\n\n1. Work 2 [@doi:10.1000/2]"),
        (_cited("<li id=r1>B.</li>"), "A fall [1].\n\n1. B."),
        (
            _cited(f"<li id=r1>{', '.join(map(_work, range(1, 6)))}</li>"),
            f"A fall [1].\n\n1. {', '.join(f'Work {one} [@doi:10.1000/{one}]' for one in range(1, 6))}",
        ),
    ],
)
def test_rare_markup_says_the_same_as_markdown(html, markdown):
    assert from_html(html).markdown == markdown
