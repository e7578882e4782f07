"""From the author's hands into the queue, and back."""

from django.db import transaction
from django.db.models import Max

from wiki.lifecycle import Act, State
from wiki.models import Family, Requirement, Revision, Role, User, clock
from wiki.text.document import Document
from wiki.text.merge import Merge, merge
from wiki.workflow import gate, log, notices
from wiki.workflow.drafts import live_of
from wiki.workflow.locking import ask, lock
from wiki.workflow.refusal import Conflict, NotReady, Refused, SavedElsewhere

# What a submission needs before it is published, whoever asks. Specialties and second signatures
# come as further rows, chosen by what the change touches.
REQUIREMENTS = ((Role.MODERATOR, "one moderator"),)


class MovedOn(Refused):
    """The page changed meanwhile; the draft was merged with it and should be read again."""


def submit(draft: Revision, *, by: User, note: str) -> Revision:
    """Fix the draft's text and put it into the queue.

    Raises `NotReady` with every problem, `Conflict` when the page changed in the same places, and
    `MovedOn` when it changed elsewhere: then the merged text is saved in the draft, to be read again.
    """
    merged = _bring_up_to_date(draft, by=by)
    if merged:
        raise MovedOn(
            "The page has changed since you began. Your changes were put into its new text; "
            "read it once more, then submit."
        )
    return _submit(draft, by=by, note=note)


@transaction.atomic
def _submit(draft: Revision, *, by: User, note: str) -> Revision:
    draft = lock(draft.pk)
    family = ask(Act.SUBMIT, draft, by=by, reason=note)
    if not is_up_to_date(draft, family):
        raise Refused("The page changed this very moment. Submit once more.")
    if draft.typed is not None:
        raise Refused("Put right what the form marks, save, then submit.")
    _refuse_no_change(draft)
    if found := gate.blocking(draft.document, draft.page_id):
        raise NotReady(found)
    return into_queue(draft, by=by, note=note)


def into_queue(draft: Revision, *, by: User, note: str, act: str = "submit") -> Revision:
    """Number the draft, fix it and tell the moderators. Its page must be locked."""
    last = draft.page.revisions.aggregate(last=Max("number"))["last"] or 0
    draft.number = last + 1
    draft.note = note
    draft.state = State.SUBMITTED
    draft.submitted_at = clock.now()
    draft.save(update_fields=["number", "note", "state", "submitted_at"] if draft.pk else None)
    Requirement.objects.bulk_create(
        Requirement(revision=draft, role=role, label=label) for role, label in REQUIREMENTS
    )
    event = log.write(act, by=by, revision=draft, at=draft.submitted_at, note=note)
    notices.tell_moderators(event)
    return draft


def _refuse_no_change(draft: Revision) -> None:
    live = live_of(draft.page)
    if live is not None and live.digest == draft.digest:
        raise Refused("This changes nothing: it says exactly what readers see now.")
    if draft.parent is not None and draft.parent.digest == draft.digest:
        raise Refused("This changes nothing: it says exactly what the version it builds on says.")


def is_up_to_date(revision: Revision, family: Family) -> bool:
    """Return whether `revision` was written against what is in force now."""
    live, base = live_of(revision.page), family.begun_from(revision)
    return (live.pk if live else None) == (base.pk if base else None)


def merged_with_live(revision: Revision, family: Family) -> Merge:
    """Return the three-way merge of `revision` with what is in force. Ours is the revision."""
    live, base = live_of(revision.page), family.begun_from(revision)
    ours = revision.document
    if live is None:
        return merge(ours, ours, ours)
    # Without a common beginning everything that differs is for a person to choose.
    return merge(base.document if base else Document(title="", kind=""), ours, live.document)


@transaction.atomic
def _bring_up_to_date(draft: Revision, *, by: User) -> bool:
    """Merge the draft with what is in force; return whether that was needed."""
    draft = lock(draft.pk)
    family = ask(Act.SUBMIT, draft, by=by)
    if is_up_to_date(draft, family):
        return False
    result = merged_with_live(draft, family)
    if not result.clean:
        raise Conflict(result)
    _move_onto_live(draft, result.document)
    return True


@transaction.atomic
def settle(
    draft: Revision,
    document: Document,
    *,
    by: User,
    compared_with: int | None = None,
    seen: str | None = None,
) -> Revision:
    """Save the author's answer to a conflict: `document`, now written against what is in force.

    `compared_with` is the live revision that the author was shown. When another one went live meanwhile
    nothing is written and `Conflict` holds the new one: else its change would be undone unseen. With `seen`,
    as in `save`, a draft that was saved since is refused.
    """
    draft = lock(draft.pk)
    family = ask(Act.SAVE, draft, by=by)
    if seen is not None and seen != draft.saved_at.isoformat():
        raise SavedElsewhere
    live = live_of(draft.page)
    if compared_with is not None and (live is None or live.pk != compared_with):
        raise Conflict(merged_with_live(draft, family))
    return _move_onto_live(draft, document)


def _move_onto_live(draft: Revision, document: Document) -> Revision:
    live = live_of(draft.page)
    parent = draft.parent
    if parent is not None and parent.state == State.SUBMITTED and draft.second_parent_id is None:
        draft.second_parent = parent
    draft.parent = live
    draft.typed = None
    draft.hold(document)
    draft.saved_at = clock.now()
    draft.save(
        update_fields=["parent", "second_parent", "typed", "title", "kind", "content", "digest", "saved_at"]
    )
    return draft


@transaction.atomic
def withdraw(revision: Revision, *, by: User, reason: str = "") -> Revision:
    """Take one's own submission back. Its text is kept."""
    revision = lock(revision.pk)
    ask(Act.WITHDRAW, revision, by=by)
    for one in (revision, *rebased_from(revision)):
        one.state = State.WITHDRAWN
        one.save(update_fields=["state"])
        log.write("withdraw", by=by, revision=one, reason=reason)
    return revision


def rebased_from(revision: Revision) -> list[Revision]:
    """Return the waiting revisions that `revision` stands for, newest first: what is decided on it
    is decided on them. None unless it came of a rebase.
    """
    found: list[Revision] = []
    one = revision
    while one.events.filter(act="rebase").exists() and one.second_parent is not None:
        one = one.second_parent
        if one.state == State.SUBMITTED:
            found.append(one)
    return found
