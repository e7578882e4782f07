"""Formulas of MathJax without their MathML, of which each letter is named by the class of an empty tag."""

import re
from typing import Final
from unicodedata import normalize

_CONTAINER: Final = re.compile(
    r"<mjx-container\b[^<>]*>((?:(?!</?mjx-container\b).){0,50000})</mjx-container>",
    re.IGNORECASE | re.DOTALL,
)
_LETTER: Final = re.compile(
    r"<mjx-c\b[^<>]*\bclass=[\"'][^\"'<>]*\bmjx-c([0-9A-F]{2,5})\b[^\"'<>]*[\"'][^<>]*>\s*</mjx-c>",
    re.IGNORECASE,
)
# What only takes up room, or draws the sign of a root.
_DRAWN: Final = re.compile(
    r"<mjx-surd\b.*?</mjx-surd>|</?mjx-(?:nstrut|dstrut|line|dbox|dtable|row|frac|sqrt)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_SPACER: Final = re.compile(r"<mjx-spacer\b[^<>]*>(?:\s*</mjx-spacer>)?", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)mjx-([a-z]+)\b[^<>]*>", re.IGNORECASE)
# Each tag of MathJax, as MathML has it.
_NAMES: Final = {
    **dict.fromkeys(("math", "script", "num", "den", "texatom", "mrow", "box", "mstyle", "mpadded"), "mrow"),
    **{name: name for name in ("mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "mfrac", "msqrt")},
    # A power stands over its index: the other way round than in MathML.
    "msubsup": "msupsub",
}


def with_mathml(html: str) -> str:
    """Return HTML in which each such formula is MathML; one with parts of another kind stays as it is."""
    return _CONTAINER.sub(_of_one, html)


def _of_one(match: re.Match[str]) -> str:
    if "<mjx-assistive-mml" in match[1].lower() or "<math" in match[1].lower():
        return match[0]
    words = _LETTER.sub(lambda one: f"&#{ord(normalize('NFKC', chr(int(one[1], 16)))[0])};", match[1])
    words = _SPACER.sub("</mjx-script><mjx-script>", _DRAWN.sub("", words))
    names = {one[2].lower() for one in _TAG.finditer(words)}
    if not words.strip() or names - _NAMES.keys() or "<mjx-c" in words.lower().replace("<mjx-container", ""):
        return match[0]
    return f"<math>{_TAG.sub(lambda one: f'<{one[1]}{_NAMES[one[2].lower()]}>', words)}</math>"
