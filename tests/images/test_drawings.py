"""Drawings in SVG: shapes and words come in unchanged, everything else is refused."""

import pytest

from wiki.images import drawings
from wiki.policy.refusal import Refused

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" viewBox="0 0 30 20" role="img"'


def drawing(inside="", attributes=""):
    return f'{HEAD}{attributes}><title>A circle</title><circle cx="9" cy="9" r="4"/>{inside}</svg>'.encode()


def test_a_drawing_stays_as_it_is_under_its_digest():
    made = drawings.checked(drawing())

    assert made.renditions == {90: drawing()}
    assert (made.format, made.width, made.height, len(made.name)) == ("SVG", 90, 60, 16)
    assert drawings.checked(drawing(" ")).name != made.name


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>rect { fill: url(https://example.org) }</style>",
        "<foreignObject><p>Text</p></foreignObject>",
        '<image href="https://example.org/a.png"/>',
        '<use href="#a"/>',
        '<a href="https://example.org"><text>Here</text></a>',
        '<animate attributeName="x"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        "<svg/>",
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        '<circle xmlns="http://www.w3.org/1999/xhtml" r="1"/>',
        '<circle xmlns="" r="1"/>',
    ],
)
def test_an_element_that_is_not_on_the_list_is_refused(inside):
    with pytest.raises(Refused, match="holds the element"):
        drawings.checked(drawing(inside))


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'onclick="alert(1)"',
        'style="fill: url(//example.org)"',
        'href="#a"',
        'class="a"',
        'id="a"',
        'xml:base="https://example.org"',
        'clip-path="url(#a)"',
    ],
)
def test_an_attribute_that_is_not_on_the_list_is_refused(attribute):
    with pytest.raises(Refused, match="holds the attribute"):
        drawings.checked(drawing(attributes=f" {attribute}"))


@pytest.mark.parametrize(
    "attribute",
    [
        'fill="url(#a)"',
        'fill="url(https://example.org/a.svg#a)"',
        'fill="#FFF"',
        'stroke="currentColor"',
        'x="1;alert(1)"',
        'd="M0,0 url(a)"',
        'transform="translate(1) url(a)"',
        'font-family="url(a)"',
        'font-size="12px"',
        'role="button"',
        'y="1\n"',
        'y="١"',
    ],
)
def test_a_value_of_another_form_is_refused(attribute):
    with pytest.raises(Refused, match="holds the value"):
        drawings.checked(drawing(f"<g {attribute}/>"))


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE svg>" + drawing(),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing(),
        drawing("<!-- a comment -->"),
        drawing("<text><![CDATA[a]]></text>"),
        b'<?xml-stylesheet href="https://example.org/a.css"?>' + drawing(),
    ],
)
def test_a_declaration_a_comment_or_an_instruction_is_refused(data):
    with pytest.raises(Refused, match="a declaration, a comment or an instruction"):
        drawings.checked(data)


@pytest.mark.parametrize(
    "data", [b"", b"<svg", b"<svg/>", b"\xff\xfe", drawing("&a;"), drawing("\0"), b"GIF89a", b"<html/>"]
)
def test_a_file_that_is_no_svg_drawing_is_refused(data):
    with pytest.raises(Refused, match="is no SVG drawing"):
        drawings.checked(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('width="90"', ""),
        ('width="90"', 'width="100%"'),
        ('width="90"', 'width="91"'),
        ('height="60"', 'height="0"'),
        ("0 0 30 20", "1 0 30 20"),
        ("0 0 30 20", "0 0 30"),
        ("0 0 30 20", "0 0 0 0"),
    ],
)
def test_a_size_that_would_leave_gaps_on_the_page_is_refused(old, new):
    with pytest.raises(Refused):
        drawings.checked(drawing().replace(old.encode(), new.encode()))


def test_a_drawing_of_many_bytes_is_refused():
    with pytest.raises(Refused, match="may have 200 kB"):
        drawings.checked(drawing(" " * drawings.MOST_BYTES))
