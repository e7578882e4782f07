"""Doses in a text, as the signature rules and the checks both use them."""

from functools import lru_cache

from wiki.text.document import Document
from wiki.text.markdown.passages import Passage, passages_of
from wiki.text.quantities.extract import Quantity, quantities
from wiki.text.quantities.tokens import tokens_of
from wiki.text.quantities.units import is_unit
from wiki.text.quantities.words import DOSE_WORDS

type DosedPassage = tuple[str, str, str]


def quantities_of_text(words: str) -> tuple[Quantity, ...]:
    """Return the quantities of a summary or a note, which hold plain words."""
    return quantities(words)


def quantities_of(passage: Passage) -> tuple[Quantity, ...]:
    """Return the quantities of a passage; cells of a table are read under their column’s and row’s heads."""
    section = section_heads(passage.section)
    found = list(quantities(passage.prose, section))
    for cell in passage.cells:
        found += quantities(cell.words, (*section, *cell.heads))
    if passage.cells:
        known = {one.key for one in found}
        # The number and its unit may be in two cells.
        across = (one for one in quantities(passage.words) if "\n" in one.text and is_unit(one.unit))
        found += [one for one in across if one.key not in known]
    return tuple(found)


def doses_of(passage: Passage) -> list[Quantity]:
    """Return the doses of a passage."""
    return [one for one in quantities_of(passage) if one.is_dose]


def doses_of_text(words: str) -> list[Quantity]:
    """Return the doses of a summary or a note."""
    return [one for one in quantities_of_text(words) if one.is_dose]


def dosed_passages(document: Document) -> list[DosedPassage]:
    """Return the summary and each passage with a dose: its place, its source, its words.

    Where two documents differ in these, a dose differs, or where it stands, or what is said beside it.
    """
    body = document.body
    summary = [("summary", document.summary, "")] if doses_of_text(document.summary) else []
    return [*summary, *(_keyed(body, one) for one in passages_of(body) if doses_of(one))]


def _keyed(body: str, passage: Passage) -> DosedPassage:
    return f"# {passage.section}", body[passage.start : passage.end], passage.words


@lru_cache(maxsize=1024)  # each block and cell below a heading asks
def section_heads(section: str) -> tuple[str, ...]:
    """Return a heading if it says what its numbers are; the words of other headings are not units."""
    return (section,) if any(token.text in DOSE_WORDS for token in tokens_of(section)) else ()
