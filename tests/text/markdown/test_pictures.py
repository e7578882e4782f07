"""Pictures in texts: how they are written, read and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.compare.diff import blocks
from wiki.text.markdown import html as markdown
from wiki.text.markdown.html import Figure, Outline, Picture, Target

NAME = "0123456789abcdef"
FIGURE = Figure(
    address=f"/pictures/{NAME}/",
    renditions=((480, f"/pictures/{NAME}/480.webp"), (960, f"/pictures/{NAME}/960.webp")),
    width=960,
    height=640,
    credit="Dr A & B",
    licence="CC BY 4.0",
    terms="https://creativecommons.org/licenses/by/4.0/",
)
GONE = "fedcba9876543210"
IMAGES = {NAME: FIGURE, GONE: Figure("/x/", (), 1, 1, "A", "B", is_withdrawn=True)}
IMG = (
    f'<img src="/pictures/{NAME}/960.webp" '
    f'srcset="/pictures/{NAME}/480.webp 480w, /pictures/{NAME}/960.webp 960w" '
    'sizes="(min-width: 44rem) 40rem, 92vw" width="960" height="640" alt="CT" loading="lazy" '
    'decoding="async">'
)


def html(body, images=IMAGES):
    nowhere = Target("/", exists=True)
    return markdown.render(body, links=lambda _: nowhere, sources={}, images=images).html.strip()


def shown(body):
    return markdown.outline(body).images


def test_a_picture_alone_in_a_paragraph_is_a_figure():
    assert html(f'![CT](image:{NAME} "A *CT*")') == (
        f'<figure><a href="/pictures/{NAME}/">{IMG}</a><figcaption>A *CT* <small>Dr A &amp; B · '
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener">CC BY 4.0</a>'
        "</small></figcaption></figure>"
    )


def test_a_picture_without_caption_shows_its_credit():
    assert "<figcaption><small>Dr A &amp; B · <a" in html(f"![CT](image:{NAME})")


def test_a_licence_without_address_is_named_without_link():
    bare = Figure(FIGURE.address, FIGURE.renditions, 1, 1, "A", "CC BY 4.0")

    assert "<small>A · CC BY 4.0</small>" in html(f"![CT](image:{NAME})", {NAME: bare})


def test_an_unknown_picture_is_marked():
    assert html("![CT](image:00000000deadbeef)") == (
        '<p><span class="unknown-source">[no picture known as 00000000deadbeef]</span></p>'
    )
    assert html(f"![CT](image:{NAME})", None).startswith('<p><span class="unknown-source">')


def test_a_withdrawn_picture_leaves_a_sentence():
    assert html(f"![CT](image:{GONE})") == (
        '<p class="gone">A picture stood here. It has been withdrawn.</p>'
    )


@pytest.mark.parametrize(
    ("body", "pictures"),
    [
        (f"![CT](image:{NAME})", (Picture(NAME, "CT"),)),
        (f'![CT](image:{NAME}  "Two\nlines" )', (Picture(NAME, "CT", "Two lines"),)),
        (f"![A CT\nof the head](image:{NAME})", (Picture(NAME, "A CT of the head"),)),
        (rf'![\[CT\] &amp;](image:{NAME} "a \"b\"")', (Picture(NAME, "[CT] &", 'a "b"'),)),
        (f"![](image:{NAME})", (Picture(NAME, ""),)),
        (f"- ![CT](image:{NAME})\n- b", (Picture(NAME, "CT"),)),
        (f"> ![CT](image:{NAME})", (Picture(NAME, "CT"),)),
        (f"::: urgent\n![CT](image:{NAME})\n:::", (Picture(NAME, "CT"),)),
        (f"a[^1]\n\n[^1]: ![CT](image:{NAME})", (Picture(NAME, "CT"),)),
        (f"![a](image:{NAME})\n\n![b](image:{GONE})", (Picture(NAME, "a"), Picture(GONE, "b"))),
        (f"a ![CT](image:{NAME})", ()),
        (f"![a](image:{NAME}) ![b](image:{NAME})", ()),
        (f"# ![CT](image:{NAME})", ()),
        (f"| ![CT](image:{NAME}) |\n|---|", ()),
        (f"    ![CT](image:{NAME})", ()),
        (f"`![CT](image:{NAME})`", ()),
        (f"![[CT]](image:{NAME})", ()),
        ("![CT](image:0123)", ()),
        ("![CT](https://a.example/x.png)", ()),
    ],
)
def test_the_outline_names_the_pictures(body, pictures):
    assert shown(body) == pictures
    assert html(body).count("<figure>") == sum(one.name == NAME for one in pictures)


def test_text_around_a_picture_is_kept():
    assert html(f"Before.\n\n![CT](image:{NAME})\nx\n\n- ![CT](image:{NAME})\n\nAfter.") == (
        f"<p>Before.</p>\n<p>![CT](image:{NAME})\nx</p>\n<ul>\n<li>\n{html(f'![CT](image:{NAME})')}\n</li>\n"
        "</ul>\n<p>After.</p>"
    )


def test_the_plain_text_has_the_alt_text_of_a_picture():
    assert markdown.plain(f'One.\n\n![CT](image:{NAME} "A caption.")\n\nTwo.') == "One.\nCT\nA caption.\nTwo."
    assert markdown.outline(f'![CT scan](image:{NAME} "A caption")').words == 4
    assert markdown.outline(f"![](image:{NAME})") == Outline((), (), (), 0, (Picture(NAME, ""),))


def test_replacing_a_picture_changes_one_paragraph():
    changed = blocks(f"a\n\n![CT](image:{NAME})\n\nb", f"a\n\n![MRI](image:{GONE})\n\nb")

    assert any(GONE in piece.text for block in changed for piece in block.pieces)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_markdown_of_a_picture_survives_a_round_trip(alt, caption):
    picture = Picture(NAME, *(" ".join(one.replace("\x00", "").split()) for one in (alt, caption)))

    read = shown(picture.mark)

    assert [(one.name, one.alt.split(), one.caption.split()) for one in read] == [
        (NAME, picture.alt.split(), picture.caption.split())
    ]
