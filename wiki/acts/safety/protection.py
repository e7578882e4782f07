"""Protection: pages that only moderators may edit for a time."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from wiki.acts.locking import lock_page
from wiki.audit import log
from wiki.domain.lifecycle import State
from wiki.mail import notices
from wiki.models import Page, Revision, User, clock
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused
from wiki.text.days import end_of

MOST_DAYS: Final = 366


@transaction.atomic
def protect(page: Page, *, until: dt.date, reason: str, by: User) -> Page:
    """Let only moderators edit a page until the end of a day. A second call replaces day and reason."""
    page = lock_page(page.pk)
    _may_protect("protect", page, by)
    now = clock.now()
    today = timezone.localdate(now)
    if until <= today or until > today + dt.timedelta(days=MOST_DAYS):
        raise Refused("Choose a day from tomorrow on, at most a year ahead.")
    page.protected_reason = reasons.required_reason(
        reason, who_reads=reasons.EDITORS, longest=reasons.LONGEST_REASON
    )
    page.protected_until = end_of(until)
    page.save(update_fields=["protected_until", "protected_reason"])
    _tell("protect", page, by=by, at=now, reason=page.protected_reason, until=until.isoformat())
    return page


def _may_protect(act: str, page: Page, by: User) -> None:
    require_moderator(by, "limits who may edit")
    interests.refuse(act, by, [live_revision(page)])


def _tell(act: str, page: Page, *, by: User, at: dt.datetime, **data: Any) -> None:
    """Log the act, and notify the people who have a draft or a submission on the page."""
    newest = Revision.objects.on(page).exclude(state=State.DRAFT).order_by("-number").first()
    event = log.write(act, by=by, page=page, revision=newest, at=at, **data)
    drafts = Revision.objects.on(page).filter(state=State.DRAFT)
    notices.tell(event, [one.author for one in drafts])


@transaction.atomic
def lift_protection(page: Page, *, reason: str, by: User) -> Page:
    """End the protection of a page early."""
    page = lock_page(page.pk)
    _may_protect("unprotect", page, by)
    if not page.is_protected:
        raise Refused("This page is not limited to moderators any more.")
    reason = reasons.required_reason(reason, who_reads=reasons.EDITORS, longest=reasons.LONGEST_REASON)
    page.protected_until, page.protected_reason = None, ""
    page.save(update_fields=["protected_until", "protected_reason"])
    _tell("unprotect", page, by=by, at=clock.now(), reason=reason)
    return page
