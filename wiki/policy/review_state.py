"""The review state of a version: what its publication inherits from the version before.

Approving a change leaves as it was who reviewed the whole page. A text that nobody reviewed stays that when
it is brought back, and one that was rewritten since its review is not the text that was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wiki.models import Publication, Revision, User, Verdict, WholePageReview
from wiki.policy import quorum
from wiki.policy.checks.load import kinds_of, patient_pictures, remedy_names
from wiki.policy.signing_choices import as_chosen
from wiki.text.document import Document
from wiki.text.likeness import is_rewritten, likeness_of, passage_lengths


@dataclass(frozen=True)
class ReviewState:
    """What is known about the review of a text beneath the approved changes: fields of `Publication`."""

    loaded: Revision | None = None
    whole_page_review: WholePageReview | None = None
    changes: int = 0
    signed: tuple[dict[str, Any], ...] = ()

    def as_fields(self, document: Document) -> dict[str, Any]:
        """Return the fields of a publication of `document`."""
        return {**vars(self), "signed": list(self.signed), "likeness": likeness_of(document)}


def state_of(publication: Publication) -> ReviewState:
    """Return the present review state of a live version; a whole-page review of exactly these words resets
    it.
    """
    revision = publication.revision
    kept = ReviewState(publication.loaded, None, publication.changes, tuple(publication.signed))
    if own := WholePageReview.objects.last_complete_of(revision.page_id, revision.digest):
        return replace(kept, whole_page_review=own, changes=0, signed=())
    return replace(kept, whole_page_review=publication.whole_page_review)


def after_approval(
    revision: Revision, live: Publication | None, verdicts: Sequence[Verdict], *, is_first: bool
) -> ReviewState:
    """Return the review state of a version that was approved with these verdicts as a change of the live one.

    Nothing lies beneath a page that `is_first` published now.
    """
    document = revision.document
    passages = passage_lengths(document)
    if is_first:
        return ReviewState(changes=1, signed=(_signed_now(revision, None, passages, verdicts),))
    beneath = live or Publication.objects.filter(page=revision.page_id).order_by("-in_force", "-pk").first()
    state = state_of(beneath) if beneath else ReviewState()
    if live is None:
        # A review of a taken-back text does not count; its origin stays the same.
        state = ReviewState(loaded=state.loaded, changes=state.changes)
    state = _brought_back(state, revision, document) or _if_not_rewritten(state, document)
    mine = _signed_now(revision, live, passages, verdicts)
    still = _still_standing(state.signed, passages)
    return replace(state, changes=state.changes + 1, signed=(*still, mine))


def ends_whole_page_review(revision: Revision, live: Publication | None) -> bool:
    """Return whether the page would not count as reviewed as a whole any more once this is approved.

    That is so where it brings back a text that nobody reviewed, or rewrites the one that was read.
    """
    if live is None or state_of(live).whole_page_review is None:
        return False
    return after_approval(revision, live, (), is_first=False).whole_page_review is None


def _brought_back(state: ReviewState, revision: Revision, document: Document) -> ReviewState | None:
    """Return the state of an earlier version with the same text, if that was never reviewed as a whole."""
    if state.whole_page_review is None:
        return None
    before = Publication.objects.alike(revision.page_id, likeness_of(document))
    if before is None:
        return None
    earlier = state_of(before)
    if earlier.whole_page_review is not None:
        return replace(state, whole_page_review=earlier.whole_page_review)
    return replace(earlier, signed=state.signed)


def _if_not_rewritten(state: ReviewState, document: Document) -> ReviewState:
    read = state.whole_page_review
    if read is None or not is_rewritten(read.revision.document, document):
        return state
    return replace(state, whole_page_review=None, loaded=None)


def _signed_now(
    revision: Revision, live: Publication | None, passages: Mapping[str, int], verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    before: Mapping[str, int] = passage_lengths(live.revision.document) if live else {}
    new = [one for one in passages if one not in before]
    return {"version": revision.number, "verdicts": [one.pk for one in verdicts], "passages": sorted(new)}


def _still_standing(signed: Iterable[dict[str, Any]], said: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the changes that still have passages in the text, each with these passages."""
    found = []
    for one in signed:
        if standing := [passage for passage in one["passages"] if passage in said]:
            found.append({**one, "passages": standing})
    return found


@dataclass(frozen=True)
class WholePageSignatures:
    """The signatures for a whole-page review: required, given since the last one, and missing."""

    needs: tuple[quorum.Need, ...]
    given: tuple[WholePageReview, ...]

    @property
    def counting(self) -> list[WholePageReview]:
        """Return the signatures that count: those of people who may still review."""
        return [one for one in self.given if one.by and one.by.can_review]

    def missing_with(self, standing: dict[str, Any] | None = None) -> list[quorum.Need]:
        """Return the missing signatures, now or after somebody with `standing` has signed too."""
        people = [one.standing for one in self.counting] + ([standing] if standing else [])
        met = {need.label for need in quorum.matched(self.needs, people).values()}
        return [need for need in self.needs if need.label not in met]

    def counts(self, standing: dict[str, Any]) -> bool:
        """Return whether a signature by somebody with this standing would meet a missing need."""
        return len(self.missing_with(standing)) < len(self.missing_with())

    def has_signed(self, person: User) -> bool:
        """Return whether somebody has signed since the last complete review."""
        return any(one.by_id == person.pk for one in self.given)


def whole_page_signatures(revision: Revision) -> WholePageSignatures:
    """Return the signatures for a whole-page review of a version: all of it is judged as if it were new."""
    document = revision.document
    kinds = kinds_of({row.object for row in document.statements})
    pictures = patient_pictures([document])
    asked = quorum.quorum_of(None, document, kinds, remedies=remedy_names(), patients=pictures)
    needs = as_chosen(asked.needs)
    known = WholePageReview.objects.of_text(revision.page_id, revision.digest).select_related("by")
    given: list[WholePageReview] = []
    for one in known:
        given = [] if one.due_on is not None else [*given, one]
    return WholePageSignatures(needs, tuple(given))
