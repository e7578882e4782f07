"""Entries of feeds: what a publication means for a patient, its authors and reviewers."""

import datetime as dt
from dataclasses import dataclass

from wiki.domain.origins import UNREVIEWED
from wiki.domain.professions import Impact
from wiki.models import Ending, Origin, Publication
from wiki.text.days import day_in_words


@dataclass(frozen=True)
class FeedEntry:
    """A publication, in words."""

    title: str
    summary: str
    updated: dt.datetime


def feed_entry(publication: Publication) -> FeedEntry:
    """Return a publication in words. A taken-back one is named as such, without its content."""
    revision, until = publication.revision, publication.until
    if until is not None and publication.ending == Ending.UNAPPROVED:
        said = "This version was reverted. Readers do not see it any more."
        return FeedEntry(f"Reverted: {revision.title}, version {revision.number}", said, until)
    parts = (_meaning(publication), _written(publication), _reviewed(publication))
    return FeedEntry(
        f"{revision.title}, version {revision.number}", " ".join(filter(None, parts)), publication.since
    )


def _meaning(publication: Publication) -> str:
    meaning = publication.meaning.strip()
    if meaning and (name := publication.meaning_in_words_of):
        return f"What it means for a patient, in the words of {name}, who approved it: {meaning}"
    if meaning:
        return f"What it means for a patient: {meaning}"
    return f"{Impact(publication.impact).label}." if publication.impact else ""


def _written(publication: Publication) -> str:
    return "" if publication.is_loaded else f"Written by {publication.revision.author_name}."


def _reviewed(publication: Publication) -> str:
    """Return who approved this change, and the review status of the whole page."""
    if publication.is_loaded:
        return f"{UNREVIEWED[Origin(publication.revision.origin)]}."
    names = dict.fromkeys(one.reviewer_name for one in publication.approvals)
    return f"This change was approved by {' and '.join(names)}. {_whole(publication)}"


def _whole(publication: Publication) -> str:
    read = publication.whole_page_review
    if read is None:
        return f"{UNREVIEWED[Origin(publication.began_with)]}."
    names = " and ".join(one.by_name for one in (*read.signed_along, read))
    return f"The whole page was last reviewed before it, by {names}, {day_in_words(read.reviewed_at)}."
