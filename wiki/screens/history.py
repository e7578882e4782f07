"""The history of a page: its published versions and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wiki.models import Decision, Ending, Family, NamedPerson, Origin, Page, Publication, Revision, Verdict
from wiki.text.days import day_in_words
from wiki.text.redaction.stand_ins import Fix

STARTER: Final = " Starter content, not yet reviewed by a clinician."


@dataclass(frozen=True)
class PublishedVersion:
    """One version that readers have seen, as a line of the page's history. Needs `of_page`."""

    publication: Publication
    family: Family
    is_retired: bool

    @property
    def revision(self) -> Revision:
        """Return the version."""
        return self.publication.revision

    @property
    def is_live(self) -> bool:
        """Return whether it is the one in force."""
        return self.publication.until is None

    @property
    def was_taken_back(self) -> bool:
        """Return whether its approval was taken back."""
        return self.publication.ending == Ending.UNAPPROVED

    @property
    def is_suppressed(self) -> bool:
        """Return whether its text is hidden for good."""
        return hasattr(self.revision, "suppression")

    @property
    def is_starter(self) -> bool:
        """Return whether no clinician has reviewed it."""
        return self.revision.origin == Origin.STARTER

    @property
    def label(self) -> str:
        """Return what became of it, in a word or two."""
        if self.is_live:
            return "Retired" if self.is_retired else "Live"
        return "Approval taken back" if self.was_taken_back else "Replaced"

    @property
    def state(self) -> str:
        """Return the state by which that is coloured."""
        if self.is_live:
            return "unapproved" if self.is_retired else "live"
        return "unapproved" if self.was_taken_back else "approved"

    @property
    def says_what_it_means(self) -> bool:
        """Return whether what it means for a patient is shown: not of what nobody is to rely on."""
        return bool(self.publication.impact) and not self.was_taken_back and not self.is_suppressed

    @property
    def takings_back(self) -> list[Verdict]:
        """Return who took its approval back, and why."""
        verdicts = self.revision.verdicts.all() if self.was_taken_back else ()
        return [one for one in verdicts if one.decision == Decision.UNAPPROVE]

    @property
    def writers(self) -> list[NamedPerson]:
        """Return everybody whose words it brought to readers."""
        return [one.named_author for one in self.family.writers_of(self.revision)]

    @property
    def signers(self) -> list[NamedPerson]:
        """Return who approved it; the one whose approval published it comes first, with their public page."""
        verdict = self.publication.verdict
        address = verdict.reviewer.get_absolute_url() if verdict.reviewer else ""
        first = NamedPerson(verdict.reviewer_name, verdict.reviewer_profession, address)
        return [first, *(one.signer for one in cosigners(self.publication))]


def versions_of(page: Page, publications: Sequence[Publication]) -> list[PublishedVersion]:
    """Return the lines of a page's history; one query beyond what is handed over."""
    family, is_retired = Family(page.pk), bool(page.retired)
    return [PublishedVersion(one, family, is_retired) for one in publications]


def cosigners(publication: Publication) -> list[Verdict]:
    """Return who signed a published version beside the one whose approval published it. Needs `of_page`."""
    signed = publication.revision.verdicts.all()
    return [one for one in signed if one.decision == Decision.APPROVE and one.pk != publication.verdict_id]


@dataclass(frozen=True)
class Outcome:
    """What became of a version, in words."""

    sentence: str
    standing: str
    reason: str = ""
    now: bool = False  # whether something else is in force that one should read instead


def outcome_of(revision: Revision, publications: Sequence[Publication]) -> Outcome:
    """Return what became of a version; `publications` are all of its page, newest first."""
    own = [one for one in publications if one.revision_id == revision.pk]
    loaded = STARTER if revision.origin == Origin.STARTER else ""
    now = any(one.until is None for one in publications)
    if not own:
        return Outcome("never published. Only those who work on it see this.", "unreviewed", now=now)
    until = own[0].until
    if until is None:
        return Outcome(f"in force now.{loaded}", "unreviewed" if loaded else "current")
    if own[0].ending == Ending.UNAPPROVED:
        verdicts = own[0].revision.verdicts.all()
        reason = next((one.reason for one in verdicts if one.decision == Decision.UNAPPROVE), "")
        said = f"its approval was taken back on {day_in_words(until)}. Do not rely on it.{loaded}"
        return Outcome(said, "overdue", reason, now=now)
    return Outcome(f"superseded on {day_in_words(until)}.{loaded}", "overdue", now=now)


@dataclass(frozen=True)
class PrintStatus:
    """Whether a print still holds: a word to go by, the rest of the sentence, and who stood for it."""

    word: str
    rest: str
    by: str
    slug: str  # of what is in force today, "" when nothing is
    address: str  # of the version's own pages


def print_status(
    revision: Revision, publications: Sequence[Publication], fixes: Sequence[Fix]
) -> PrintStatus:
    """Return whether a print of a version holds; `fixes` are what of it was corrected for safety since."""
    place = next(i for i, one in enumerate(publications) if one.revision_id == revision.pk)
    own, later = publications[place], publications[:place]
    now = publications[0].revision.slug if publications[0].until is None else ""
    word, rest = _holds(own, later[-1] if later else None)
    if fixes and own.until is None:
        word, rest = "Corrected for safety since.", " A passage of this print must not be relied on."
    return PrintStatus(word, rest, _stood_for_by(revision, own), now, revision.slug)


def _holds(own: Publication, after: Publication | None) -> tuple[str, str]:
    """Return what became of a publication: in a word, and the rest of the sentence."""
    if own.until is None:
        return "Current.", " This version is in force: the print says what readers are told today."
    if own.ending == Ending.UNAPPROVED:
        return f"Taken back on {day_in_words(own.until)}.", " Do not rely on this print."
    by = f" by version {after.revision.number}" if after else ""
    return f"Superseded on {day_in_words(own.until)}{by}.", " Parts of this print may not hold any more."


def _stood_for_by(revision: Revision, own: Publication) -> str:
    """Return who stood for the version, in the words of the review line."""
    if revision.origin == Origin.STARTER:
        return "Starter content; no clinician had reviewed it."
    signed = [own.verdict, *cosigners(own)]
    who = " and ".join(str(one.signer) for one in signed)
    return f"Reviewed by {who}, {day_in_words(own.verdict.decided_at)}."
