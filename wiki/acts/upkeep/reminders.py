"""Reminders to a page's owner: before the review is due, on the day, and when it is long overdue."""

import datetime as dt
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from wiki.acts.locking import lock_page
from wiki.audit import log
from wiki.mail import notices
from wiki.models import Event, PublishedPage, User

DAYS = 30


class Stage(StrEnum):
    """How far from its due date a page is."""

    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"


def stage_on(today: dt.date, due: dt.date) -> Stage | None:
    """Return the reminder that is needed today, or None. A reminder that was missed is not sent later."""
    if today >= due + dt.timedelta(days=DAYS):
        return Stage.LATE
    if today >= due:
        return Stage.DUE
    return Stage.AHEAD if today >= due - dt.timedelta(days=DAYS) else None


def remind() -> int:
    """Remind the owners of pages that are due soon, today or long ago; return how many were reminded.

    Safe to run at any time, twice, and on two machines at once.
    """
    today = timezone.localdate()
    near = PublishedPage.objects.due_by(today + dt.timedelta(days=DAYS)).for_lists().next_due()
    published_pages = list(near)
    told = Event.objects.reminders_of([one.page_id for one in published_pages])
    return sum(_remind(one.page_id, today) for one in published_pages if _key(one, today) not in told)


def _key(published_page: PublishedPage, today: dt.date) -> tuple[int, str, str]:
    """Return the key of a reminder in the log: which whole-page review, which stage, which day."""
    stage = str(_stage(published_page, today) or "")
    return published_page.whole_page_review_id or 0, stage, f"{published_page.due_on}"


def _stage(published_page: PublishedPage, today: dt.date) -> Stage | None:
    """Return the reminder that a page needs now; None for a page without a due date."""
    due = published_page.due_on
    return stage_on(today, due) if due else None


@transaction.atomic
def _remind(page_id: int, today: dt.date) -> bool:
    """Send one reminder under the page's lock; return False if it was already sent or is no longer due."""
    page = lock_page(page_id)
    published_page = PublishedPage.objects.for_lists().filter(page=page).first()
    stage = _stage(published_page, today) if published_page else None
    if (
        published_page is None
        or stage is None
        or _key(published_page, today) in Event.objects.reminders_of([page_id])
    ):
        return False
    event = log.write(
        "remind",
        by=None,
        revision=published_page.publication.revision,
        review=published_page.whole_page_review_id,
        stage=stage,
        due=f"{published_page.due_on}",
    )
    owner = page.owner if page.owner and page.owner.can_write else None
    notices.tell(event, [owner] if owner else User.objects.moderators())
    return True
