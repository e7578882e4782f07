"""Whole-page review: a person reads all of a page, answers its checklist and signs for the whole of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.reviewing import review
from wiki.acts.reviewing.review import ShownComparison
from wiki.audit import chain, log
from wiki.domain.checklist import Answer, items_for
from wiki.mail import notices
from wiki.models import (
    Correction,
    Page,
    PublishedPage,
    Revision,
    Task,
    User,
    WholePageReview,
    clock,
)
from wiki.models.queries.text_authors import is_among_authors
from wiki.policy import interests, own_words, reasons, review_state
from wiki.policy.due_dates import due_after
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused
from wiki.policy.review_state import WholePageSignatures
from wiki.policy.reviewer_standing import NO_REGISTRATION_FOR_PAGES, ReviewerStanding
from wiki.published.credits import credits_of

SHORTEST: Final = 20
NOT_THERE: Final = "Readers do not see this page, so there is nothing to review as a whole."
TOO_LATE: Final = "Another version went live while you were reading. Read the page as it is now, then sign."
REPEATED_WORDS: Final = (
    "That is word for word what you wrote before. Say what you checked on this page, today."
)
RETRACTED: Final = (
    "The page rests on a work that was retracted, so nobody can vouch for it. Settle that first."
)
BEING_CORRECTED: Final = "A passage of this page is being corrected for safety. That is settled first."
OWN_WORK: Final = "You are among those who wrote this page, so somebody else has to review the whole of it."
SIGNED: Final = "You have signed for the whole of this text already; it waits for somebody else."


@dataclass(frozen=True)
class WholePageAnswers:
    """What a whole-page reviewer submits: the digest they read, what they checked, and the
    checklist answers.
    """

    digest: str
    checked: str
    checklist: Sequence[dict[str, Any]] = ()


@transaction.atomic
def review_whole_page(page: Page, *, by: User, reading: WholePageAnswers) -> WholePageReview:
    """Sign for the whole of a published page. The next due date counts from the last signature that is
    needed.

    It takes who may review the page, and counts as what it would be needed for if all of the page were new.
    """
    page = lock_page(page.pk)
    live = PublishedPage.objects.select_related("publication__revision", "page__owner").filter(page=page)
    if (published_page := live.first()) is None:
        raise Refused(NOT_THERE)
    revision = published_page.publication.revision
    revision.page = page
    made = _sign(revision, by=by, reading=reading)
    if made.due_on is not None:
        _show(published_page)
    return made


@transaction.atomic
def approve_and_review(
    revision_id: int,
    *,
    by: User,
    shown: ShownComparison,
    reading: WholePageAnswers,
    impact: str | None = None,
    meaning: str = "",
) -> WholePageReview:
    """Approve a change and sign for the whole page that results, in one act.

    While signatures on the change are missing, the one under the whole page waits with it.
    """
    publication = review.approve(
        revision_id, by=by, shown=shown, checklist=reading.checklist, impact=impact, meaning=meaning
    )
    if publication is not None and publication.until is not None:
        # The approval was given before; another version is the one that readers have.
        raise Refused(TOO_LATE)
    revision = Revision.objects.select_related("page__owner", "author").get(pk=revision_id)
    made = _sign(revision, by=by, reading=reading)
    if publication is not None and made.due_on is not None:
        _show(PublishedPage.objects.select_related("publication__revision").get(publication=publication))
    return made


def _sign(revision: Revision, *, by: User, reading: WholePageAnswers) -> WholePageReview:
    """Sign under the whole of a version whose page is locked, or refuse."""
    if revision.digest != reading.digest or revision.document.digest() != reading.digest:
        raise Refused(TOO_LATE)
    person = require_moderator(by, "may review a whole page")
    now = clock.now()
    standing = ReviewerStanding(person, now)
    signatures = review_state.whole_page_signatures(revision)
    _refuse_person(person, revision, standing, signatures)
    _refuse_page(revision)
    words = _checked(reading.checked, person)
    _refuse_open_questions(revision.kind, reading.checklist)
    reasons.refuse_unseen(words, *(str(one.get("why", "")) for one in reading.checklist))
    missing = [need.label for need in signatures.missing_with(standing.as_json())]
    counted = signatures.counting
    # The review period starts with the first of the signatures that count together.
    begun = min([now, *(one.reviewed_at for one in counted)])
    made = WholePageReview.objects.create(
        page=revision.page,
        revision=revision,
        digest=revision.digest,
        checklist=list(reading.checklist),
        checked=words,
        by=person,
        by_name=str(person),
        by_profession=standing.calling,
        standing=standing.as_json(),
        reviewed_at=now,
        missing=missing,
        together_with=[] if missing else [one.pk for one in counted],
        due_on=None if missing else due_after(begun, revision.kind),
    )
    chain.bind("whole_page_review", made, page_id=made.page_id)
    _tell(made, revision, person)
    return made


def why_not(revision: Revision, by: User) -> str:
    """Return why a person cannot sign under the whole of a version, whatever they answer; "" if they can."""
    try:
        signatures = review_state.whole_page_signatures(revision)
        _refuse_person(by, revision, ReviewerStanding(by, clock.now()), signatures)
        _refuse_page(revision)
    except Refused as refusal:
        return str(refusal)
    return ""


def _refuse_person(
    person: User, revision: Revision, standing: ReviewerStanding, signatures: WholePageSignatures
) -> None:
    """Refuse authors of the page, people with a declared interest, and signatures that would not count."""
    if is_among_authors(person, revision):
        raise Refused(OWN_WORK)
    # Words can return by copying, without any parent link: so the words themselves are compared.
    if own_words.stems_of(revision, None, by=[person.pk]):
        raise Refused(OWN_WORK)
    standing.refuse_undeclared()
    interests.refuse("whole_page_review", person, [revision])
    if signatures.has_signed(person):
        raise Refused(SIGNED)
    standing.refuse_unregistered(NO_REGISTRATION_FOR_PAGES)
    if not signatures.counts(standing.as_json()):
        asked = " or ".join(need.label for need in signatures.missing_with())
        raise Refused(f"This takes {asked}, with a registration that an administrator has verified.")


def _refuse_page(revision: Revision) -> None:
    """Refuse a page that has problems which stop a review."""
    if Task.objects.open().of_page(revision.page).of_retracted_works().exists():
        raise Refused(RETRACTED)
    if Correction.objects.of_page(revision.page).in_effect().exists():
        raise Refused(BEING_CORRECTED)


def _checked(text: str, person: User) -> str:
    """Return the text on what was checked; refuse one without content, or one that the person used before."""
    words = text.strip()
    if len(words) < SHORTEST:
        raise Refused("Say in a sentence what you checked: which sources or guidelines, and until when.")
    if WholePageReview.objects.repeats(person, words):
        raise Refused(REPEATED_WORDS)
    return words


def _refuse_open_questions(kind: str, checklist: Sequence[dict[str, Any]]) -> None:
    """Refuse a review that leaves a question unanswered, or answers No to a blocking one."""
    answers = {one["id"]: one for one in checklist}
    for item in items_for(kind):
        given = answers.get(item.id, {}).get("answer", "")
        if item.blocking and given not in Answer.values:
            raise Refused(f"Answer this first: “{item.text}”.")
        if item.blocking and given == Answer.NO:
            raise Refused(f"“{item.text}” is answered No. Change the page, or correct the answer.")
        if given == Answer.NOT_APPLICABLE and not answers[item.id].get("why", "").strip():
            raise Refused(f"Say why this does not apply: “{item.text}”.")


def _show(published_page: PublishedPage) -> None:
    """Update the published page with the names of those who reviewed all of it."""
    fields = credits_of(published_page.publication)
    PublishedPage.objects.filter(pk=published_page.pk).update(**fields)


def _tell(made: WholePageReview, revision: Revision, person: User) -> None:
    """Log the signature, and notify the page's owner."""
    said: dict[str, Any] = {"missing": made.missing} if made.missing else {"due": f"{made.due_on}"}
    act = "sign_page" if made.missing else "review_page"
    event = log.write(
        act, by=person, revision=revision, at=made.reviewed_at, review=made.pk, reason=made.checked, **said
    )
    notices.tell(event, [revision.page.owner])
