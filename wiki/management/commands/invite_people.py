"""`manage.py invite_people`: open accounts for a list of people."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.acts.people import invitations
from wiki.forms.people.invitations import InvitationsForm
from wiki.models import User
from wiki.policy.refusal import Refused


class Command(BaseCommand):
    """Open an account for each line of a file, and mail each person a link to choose a password."""

    help = "Invite people: a file with a line of name, email address, user name and role for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("file", type=Path, help="the list, with commas or semicolons between the columns")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the administrator who invites")

    def handle(self, *args: Any, file: Path, by: str, **options: Any) -> None:
        """Invite all of them, or say why not."""
        person = User.objects.administrators().filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no administrator with the user name {by}.")
        try:
            form = InvitationsForm({"people": file.read_text()})
            if not form.is_valid():
                raise CommandError("\n".join(map(str, form.errors.get("people", []))))
            opened = invitations.invite(form.cleaned_data["people"], by=person)
        except (Refused, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(opened)} people invited.")
