"""What print puts into words and nobody types, and the edges of raised and lowered signs."""

import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

# They take up no room: browsers break lines at them.
UNSEEN: Final = re.compile("[\xad\u200b\u2060\ufeff]")
# Two letters printed as one, as they are copied out of a PDF.
_LIGATURES: Final = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)


def as_letters(text: str) -> str:
    """Return the text without what nobody sees, and letters for what is printed as one sign."""
    return UNSEEN.sub("", text).translate(_LIGATURES)


def tidy_edges(soup: BeautifulSoup) -> None:
    """Take out what nobody sees, and put the blank at the end of raised and lowered signs behind them.

    Between "10" and its raised "6" the former would part the number in two; in "Ca²⁺ " a blank would be lost.
    What holds no words then goes.
    """
    for text in soup.find_all(string=UNSEEN):
        text.replace_with(NavigableString(UNSEEN.sub("", text)))
    for one in soup.find_all(["sup", "sub"]):
        _put_blank_behind(one)
        if not one.get_text():
            one.decompose()


def _put_blank_behind(raised: Tag) -> None:
    words = raised.get_text()
    if blank := words[len(words.rstrip()) :]:
        raised.insert_after(NavigableString(blank))
        for text in reversed(raised.find_all(string=True)):
            text.replace_with(NavigableString(text.rstrip()))
            if text.rstrip():
                break
