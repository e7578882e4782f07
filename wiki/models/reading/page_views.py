"""Page views by day; nothing about who."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import connection, models

from wiki.models.pages import Page

# What is told and weighed is the mean week of the last four.
WEEKS = 4

# In one order, so that two processes which add to the same rows never wait for each other in a circle.
ADD = """
INSERT INTO wiki_pageviews (page_id, day, number)
SELECT page.id, seen.day, seen.number
FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS seen(page_id, day, number)
JOIN wiki_page AS page ON page.id = seen.page_id
ORDER BY page.id, seen.day
ON CONFLICT (page_id, day) DO UPDATE SET number = wiki_pageviews.number + excluded.number
"""


class PageViewsQuerySet(models.QuerySet["PageViews"]):
    """Reads over visits, and the one way to add to them."""

    def add(self, counts: Mapping[tuple[int, dt.date], int]) -> None:
        """Add how often pages were read on days, all at once; pages that are gone are left out."""
        pages, days = [page for page, _ in counts], [day for _, day in counts]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [pages, days, list(counts.values())])

    def a_week(self, page_ids: Collection[int], today: dt.date) -> dict[int, float]:
        """Return how often each page was read in a mean week of the last four; of some, nothing."""
        recent = self.filter(page__in=page_ids, day__gt=today - dt.timedelta(weeks=WEEKS))
        summed = recent.values("page").annotate(times=models.Sum("number")).order_by()
        return {row["page"]: row["times"] / WEEKS for row in summed}


class PageViews(models.Model):
    """How often a page was read on a day."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="visits")
    day = models.DateField()
    number = models.PositiveIntegerField()

    objects = PageViewsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="visits_are_counted_by_day")]

    def __str__(self) -> str:
        """Return how often on which day."""
        return f"page {self.page_id}: {self.number} on {self.day}"
