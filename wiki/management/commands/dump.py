"""`manage.py dump`: all that readers see as a folder of files, with the proof of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.importing.dump import whole
from wiki.importing.yaml_words import BadFile


class Command(BaseCommand):
    """Write pages, statements, sources, data sets and the record."""

    help = "Write all that readers see into a folder, in place of an earlier dump."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to; made if it is missing")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write the dump, or say why not."""
        try:
            made = whole.dump(folder)
        except (BadFile, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.pages} pages, {made.statements} statements, {made.sources} sources in {made.files} files."
        )
