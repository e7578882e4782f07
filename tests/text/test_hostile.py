"""What no author can make a reader's browser do, whatever is typed."""

import re
import sys
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import no_more_than
from wiki.text.markdown import html as markdown
from wiki.text.markdown.html import Figure, Target
from wiki.text.markdown.writer import clean


def render(body):
    return markdown.render(
        body, links=lambda title: Target(f"/wiki/{title}/", True), sources={"pmid:1": 1}, images=IMAGES
    )


def html(body):
    return render(body).html


NASTY = '"><script>alert(1)</script>'
IMAGES = {
    "0123456789abcdef": Figure(
        address="/pictures/0123456789abcdef/",
        renditions=((480, "/pictures/0123456789abcdef/480.webp"),),
        width=480,
        height=320,
        credit=f"Credit{NASTY}",
        licence=f"Licence{NASTY}",
        terms="https://creativecommons.org/licenses/by/4.0/",
    ),
    "00000000deadbeef": Figure(
        address=f"javascript:{NASTY}",
        renditions=((480, f"javascript:{NASTY}"), (960, "//evil.example/x.svg")),
        width=480,
        height=320,
        credit="Credit",
        licence="Licence",
        terms=f"javascript:{NASTY}",
    ),
}


class Elements(HTMLParser):
    """Collects the tag and attributes of each element, as a browser would read them."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.found.append(("comment", {}))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<!-- --><style>*{display:none}</style>",
    "<div\nonclick=alert(1)>x</div>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](%6aavascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/png;base64,AAAA)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "[x](https:///evil.example)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](https://a.example/x.png "onerror=alert(1)")',
    '![" onerror="alert(1)](x)',
    '[x](https://a.example/"onmouseover="alert(1))',
    '[x](https://a.example "\\" onmouseover=\\"alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    '[[" onclick="alert(1)]]',
    "[[x|<img src=x onerror=alert(1)>]]",
    '[[Evil"><script>alert(1)</script>]]',
    "[@<script>alert(1)</script>]",
    '[@" onclick="alert(1)]',
    '# x" onclick="alert(1)',
    "# <script>alert(1)</script>",
    '::: urgent "><script>alert(1)</script>\nx\n:::',
    '```"><script>alert(1)</script>\nx\n```',
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "| <img src=x onerror=alert(1)> |\n|--|\n| <script>alert(1)</script> |",
    'x[^"><script>]\n\n[^"><script>]: <img src=x onerror=alert(1)>',
    "Term <script>\n: <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "*<script>*alert(1)*</script>*",
    "[<script>alert(1)</script>](https://a.example)",
    "[[[x](javascript:alert(1))]]",
    "> - ::: urgent <b onmouseover=alert(1)>\n>   <script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "\u2028<script>alert(1)</script>\u202e",
    '![" onerror="alert(1)](image:0123456789abcdef)',
    "![<script>alert(1)</script>](image:0123456789abcdef '<script>alert(1)</script>')",
    '![x](image:0123456789abcdef "\\"><script>alert(1)</script>")',
    '![x](image:0123456789abcdef "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")',
    '![x](image:0123456789abcdef" onerror=alert(1))',
    "![x](image:../../../etc/passwd)",
    "![x](image:FEDCBA9876543210)",
    "[x](image:0123456789abcdef)",
    "<image:0123456789abcdef>",
    "![x][a]\n\n[a]: image:0123456789abcdef 'x'",
]
TAGS = {
    *("p", "a", "em", "strong", "code", "pre", "br", "hr", "span", "sup", "section", "div", "blockquote"),
    *("figure", "img", "figcaption", "small"),
    *("h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "href",
    "id",
    "title",
    "rel",
    "class",
    "role",
    "tabindex",
    "aria-label",
    "scope",
    "start",
    "type",
    *("src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"),
}
OUR_FILE = re.compile(r"/pictures/[0-9a-f]{16}/\d+\.webp( 480w)?")


def assert_harmless(page):
    for tag, attributes in Elements(page).found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        assert re.match(r"https?://[^/\\]|mailto:.|/(?![/\\])|#|$", attributes.get("href", ""))
        assert all(OUR_FILE.fullmatch(attributes[one]) for one in ("src", "srcset") if one in attributes)


@pytest.mark.parametrize("body", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "- {}", "> {}", "a {} b", "**{}**", "| a |\n|---|\n| {} |"])
def test_no_text_can_run_a_script(body, around):
    assert_harmless(html(around.format(body)))


@pytest.mark.parametrize("body", HOSTILE)
def test_the_renderer_is_safe_without_the_sanitiser(body, monkeypatch):
    monkeypatch.setattr(markdown, "clean", lambda page: page)

    assert_harmless(html(body))


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "\n", "\n\n", " ", "[", "](", ")", "|", "`", ":::", "<", ">"]), max_size=8
    )
)
@settings(deadline=None)
def test_no_mixture_of_texts_can_run_a_script(parts):
    assert_harmless(html("".join(parts)))


@given(st.text("ab[]()@|:;*_`~#>-+=!^\\<&/ \n\t1.", max_size=80))
@settings(deadline=None, max_examples=3 * settings().max_examples)
def test_any_text_is_rendered_safely(body):
    rendered = render(body)

    assert_harmless(rendered.html)
    levels = [1, *(heading.level for heading in rendered.contents)]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert markdown.outline(body).headings == rendered.contents


def test_hostile_addresses_of_pages_do_not_get_through():
    page = markdown.render("[[x]]", links=lambda _: Target('javascript:alert("1")', True), sources={}).html

    assert page == "<p><a>x</a></p>\n"


def test_hostile_addresses_of_pictures_do_not_get_through():
    page = html("![x](image:00000000deadbeef)")

    assert_harmless(page)
    assert "script" not in page
    assert "evil" not in page


@pytest.mark.parametrize(
    ("given_html", "left"),
    [
        ("<script>alert(1)</script><p onclick='x'>a</p>", "<p>a</p>"),
        ('<a href="//evil.example" rel="opener" target="_blank">a</a>', "<a>a</a>"),
        ('<h2 id="main">a</h2><h2 id="s-a">b</h2>', '<h2>a</h2><h2 id="s-a">b</h2>'),
        ('<div class="urgent vh" role="alert" style="x">a</div>', '<div class="urgent">a</div>'),
        ("<form><input><button>a</button></form><img src=x onerror=y>", "a<img>"),
        (
            '<img src="/pictures/0123456789abcdef/480.webp" srcset="https://a.example/x 1w">',
            '<img src="/pictures/0123456789abcdef/480.webp">',
        ),
        ('<img sizes="1px" width="x" loading="eager" decoding="sync" alt="a">', '<img alt="a">'),
        ('<ol start="x" type="1"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ],
)
def test_the_sanitiser_is_safe_without_the_renderer(given_html, left):
    assert clean(given_html) == left


# Measuring coverage makes the parser many times slower; less text still tells linear from quadratic.
SIZE = 10_000 if sys.gettrace() else 50_000
ATTACKS = {
    "brackets": "[" * SIZE,
    "links": "[[" * (SIZE // 2),
    "half links": "[[a|" * (SIZE // 4),
    "citations": "[@" * (SIZE // 2),
    "groups": "[@a" + "; @a" * (SIZE // 4),
    "brackets in citations": "[@a[b] " * (SIZE // 7),
    "DOIs": f"[@10.1000/{')' * 1_900}]" * (SIZE // 1_911),
    "colons": ":::\n" * (SIZE // 4),
    "boxes": "::: urgent\n" * (SIZE // 11),
    "bars": "|" * SIZE,
    "wide table": "|a" * (SIZE // 8) + "|\n" + "|-" * (SIZE // 8) + "|\n" + "|\n" * (SIZE // 4),
    "backticks": "`" * SIZE,
    "growing backticks": " ".join("`" * count for count in range(1, 300)),
    "quotations": ">" * SIZE,
    "deep lazy quotation": ">" * 200 + "a\n" + "b\n" * (SIZE // 2),
    "deep list": "- " * (SIZE // 2) + "a",
    "equal headings": "# a\n" * (SIZE // 4),
    "clashing headings": "# a-2\n# a\n" * (SIZE // 10),
    "spaces in a heading": "#" + " " * SIZE + "x",
    "marks of notes": "[^a]: x\n\n" + "[^" * (SIZE // 2),
    "notes in notes": "[^a]: " * (SIZE // 6),
    "pictures": "![" * (SIZE // 2),
    "pictures of ours": "![a](image:0123456789abcdef " * (SIZE // 28),
    "a picture without an end": '![a](image:0123456789abcdef "' + '\\"' * (SIZE // 2),
    "a picture of stops": "![" + "\\]" * (SIZE // 2) + "](image:0123456789abcdef)",
    "many pictures": "![a](image:0123456789abcdef)\n\n" * (SIZE // 30),
    "stars": "*_" * (SIZE // 2),
    "emphasis": "*a _b " * (SIZE // 12) + "b_ a* " * (SIZE // 12),
    "definitions": "a\n: b\n" * (SIZE // 6),
    "references": "[a]: /b\n\n" + "[a" * (SIZE // 2),
    "comments": "<!--" * (SIZE // 4),
    "entities": "&" * SIZE,
    "one word": "a-" * (SIZE // 2),
    "spaces": "a" + " " * SIZE + ".",
}


@pytest.mark.parametrize("body", ATTACKS.values(), ids=ATTACKS)
def test_rendering_any_text_is_fast(body):
    with no_more_than(125):
        render(body)
