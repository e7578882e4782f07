"""Page views by day; nothing about who."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import connection, models

from wiki.models.pages import Page

# Page views are reported as the mean week of the last four.
WEEKS = 4

# Rows are inserted in one order, so that two processes cannot deadlock.
ADD = """
INSERT INTO wiki_pageviews (page_id, day, number)
SELECT page.id, seen.day, seen.number
FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS seen(page_id, day, number)
JOIN wiki_page AS page ON page.id = seen.page_id
ORDER BY page.id, seen.day
ON CONFLICT (page_id, day) DO UPDATE SET number = wiki_pageviews.number + excluded.number
"""


class PageViewsQuerySet(models.QuerySet["PageViews"]):
    """Queries on page views, and the only way to add to them."""

    def add(self, counts: Mapping[tuple[int, dt.date], int]) -> None:
        """Add page views by page and day in one statement; deleted pages are left out."""
        pages, days = [page for page, _ in counts], [day for _, day in counts]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [pages, days, list(counts.values())])

    def a_week(self, page_ids: Collection[int], today: dt.date) -> dict[int, float]:
        """Return the views of each page in a mean week of the last four; pages without views are left out."""
        recent = self.filter(page__in=page_ids, day__gt=today - dt.timedelta(weeks=WEEKS))
        summed = recent.values("page").annotate(times=models.Sum("number")).order_by()
        return {row["page"]: row["times"] / WEEKS for row in summed}


class PageViews(models.Model):
    """The number of views of a page on a day."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="visits")
    day = models.DateField()
    number = models.PositiveIntegerField()

    objects = PageViewsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="visits_are_counted_by_day")]

    def __str__(self) -> str:
        """Return how often on which day."""
        return f"page {self.page_id}: {self.number} on {self.day}"
