"""Links that lead nowhere are words, and all others stay links."""

import pytest

from wiki.text.markdown.html import Target, render


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("[a]() b", "<p>a b</p>"),
        ("[*a*]() [b](#c)", '<p><em>a</em> <a href="#c">b</a></p>'),
        ("[a [b]() c]()", "<p>[a b c]()</p>"),
    ],
)
def test_a_link_without_an_address_is_plain_text(body, html):
    made = render(body, links=lambda title: Target("/", exists=True), sources={})

    assert made.html.strip() == html
