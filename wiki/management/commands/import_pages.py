"""`manage.py import_pages`: load a folder of Markdown files as unreviewed pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.importing import page_loads, pages, pictures
from wiki.importing.yaml_words import BadFile
from wiki.management.progress import ProgressLines
from wiki.models import User
from wiki.policy.refusal import Refused


class Command(BaseCommand):
    """Publish each page that differs, marked as unreviewed."""

    help = "Load a folder of page files. Readers are told that no clinician has reviewed them here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of Markdown files")
        parser.add_argument(
            "--by",
            default="",
            metavar="USERNAME",
            help="who loads them, for the record; else the wiki itself",
        )
        parser.add_argument("--note", default="Loaded from files.", help="what the history says of it")

    def handle(self, *args: Any, folder: Path, by: str, note: str, **options: Any) -> None:
        """Load the folder, or say why not."""
        try:
            person = _person(by) if by else None
            files = pages.PageFolder(folder)
            found = pictures.PictureFolder(folder)
            progress = ProgressLines(self.stderr.write).show
            loaded = page_loads.load(files, note=note, by=person, progress=progress, pictures=found)
        except (BadFile, Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(loaded)
        for name in files.unread:
            self.stdout.write(f"{name} was not read: the name of a page file ends in .md.")
        for name in files.links:
            self.stdout.write(f"{name} was not read: it is a link to a folder, or to nothing.")

    def _tell(self, loaded: page_loads.Loaded) -> None:
        """Say what is published now, and what people had changed."""
        if loaded.pages or not loaded.left:
            self.stdout.write(
                f"{loaded.pages} pages loaded." if loaded.pages else "Every page says that already."
            )
        for title in loaded.left:
            self.stdout.write(f"{title} stays as it is: people have changed or reviewed it here.")


def _person(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody with the user name {username}.") from None
