"""Tasks: pages and statements that moderators are to check again. Events open them; people or edits close
them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.audit import log
from wiki.mail import notices
from wiki.models import Page, SourceNotice, Task, User, clock
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused

RESTS = (
    "The work is retracted and the page still rests on it, so this stays open. Take the work out of the "
    "page, or say where it is cited that it was retracted; with that the task is settled."
)


@transaction.atomic
def open_task(
    cause: str,
    page: Page,
    *,
    ref: str,
    relation: str = "",
    object: Page | None = None,  # noqa: A002  # the statement's word
    notice: SourceNotice | None = None,
    by: User | None = None,
    within: Page | None = None,
    quietly: bool = False,
    **data: Any,
) -> Task:
    """Return the task with the cause `ref`, opened if it is new: owner and moderators are notified.

    A cause opens one task, whether that is open or closed. An act that has locked another page than `page`
    names it as `within`: the log line goes into that page's record, so that two acts never wait for each
    other. With `quietly` only the owner is notified; the act notifies the moderators of all its tasks at
    once.
    """
    # The page's chain is locked before the task row, which two transactions might insert at once.
    lock_page((within or page).pk)
    first = {"relation": relation, "object": object, "notice": notice, "data": data, "opened_at": clock.now()}
    task, is_new = Task.objects.get_or_create(cause=cause, page=page, ref=ref, defaults=first)
    if is_new:
        event = log.write(
            "recheck" if quietly else "open_task",
            by=by,
            page=within or page,
            revision=live_revision(page),
            at=task.opened_at,
            task=task.pk,
            cause=cause,
            about=page.pk,
        )
        notices.tell(event, User.objects.filter(owned_pages=page), queue=not quietly)
    return task


@transaction.atomic
def close_task(task_id: int, *, by: User, outcome: str) -> Task:
    """Close a task with the outcome in words; it stays on record."""
    page_id = Task.objects.filter(pk=task_id).values_list("page_id", flat=True).first()
    if page_id is None:
        raise Refused("There is no such task.")
    page = lock_page(page_id)
    task = Task.objects.locked(task_id)
    require_moderator(by, "settles this")
    interests.refuse("close_task", by, [live_revision(page)])
    if task.is_closed:
        raise Refused(f"{task.closed_by_name} was first: this is settled.")
    outcome = reasons.required_words(outcome, "Say in a sentence what you found, and what was done.")
    if task.needs_the_page_changed:
        raise Refused(RESTS)
    return _close(task, page, by=by, outcome=outcome, settled=True)


def close_all(tasks: Iterable[Task], page: Page, *, by: User | None, outcome: str, settled: bool) -> None:
    """Close tasks whose cause is gone, or that another act has settled. The page must be locked."""
    for task in tasks:
        _close(task, page, by=by, outcome=outcome, settled=settled)


def _close(task: Task, page: Page, *, by: User | None, outcome: str, settled: bool) -> Task:
    task.closed_at, task.outcome, task.settled = clock.now(), outcome, settled
    task.closed_by, task.closed_by_name = by, str(by) if by else "Causeway"
    task.save(update_fields=["closed_at", "outcome", "settled", "closed_by", "closed_by_name"])
    log.write("close_task", by=by, page=page, at=task.closed_at, task=task.pk, reason=outcome)
    return task
