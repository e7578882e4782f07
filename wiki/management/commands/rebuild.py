"""`manage.py rebuild`: derive everything again from what was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wiki.management.progress import ProgressLines
from wiki.models import Page, TypedWords
from wiki.published.rebuild import AT_ONCE, rebuild, recompute_typed_words


class Command(BaseCommand):
    """Derive every page again and report differences; there should be none. Then the words of versions."""

    help = (
        "Derive HTML, statements, citations, links and search of every page from the published revision; "
        "then compute anew which words each version brought, where that was done in an earlier way."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="PAGE",
            help="go on after this page, where a rebuild was stopped",
        )

    def handle(self, *args: Any, after: int, **options: Any) -> None:
        """Rebuild few pages after another, and name what differed."""
        total, differed = Page.objects.filter(pk__gt=after).count(), 0
        progress = ProgressLines(self.stderr.write)
        for done, (page, differences) in enumerate(rebuild(after=after), start=1):
            differed += bool(differences)
            for sentence in differences:
                self.stdout.write(f"Page {page.pk}: {sentence}")
            if done % AT_ONCE == 0:
                progress.show(done, total, f"stopped now, go on with --after {page.pk}")
        what = f"{differed} of them differed" if differed else "nothing differed"
        self.stdout.write(f"{total} pages rebuilt; {what}.")
        self._recompute_words()

    def _recompute_words(self) -> None:
        total, done = TypedWords.objects.computed_before().count(), 0
        progress = ProgressLines(self.stderr.write)
        for some in recompute_typed_words():
            done += some
            progress.show(done, total, "words of versions; run it again if it is stopped now")
        if total:
            self.stdout.write(f"The words of {done} versions computed anew.")
