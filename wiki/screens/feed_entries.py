"""Entries of feeds: what a publication means for a patient, its authors and reviewers."""

import datetime as dt
from dataclasses import dataclass

from wiki.domain.professions import Impact
from wiki.models import Decision, Ending, Origin, Publication


@dataclass(frozen=True)
class FeedEntry:
    """A publication in words."""

    title: str
    summary: str
    updated: dt.datetime


def feed_entry(publication: Publication) -> FeedEntry:
    """Return a publication in words. Of what was taken back it says so, and repeats nothing of it."""
    revision, until = publication.revision, publication.until
    if until is not None and publication.ending == Ending.UNAPPROVED:
        said = "The approval of this version was taken back. Readers do not see it any more."
        return FeedEntry(f"Taken back: {revision.title}, version {revision.number}", said, until)
    parts = (_meaning(publication), f"Written by {revision.author_name}.", _reviewed(publication))
    return FeedEntry(
        f"{revision.title}, version {revision.number}", " ".join(filter(None, parts)), publication.since
    )


def _meaning(publication: Publication) -> str:
    impact, meaning = publication.impact, publication.meaning.strip()
    if meaning and (name := publication.meaning_in_words_of):
        return f"What it means for a patient, in the words of {name}, who approved it: {meaning}"
    if meaning:
        return f"What it means for a patient: {meaning}"
    return f"{Impact(impact).label}." if impact else ""


def _reviewed(publication: Publication) -> str:
    if publication.revision.origin == Origin.STARTER:
        return "Starter content, not yet reviewed by a clinician."
    signed = [one for one in publication.revision.verdicts.all() if one.decision == Decision.APPROVE]
    names = dict.fromkeys(one.reviewer_name for one in sorted(signed, key=lambda one: one.pk))
    return f"Reviewed by {', '.join(names)}."
