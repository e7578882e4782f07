"""`manage.py createsuperuser`: Django's command, which here also logs the new administrator."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from wiki.acts.people import accounts
from wiki.models import User
from wiki.policy import person_names
from wiki.policy.refusal import Refused


class Command(createsuperuser.Command):
    """Create an administrator if there is none yet, or none who can sign in."""

    help = "Make an administrator, and enter it in the record."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for missing values, create the account and log its role."""
        before = list(User.objects.administrators().values_list("pk", flat=True))
        try:
            super().handle(*args, **options)
            for person in User.objects.administrators().exclude(pk__in=before):
                accounts.record_administrator(person)
        except (IntegrityError, Refused) as refusal:
            taken = isinstance(refusal, IntegrityError)
            raise CommandError(person_names.IS_TAKEN if taken else str(refusal)) from refusal
        self.stdout.write("Sign in on the site: it mails you a link, then asks you to set up a second step.")
