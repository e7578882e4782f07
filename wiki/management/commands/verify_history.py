"""`manage.py verify_history`: verify the record and what readers are served; report every mismatch."""

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.acts.upkeep.verification_run import verify_everything
from wiki.audit import chain
from wiki.audit.verify import Mismatch, Proof
from wiki.models import Page


class Command(BaseCommand):
    """Verify that the record is unchanged, and that readers get what was published."""

    help = (
        "Recompute every chain, row, digest and anchor, derive every page anew, hash every picture; "
        "name all that does not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add an anchor that was kept elsewhere, and whether to make one."""
        parser.add_argument("--anchor", action="store_true", help="first anchor what was written since")
        parser.add_argument("--kept", metavar="DIGEST", help="digest of an anchor that was kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify everything; report mismatches page by page, and exit with an error if there are any."""
        if options["anchor"] and (made := chain.anchor()):
            self.stdout.write(f"Anchor of {made}")
        proof = Proof(kept=options["kept"] or "", progress=self._progress)
        found: dict[int | None, list[Mismatch]] = defaultdict(list)
        for trouble in verify_everything(proof, self._progress):
            found[trouble.page].append(trouble)
        if found:
            raise CommandError(_report(found))
        self.stdout.write(f"The record is as it was written, and readers get what it says: {proof.counted}.")

    def _progress(self, words: str) -> None:
        self.stderr.write(words)


def _report(found: dict[int | None, list[Mismatch]]) -> str:
    """Return all mismatches as lines, grouped by page."""
    number = sum(map(len, found.values()))
    lines = [f"{number} thing{'s do' if number > 1 else ' does'} not fit."]
    titles = Page.objects.titles([page for page in found if page is not None])
    for page in sorted(found, key=lambda one: one or 0):
        lines.append(
            "On no page:" if page is None else f"On page {page}, {titles.get(page, 'without a title')}:"
        )
        lines += [f"  {one}" for one in found[page]]
    return "\n".join(lines)
