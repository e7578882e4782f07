"""Rows of tables as they are typed: their cells, and what stands in place of one."""

from typing import Final

from markdown_it.rules_block.table import escapedSplit

from wiki.text.markdown.html import plain

# What stands in the other cells of a row whose first one says that it is withheld.
LEFT_OUT: Final = "…"


def is_row(text: str) -> bool:
    """Return whether a text is one row of a table, typed with a bar at each end."""
    line = text.strip()
    return line.startswith("|") and line.endswith("|") and len(line) > 1 and "\n" not in line


def cells_of(text: str) -> list[str]:
    """Return the cells of a row, as they are typed, but for the sign that escapes a bar."""
    cells = escapedSplit(text.strip())
    start, end = int(bool(cells) and not cells[0].strip()), len(cells) - int(not cells[-1].strip())
    return [one.strip() for one in cells[start : max(start, end)]]


def typed_row(text: str) -> str:
    """Return a row with a bar at each end."""
    return text.strip() if is_row(text) else _row([one.replace("|", "\\|") for one in cells_of(text)])


def row_in_words(text: str) -> str:
    """Return what readers read in a row, cell by cell."""
    return " ".join(map(plain, cells_of(text)))


def row_instead(text: str, width: int) -> str:
    """Return the row that stands in place of one with so many cells: the one that is given, or one with a
    text in its first cell and the sign for what is left out in the others.
    """
    if is_row(text):
        return text.strip()
    told = " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")
    return _row([told, *[LEFT_OUT] * (width - 1)])


def framed_row(text: str, begin: str, end: str) -> str:
    """Return a row with a word before its first cell and one after its last."""
    inner = text.strip()[1:-1].strip() if is_row(text) else text
    return f"| {begin} {inner} {end} |"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
