"""`manage.py run_jobs`: the regular jobs, such as sending mail and reminders."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.jobs import run_jobs


class Command(BaseCommand):
    """Run every job. Safe to run at any time; every five minutes is a good interval."""

    help = "Send letters and digests that are due, remind people, and keep house. Run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every job; exit with an error if one failed."""
        failed = []
        for name, done in run_jobs():
            if done is None:
                failed.append(name)
            elif done or options["verbosity"] > 1:
                self.stdout.write(f"{name}: {done}")
        if failed:
            raise CommandError(f"These jobs failed: {', '.join(failed)}. The log says why.")
