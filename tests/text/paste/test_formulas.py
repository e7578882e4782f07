"""Formulas of Word and of web pages: on one line, with every number and sign."""

import pytest

from wiki.text.paste.drawn_formulas import LEFT_OUT
from wiki.text.paste.to_markdown import from_html


def _word(formula):
    return f"<p>x <m:oMath>{formula}</m:oMath> y</p>"


def _run(words):
    return f"<m:r><m:t>{words}</m:t></m:r>"


FRACTION = f"<m:f><m:num>{_run('140-age')}</m:num><m:den>{_run('72')}</m:den></m:f>"
POWER = f"<m:sSup><m:e>{_run('10')}</m:e><m:sup>{_run('{}')}</m:sup></m:sSup>"
SUM = (
    f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{_run('i=1')}</m:sub><m:sup>{_run('n')}</m:sup>"
    f"<m:e><m:sSub><m:e>{_run('x')}</m:e><m:sub>{_run('i')}</m:sub></m:sSub></m:e></m:nary>"
)


MATHML = "<math><semantics><msup><mn>10</mn><mn>6</mn></msup><annotation>10^6</annotation></semantics></math>"
KATEX = (
    f'<span class="katex"><span class="katex-mathml">{MATHML}</span>'
    '<span class="katex-html" aria-hidden="true"><span>1</span><span>0</span><span>6</span></span></span>'
)


def _column(*rows, depth=""):
    drawn = "".join(f'<span style="top:-3em"><span class="pstrut"></span>{one}</span>' for one in rows)
    return (
        f'<span class="vlist-t{depth}"><span class="vlist-r"><span class="vlist">{drawn}</span></span></span>'
    )


def _katex(inner):
    drawn = f'<span class="base"><span class="strut"></span>{inner}</span>'
    return f'<span class="katex"><span class="katex-html" aria-hidden="true">{drawn}</span></span>'


def _raised(base, *rows, depth=""):
    column = _column(*(f'<span class="mord mtight">{one}</span>' for one in rows), depth=depth)
    return f'<span class="mord"><span class="mord">{base}</span><span class="msupsub">{column}</span></span>'


LINE = '<span class="frac-line"></span>'
DRAWN = _raised("x", "2") + "+1" + _raised("0", "−6")
OVER = f'<span class="mfrac">{_column("72", LINE, "140", depth=" vlist-t2")}</span>'
ROOT = f'<span class="mord sqrt">{_column("hw")}</span>'


def _accent(base, mark):
    return f'<span class="mord accent">{_column(base, f"<span class=accent-body>{mark}</span>")}</span>'


HALF = f"<m:f><m:num>{_run('1')}</m:num><m:den>{_run('2')}</m:den></m:f>"
SPACE = '<span class="mspace"></span>'
BAR = _accent("x", "ˉ")
VECTOR = _accent("x", '<span class="overlay"></span>')
WIDE_HAT = '<span class="hide-tail"></span>'
MATHJAX = (
    '<mjx-container class="MathJax"><mjx-math aria-hidden="true"><mjx-c></mjx-c></mjx-math>{}</mjx-container>'
)
PICTURE = r'<img src="https://example.org/1.svg" aria-hidden="true" alt="{\displaystyle 10^{6}}">'


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (_word(FRACTION), "x (140-age)/72 y"),
        (_word(POWER.format("6")), "x 10⁶ y"),
        (_word(POWER.format("-6")), "x 10⁻⁶ y"),
        (_word(POWER.format("a+b")), "x 10^(a+b) y"),
        (_word(f"<m:sSub><m:e>{_run('CO')}</m:e><m:sub>{_run('2')}</m:sub></m:sSub>"), "x CO₂ y"),
        (_word(f"<m:sSub><m:e>{_run('C')}</m:e><m:sub>{_run('max')}</m:sub></m:sSub>"), "x C_max y"),
        (_word(f"<m:rad><m:radPr/><m:deg/><m:e>{_run('a+b')}</m:e></m:rad>"), "x √(a+b) y"),
        (_word(f"<m:rad><m:deg>{_run('3')}</m:deg><m:e>{_run('v')}</m:e></m:rad>"), "x ∛v y"),
        (_word(f"<m:d><m:e>{_run('Scr/κ')}</m:e></m:d>"), "x (Scr/κ) y"),
        (
            _word(
                f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>{_run('K')}</m:e></m:d>"
            ),
            "x [K] y",
        ),
        (_word(f"<m:func><m:fName>{_run('ln')}</m:fName><m:e>{_run('x')}</m:e></m:func>"), "x ln x y"),
        (_word(SUM), "x ∑\\_(i=1)ⁿ x_i y"),
        (
            f"<p>x <!--[if gte msEquation 12]><m:oMath>{FRACTION}</m:oMath><![endif]-->"
            "<![if !msEquation]><span><img src='file:///x.png'></span><![endif]> y</p>",
            "x (140-age)/72 y",
        ),
        ("<p>x <math><msup><mn>10</mn><mn>6</mn></msup></math> y</p>", "x 10⁶ y"),
        (
            "<p>x <math><msqrt><mfrac><mrow><mi>h</mi><mo>×</mo><mi>w</mi></mrow>"
            "<mn>3600</mn></mfrac></msqrt></math></p>",
            "x √((h×w)/3600)",
        ),
        ("<p><math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math></p>", "x₁²"),
        (
            "<p>x <span><span><math><semantics><msup><mn>10</mn><mn>6</mn></msup>"
            "<annotation encoding='application/x-tex'>10^6</annotation></semantics></math></span>"
            "<span aria-hidden='true'><span>1</span><span>06</span></span></span> y</p>",
            "x 10⁶ y",
        ),
        ("<p>5 &lt;math&gt; 3</p>", "5 <math> 3"),
        # The same formula comes several times: in words, in TeX, and drawn by KaTeX or MathJax.
        (f"<p>x {KATEX} y</p>", "x 10⁶ y"),
        (f"<p>x {KATEX.replace(' aria-hidden="true"', '')} y</p>", "x 10⁶ y"),
        (
            "<p>x <span class='MathJax'><nobr aria-hidden='true'><span>10</span><span>6</span></nobr>"
            f"<span class='MJX_Assistive_MathML'>{MATHML}</span></span> y</p>",
            "x 10⁶ y",
        ),
        (f"<p>x <span><span style='display: none'>{MATHML}</span>{PICTURE}</span> y</p>", "x 10⁶ y"),
        (f"<p>x {PICTURE} and {PICTURE} y</p>", "x 10^{6} and 10^{6} y"),
        # It comes without words, and only drawn: what is raised never stands on the line.
        (f"<p>x {_katex(DRAWN)} y</p>", "x x²+10⁻⁶ y"),
        (f"<p>x {_katex(_raised('CO', '2', depth=' vlist-t2'))} y</p>", "x CO₂ y"),
        (f"<p>x {_katex(_raised('x', '1', '2', depth=' vlist-t2'))} y</p>", "x x₁² y"),
        (f"<p>x {_katex(OVER)}, {_katex(ROOT)} y</p>", "x 140/72, √hw y"),
        (f"<p>x {_katex(OVER.replace(LINE, ''))} y</p>", "x [formula] y"),
        # Nothing melts: a mixed number, a nuclide, what is only kept free, and signs that nobody sees.
        (_word(f"{_run('1')}{HALF}{_run('5')}"), "x 1 1/2 5 y"),
        ("<p><math><mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>tab</mi></math></p>", "1 1/2 tab"),
        (
            f"<p>x {_katex('2' + OVER + '5' + SPACE + 'mg' + SPACE + '+' + SPACE + '1')} y</p>",
            "x 2 140/72 5 mg+1 y",
        ),
        (
            "<p><math><mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>, "
            "<mmultiscripts><mi>Ca</mi><none/><mrow><mn>2</mn><mo>+</mo></mrow></mmultiscripts></math></p>",
            "₆¹⁴C, Ca²⁺",
        ),
        ("<p><math><mn>1</mn><mphantom><mn>0</mn></mphantom><mn>5</mn></math></p>", "1 5"),
        (
            "<p><math><mn>5</mn><mspace width='.2em'/><mi>mg</mi><mo>+</mo><mspace/><mi>x</mi></math></p>",
            "5 mg+x",
        ),
        (
            "<p><math><mn>10</mn><mo>\u2062</mo><mn>5</mn><mi>sin</mi><mo>\u2061</mo><mi>x</mi></math></p>",
            "10·5sin x",
        ),
        ("<p><math>(<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>)</math></p>", "(n; k)"),
        (_word(HALF.replace("<m:num>", "<m:fPr><m:type m:val='noBar'/></m:fPr><m:num>")), "x 1; 2 y"),
        # What stands over a letter stays with it: a mean is no x.
        (f"<p>x {_katex(BAR)}, {_katex(BAR.replace('ˉ', '^'))} y</p>", "x x̄, x̂ y"),
        (f"<p>x {_katex(VECTOR)}, {_katex(_accent('x', '˙') + _raised('', '2'))} y</p>", "x x⃗, ẋ² y"),
        (f"<p>x {_katex(f'<span class=overline>{_column("p", LINE)}</span>')} y</p>", "x p̄ y"),
        (f"<p>x {_katex(_accent('x', WIDE_HAT))} y</p>", "x [formula] y"),
        ("<p><math><mover><mi>x</mi><mo>¯</mo></mover><mo>=</mo><mn>5</mn></math></p>", "x̄=5"),
        ("<p><math><mover><mi>Σ</mi><mi>n</mi></mover></math></p>", "Σⁿ"),
        (_word(f"<m:acc><m:accPr><m:chr m:val='\u0305'/></m:accPr><m:e>{_run('x')}</m:e></m:acc>"), "x x̄ y"),
        (_word(f"<m:acc><m:e>{_run('p')}</m:e></m:acc>"), "x p̂ y"),
        (_word(f"<m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e>{_run('x')}</m:e></m:bar>"), "x x̄ y"),
        (f"<p>x {MATHJAX.format('')} y</p>", "x [formula] y"),
        (f"<p>x {MATHJAX.format(f'<mjx-assistive-mml>{MATHML}</mjx-assistive-mml>')} y</p>", "x 10⁶ y"),
    ],
)
def test_a_formula_is_written_on_one_line(html, markdown):
    assert from_html(html).markdown == markdown


def test_a_formula_is_no_difference_to_the_plain_text():
    assert from_html(_word(FRACTION + POWER.format("6"))).differences("x (140-age)/7210^6 y") == []
    assert from_html(_word(POWER.format("6"))).differences("x 10^7 y") != []
    # The bar of a fraction is drawn, and a page may draw a formula a second time.
    drawn = "<math><mfrac><mi>kg</mi><mi>m</mi></mfrac></math><span aria-hidden=true>kgm</span>"
    assert from_html(f"<p>x <span>{drawn}</span></p>").differences("x kgm kgm") == []
    assert from_html(f"<p>x <span>{drawn}</span></p>").differences("x kgm kgm 5") != []
    assert from_html("<p>106 cells</p>").differences("10^6 cells") != []
    assert from_html(f"<p>x {KATEX}</p>").differences("x 10610^6106") == []
    assert from_html(f"<p>x {KATEX}</p>").differences("x 10610^61067") != []
    assert from_html(f"<p>x {_katex(DRAWN + OVER)}</p>").differences("x x2+10−6 72140") == []
    # A mark over a letter stands behind it in the plain text.
    for plain in ("x x\nˉ y", "x x̄ y", "x ēˉ y"):
        assert (from_html(f"<p>x {_katex(BAR)} y</p>").differences(plain) == []) is ("ē" not in plain)
    assert from_html(f"<p>x {_katex(_accent('x', '^'))} y</p>").differences("x x\n^ y") == []
    # One that has no form on one line is told, and loses nothing else.
    found = from_html(f"<p>x {_katex(_accent('x', WIDE_HAT))} y</p>")
    assert (found.left_out, found.differences("x x y")) == ((LEFT_OUT,), [])
    assert found.differences("x x y 5") != []
