"""Notices of journals about works, and the tasks that they open on pages that cite these works."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.upkeep import tasks
from wiki.audit import log
from wiki.domain.evidence import DOUBTED
from wiki.models import (
    Cause,
    Citation,
    NoticeNature,
    Page,
    Publication,
    PublishedPage,
    SourceNotice,
    Statement,
    Task,
    User,
)
from wiki.models.locks import lock_site
from wiki.text.markdown.retraction_mentions import says_retracted

NO_LONGER_CITED = "The page no longer cites the work."
ADMITTED = "The page says wherever it cites the work that it was retracted."
TAKEN_BACK = "The journal has taken its notice back."


@dataclass(frozen=True)
class NoticeOutcome:
    """The result of a notice: whether it is new, and how many tasks on how many pages it opened."""

    is_new: bool
    pages: int
    tasks: int


@transaction.atomic
def keep_notice(
    source_id: int,
    *,
    nature: str,
    by: User | None = None,
    on: dt.date | None = None,
    reason: str = "",
    reference: str = "",
) -> NoticeOutcome:
    """Store a journal's notice, and open a task on every published page that rests on the work.

    Said twice, it is one.
    """
    lock_site()
    pages = [lock_page(pk) for pk in Citation.objects.pages_resting_on(source_id)]
    words = {"noticed_on": on, "reason": reason.strip()}
    _, is_new = SourceNotice.objects.get_or_create(
        source_id=source_id, nature=nature, reference=reference.strip()[:500], defaults=words
    )
    if is_new:
        log.write("source_notice", by=by, source=source_id, nature=nature, reason=reason.strip())
    return NoticeOutcome(is_new, len(pages), sum(update_tasks(page, by=by) for page in pages))


def update_tasks(page: Page, *, by: User | None, is_first: bool = False) -> int:
    """Open a task for each notice about a work that the page cites; close those whose cause is gone.

    Return how many were opened. The page must be locked, and what it cites derived. There is no task yet of
    a page that `is_first` published now.
    """
    cited = Citation.objects.sources_of(page)
    if is_first and not cited:
        return 0
    notices = {one.pk: one for one in SourceNotice.objects.standing_on([*cited])} if cited else {}
    admitted = _admitted(page, cited) if notices else set()
    rest = {pk: one for pk, one in notices.items() if not _is_admitted(one, admitted)}
    known = Task.objects.for_notices(page.pk)
    _close_gone([one for one in known if not one.is_closed and one.notice_id not in rest], page, notices, by)
    settled = {one.notice_id for one in known if one.settled or not one.is_closed}
    before = {one.notice_id for one in known}
    opened = [one for pk, one in rest.items() if pk not in settled]
    for one in opened:
        ref = f"notice:{one.pk}" if one.pk not in before else f"notice:{one.pk}:{_live(page)}"
        said = one.get_nature_display()
        tasks.open_task(Cause.RETRACTION, page, ref=ref, notice=one, by=by, work=one.source.text, nature=said)
    return len(opened)


def _live(page: Page) -> int:
    """Return the open publication. A page that cites a work again gets a new task."""
    return Publication.objects.open_of([page.pk]).get().pk


def _admitted(page: Page, cited: Collection[int]) -> set[int]:
    """Return the works that the page calls retracted at every place that cites them."""
    published_page = PublishedPage.objects.only("cited", "acknowledged_retractions").get(page=page)
    relied_on = set(published_page.cited) - set(published_page.acknowledged_retractions)
    for one in Statement.objects.filter(subject=page):
        if one.stance not in DOUBTED and not says_retracted(one.note):
            relied_on.update(one.source_ids)
    return set(cited) - relied_on


def _is_admitted(notice: SourceNotice, admitted: Collection[int]) -> bool:
    return notice.nature == NoticeNature.RETRACTION and notice.kept in admitted


def _close_gone(gone: list[Task], page: Page, notices: Collection[int], by: User | None) -> None:
    """Close tasks whose cause is gone, with the reason: no longer cited, called retracted, or notice
    withdrawn.
    """
    if not gone:
        return
    standing = set(
        SourceNotice.objects.standing()
        .filter(pk__in=[one.notice_id for one in gone])
        .values_list("pk", flat=True)
    )
    for one in gone:
        why = ADMITTED if one.notice_id in notices else NO_LONGER_CITED
        outcome = why if one.notice_id in standing else TAKEN_BACK
        tasks.close_all([one], page, by=by, outcome=outcome, settled=False)


def catch_up() -> int:
    """Open missing tasks for published pages that cite a work with a notice; return how many pages had some.

    A notice that was kept in the same moment in which a page began to cite the work is found here.
    """
    found = 0
    for pk in Citation.objects.pages_with_notices_unheeded():
        with transaction.atomic():
            found += bool(update_tasks(lock_page(pk), by=None))
    return found
