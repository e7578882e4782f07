"""`manage.py rebuild`: derive again everything that is derived from what is in force."""

from typing import Any

from django.core.management.base import BaseCommand

from wiki.models import Page
from wiki.published import derive


class Command(BaseCommand):
    """Derive every page anew. Readers notice nothing: it gives what is there already."""

    help = "Derive HTML, statements, citations, links and search of every page from the revision in force."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild page by page, each under its own lock."""
        total = Page.objects.count()
        for done, _ in enumerate(derive.rebuild(), start=1):
            if done % 50 == 0:
                self.stderr.write(f"{done} of {total} pages")
        self.stdout.write(f"{total} pages rebuilt.")
