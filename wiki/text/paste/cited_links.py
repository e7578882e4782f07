"""Identifiers and links that are pasted, as citations of sources."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from wiki.text.sources import identifiers

LONGEST_KEY: Final = 300
CITED: Final = ("doi", "pmid", "pmc", "nct")


def citation_of(text: str) -> str:
    """Return the citation key if `text` is only an identifier; "" if it may be anything else.

    A number alone is a PMID only if it is as long as those of the last decades, and a web address none.
    """
    text = text.strip()
    if len(text) > LONGEST_KEY or "\n" in text or _ANY_NUMBER.fullmatch(text):
        return ""
    try:
        found = identifiers.parse(text)
    except identifiers.BadIdentifier:
        return ""
    return found.key if found.scheme in (*CITED, "isbn") else ""


_ANY_NUMBER: Final = re.compile(r"\d{1,6}|\d{9,12}|(?!97[89])[\d\s‐-―-]{9,}X?", re.IGNORECASE)


def followed(href: str) -> str:
    """Return where a link leads that first goes by a search engine."""
    parts = href.partition("/url?")
    if parts[1] and (urlsplit(parts[0]).hostname or "").startswith("www.google."):
        return next(iter(parse_qs(parts[2]).get("q", [])), href)
    return href


def key_of(href: str) -> str:
    """Return the key of the source that an address leads to."""
    try:
        found = identifiers.parse(href)
    except identifiers.BadIdentifier:
        return ""
    return found.key if found.scheme in CITED else ""


def names_only(words: str, key: str, href: str) -> bool:
    """Return whether the words of a link say no more than the citation does."""
    plain = words.replace("\\", "").strip("[]() .,;")
    known = {"pubmed", "doi", "crossref", "pmc", "pmc free article", "full text", "google scholar"}
    return plain.lower() in known or plain == href or plain.isdigit() or citation_of(plain) == key
