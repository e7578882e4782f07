"""`manage.py verify_history`: recompute the record's proof; name the first row that does not fit."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.audit import chain
from wiki.audit.verify import Proof


class Command(BaseCommand):
    """Prove that the record says what it said. It reads only, unless today's anchor is asked for."""

    help = (
        "Recompute every chain, row, digest and anchor of the record; name the first row that does not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an anchor that was kept elsewhere, and whether to make today's."""
        parser.add_argument(
            "--anchor", action="store_true", help="first make today's anchor if it is missing"
        )
        parser.add_argument("--kept", metavar="DIGEST", help="digest of an anchor that was kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute all; fail at the first row that does not fit."""
        if options["anchor"] and (made := chain.anchor()):
            self.stdout.write(f"Anchor of {made}")
        proof = Proof(kept=options["kept"] or "", progress=self._progress)
        if trouble := next(proof.troubles(), None):
            raise CommandError(trouble)
        self.stdout.write(f"The record is as it was written: {proof.counted}.")

    def _progress(self, words: str) -> None:
        self.stderr.write(words)
