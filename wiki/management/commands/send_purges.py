"""`manage.py send_purges`: tell the caches in front what they are to forget, every second."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from wiki import edges


class Command(BaseCommand):
    """Send what is due, until the process is ended."""

    help = "Tell the caches in front (CAUSEWAY_EDGES) what they are to forget, every second."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("--once", action="store_true", help="send what is due, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send now and every second."""
        while True:
            try:
                edges.send_purges()
            except DatabaseError as problem:
                self.stderr.write(str(problem))
                connection.close()
            if options["once"]:
                return
            time.sleep(1)
