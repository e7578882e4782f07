"""`manage.py check_sources`: import journals' notices about the wiki's sources from Retraction Watch data."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.importing import retractions


class Command(BaseCommand):
    """Read a file of Retraction Watch, store notices on our sources, and open tasks for the pages."""

    help = "Heed retractions, corrections and concerns: reads the CSV of Retraction Watch from Crossref."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("file", type=Path, metavar="FILE", help="retraction_watch.csv")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Import the file, or say why it cannot be read."""
        try:
            summary = retractions.check(file, progress=self._show, complain=self._complain)
        except (retractions.BadTable, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(summary))

    def _show(self, rows: int) -> None:
        self.stderr.write(f"{rows:,} rows")

    def _complain(self, row: retractions.Skipped) -> None:
        self.stderr.write(f"Line {row.line} is skipped: {row.why}.")
