"""Identifiers in running text, such as a reference: each with its label or in its own form."""

import re
from typing import Final

from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse

_LABELLED: Final = re.compile(
    r"\bPMID[\s:=#-]{0,3}\d{1,8}\b"
    r"|\bPubMed(?:\s+ID)?[\s:=#-]{1,3}\d{5,8}\b"
    r"|\bPMC(?:ID)?[\s:=-]{0,3}(?:PMC)?\d{1,9}\b"
    r"|\bNCT[\s-]?\d{8}\b"
    r"|\bISBN(?:-?1[03])?:?\s*[\dX][\dX \u2010-\u2015-]{8,16}[\dX]\b"
    r"|\barXiv:\s*\d{4}\.\d{4,5}(?:v\d+)?\b"
    r"|\bNBK\d{3,7}\b"
    r"|\bhttps?://\S+"
    r"|\b10\.\d{4,9}/\S+",
    re.ASCII | re.IGNORECASE,
)


def identifiers_in(text: str) -> list[Identifier]:
    """Return the identifiers that a text holds, each once, in their order; a web address only by itself."""
    found: dict[Identifier, None] = {}
    for match in _LABELLED.finditer(text[:5_000]):
        try:
            found[parse(match[0])] = None
        except BadIdentifier:
            continue
    better = [one for one in found if one.scheme != "url"]
    return better or list(found)
