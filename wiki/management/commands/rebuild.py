"""`manage.py rebuild`: derive everything again from the open publications."""

from typing import Any

from django.core.management.base import BaseCommand

from wiki.models import Page
from wiki.published.rebuild import rebuild


class Command(BaseCommand):
    """Derive every page again and report differences; there should be none."""

    help = "Derive HTML, statements, citations, links and search of every page from the published revision."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild page by page, each under its own lock, and name what differed."""
        total, differed = Page.objects.count(), 0
        for done, (page, differences) in enumerate(rebuild(), start=1):
            differed += bool(differences)
            for sentence in differences:
                self.stdout.write(f"Page {page.pk}: {sentence}")
            if done % 50 == 0:
                self.stderr.write(f"{done} of {total} pages")
        what = f"{differed} of them differed" if differed else "nothing differed"
        self.stdout.write(f"{total} pages rebuilt; {what}.")
