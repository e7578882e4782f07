"""`manage.py import_pages`: load a folder of Markdown files as the work of two people."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.domain.professions import Impact
from wiki.importing import pages, pictures
from wiki.importing.front_matter import BadFile
from wiki.models import User
from wiki.policy.refusal import Refused


class Command(BaseCommand):
    """Draft and submit each page in one person's name and approve it in another's."""

    help = "Load a folder of page files: drafted by one person, approved by another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked for."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of Markdown files")
        parser.add_argument("--author", required=True, metavar="USERNAME", help="who drafts and submits")
        parser.add_argument(
            "--approver",
            required=True,
            action="append",
            metavar="USERNAME",
            help="who approves; somebody else. Give it again for every further signature",
        )
        parser.add_argument("--note", default="Imported from files.", help="the note to the reviewer")
        parser.add_argument(
            "--impact",
            default="",
            choices=["", *Impact.values],
            help="what it means for a patient; only starter content may leave it open",
        )
        parser.add_argument("--meaning", default="", help="that in one plain sentence, for action and safety")

    def handle(self, *args: Any, folder: Path, author: str, approver: list[str], **options: Any) -> None:
        """Load the folder, or say in a sentence why not."""
        cover = pages.ImportSummary(options["note"], options["impact"], options["meaning"])
        try:
            writer, signers = _person(author), [_person(one) for one in approver]
            files = pages.read_folder(folder)
            pictures.load_folder(folder, by=writer)
            loaded = pages.load(files, author=writer, approvers=signers, cover=cover, progress=self._show)
        except (BadFile, Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(loaded)

    def _tell(self, loaded: pages.Loaded) -> None:
        """Say what is in force now, and what lacks which signature."""
        if loaded.pages or not loaded.waiting:
            self.stdout.write(
                f"{loaded.pages} pages loaded." if loaded.pages else "Every page says that already."
            )
        for title, missing in loaded.waiting.items():
            self.stdout.write(f"{title} waits for {missing}.")

    def _show(self, done: int, total: int, title: str) -> None:
        self.stderr.write(f"{done} of {total}: {title}")


def _person(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody with the user name {username}.") from None
