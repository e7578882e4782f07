"""Styles that a clipboard's HTML gives to classes, as Excel does, put on the tags themselves."""

import re
from typing import Final

from bs4 import BeautifulSoup

LONGEST_SHEET: Final = 200_000
MOST_RULES: Final = 2_000
_CLASS: Final = re.compile(r"(?:^|[\s,>])[a-z0-9]*\.([\w-]+)\s*(?=,|$)", re.IGNORECASE)
# Only what changes which words and signs a reader sees; a style of whole paragraphs is not taken over.
_TAKEN: Final = re.compile(
    r"(?:^|;)\s*((?:mso-symbol-font-family|mso-hide|display|visibility|font(?:-family)?|font-variant(?:-caps)?|vertical-align"
    r"|text-decoration(?:-line)?|text-transform|list-style(?:-type)?)\s*:\s*[^;]{1,80})",
    re.IGNORECASE,
)
_HAS_MEANING: Final = re.compile(
    r"symbol|dings|mt extra|line-through|none|hidden|mso-hide|:\s*(?:super|sub)\b"
    r"|align:\s*-?[\d.]+(?:p[tx]|e[mx]|%)|variant|(?:upper|lower)(?:case|-)",
    re.I,
)
# What known classes say without a style sheet: words that Word's tracking of changes has deleted, the button
# beside a heading of Wikipedia.
_KNOWN: Final = {
    "msodel": "text-decoration:line-through",
    "mw-editsection": "display:none",
    # The charge of an ion over its number, at Wikipedia.
    "template-chem2-su": "display:inline-grid",
}


def styles_of(html: str) -> dict[str, str]:
    """Return what the style sheets of a whole document say of each class."""
    found: dict[str, str] = {}
    for sheet in re.split("<style", html[:LONGEST_SHEET], flags=re.IGNORECASE)[1:]:
        for rule in sheet.split("</")[0].split("}")[:MOST_RULES]:
            selector, _, body = rule.rpartition("{")
            said = ";".join(one.strip() for one in _TAKEN.findall(body[:5_000]) if _HAS_MEANING.search(one))
            for name in _CLASS.findall(selector[-500:]) if said else ():
                found[name.lower()] = f"{found.get(name.lower(), '')};{said}".strip(";")[:500]
    return found


def apply_styles(soup: BeautifulSoup, sheet: dict[str, str]) -> None:
    """Put the styles of its classes on each tag, before its own, and drop the classes."""
    for tag in soup.find_all(class_=True):
        names = tag.get_attribute_list("class")
        if "comment" in names:
            continue
        sheets = _KNOWN | sheet
        styles = [sheets[one.lower()] for one in map(str, names) if one.lower() in sheets]
        del tag["class"]
        if styles:
            said = ";".join([*styles, str(tag.get("style") or "")]).lower()
            tag["style"] = said.replace("list-style:", "list-style-type:")
