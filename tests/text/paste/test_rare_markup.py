"""Markup that few programs write: what is made of it."""

import pytest

from wiki.text.paste.to_markdown import from_html

_MATRIX = "".join(f"<mtr><mtd><mi>{a}</mi></mtd><mtd><mi>{b}</mi></mtd></mtr>" for a, b in ("ab", "cd"))
_EQUATIONS = "".join(f"<m:e><m:r><m:t>{one}</m:t></m:r></m:e>" for one in ("a=1", "b=2"))


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
    ],
)
def test_rare_markup_says_the_same_as_markdown(html, markdown):
    assert from_html(html).markdown == markdown
