"""Decoding of uploaded pictures: one at a time, in a process of its own, with limits."""

import json
import subprocess
import sys
import threading
from io import BytesIO
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
_line = threading.BoundedSemaphore(WAITING)
_turn = threading.Lock()


def opened(data: bytes) -> CleanImage:
    """Return the picture that a file holds, as `processing.clean` makes it, or raise `Refused`."""
    if len(data) > MOST_BYTES:
        raise Refused(too_large())
    if not _line.acquire(blocking=False):
        raise Refused(BUSY)
    try:
        with _turn:
            return _in_a_process(data)
    finally:
        _line.release()


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
