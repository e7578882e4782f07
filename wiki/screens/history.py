"""The history of a page: its published versions and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from wiki.domain.named_people import named
from wiki.domain.origins import UNREVIEWED
from wiki.models import Decision, Ending, Family, NamedPerson, Origin, Page, Publication, Revision, Verdict
from wiki.text.days import day_in_words
from wiki.text.redaction.stand_ins import Fix
from wiki.text.standing import Approved


@dataclass(frozen=True)
class PublishedVersion:
    """One published version, as a line of the page's history. Needs `of_page`."""

    publication: Publication
    family: Family
    is_retired: bool

    @property
    def revision(self) -> Revision:
        """Return the version."""
        return self.publication.revision

    @property
    def is_live(self) -> bool:
        """Return whether it is the published one."""
        return self.publication.until is None

    @property
    def was_reverted(self) -> bool:
        """Return whether its approval was reverted."""
        return self.publication.ending == Ending.UNAPPROVED

    @property
    def is_suppressed(self) -> bool:
        """Return whether its text is hidden, for now or for good."""
        return hasattr(self.revision, "suppression")

    @property
    def unreviewed(self) -> str:
        """Return the label of a text that was only loaded; "" for any other."""
        if not self.publication.is_loaded:
            return ""
        origin = Origin(self.revision.origin)
        return str(origin.label) if _is_read(self.publication) else UNREVIEWED[origin]

    @property
    def label(self) -> str:
        """Return its status in one or two words."""
        if self.is_live:
            return "Retired" if self.is_retired else "Live"
        return "Approval reverted" if self.was_reverted else "Replaced"

    @property
    def state(self) -> str:
        """Return the state that sets its colour."""
        if self.is_live:
            return "unapproved" if self.is_retired else "live"
        return "unapproved" if self.was_reverted else "approved"

    @property
    def says_what_it_means(self) -> bool:
        """Return whether its impact for patients is shown; not for versions that nobody should rely on."""
        return bool(self.publication.impact) and not self.was_reverted and not self.is_suppressed

    @property
    def takings_back(self) -> list[Verdict]:
        """Return who took its approval back, and why."""
        verdicts = self.revision.verdicts.all() if self.was_reverted else ()
        return [one for one in verdicts if one.decision == Decision.UNAPPROVE]

    @property
    def writers(self) -> list[NamedPerson]:
        """Return everybody whose words it first published."""
        return [one.named_author for one in self.family.writers_of(self.revision)]

    @property
    def approved(self) -> Approved | None:
        """Return who approved it, with their public pages, and when; None if it was only loaded."""
        return approved_by(self.publication)


def versions_of(page: Page, publications: Sequence[Publication]) -> list[PublishedVersion]:
    """Return lines of a page's history; one query besides the given ones."""
    family, is_retired = Family.of_versions([one.revision for one in publications]), bool(page.retired)
    return [PublishedVersion(one, family, is_retired) for one in publications]


def approved_by(publication: Publication) -> Approved | None:
    """Return who approved a published version, in the order in which they signed. Needs `of_page`."""
    if not (signed := publication.approvals):
        return None
    on = timezone.localdate(signed[-1].decided_at)
    people = (
        replace(one.signer, address=one.reviewer.get_absolute_url() if one.reviewer else "") for one in signed
    )
    return Approved(tuple(people), on, publication.revision.number or 0)


@dataclass(frozen=True)
class Outcome:
    """What became of a version, in words: as a sentence of its own, and as it follows “Its version 2”."""

    sentence: str
    clause: str
    standing: str
    reason: str = ""
    now: bool = False  # whether something else is published that one should read instead
    can_be_restored: bool = False  # whether readers saw it once, and see something else or nothing now


def outcome_of(revision: Revision, publications: Sequence[Publication]) -> Outcome:
    """Return what became of a version; `publications` are its own and the open one at least, newest first."""
    own = [one for one in publications if one.revision_id == revision.pk]
    now = any(one.until is None for one in publications)
    if not own:
        said = "never published. Only those who work on it see this."
        return Outcome(said, f"was {said}", "unreviewed", now=now)
    until, known = own[0].until, f" {stood_for_by(own[0])}"
    if until is None:
        said = f"published now.{known}"
        return Outcome(said, f"is {said}", "current" if _is_read(own[0]) else "unreviewed")
    if own[0].ending == Ending.UNAPPROVED:
        verdicts = own[0].revision.verdicts.all()
        reason = next((one.reason for one in verdicts if one.decision == Decision.UNAPPROVE), "")
        what = "it" if revision.is_loaded else "its approval"
        said = f"{what} was reverted on {day_in_words(until)}. Do not rely on it.{known}"
        return Outcome(
            said, f"is no longer approved: {said}", "overdue", reason, now=now, can_be_restored=True
        )
    said = f"superseded on {day_in_words(until)}.{known}"
    return Outcome(said, f"was {said}", "overdue", now=now, can_be_restored=True)


def _is_read(publication: Publication) -> bool:
    """Return whether a review of the whole page holds for a published version. Needs `of_page`."""
    own = any(one.due_on for one in publication.readings)
    return own or publication.whole_page_review_id is not None


@dataclass(frozen=True)
class PrintStatus:
    """Whether a printed version is current: a word, the rest of the sentence, and its reviewers."""

    word: str
    rest: str
    by: str
    slug: str  # of what is published today, "" when nothing is
    address: str  # addresses of this version's own pages


def print_status(
    revision: Revision, publications: Sequence[Publication], fixes: Sequence[Fix]
) -> PrintStatus:
    """Return whether a print of a version is current; `fixes` are its later safety corrections.

    `publications` are as for `outcome_of`. One query where another version followed.
    """
    own = next(one for one in publications if one.revision_id == revision.pk)
    now = next((one.revision.slug for one in publications if one.until is None), "")
    word, rest = _holds(own, Publication.objects.next_after(own) if own.until else None)
    if fixes and own.until is None:
        word, rest = "Corrected for safety since.", " A passage of this print must not be relied on."
    return PrintStatus(word, rest, stood_for_by(own), now, revision.slug)


def _holds(own: Publication, after: Publication | None) -> tuple[str, str]:
    """Return the status of a publication: one word, and the rest of the sentence."""
    if own.until is None:
        return "Current.", " This version is published: the print says what readers are told today."
    if own.ending == Ending.UNAPPROVED:
        return f"Reverted on {day_in_words(own.until)}.", " Do not rely on this print."
    by = f" by version {after.revision.number}" if after else ""
    return f"Superseded on {day_in_words(own.until)}{by}.", " Parts of this print may not hold any more."


def stood_for_by(own: Publication) -> str:
    """Return the reviewers of a version: of the whole page, and of this change."""
    read = next((one for one in own.readings if one.due_on), None)
    approved = approved_by(own)
    if read is not None:
        said = [f"Whole page reviewed by {named(read.reviewers)}, {day_in_words(read.reviewed_at)}."]
    elif before := own.whole_page_review:
        which = f"version {before.revision.number}"
        by = named(before.reviewers)
        said = [f"Whole page reviewed by {by}, {day_in_words(before.reviewed_at)}, in {which}."]
    else:
        said = [f"{UNREVIEWED[Origin(own.began_with)]}."]
    if approved:
        said.append(f"This change was approved by {approved.names}, {day_in_words(approved.on)}.")
    return " ".join(said)
