"""Drawings in SVG, checked against a list of what may stand in them: shapes and words, nothing that acts."""

import hashlib
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from wiki.images.processing import CleanImage
from wiki.policy.refusal import Refused

MOST_BYTES: Final = 200_000
NAMESPACE: Final = "http://www.w3.org/2000/svg"

_NUMBER: Final = r"-?[0-9]*\.?[0-9]+"
_NUMBERS: Final = rf"{_NUMBER}(?:[ ,]+{_NUMBER})*"
_MOVES: Final = rf"(?:translate|scale|rotate|matrix)\({_NUMBERS}\)"
# Each attribute with the form of its value. None of the forms can hold an address.
_ATTRIBUTES: Final = {
    **dict.fromkeys(
        (
            *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"),
            *("font-size", "stroke-width", "opacity", "fill-opacity"),
        ),
        _NUMBER,
    ),
    **dict.fromkeys(("points", "viewBox", "stroke-dasharray"), _NUMBERS),
    **dict.fromkeys(("fill", "stroke"), "none|#[0-9a-f]{6}"),
    "d": r"[MmLlHhVvCcSsQqTtAaZz0-9 ,.\-]+",
    "transform": rf"{_MOVES}(?: {_MOVES})*",
    "font-family": r"[A-Za-z, '\-]+",
    "font-weight": "[4-7]00",
    "font-style": "italic",
    "text-anchor": "start|middle|end",
    "stroke-linecap": "round|butt",
    "stroke-linejoin": "round|miter",
    "role": "img",
}
_SHAPES: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_ELEMENTS: Final = frozenset({"svg", "g", "title", "desc", "text", "tspan", *_SHAPES})


def checked(data: bytes) -> CleanImage:
    """Return the drawing in a file, unchanged, under the digest of its bytes.

    Raises `Refused` if anything stands in it that is not on the list.
    """
    if len(data) > MOST_BYTES:
        raise Refused(f"A drawing may have {MOST_BYTES // 1000} kB.")
    root = _parsed(data)
    for trouble in _troubles(root):
        raise Refused(f"This drawing holds {trouble}, which no drawing here may hold.")
    width, height = _size(root)
    name = hashlib.sha256(data).hexdigest()[:16]
    return CleanImage(name, "SVG", width, height, {width: data}, ())


def _parsed(data: bytes) -> ElementTree.Element:
    """Return the root. Declarations, comments and instructions are refused before the parser sees them."""
    try:
        text = data.decode("utf-8")
        if "<!" in text or "<?" in text:
            raise Refused("This drawing holds a declaration, a comment or an instruction. Leave them out.")
        root = ElementTree.fromstring(text)  # noqa: S314  no declarations, so no entities either
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        raise Refused("This is no SVG drawing, or it is broken.") from None
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise Refused("This is no SVG drawing, or it is broken.")
    return root


def _troubles(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        space, _, tag = element.tag.rpartition("}")
        if space != f"{{{NAMESPACE}" or tag not in _ELEMENTS or (tag == "svg" and element is not root):
            yield f"the element “{tag}”"
        for name, value in element.attrib.items():
            form = _ATTRIBUTES.get(name)
            if form is None:
                yield f"the attribute “{name.rpartition('}')[2]}”"
            elif not re.fullmatch(form, value, re.ASCII):
                yield f"the value “{value[:40]}” of “{name}”"


def _size(root: ElementTree.Element) -> tuple[int, int]:
    """Return width and height; the view must have the same proportions, or the page would leave gaps."""
    told = [root.get("width", ""), root.get("height", ""), *root.get("viewBox", "").split()]
    if len(told) != 6 or not all(re.fullmatch("[0-9]{1,4}", one, re.ASCII) for one in told):
        raise Refused("A drawing says its width, its height and its viewBox in whole numbers.")
    width, height, left, top, across, down = map(int, told)
    if (left, top) != (0, 0) or not min(width, height, across, down):
        raise Refused("The viewBox of a drawing begins at 0 0 and has a size.")
    if abs(width / height - across / down) > 0.01:
        raise Refused("Width and height of a drawing have the proportions of its viewBox.")
    return width, height
