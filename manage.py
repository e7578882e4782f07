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
from django.db import OperationalError

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
        _run_command()
        return
    try:
        with postgres.running(embedded, "causeway"):
            _run_command()
    except postgres.Unavailable as problem:
        sys.exit(str(problem))


def _run_command() -> None:
    """Run the command; say in a sentence that the database cannot be reached."""
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except OperationalError as problem:
        # PostgreSQL gives a state to what goes wrong once the connection stands, such as a deadlock.
        if getattr(problem.__cause__, "sqlstate", None):
            raise
        sys.exit(f"The database cannot be reached: {problem}")


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """End in the ordinary way when asked to end, so that the database is stopped too."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
