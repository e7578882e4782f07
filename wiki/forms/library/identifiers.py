"""Several identifiers in one field, in the forms in which people paste them."""

import re
from typing import Final

from wiki.text.sources.identifiers import BadIdentifier, parse

# A label and a number separated by a space, "PMID 123" or "doi: 10.1/x", are one identifier.
_LABEL: Final = re.compile(r"\b(pmid|pmcid|doi|nct|isbn(?:-?1[03])?)\s*:?\s+(?=\S)", re.IGNORECASE | re.ASCII)
_PARTING: Final = re.compile(r"[,;]\s+|\s+")


def keys_and_rest(text: str) -> tuple[tuple[str, ...], str]:
    """Return the citation keys in a text, each once, and the rest of the text that names no source."""
    keys: list[str] = []
    rest: list[str] = []
    years: list[str] = []
    parts = [part for part in _parts(text) if part]
    # Beside words, as in "Wang 2012", a four-digit number is a year and not a PMID.
    has_words = any(re.fullmatch(r"[^\W\d]+\.?", part) for part in parts)
    for part in parts:
        try:
            key = parse(part).key
        except BadIdentifier:
            rest.append(part)
            continue
        is_year = has_words and re.fullmatch(r"(?:19|20)\d\d", part, re.ASCII)
        (years if is_year else keys).append(part if is_year else key)
    return tuple(dict.fromkeys(keys)), ", ".join(rest + years)


def complaint(text: str) -> str:
    """Return what is wrong with a text that names no source."""
    try:
        parse(text)
    except BadIdentifier as error:
        return str(error)
    return ""


def _parts(text: str) -> list[str]:
    """Return the text in the longest parts that each name a source, else in words."""
    found: list[str] = []
    for chunk in re.split(r"[;,]\s|\n", text):
        if not complaint(chunk.strip()) or _looks_like_one(chunk):
            found.append(chunk.strip())
            continue
        for word in _PARTING.split(_LABEL.sub(r"\1:", chunk).strip()):
            found += [word] if not complaint(word) else re.split("[,;]", word)
    return found


def _looks_like_one(chunk: str) -> bool:
    """Return whether a part that names nothing looks like one mistyped identifier."""
    return re.fullmatch(r"(?:isbn\b)?[\s\d:X-]*", chunk.strip(), re.IGNORECASE | re.ASCII) is not None and (
        len(re.findall(r"\d{6,8}", chunk)) < 2
    )
