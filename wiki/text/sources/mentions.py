"""Identifiers in running text, such as a reference: each with its label or in its own form."""

import re
from typing import Final

from wiki.text.sources.identifiers import SPACED_DOI, BadIdentifier, Identifier, parse, plain_signs

_LABELLED: Final = re.compile(
    # A number that goes on behind a space or a comma is written in groups, or is one of a list.
    r"\bPMID[\s:=#-]{0,3}\d{1,8}\b(?!(?:,\s?|[ \u00a0])\d)"
    r"|\bPubMed(?:\s+ID)?[\s:=#-]{1,3}\d{5,8}\b"
    r"|(?<![\w./-])\d{7,8}(?=\s?[;,|/]?\s?PMC(?:ID)?[\s:=-]{0,3}(?:PMC)?\d)"
    r"|\bPMC(?:ID)?[\s:=-]{0,3}(?:PMC)?\d{1,9}\b"
    r"|\bNCT[\s-]?\d{8}\b"
    r"|\bISBN(?:-?1[03])?:?\s*[\dX][\dX \u2010-\u2015-]{8,16}[\dX]\b"
    r"|\barXiv[:\s]\s*(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?\b"
    r"|\bNBK\d{3,7}\b"
    # An attribute of HTML ends with its quotation mark, and another work begins with its own number.
    # It holds no letters of scripts that are written without blanks, which may follow it at once.
    r"|\bhttps?://[^\s\"\u3000-\u9fff\uac00-\ud7af]+"
    r"|\b10\.\d{4,9}(?:/|%2f)(?:(?![;,|](?:pmid:|pmcid:|(?:doi:)?10\.\d{4,9}/))[^\s\"\u3000-\u9fff\uac00-\ud7af])+",
    re.ASCII | re.IGNORECASE,
)


def identifiers_in(text: str) -> list[Identifier]:
    """Return the identifiers that a text holds, each once, in their order; a web address only by itself."""
    found: dict[Identifier, None] = {}
    text = plain_signs(text[:5_000])
    for match in _LABELLED.finditer(text) if not re.fullmatch(SPACED_DOI, text, re.IGNORECASE) else ():
        try:
            found[parse(match[0])] = None
        except BadIdentifier:
            continue
    better = [one for one in found if one.scheme != "url"]
    return better or list(found)


def one_work_in(text: str) -> list[Identifier]:
    """Return the identifiers that a text consists of, all of one work, as PubMed writes them in one line;
    nothing where it holds other words, or two of a kind.
    """
    rest = _LABELLED.sub("", plain_signs(text))
    ids = identifiers_in(text)
    is_one = len({one.scheme for one in ids}) == len(ids)
    return ids if is_one and not _WORDS.search(_LABEL.sub("", rest)) else []


_LABEL: Final = re.compile(r"\b(?:doi|pmid|pmcid|pubmed|and)\b", re.IGNORECASE)
_WORDS: Final = re.compile(r"\w")
