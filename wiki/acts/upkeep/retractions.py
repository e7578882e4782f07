"""Notices of journals about works, and the tasks that they open on pages that cite these works."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
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
    PublishedPage,
    SourceNotice,
    Statement,
    Task,
    User,
)
from wiki.models.locks import lock_site
from wiki.policy.refusal import Refused
from wiki.text.markdown.retraction_mentions import says_retracted
from wiki.text.sources.identifiers import place_of_notice

NO_LONGER_CITED = "The page no longer cites the work."
ADMITTED = "The page says wherever it cites the work that it was retracted."
TAKEN_BACK = "The journal has taken its notice back."
OF_ANOTHER_WORK = "The notice is about another work, and stands beside this one no longer."


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
    keys: Sequence[str] | None = None,
) -> NoticeOutcome:
    """Store a journal's notice, and open a task on every published page that rests on the work.

    `keys` are those citation keys of the source by which it came; None when it is given to the record itself.
    Said twice, it is one.
    """
    pages = lock_pages_resting_on(source_id)
    words = {"noticed_on": on, "reason": reason.strip(), "keys": keys}
    notice, is_new = SourceNotice.objects.get_or_create(
        source_id=source_id, nature=nature, reference=place_of_notice(reference)[:500], defaults=words
    )
    is_new = is_new or _stands_anew(notice, keys)
    if is_new:
        _log("source_notice", notice, by=by)
    return NoticeOutcome(is_new, len(pages), sum(update_tasks(page, by=by) for page in pages))


def lock_pages_resting_on(source_id: int) -> list[Page]:
    """Lock the site's chain and every published page that rests on a source; return the pages."""
    lock_site()
    return [lock_page(pk) for pk in Citation.objects.pages_resting_on(source_id)]


def _stands_anew(notice: SourceNotice, keys: Sequence[str] | None) -> bool:
    """Keep by what a known notice came too; return whether it is of the work again because of that."""
    if notice.keys is None or (keys is not None and set(keys) <= set(notice.keys)):
        return False
    stood = SourceNotice.objects.filter(pk=notice.pk).of_the_work().exists()
    notice.keys = None if keys is None else sorted({*notice.keys, *keys})
    notice.save(update_fields=["keys"])
    return not stood


@contextmanager
def notices_follow(source_id: int, pages: Iterable[Page], *, by: User) -> Iterator[None]:
    """While the identifiers of a record are corrected, let its notices follow them.

    A notice that came by an identifier of another work is not of this one any more; one that came by an
    identifier that is given back is again. `pages` rest on the record, and are locked.
    """
    notices = SourceNotice.objects.filter(source=source_id)
    before = set(notices.of_the_work())
    yield
    after = set(notices.of_the_work())
    for act, changed in (("detach_notice", before - after), ("source_notice", after - before)):
        for one in sorted(changed, key=lambda one: one.pk):
            _log(act, one, by=by)
    for page in pages if before != after else ():
        update_tasks(page, by=by)


@transaction.atomic
def detach_notice(notice_id: int, *, by: User, reason: str) -> SourceNotice:
    """Take a notice that was given to a record itself off that record: it is about another work.

    It stays on record, and stands again when it is given again. Raises `Refused` if it came by an
    identifier, which is what has to be corrected then, or if it was taken off before.
    """
    source_id = SourceNotice.objects.get(pk=notice_id).source_id
    pages = lock_pages_resting_on(source_id)
    notice = SourceNotice.objects.select_for_update().get(pk=notice_id)
    if notice.keys is not None:
        raise Refused("Nobody gave this notice to the record itself, so it cannot be taken off by hand.")
    notice.keys = []
    notice.save(update_fields=["keys"])
    _log("detach_notice", notice, by=by, reason=reason)
    for page in pages:
        update_tasks(page, by=by)
    return notice


def _log(act: str, notice: SourceNotice, *, by: User | None, reason: str = "") -> None:
    why = reason or notice.reason
    log.write(act, by=by, source=notice.source_id, nature=notice.nature, reason=why, keys=notice.keys)


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
    before = Counter(one.notice_id for one in known)
    opened = [one for pk, one in rest.items() if pk not in settled]
    for one in opened:
        # A page on which it was settled otherwise, and which it concerns again, gets a new task.
        ref = f"notice:{one.pk}:{before[one.pk]}" if before[one.pk] else f"notice:{one.pk}"
        said = one.get_nature_display()
        tasks.open_task(Cause.RETRACTION, page, ref=ref, notice=one, by=by, work=one.source.text, nature=said)
    return len(opened)


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
    """Close tasks whose cause is gone, with the reason: no longer cited, called retracted, notice withdrawn
    or of another work.
    """
    if not gone:
        return
    about = SourceNotice.objects.filter(pk__in=[one.notice_id for one in gone])
    of_the_work = set(about.of_the_work().values_list("pk", flat=True))
    standing = set(about.standing().values_list("pk", flat=True))
    for one in gone:
        outcome = ADMITTED if one.notice_id in notices else NO_LONGER_CITED
        if one.notice_id not in standing:
            outcome = TAKEN_BACK if one.notice_id in of_the_work else OF_ANOTHER_WORK
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
