"""Footnotes whose names clash when two versions of a body are put together."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wiki.text.markdown.stretches import Stretch, stretches_of

LABEL: Final = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]:")


def apart(base: str, ours: str, theirs: str) -> str:
    """Return their body with another name for each note that both sides added under one name."""
    was, our, their = map(_notes, (base, ours, theirs))
    taken = {label for text in (base, ours, theirs) for label in LABEL.findall(text)}
    return renamed(
        theirs, {one for one in their if one not in was and our.get(one, their[one]) != their[one]}, taken
    )


def renamed(body: str, clashing: Iterable[str], taken: Iterable[str]) -> str:
    """Return a body with other names, which are not taken, for the notes with these names."""
    labels: dict[str, str] = {}
    used = set(taken)
    for label in sorted(clashing):
        number = 2
        while f"{label}-{number}" in used:
            number += 1
        labels[label] = f"{label}-{number}"
        used.add(labels[label])
    return LABEL.sub(lambda match: f"[^{labels.get(match[1], match[1])}]", body) if labels else body


def missing(merged: str, *versions: str) -> list[Stretch]:
    """Return the notes that a merged body refers to and one side has removed, as the versions have them."""
    if not (wanted := dict.fromkeys(LABEL.findall(merged))):
        return []
    there = _notes(merged)
    known: dict[str, Stretch] = {}
    for one in versions:
        known |= _notes(one)
    gone = (known[label] for label in wanted if label not in there and label in known)
    return [replace(one, gap="\n") for one in gone]


def _notes(body: str) -> dict[str, Stretch]:
    """Return the stretch of each note that a body defines, by its name."""
    if "[^" not in body:
        return {}
    found = ((_NOTE.match(one.text), one) for one in stretches_of(body))
    return {match[1]: one for match, one in found if match}
