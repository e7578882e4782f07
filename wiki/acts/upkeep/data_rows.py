"""Rows of data sets that pages rest on: a task on each page whose row is gone or says something else."""

from collections.abc import Mapping

from django.db import transaction

from wiki.acts.upkeep import tasks
from wiki.models import Cause, Citation, DataRelease, Page
from wiki.models.data_sets.citations import cited_rows


@transaction.atomic
def open_tasks(before: Mapping[str, str], release: DataRelease) -> int:
    """Open a task on each published page that rests on a row which no longer says what it said.

    `before` is what each cited row said in the release before. Return how many tasks were opened.
    """
    now = cited_rows()
    opened = 0
    for key, (source, words) in sorted(now.items()):
        said = before.get(key, "")
        if not said or said == words:
            continue
        pages = Page.objects.filter(pk__in=Citation.objects.pages_resting_on(source)).order_by("pk")
        for page in pages:
            ref = f"row:{key}:{release.pk}"
            tasks.open_task(
                Cause.DATA_ROW, page, ref=ref, row=key, before=said, after=words, release=str(release)
            )
            opened += 1
    return opened
