"""Superscripts and subscripts that are pasted keep their meaning and never melt into a word."""

import re

import pytest

from wiki.text.paste.to_markdown import from_html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("3 days<sup>1,2</sup>", "3 days [1,2]"),
        # Several superscripts that are one list, one charge or one power; and two that are not.
        ("mild disease<sup>2</sup><sup>,5</sup> and", "mild disease [2,5] and"),
        ("It helps<sup>2</sup><sup>–5</sup>.", "It helps [2–5]."),
        ("It helps.<sup>1</sup><sup>, </sup><sup>2</sup>", "It helps. [1, 2]"),
        ("It helps<sup>2</sup> <sup>5</sup> and", "It helps [2 5] and"),
        ("et al.<sup>12</sup>-<sup>14</sup> In", "et al. [12-14] In"),
        ("It falls<sup>a</sup><sup>,b</sup>.", "It falls [a,b]."),
        ("Jones A<sup><b>2</b></sup><sup>,3</sup>", "Jones A [**2**,3]"),
        (
            "helps<span style='vertical-align:super'>2</span><span style='vertical-align:super'>;5</span>",
            "helps [2;5]",
        ),
        ("Ca<sup>2</sup><sup>+</sup>, SO<sub>4</sub><sup>2</sup><sup>−</sup>", "Ca²⁺, SO₄²⁻"),
        ("10<sup>−</sup><sup>6</sup> mol, 10<sup>1</sup><sup>2</sup> cells", "10⁻⁶ mol, 10¹² cells"),
        # Nobody raises a number to the power of 123; an empty one says nothing.
        ("rose to 5<sup>123</sup>; it helps<sup> </sup><sup>2</sup>.", "rose to 5 [123]; it helps [2]."),
        (
            "It helps<sup>2</sup>, <sup></sup>and<sup>3</sup><sup></sup><sup>,4</sup>.",
            "It helps [2], and [3,4].",
        ),
        ("x<sup>2</sup>, y<sup>2</sup>; in m<sup>2</sup><sup>3</sup>", "x², y²; in m² [3]"),
        # A list that was cut behind a power: neither is part of the other.
        ("10<sup>6</sup><sup>,5</sup> cells, 10<sup>6</sup><sup>, 5, 7</sup>", "10⁶ [5] cells, 10⁶ [5, 7]"),
        ("10<sup>6</sup><sup>5</sup>, 10<sup>2</sup><sup>3</sup>", "10⁶ [5], 10² [3]"),
        ("10<sup>6,</sup><sup>5</sup>, 10<sup>6</sup><sup>,</sup><sup>5–7</sup>", "10⁶, [5], 10⁶ [5–7]"),
        (
            "m<sup>2</sup><sup>,5</sup>, Ca<sup>2+</sup><sup>;a,b</sup> 10<sup>6</sup><sup>,*</sup>",
            "m² [5], Ca²⁺ [a,b] 10⁶\\*",
        ),
        (
            "10<sup>5</sup><sup>–6</sup>, 10<sup>−</sup><sup>12</sup>, × 5<sup>2</sup><sup>3</sup>",
            "10^5–6, 10⁻¹², × 5² [3]",
        ),
        # Behind the stop of a number it is no decimal of it.
        (
            "in 2019.<sup>3</sup> p = 0.05,<sup>3,4</sup> 10<sup>6</sup>,<sup>5</sup>",
            "in 2019. [3] p = 0.05, [3,4] 10⁶, [5]",
        ),
        ("10<span style='font-variant-position:super'>6</span> cells", "10⁶ cells"),
        # Bold or in italics it is the same sign.
        ("10<sup><i>6</i></sup>, m<sup><b>2</b></sup>, H<sub><b>2</b></sub>O", "10⁶, m², H₂O"),
        ("Na<sup><b><i>+</i></b></sup>, R<sup><em>2</em></sup> = 0.9", "Na⁺, R² = 0.9"),
        # What is raised twice over, and what is raised again on what was raised.
        ("10<sup><sup>6</sup></sup> cells, 10<sup><span><sup>9</sup></span></sup>/L", "10⁶ cells, 10⁹/L"),
        ("CO<sub><sub>2</sub></sub> and Ca<sup><b><sup>2+</sup></b></sup>", "CO₂ and Ca²⁺"),
        ("a rash<sup>3<sup>,4</sup></sup>, pain<sup>3,<sup>4</sup></sup>", "a rash [3,4], pain [3,4]"),
        ("a rash<sup><a href='#b'><sup>1</sup></a></sup>", "a rash [1]"),
        ("x<sup>1<sup>2</sup></sup>, e<sup>x<sup>2</sup></sup>", "x^(1²), e^(x²)"),
        ("2<sup>2<sup>3</sup></sup>, 10<sup>a<sup>b</sup></sup>", "2^(2³), 10^(a^b)"),
        ("IL-6<sup>3,4</sup> rose", "IL-6 [3,4] rose"),
        ("IL-6<sup>3</sup> rose", "IL-6 [3] rose"),
        ("30 mg<sup>a</sup> were given", "30 mg [a] were given"),
        ("text<sup>5-7</sup>", "text [5-7]"),
        ("mortality 5%<sup>12,13</sup>.", "mortality 5% [12,13]."),
        ("x<sup>abc</sup>", "x [abc]"),
        ("in 2020<sup>3</sup>", "in 2020 [3]"),
        ("10<sup>6</sup> cells", "10⁶ cells"),
        # What nobody sees parts no number, unit or ion from its sign.
        ("10\u200b<sup>6</sup> cells, 10\xad<sup>6</sup>", "10⁶ cells, 10⁶"),
        ("10<span>\ufeff</span><sup>−6</sup> M, 10<sup>\u200b</sup><sup>9</sup>/L", "10⁻⁶ M, 10⁹/L"),
        ("Ca\u200b<sup>2+</sup>, 5 mg/m\u2060<sup>2</sup>, H\u200b<sub>2</sub>O", "Ca²⁺, 5 mg/m², H₂O"),
        ("It helps<sup>\u200b</sup><sup>2</sup> a lot", "It helps [2] a lot"),
        (
            "x<sup>1</sup><sup><sup></sup></sup><sup>,2</sup>, y<sup><img src=a></sup><sup>2</sup>",
            "x [1,2], y²",
        ),
        # A blank at its end stands behind it.
        ("10<sup>6 </sup>cells, Ca<sup>2+\xa0</sup>rises", "10⁶ cells, Ca²⁺ rises"),
        ("CO<sub>2 </sub>rises by 10<sup><span lang=EN>6</span>\n</sup>a litre", "CO₂ rises by 10⁶ a litre"),
        # A line begins with it; a sign alone is no mark.
        ("It helps<br><sup>2</sup> Adjusted", "It helps\n² Adjusted"),
        ("x<sup>,</sup> y", "x, y"),
        ("2 × 10<sup>9</sup>/L", "2 × 10⁹/L"),
        ("1.5<sup>2</sup>", "1.5²"),
        ("m<sup>2</sup> and cm<sup>3</sup>", "m² and cm³"),
        ("Ca<sup>2+</sup>, Na<sup>+</sup>", "Ca²⁺, Na⁺"),
        ("s<sup>-1</sup>", "s⁻¹"),
        ("the 1<sup>st</sup>", "the 1st"),
        ("Drug<sup>®</sup>*", "Drug®\\*"),
        ("CO<sub>2</sub>", "CO₂"),
        # Powers of units, formulas and of ten; a number behind a dose is a reference.
        ("E = <i>mc</i><sup>2</sup>, 45 mL/min/1.73m<sup>2</sup>", "E = mc², 45 mL/min/1.73m²"),
        ("p<sup>2</sup> + 2pq + q<sup>2</sup> = 1", "p² + 2pq + q² = 1"),
        ("BMI = weight/height<sup>2</sup>, (1 − p)<sup>2</sup>", "BMI = weight/height², (1 − p)²"),
        ("10<sup>-3</sup>, 10<sup>–9</sup>, 10<sup>5–6</sup> CFU", "10⁻³, 10⁻⁹, 10^5–6 CFU"),
        (
            "Scr<sup>−1.154</sup> × age<sup>−0.203</sup>, kg<sup>0.75</sup>",
            "Scr^−1.154 × age^−0.203, kg^0.75",
        ),
        ("0.993<sup>age</sup>, 1.5<sup>2</sup>", "0.993^age, 1.5²"),
        ("10 mg<sup>12</sup>, 5 mL<sup>3</sup>, TNF-α<sup>2</sup>", "10 mg [12], 5 mL [3], TNF-α [2]"),
        ("a fall <sup>12</sup>. Nature <sup>1,2</sup>", "a fall [12]. Nature [1,2]"),
        # Behind a number it is a reference where other superscripts of the text are.
        ("p = 0.04<sup>2</sup> in men.<sup>3</sup>", "p = 0.04 [2] in men. [3]"),
        # Nuclides and charges.
        (
            "a <sup>99m</sup>Tc scan, (<sup>18</sup>F-FDG), [<sup>68</sup>Ga]",
            "a ⁹⁹ᵐTc scan, (¹⁸F-FDG), [⁶⁸Ga]",
        ),
        ("Tc<sup>99m</sup>, <sup>14</sup>C-urea, <sup>131</sup>I", "Tc⁹⁹ᵐ, ¹⁴C-urea, ¹³¹I"),
        ("SO<sub>4</sub><sup>2−</sup>, Fe<sup>3 +</sup>, CD4<sup>+</sup>", "SO₄²⁻, Fe³⁺, CD4⁺"),
        # Parts of names.
        ("BRAF<sup>V600E</sup>, CD25<sup>high</sup>, p53<sup>+/−</sup>", "BRAF^V600E, CD25^high, p53⁺/⁻"),
        # Marks of footnotes, in tables and beneath them.
        ("5<sup>b,c</sup>, 30 mg<sup>e</sup>, 6<sup>*</sup>, 7<sup>†</sup>", "5 [b,c], 30 mg [e], 6\\*, 7†"),
        ("<sup>a</sup>Adjusted", "[a] Adjusted"),
        ("<sup>a</sup>: Adjusted", "[a] : Adjusted"),
        ("fall<sup>7</sup>(Fig)", "fall [7] (Fig)"),
        ("<sup>3</sup>⁄<sub>4</sub>, 1<sup>1</sup>/<sub>2</sub> h", "³⁄₄, 1¹/₂ h"),
        ("37<sup>o</sup>C, Drug<sup>TM</sup>, AUC<sub>0–24</sub>", "37°C, Drug™, AUC₀₋₂₄"),
        ('m<sup><a href="https://x.org/a#B2">2</a></sup>', "m [2]"),
        # A power that has no raised signs of its own keeps its minus.
        ("10<sup>-6.5</sup>, 10<sup>−6.5</sup>, 10<sup>6.5</sup>", "10^-6.5, 10^−6.5, 10^6.5"),
        ("3 cm <sup>2</sup>, Fe<sup>+++</sup>, 5<sup>′</sup>-end", "3 cm ², Fe⁺⁺⁺, 5′-end"),
    ],
)
def test_a_superscript_never_joins_the_word_before_it(html, markdown):
    found = from_html(f"<p>{html}</p>")

    assert found.markdown == markdown
    assert found.differences(re.sub("<[^<>]*>", "", html)) == []


@pytest.mark.parametrize(
    ("html", "doubts"),
    [
        ("10<sup>2</sup><sup>3</sup>", ("Check [3]: it may be a reference, or part of 10^23.",)),
        ("10<sup>1</sup><sup>2</sup>, m<sup>2</sup><sup>3</sup>, 10<sup>6</sup><sup>,5</sup>", ()),
    ],
)
def test_a_power_that_may_have_been_cut_is_told(html, doubts):
    assert from_html(f"<p>{html}</p>").doubts == doubts


def test_what_is_raised_twice_is_kept_and_told():
    pasted = from_html("<p>x<sup>1<sup>2</sup></sup> is large</p>")

    assert pasted.doubts == ("Check ^(1²): it was raised twice.",)
    assert pasted.differences("x12 is large") == []


@pytest.mark.parametrize(
    ("style", "markdown"),
    [
        ("position:relative;top:-4pt", "10⁶ cells"),
        ("position: relative; top: -0.5em; font-size: 60%", "10⁶ cells"),
        ("position:relative;bottom:.4em", "10⁶ cells"),
        ("position:relative;bottom:-4px", "10₆ cells"),
        ("position:relative;top:0.25em", "10₆ cells"),
        ("position:relative;top:-4pt;mso-text-raise:4pt", "10⁶ cells"),
        # What is set straight, or moved with all that is about it, stays on its line.
        ("position:relative;top:1px", "106 cells"),
        ("position:relative;top:0pt", "106 cells"),
        ("position:relative;top:-.px", "106 cells"),
        ("position:absolute;top:-4pt", "106 cells"),
        ("top:-4pt", "106 cells"),
    ],
)
def test_what_a_style_moves_off_its_line_is_raised_or_lowered(style, markdown):
    assert from_html(f"<p>10<span style='{style}'>6</span> cells</p>").markdown == markdown


@pytest.mark.parametrize(
    ("html", "markdown", "doubt"),
    [
        ("x<sub>1<sup>2</sup></sub> = 5", "x_(1²) = 5", "_(1²): it was lowered, and a part of it raised"),
        ("x<sub>a<sup>2</sup></sub>", "x_(a²)", "_(a²): it was lowered, and a part of it raised"),
        ("x<sub>n<sup>k+1</sup></sub>", "x_(n^k+1)", "_(n^k+1): it was lowered, and a part of it raised"),
        ("x<sup>2<sub>1</sub></sup>", "x^(2₁)", "^(2₁): it was raised, and a part of it lowered"),
        ("e<sup>a<sub>i</sub></sup>", "e^(ai)", "^(ai): it was raised, and a part of it lowered"),
    ],
)
def test_what_is_lowered_and_raised_stays_apart_and_is_told(html, markdown, doubt):
    pasted = from_html(f"<p>{html}</p>")

    assert (pasted.markdown, pasted.doubts) == (markdown, (f"Check {doubt}.",))
    plain = html.replace("<sub>", "").replace("</sub>", "").replace("<sup>", "").replace("</sup>", "")
    assert pasted.differences(plain) == []


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("x<sub>1</sub><sup>2</sup>", "x₁²"),
        ("H<sub>2</sub>O<sup>+</sup>", "H₂O⁺"),
        ("x<sub>i<sub>2</sub></sub>", "xi₂"),
    ],
)
def test_what_is_lowered_beside_what_is_raised_is_as_it_was(html, markdown):
    pasted = from_html(f"<p>{html}</p>")

    assert (pasted.markdown, pasted.doubts) == (markdown, ())


def test_a_charge_with_a_number_lowered_within_it_is_no_reference():
    pasted = from_html("<p>HCO<sup>−<sub>3</sub></sup> falls</p>")

    assert pasted.markdown == "HCO^(−₃) falls"
    assert pasted.doubts == ("Check ^(−₃): it was raised, and a part of it lowered.",)


def test_letters_that_print_joins_are_typed_apart():
    pasted = from_html("<p>di\ufb00use calci\ufb01cation, \ufb02uid, e\ufb03cacy</p>")

    assert pasted.markdown == "diffuse calcification, fluid, efficacy"
    assert pasted.differences("di\ufb00use calci\ufb01cation, \ufb02uid, e\ufb03cacy") == []


def test_a_zero_or_an_o_that_is_raised_before_c_is_a_degree():
    pasted = from_html("<p>37<sup>0</sup>C, 38<sup>o</sup> C, 10<sup>0</sup> CFU</p>")

    assert pasted.markdown == "37°C, 38° C, 10⁰ CFU"
    assert pasted.differences("370C, 38o C, 100 CFU") == []
