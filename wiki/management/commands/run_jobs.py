"""`manage.py run_jobs`: send what is due, remind, keep house."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.jobs import run_jobs


class Command(BaseCommand):
    """Do what is due. Safe to run as often as one likes; every five minutes is a good measure."""

    help = "Send letters and digests that are due, remind people, and keep house. Run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every job; fail when one of them failed."""
        failed = []
        for name, done in run_jobs():
            if done is None:
                failed.append(name)
            elif done or options["verbosity"] > 1:
                self.stdout.write(f"{name}: {done}")
        if failed:
            raise CommandError(f"These jobs failed: {', '.join(failed)}. The log says why.")
