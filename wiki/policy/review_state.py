"""The review state of a version: what its publication takes over of the text before, and what it does not.

Approving a change leaves as it was who reviewed the whole page. A text that nobody reviewed stays that when
it is brought back, and one that was rewritten since its review is not the text that was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wiki.models import Publication, Revision, User, Verdict, WholePageReview
from wiki.models.verifications import last_complete
from wiki.policy import quorum
from wiki.policy.checks.load import kinds_of, patient_pictures, remedy_names
from wiki.text.document import Document
from wiki.text.likeness import is_rewritten, likeness_of, passage_lengths


@dataclass(frozen=True)
class ReviewState:
    """What is known of a text beneath the changes that were approved: fields of `Publication`."""

    loaded: Revision | None = None
    whole_page_review: WholePageReview | None = None
    changes: int = 0
    signed: tuple[dict[str, Any], ...] = ()

    def as_fields(self, document: Document) -> dict[str, Any]:
        """Return the fields of a publication of `document`."""
        return {**vars(self), "signed": list(self.signed), "likeness": likeness_of(document)}


def state_of(publication: Publication) -> ReviewState:
    """Return the state in which readers have a version now: a review of these very words begins it anew."""
    revision = publication.revision
    kept = ReviewState(publication.loaded, None, publication.changes, tuple(publication.signed))
    if own := last_complete(WholePageReview.objects.of_text(revision.page_id, revision.digest)):
        return replace(kept, whole_page_review=own, changes=0, signed=())
    return replace(kept, whole_page_review=publication.whole_page_review)


def after_approval(
    revision: Revision, live: Publication | None, verdicts: Sequence[Verdict], *, is_first: bool
) -> ReviewState:
    """Return the state of a version that was approved with these verdicts as a change of what readers see.

    Nothing lies beneath a page that `is_first` in force now.
    """
    document = revision.document
    if is_first:
        return ReviewState(changes=1, signed=(_signed_now(revision, None, document, verdicts),))
    beneath = live or Publication.objects.filter(page=revision.page_id).order_by("-in_force", "-pk").first()
    state = state_of(beneath) if beneath else ReviewState()
    if live is None:
        # What was taken back vouches for nothing; where it came from is as true as before.
        state = ReviewState(loaded=state.loaded, changes=state.changes)
    state = _brought_back(state, revision, document) or _if_not_rewritten(state, document)
    mine = _signed_now(revision, live, document, verdicts)
    still = _still_standing(state.signed, document)
    return replace(state, changes=state.changes + 1, signed=(*still, mine))


def _brought_back(state: ReviewState, revision: Revision, document: Document) -> ReviewState | None:
    """Return the state of an earlier version that said the same, if the whole of that was not reviewed."""
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
    revision: Revision, live: Publication | None, document: Document, verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    before: Mapping[str, int] = passage_lengths(live.revision.document) if live else {}
    new = [one for one in passage_lengths(document) if one not in before]
    return {"version": revision.number, "verdicts": [one.pk for one in verdicts], "passages": sorted(new)}


def _still_standing(signed: Iterable[dict[str, Any]], document: Document) -> list[dict[str, Any]]:
    """Return the changes of which something still stands, each with the passages that do."""
    said = passage_lengths(document)
    found = []
    for one in signed:
        if standing := [passage for passage in one["passages"] if passage in said]:
            found.append({**one, "passages": standing})
    return found


@dataclass(frozen=True)
class WholePageSignatures:
    """Who must sign under the whole of a text, who has since it was last reviewed, and what is missing."""

    needs: tuple[quorum.Need, ...]
    given: tuple[WholePageReview, ...]

    @property
    def counting(self) -> list[WholePageReview]:
        """Return the signatures that count: their givers may still review."""
        return [one for one in self.given if one.by and one.by.can_review]

    def missing_with(self, standing: dict[str, Any] | None = None) -> list[quorum.Need]:
        """Return what is missing now, or would be once somebody with `standing` has signed too."""
        people = [one.standing for one in self.counting] + ([standing] if standing else [])
        met = {need.label for need in quorum.matched(self.needs, people).values()}
        return [need for need in self.needs if need.label not in met]

    def counts(self, standing: dict[str, Any]) -> bool:
        """Return whether a signature by somebody with this standing would bring the review further."""
        return len(self.missing_with(standing)) < len(self.missing_with())

    def has_signed(self, person: User) -> bool:
        """Return whether somebody has signed already since the last time that the review was complete."""
        return any(one.by_id == person.pk for one in self.given)


def whole_page_signatures(revision: Revision) -> WholePageSignatures:
    """Return who must sign under the whole of a version, as if all of it were new, and who has."""
    document = revision.document
    kinds = kinds_of({row.object for row in document.statements})
    pictures = patient_pictures([document])
    needs = quorum.quorum_of(None, document, kinds, remedies=remedy_names(), patients=pictures).needs
    known = WholePageReview.objects.of_text(revision.page_id, revision.digest).select_related("by")
    given: list[WholePageReview] = []
    for one in known:
        given = [] if one.due_on is not None else [*given, one]
    return WholePageSignatures(needs, tuple(given))
