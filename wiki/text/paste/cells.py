"""Cells of pasted tables, of which each becomes one line."""

import re


def one_line(text: str) -> str:
    """Return the paragraphs of a cell on one line, with a semicolon between them."""
    paragraphs = [" ".join(one.split(" ")).strip() for one in re.split(r"\n\s*\n|\n", text)]
    words = "; ".join(one.removesuffix(";") for one in paragraphs if one)
    return re.sub(r"([.:;?!]);(?= )", r"\1", re.sub(" +", " ", words)).strip().removesuffix(";")


def is_next_entry(before: str, after: str) -> bool:
    """Return whether the words behind an end of a line in a cell look like another entry."""
    before, after = before.rstrip(), after.lstrip()
    return before[-1:].isalnum() and (after[:1].isdigit() or after[:1].isupper())
