"""Pages whose neighbours, those that link to them or state something about them, are updated by a job."""

from collections.abc import Collection

from django.db import models

from wiki.models.pages import Page


class NeighbourUpdateManager(models.Manager["NeighbourUpdate"]):
    """Reads and writes of what waits."""

    def begin(self, pages: Collection[int]) -> None:
        """Let the neighbours of some pages wait, all of them anew. The names must be held alone."""
        rows = [self.model(page_id=pk, since=models.functions.Now()) for pk in sorted(pages)]
        fields = ["done", "since"]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["page"], update_fields=fields)

    def oldest(self) -> "NeighbourUpdate | None":
        """Return what has waited longest."""
        return self.order_by("since", "pk").first()


class NeighbourUpdate(models.Model):
    """A page that leads elsewhere than before, and how far the pages that name it were updated. Derived."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(db_default=models.functions.Now())
    # Neighbours with ids up to this one are done.
    done = models.BigIntegerField(default=0)

    objects = NeighbourUpdateManager()

    def __str__(self) -> str:
        """Return whose neighbours wait."""
        return f"the neighbours of page {self.page_id}"

    def note(self, *, done: int) -> bool:
        """Note how far it went; return False if the page leads elsewhere once more and all wait anew."""
        return bool(NeighbourUpdate.objects.filter(pk=self.pk, since=self.since).update(done=done))

    def end(self) -> None:
        """Note that all are updated, unless they wait anew."""
        NeighbourUpdate.objects.filter(pk=self.pk, since=self.since).delete()
