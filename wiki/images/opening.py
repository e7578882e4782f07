"""Decoding of uploaded pictures: one at a time on a machine, in a process of its own, with limits.

Every worker process sees the same places, for they are locked files. The system frees the place of a process
that dies.
"""

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from django.conf import settings

from wiki.images.processing import MOST_BYTES, CleanImage, too_heavy, too_large
from wiki.policy.refusal import Refused

SECONDS: Final = 40
# One upload is decoded and one waits; a third is refused for now, so that threads stay free for readers.
WAITING: Final = 2
BUSY: Final = (
    "Other pictures are being made ready. Wait a moment, choose the picture again, then add it. "
    "What you wrote about it is still here."
)


def opened(data: bytes) -> CleanImage:
    """Return the picture that a file holds, as `processing.clean` makes it, or raise `Refused`."""
    if len(data) > MOST_BYTES:
        raise Refused(too_large())
    with _place_in_line(), _held("turn", waits=True):
        return _in_a_process(data)


@contextmanager
def _place_in_line() -> Iterator[None]:
    """Hold one of the places in the line, or raise `Refused` if none is free."""
    for number in range(WAITING):
        with _held(f"place-{number}", waits=False) as is_free:
            if is_free:
                yield
                return
    raise Refused(BUSY)


@contextmanager
def _held(name: str, *, waits: bool) -> Iterator[bool]:
    """Lock a file that all workers of this machine share; yield False if another one holds it."""
    folder = Path(settings.DECODING_LOCKS)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _in_a_process(data: bytes) -> CleanImage:
    """Decode the file in another process, which the system ends if it exceeds its limits."""
    # Low priority from the start: requests of readers come first.
    code = "import os; os.nice(19); from wiki.images.decoder import main; main()"
    command = [sys.executable, "-c", code]
    try:
        done = subprocess.run(  # noqa: S603  our own words
            command,
            input=data,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise Refused(too_heavy()) from None
    line, _, rest = done.stdout.partition(b"\n")
    told, parts = json.loads(line), BytesIO(rest)
    if "refused" in told:
        raise Refused(told["refused"])
    renditions = {width: parts.read(size) for width, size in told.pop("renditions")}
    return CleanImage(**told | {"renditions": renditions, "traces": tuple(told["traces"])})
