"""Rules about sources: known, not retracted, recent, and cited by the text."""

import re
from collections.abc import Iterator
from typing import Final

from wiki.domain.evidence import DOUBTED
from wiki.policy.checks.subject import Cited, Finding, Findings, keys_of
from wiki.text.markdown.citations import key_and_words
from wiki.text.markdown.retraction_mentions import says_retracted
from wiki.text.quantities.extract import QuantityKind, quantities
from wiki.text.sources.identifiers import BadIdentifier, parse

YEARS_FRESH: Final = 5
SHORTEST_FACT: Final = 4
NOTICES: Final = {
    "retraction": "It is retracted",
    "concern": "Its journal has published an expression of concern about it",
    "correction": "It has been corrected",
}


def paragraphs_supported(found: Findings) -> Iterator[Finding]:
    """Find paragraphs with claims and no citation. Headings, boxes and pictures need none."""
    for one in found.passages:
        stated = one.number and len(one.words.split()) >= SHORTEST_FACT and not one.bold
        if stated and not one.citations:
            yield found.in_passage(one, f"No reference in {one.place}")


_MAY_BE_A_SHARE: Final = re.compile(r"[%‰٪﹪％/]|\b(?:per|of|in|out|every|half|third|quarter)", re.IGNORECASE)


def percentages_cited(found: Findings) -> Iterator[Finding]:
    """Find percentages without a source for their population and year."""
    for one in found.passages:
        if one.number and not one.citations and (share := _share(one.words)):
            message = f"A share without a reference in {one.place}"
            yield found.in_passage(one, message, words=share)


def _share(words: str) -> str:
    """Return the first share in words: 36%, 36 per cent, 36 of 36, one in three."""
    if not _MAY_BE_A_SHARE.search(words):
        return ""
    return next((one.text for one in quantities(words) if one.kind == QuantityKind.SHARE), "")


def percentages_new(found: Findings) -> Iterator[Finding]:
    """Find percentages that the version before did not have."""
    pieces = (piece for block in found.comparison.blocks for piece in block.pieces)
    if any(piece.op == "added" and _share(piece.text) for piece in pieces):
        yield Finding("Percentages are new or changed: compare each with its source", "body")


def sources_known(found: Findings) -> Iterator[Finding]:
    """Find citations of sources that the wiki does not have."""
    for key in found.outline.citations:
        if key not in found.sources:
            yield _in_text(found, key, _unknown(key))
    for number, row in found.rows:
        for key in row.sources:
            if key not in found.sources:
                message = _unknown(key).removeprefix("[@").replace("]", "", 1)
                yield found.in_row(number, "sources", message, words=key)


def sources_stand(found: Findings) -> Iterator[Finding]:
    """Find retracted works that are cited without saying that they are retracted."""
    for key, source in _noticed(found):
        if "retraction" not in source.notices:
            continue
        for one in found.passages:
            if key in one.citations and not says_retracted(one.words):
                message = f"{_named(source, key)} is retracted, and {one.place} rests on it"
                yield found.in_passage(one, message, words=key)
        for number, row in found.rows:
            if key in row.sources and row.stance not in DOUBTED and not says_retracted(row.note):
                message = f"{_named(source, key)} is retracted, and this statement rests on it"
                yield found.in_row(number, "sources", message, words=f"{key} {found.named(row)}")


def notices_heeded(found: Findings) -> Iterator[Finding]:
    """Find works about which a journal published a notice later."""
    for key, source in _noticed(found):
        told = ". ".join(sentence for notice, sentence in NOTICES.items() if notice in source.notices)
        yield _cited(found, key, f"{_named(source, key)}: {told}")


def sources_verified(found: Findings) -> Iterator[Finding]:
    """Find sources whose record nobody has verified."""
    for key in keys_of(found.document):
        if key in found.sources and not found.sources[key].verified:
            yield _cited(found, key, f"{_named(found.sources[key], key)} is not fully verified")


def sources_by_their_own_key(found: Findings) -> Iterator[Finding]:
    """Find citations by an identifier that was corrected, or that a merged record had."""
    for key in keys_of(found.document):
        if key in found.sources and (instead := found.sources[key].instead):
            yield _cited(found, key, f"[@{key}] is now [@{instead}]: cite “{found.sources[key].title}” so")


def sources_new(found: Findings) -> Iterator[Finding]:
    """Find sources that the version before did not cite."""
    old = keys_of(found.before) if found.before else []
    for key in keys_of(found.document):
        if key in found.sources and key not in old:
            message = f"{_named(found.sources[key], key)} is new here: open it"
            yield _cited(found, key, message)


def sources_recent(found: Findings) -> Iterator[Finding]:
    """Find a page whose newest source is old, or has no year."""
    years = [one.year for one in found.cited if one.year]
    if found.cited and not years:
        yield Finding("No source has a year", "body")
    elif years and max(years) < found.today.year - YEARS_FRESH:
        yield Finding(f"The newest source is from {max(years)}", "body")


def _noticed(found: Findings) -> Iterator[tuple[str, Cited]]:
    for key in keys_of(found.document):
        if key in found.sources and found.sources[key].notices:
            yield key, found.sources[key]


def _cited(found: Findings, key: str, message: str) -> Finding:
    """Return a finding about a source, at the first place that cites it."""
    if key in found.outline.citations:
        return _in_text(found, key, message)
    number = next(number for number, row in found.rows if key in row.sources)
    return found.in_row(number, "sources", message, words=key)


def _in_text(found: Findings, key: str, message: str) -> Finding:
    """Return a finding about a citation in the text: in its paragraph, box or heading."""
    passage = next((one for one in found.passages if key in one.citations), found.passages[0])
    return found.in_passage(passage, message, words=key, place=passage.place)


def _named(source: Cited, key: str) -> str:
    return f"“{source.title}” ({key})" if source.title else key


def _unknown(key: str) -> str:
    try:
        parse(key)
    except BadIdentifier as error:
        return f"[@{key}]: {_parted(key) or error}"
    return f"[@{key}] is not among the wiki’s sources yet. Add it, or correct the citation"


def _parted(written: str) -> str:
    """Return how a citation is written that has a page, or another source, behind its identifier."""
    key, words = key_and_words(written)
    if not key:
        return ""
    if other := "" if words.isdigit() else _key_of(words):
        return f"two sources are parted like this: [@{key}; @{other}]"
    return f"“{words}” is no part of the identifier; write it behind the citation: [@{key}], {words}"


def _key_of(words: str) -> str:
    try:
        return parse(words).key
    except BadIdentifier:
        return ""
