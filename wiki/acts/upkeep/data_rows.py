"""Rows of data sets that pages rest on: a task on each page whose row is gone or says something else, until
the row says again what it said, or the page says something else.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.upkeep import tasks
from wiki.domain.data_sets import ROW_SCHEME
from wiki.models import Cause, Citation, DataRelease, Page, Source, Task
from wiki.models.data_sets.citations import cited_rows

BACK: Final = "The row says again what it said."
CHANGED_AGAIN: Final = "The row has changed again; another re-review shows how."


@transaction.atomic
def open_tasks(before: Mapping[str, str], release: DataRelease) -> int:
    """Open a task on each published page that rests on a row which no longer says what it said; close those
    whose row says it again.

    `before` is what each cited row said in the release before. Return how many tasks were opened.
    """
    now = {key: (source, words) for key, (source, words) in cited_rows().items() if before.get(key) != words}
    resting: dict[int, list[str]] = {}
    for key, (source, _) in sorted(now.items()):
        for pk in Citation.objects.pages_resting_on(source):
            resting.setdefault(pk, []).append(key)
    opened = 0
    for pk, keys in sorted(resting.items()):
        page = lock_page(pk)
        for key in keys:
            opened += _update_tasks(page, key, before.get(key, ""), now[key][1], release)
    return opened


def _update_tasks(page: Page, key: str, before: str, words: str, release: DataRelease) -> bool:
    """Open or close the task of a page on one row; return whether one was opened. The page is locked."""
    waiting = list(Task.objects.open().of_page(page).of_cause(Cause.DATA_ROW).filter(data__row=key))
    # The page was written by what the row said before the first change that nobody has settled.
    said = str(waiting[0].data["before"]) if waiting else before
    outcome = BACK if said == words else CHANGED_AGAIN
    tasks.close_all(waiting, page, by=None, outcome=outcome, settled=False)
    if not said or said == words:
        return False
    ref = f"row:{key}:{release.pk}"
    tasks.open_task(Cause.DATA_ROW, page, ref=ref, row=key, before=said, after=words, release=str(release))
    return True


def what_became_of(
    task: Task,
    page: Page,
    before: Iterable[tuple[frozenset[object], object]],
    now: Iterable[tuple[frozenset[object], object]],
) -> str:
    """Return in words how a page changed what rests on the row of a task; "" if that still rests on it so.

    `before` and `now` are the statements of the page, each behind its sources. What rests on a row that is
    gone has to rest on something else.
    """
    source = next(iter(Source.objects.by_key({f"{ROW_SCHEME}:{task.data['row']}"}).values()), 0)
    if source not in Citation.objects.sources_of(page):
        return "no longer cites the row"
    is_cited_in_text = Citation.objects.filter(page=page, source=source, statement=None).exists()
    if is_cited_in_text or not task.data["after"]:
        return ""
    old, new = ({said for sources, said in some if source in sources} for some in (before, now))
    return "says differently what rests on the row" if old != new else ""
