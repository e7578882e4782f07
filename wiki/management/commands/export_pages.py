"""`manage.py export_pages`: every published page as a folder of Markdown files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.importing import pages
from wiki.importing.yaml_words import BadFile


class Command(BaseCommand):
    """Write each published page as one file with front matter."""

    help = "Write every published page into a folder, one Markdown file a page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="where to; made if it is missing")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write the folder; files of pages that are no longer published are never mixed in."""
        try:
            written = pages.write_folder(folder)
        except (BadFile, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{written} pages written to {folder}.")
