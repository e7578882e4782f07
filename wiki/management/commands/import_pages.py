"""`manage.py import_pages`: load a folder of Markdown files as the work of two people."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki import workflow
from wiki.importing import pages, pictures
from wiki.importing.front_matter import BadFile
from wiki.models import User


class Command(BaseCommand):
    """Draft and submit each page in one person's name and approve it in another's."""

    help = "Load a folder of page files through the workflow: drafted by one person, approved by another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked for."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of Markdown files")
        parser.add_argument("--author", required=True, metavar="USERNAME", help="who drafts and submits")
        parser.add_argument(
            "--approver", required=True, metavar="USERNAME", help="who approves; somebody else"
        )
        parser.add_argument("--note", default="Imported from files.", help="the note to the reviewer")

    def handle(self, *args: Any, folder: Path, author: str, approver: str, note: str, **options: Any) -> None:
        """Load the folder, or say in a sentence why not."""
        try:
            people = {"author": _person(author), "approver": _person(approver)}
            pictures.load_folder(folder, by=people["author"])
            loaded = pages.load(pages.read_folder(folder), **people, note=note, progress=self._show)
        except (BadFile, workflow.Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded} pages loaded." if loaded else "Every page says that already.")

    def _show(self, done: int, total: int, title: str) -> None:
        self.stderr.write(f"{done} of {total}: {title}")


def _person(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody with the user name {username}.") from None
