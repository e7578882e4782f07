"""Boxes of check lists, written as the signs ☑ and ☐."""

import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

TICKED: Final = "☑"
OPEN: Final = "☐"
# Marks of items that say whether something is done or right, which a bullet does not.
MEANT: Final = frozenset("☐☑☒✓✔✗✘❑□◻")
# How programs say that an item is ticked: in an attribute, or in a class.
_STATES: Final = ("aria-checked", "data-checked", "data-list")
_CLASSES: Final = {"checkbox-on": TICKED, "checkbox-off": OPEN}
_ALT: Final = re.compile(r"(?:un)?checked", re.IGNORECASE)


def write_check_boxes(soup: BeautifulSoup) -> list[str]:
    """Put a sign in place of every box, or before the words of its item; return these signs."""
    written = []
    for box in soup.find_all("input"):
        if str(box.get("type")).lower() in ("checkbox", "radio"):
            written.append(TICKED if box.has_attr("checked") else OPEN)
            _take_states_away(box)
            box.replace_with(f"{written[-1]} ")
        else:
            box.decompose()
    for tag in soup.find_all(["li", "ul", "div", "span", "p"]):
        if (sign := _sign_of(tag)) and tag.get_text().strip()[:1] not in MEANT:
            for picture in tag.find_all("img", alt=_ALT):
                picture.decompose()
            written.append(sign)
            if sign == TICKED:
                _unstrike(tag)
            if tag.get_text().strip():
                (tag.find(["p", "span"]) or tag).insert(0, f"{sign} ")
            else:
                tag.replace_with(f"{sign} ")
    return written


def _take_states_away(box: Tag) -> None:
    """Remove from the tags around a box what says the same again."""
    for tag in box.parents:
        for name in _STATES:
            tag.attrs.pop(name, None)


def _unstrike(item: Tag) -> None:
    """Keep the words of an item that is struck out because it is done."""
    for tag in [item, *item.find_all(True)]:
        if tag.name in ("del", "s", "strike"):
            tag.name = "span"
        if style := str(tag.get("style") or ""):
            tag["style"] = style.replace("line-through", "none")


def _sign_of(tag: Tag) -> str:
    for name in _STATES:
        if (state := str(tag.get(name) or "").lower()) in ("true", "checked"):
            return TICKED
        if state in ("false", "unchecked"):
            return OPEN
    return next((_CLASSES[one] for one in tag.get("class") or [] if one in _CLASSES), "")
