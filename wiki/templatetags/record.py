"""How it is told what became of a printed version.

Usage: `{% print_of revision publications fixes as told %}`; `publications` are all of its page, newest first,
`fixes` what of it was corrected for safety since.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils import timezone

from wiki.models import Ending, Origin, Publication, Revision
from wiki.templatetags.comparison import cosigners
from wiki.text.redaction.stand_ins import Fix

register = template.Library()


@dataclass(frozen=True)
class Told:
    """Whether a print still holds: a word to go by, the rest of the sentence, and who stood for it."""

    word: str
    rest: str
    by: str
    slug: str  # of what is in force today, "" when nothing is
    address: str  # of the version's own pages


@register.simple_tag
def print_of(revision: Revision, publications: Sequence[Publication], fixes: Sequence[Fix]) -> Told:
    """Return what became of a version that readers have seen."""
    place = next(i for i, one in enumerate(publications) if one.revision_id == revision.pk)
    own, later = publications[place], publications[:place]
    now = publications[0].revision.slug if publications[0].until is None else ""
    word, rest = _fate(own, later[-1] if later else None)
    if fixes and own.until is None:
        word, rest = "Corrected for safety since.", " A passage of this print must not be relied on."
    return Told(word, rest, _by(revision, own), now, revision.slug)


def _fate(own: Publication, after: Publication | None) -> tuple[str, str]:
    """Return what became of a publication: in a word, and the rest of the sentence."""
    if own.until is None:
        return "Current.", " This version is in force: the print says what readers are told today."
    until = timezone.localtime(own.until)
    day = f"{until.day} {until:%B %Y}"
    if own.ending == Ending.UNAPPROVED:
        return f"Taken back on {day}.", " Do not rely on this print."
    by = f" by version {after.revision.number}" if after else ""
    return f"Superseded on {day}{by}.", " Parts of this print may not hold any more."


def _by(revision: Revision, own: Publication) -> str:
    """Return who stood for the version, in the words of the review line."""
    if revision.origin == Origin.STARTER:
        return "Starter content; no clinician had reviewed it."
    verdict, day = own.verdict, timezone.localtime(own.verdict.decided_at)
    signed = [verdict, *cosigners(own)]
    who = " and ".join(
        ", ".join(filter(None, (one.reviewer_name, one.reviewer_profession))) for one in signed
    )
    return f"Reviewed by {who}, {day.day} {day:%B %Y}."
