"""Submitting a draft for review, and withdrawing it."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction

from wiki.acts import unmet
from wiki.acts.context import ActContext
from wiki.acts.locking import lock_revision
from wiki.acts.writing import typed_words
from wiki.acts.writing.page_merge import retired_by
from wiki.audit import chain, log
from wiki.domain.lifecycle import Act, State
from wiki.domain.professions import Impact
from wiki.mail import notices
from wiki.models import Family, Requirement, Revision, User
from wiki.models.queries.editing import last_number
from wiki.policy import own_words, quorum, reasons, submission_problems
from wiki.policy.checks.load import kinds_of, names_of_linked, patient_pictures, remedy_names
from wiki.policy.eligibility import TodaysModerators, WaitingSubmission
from wiki.policy.permissions import authorize
from wiki.policy.protection_rules import refuse_protected
from wiki.policy.refusal import Conflict, NotReady, Refused, SavedElsewhere
from wiki.policy.signatures import Signatures
from wiki.policy.signing_choices import as_chosen
from wiki.text.compare.merge import Merge, merge
from wiki.text.compare.union import union
from wiki.text.document import Document

# The longest sentence that says what a change means for a patient.
LONGEST_MEANING = 400


class MergedWithNewVersion(Refused):
    """The page changed meanwhile; the draft was merged with the new version and has to be read again."""


NO_MERGE: Final = (
    "Readers do not see the page any more that this takes over, so the two pages cannot be merged like this."
)
PUT_TOGETHER: Final = (
    "The page has changed since you began. Your changes were put into its new text; "
    "read it once more, then submit."
)
ALONE: Final = (
    "Readers do not see the page any more that this was to take over, so your draft is an edit of this page "
    "alone now. Read it once more, then submit."
)


def submit(draft: Revision, *, by: User, note: str, impact: str, meaning: str = "") -> Revision:
    """Fix the draft's text and put it into the queue.

    `impact` is what the change means for a patient, as its author says, with `meaning` in a sentence where
    a reader would do something else.

    Raises `NotReady` with every problem, `Conflict` when the page changed in the same places, and
    `MergedWithNewVersion` when it changed elsewhere: then the merged text is saved in the draft, to be read
    again.
    """
    with transaction.atomic():
        act = ActContext.lock(draft.pk, by=by)
        act.authorize(Act.SUBMIT)
        if act.is_up_to_date:
            return _submit(act, note=note, impact=impact, meaning=meaning)
        result = merged_with_live(act)
        if not result.clean:
            raise Conflict(result)
        was_merge = draft.takes_over_id is not None
        moved = _move_onto_live(act, result.document)
    raise MergedWithNewVersion(ALONE if was_merge and moved.takes_over_id is None else PUT_TOGETHER)


def _submit(act: ActContext, *, note: str, impact: str, meaning: str) -> Revision:
    draft = act.revision
    act.authorize(Act.SUBMIT, reason=note)
    refuse_protected(act.page, act.person)
    if draft.takes_over is not None:
        refuse_protected(draft.takes_over.page, act.person)
    if draft.typed is not None:
        raise Refused("Fix what the form marks, save, then submit.")
    _refuse_no_change(act)
    live = act.live_revision
    before = live.document if live else None
    found = submission_problems.blocking(draft.document, draft.page_id, before=before)
    if taken := draft.takes_over:
        found += submission_problems.blocking(retired_by(draft), taken.page_id, before=taken.document)
    if found:
        raise NotReady(found)
    draft.impact, draft.meaning = checked_impact(impact, meaning)
    into_queue(act, note=note)
    tell_if_unmet(act)
    return draft


def tell_if_unmet(act: ActContext, signatures: Signatures | None = None) -> None:
    """Tell those whom it concerns if nobody can give what signatures are missing on what was just sent in.

    Without `signatures` it has none yet.
    """
    writers = unmet.writers_of(act.family, act.revision)
    given = signatures or Signatures(act.requirements, [])
    waiting = WaitingSubmission(act.revision, act.live_revision, given, writers)
    unmet.tell(waiting, TodaysModerators.today(act.now))


def checked_impact(impact: str, meaning: str) -> tuple[str, str]:
    """Return the stated impact of a change, cleaned; refuse one that is incomplete."""
    meaning = " ".join(meaning.split())
    if impact not in Impact:
        raise Refused("Say what this change means for a patient: nothing, wording, action or safety.")
    if impact in Impact and Impact(impact).needs_meaning and not meaning:
        raise Refused("Say in one plain sentence how the advice changes, or what could go wrong.")
    reasons.refuse_unseen(meaning)
    if told := reasons.too_long(meaning, LONGEST_MEANING):
        raise Refused(f"Say what it means in fewer words. {told}.")
    return impact, meaning


def into_queue(act: ActContext, *, note: str, name: str = "submit") -> Revision:
    """Number the draft, make its text immutable and notify the moderators. `name` is the act's name in the
    log.

    What takes another page over comes with the version that retires it, and both need the same signatures.
    """
    draft = act.revision
    reasons.refuse_unseen(note)
    found = _what_it_needs(act)
    act.requirements = _send_in(act, draft, found, note=note, name=name)
    if draft.takes_over is not None:
        _send_in(act, _retiring(draft), found, note=_note_of_retiring(draft), name=name)
    return draft


def _send_in(
    act: ActContext, draft: Revision, found: quorum.Quorum, *, note: str, name: str
) -> list[Requirement]:
    draft.number = last_number(draft.page_id) + 1
    draft.note = note
    draft.state = State.SUBMITTED
    draft.submitted_at = act.now
    draft.rules, draft.risk = list(found.rules), found.risk
    typed_words.keep_deleted(draft, own_words.left_behind(draft) if draft.deleted_words else ())
    draft.deleted_words = []
    fields = [
        "number",
        "note",
        "impact",
        "meaning",
        "rules",
        "risk",
        "state",
        "submitted_at",
        "deleted_words",
    ]
    draft.save(update_fields=fields if draft.pk else None)
    needed = require(draft, found.needs)
    # What is sent in now has these needs and no others; its notices ask for the specialties.
    draft.specialties_needed = frozenset(one for need in needed for one in need.specialties)
    chain.bind("revision", draft, page_id=draft.page_id)
    typed_words.keep([draft])
    said: dict[str, Any] = {"impact": draft.impact, "meaning": draft.meaning, "risk": draft.risk}
    if draft.second_parent and draft.second_parent.state in (State.APPROVED, State.UNAPPROVED):
        said["restores"] = draft.second_parent.number
    if (stays := draft.retired_with) is not None:
        said |= {"merged_into": stays.page_id, "together_with": stays.pk}
    event = log.write(name, by=act.person, revision=draft, at=draft.submitted_at, note=note, **said)
    if draft.retired_with is None:
        notices.tell_moderators(event)
    return needed


def _retiring(stays: Revision) -> Revision:
    """Return the version that retires the page which `stays` takes over; it is not saved yet."""
    assert stays.takes_over is not None  # noqa: S101  # the caller has looked
    goes = Revision(
        page=stays.takes_over.page,
        author=stays.author,
        author_name=stays.author_name,
        parent=stays.takes_over,
        retired_with=stays,
        impact=stays.impact,
        meaning=stays.meaning,
    )
    goes.created_at = goes.saved_at = stays.submitted_at or stays.saved_at
    goes.hold(retired_by(stays))
    return goes


def _note_of_retiring(stays: Revision) -> str:
    return f"Retires this page: version {stays.number} of “{stays.document.title}” takes its text over."


def require(revision: Revision, needs: Iterable[quorum.Need]) -> list[Requirement]:
    """Store the signatures that a revision requires; return them."""
    return Requirement.objects.bulk_create(
        Requirement(
            revision=revision,
            role=need.role,
            professions=list(need.professions),
            specialties=list(need.specialties),
            label=need.label,
            reason=need.reason,
        )
        for need in as_chosen(needs)
    )


def _what_it_needs(act: ActContext) -> quorum.Quorum:
    """Return the signatures that the change requires, compared with the published version.

    Where two pages are merged, these are the signatures that the changes of either page require.

    Starter content that takes the place of what people approved is signed like any other change.
    """
    live, draft = act.live_revision, act.revision
    found = _needed_for(live.document if live else None, draft.document, draft.impact)
    if draft.takes_over is not None:
        retiring = _needed_for(draft.takes_over.document, retired_by(draft), draft.impact)
        found = quorum.together(found, retiring)
    return found


def _needed_for(before: Document | None, after: Document, impact: str) -> quorum.Quorum:
    both = [one for one in (before, after) if one]
    named = {row.object for one in both for row in one.statements}
    return quorum.quorum_of(
        before,
        after,
        kinds_of(named),
        impact=impact,
        remedies=remedy_names(),
        patients=patient_pictures(both),
        called=names_of_linked(before, after),
    )


def _refuse_no_change(act: ActContext) -> None:
    live, draft = act.live_revision, act.revision
    beneath = draft.parent if draft.parent and draft.parent.state == State.SUBMITTED else None
    if live is not None and live.digest == draft.digest and beneath and beneath.author_id == draft.author_id:
        raise Refused(
            f"This says what readers see now. To go back to that, withdraw version {beneath.number}, which "
            "still waits; nothing has to be approved for it."
        )
    if live is not None and live.digest == draft.digest:
        raise Refused("This changes nothing: it says exactly what readers see now.")
    if draft.parent is not None and draft.parent.digest == draft.digest:
        raise Refused("This changes nothing: it says exactly what the version it builds on says.")


def merged_with_live(act: ActContext) -> Merge:
    """Return the three-way merge of the revision with what readers see now. Ours is the revision."""
    base, theirs = sides(act.live_revision, act.revision, act.family, taken_over=act.taken_over)
    return merge(base, act.revision.document, theirs)


def sides(
    live: Revision | None, revision: Revision, family: Family, *, taken_over: Revision | None = None
) -> tuple[Document, Document]:
    """Return what `revision` was begun from and what readers see now, for a three-way merge.

    Of what takes another page over, each side is both pages as one; `taken_over` is what readers see of that
    page now. Where they see nothing of it, it is as it was.
    """
    base, ours = family.begun_from(revision), revision.document
    if live is None:
        return ours, ours
    # Without a common beginning everything that differs is for a person to choose.
    was, now = base.document if base else Document(title="", kind=""), live.document
    if (taken := revision.takes_over) is None:
        return was, now
    ids = {"stays_id": revision.page_id, "goes_id": taken.page_id}
    return union(was, taken.document, **ids), union(now, (taken_over or taken).document, **ids)


@transaction.atomic
def settle(
    draft: Revision,
    document: Document,
    *,
    by: User,
    compared_with: int | None = None,
    taken_over: int | None = None,
    seen: str | None = None,
) -> Revision:
    """Save the author's solution of a conflict: `document`, now based on the published version.

    `compared_with` is the live revision that the author was shown, `taken_over` that of the page which this
    takes over. When another one went live meanwhile nothing is written and `Conflict` holds the new one: else
    its change would be undone unseen. With `seen`, as in `save`, a draft that was saved since is refused.
    """
    act = ActContext.lock(draft.pk, by=by)
    act.authorize(Act.SAVE)
    if seen is not None and seen != act.revision.saved_at.isoformat():
        raise SavedElsewhere
    live = act.live_revision
    if compared_with is not None and (live is None or live.pk != compared_with):
        raise Conflict(merged_with_live(act))
    if compared_with is not None and taken_over != (act.taken_over.pk if act.taken_over else None):
        raise Conflict(merged_with_live(act))
    return _move_onto_live(act, document)


def _move_onto_live(act: ActContext, document: Document) -> Revision:
    draft, live = act.revision, act.live_revision
    before, begun_with = own_words.as_typed(draft), own_words.begun_with(draft)
    parent = draft.parent
    if parent is not None and parent.state == State.SUBMITTED and draft.second_parent_id is None:
        draft.second_parent = parent
    draft.parent = live
    draft.takes_over = act.taken_over
    draft.typed = None
    draft.hold(document)
    draft.deleted_words = sorted({*own_words.deleted_by_saving(draft, before)} - begun_with)
    draft.saved_at = act.now
    draft.save(
        update_fields=[
            *("parent", "second_parent", "takes_over", "typed"),
            *("title", "kind", "content", "digest", "deleted_words", "saved_at"),
        ]
    )
    return draft


@transaction.atomic
def withdraw(revision: Revision, *, by: User, reason: str = "") -> Revision:
    """Withdraw one's own submission. Its text is kept."""
    revision = lock_revision(revision.pk)
    authorize(Act.WITHDRAW, revision, by=by)
    for one in with_halves([revision, *rebased_from(revision)]):
        one.state = State.WITHDRAWN
        one.save(update_fields=["state"])
        log.write("withdraw", by=by, revision=one, reason=reason)
    return revision


def with_halves(revisions: Iterable[Revision]) -> list[Revision]:
    """Return some revisions, each followed by what retires the other page in a merge of two."""
    return [half for one in revisions for half in (one, one.retiring_half()) if half is not None]


def rebased_from(revision: Revision) -> list[Revision]:
    """Return the waiting revisions that `revision` was rebased from, newest first. A verdict on it is one on
    them.
    """
    found: list[Revision] = []
    one = revision
    while one.events.filter(act="rebase").exists() and one.second_parent is not None:
        one = one.second_parent
        if one.state == State.SUBMITTED:
            found.append(one)
    return found
