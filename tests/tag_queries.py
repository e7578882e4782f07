"""Which tags and filters of templates ask the database."""

import pkgutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import unwrap
from types import CodeType, FrameType
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.template import Library

from wiki import templatetags


def libraries() -> list[Library]:
    """Return every library of tags and filters of the wiki."""
    names = [one.name for one in pkgutil.iter_modules(templatetags.__path__)]
    return [import_module(f"{templatetags.__name__}.{name}").register for name in names]


# Renders a template, as Django's `include` does; what that asks is asked by it, not by the tag.
INCLUDES = "own_part"


def codes_of(library: Library) -> dict[CodeType, str]:
    """Return what Python runs for each tag and filter of a library, wherever it was written."""
    found = {**library.filters, **library.tags}
    return {unwrap(one).__code__: name for name, one in found.items() if name != INCLUDES}


CODES = {code: name for library in libraries() for code, name in codes_of(library).items()}


@contextmanager
def asked_by_tags() -> Iterator[list[str]]:
    """Yield the names of the tags and filters that ask the database in this thread, as they do."""
    asked: list[str] = []
    with connection.execute_wrapper(_noting(asked)):
        yield asked


@contextmanager
def asked_by_tags_of_a_server() -> Iterator[list[str]]:
    """Yield those that ask it in the threads of a server that is started in this block."""
    asked: list[str] = []
    note = _noting(asked)

    def watch(connection: BaseDatabaseWrapper, **_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            connection.execute_wrappers.append(note)

    connection_created.connect(watch)
    yield asked
    connection_created.disconnect(watch)


def _noting(asked: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code in CODES:
                asked.append(f"{CODES[frame.f_code]}: {sql[:200]}")
                break
            frame = frame.f_back
        return execute(sql, params, many, context)

    return note
