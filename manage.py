#!/usr/bin/env python
"""Causeway from the command line. Where no DATABASE_URL is set, the embedded PostgreSQL runs meanwhile."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from wiki import postgres


def main() -> None:
    """Run the command, with a database to run it on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiki.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("CAUSEWAY_DEMO", "1")
    try:
        embedded = settings.EMBEDDED_POSTGRES
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    signal.signal(signal.SIGTERM, _leave)
    if embedded is None:
        execute_from_command_line(sys.argv)
        return
    try:
        with postgres.running(embedded, "causeway"):
            execute_from_command_line(sys.argv)
    except postgres.Unavailable as problem:
        sys.exit(str(problem))


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """End in the ordinary way when asked to end, so that the database is stopped too."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
