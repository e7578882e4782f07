"""Bold words and words in italics of pasted text, as marks of Markdown where these can stand."""

import re
from functools import partial


def between(text: str, opening: str, closing: str) -> str:
    """Return the words between characters that no clipboard holds; `emphasised` makes marks of them."""
    words = text.strip()
    if not words or "\n\n" in words:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{opening}{words}{closing}{after}"


def emphasised(text: str) -> str:
    """Return the text with marks around bold words and words in italics.

    Word begins them anew behind each correction, so what follows at once is joined.
    """
    for opening, closing, mark in (("\x01", "\x02", "**"), ("\x03", "\x04", "*")):
        text = text.replace(f"{closing}{opening}", "")
        text = re.sub(f"{opening}([^{opening}{closing}]*){closing}", partial(_marked, mark), text)
    return without_emphasis(text)


def without_emphasis(text: str) -> str:
    """Return the text without those characters."""
    return re.sub("[\x01-\x04]", "", text)


def _marked(mark: str, match: re.Match[str]) -> str:
    """Return the words between marks, if these can stand where they would."""
    words = match[1]
    text, (start, end) = match.string, match.span()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    tail = ""
    if after.isalnum():
        tail = words[len(words.rstrip(".,;:")) :]
        words = words.removesuffix(tail)
    edges = (words[:1], before), (words[-1:], after if not tail else "")
    if any(outside.isalnum() for _, outside in edges) or not words:
        return words + tail
    return f"{mark}{words}{mark}{tail}"
