"""Limits on processor time, as a ratio to reading a million characters in the same process."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

# What a million characters are read with, word by word.
_WORDS: Final = re.compile(r"\w+")
_TEXT: Final = "Calcium " * 125_000


@contextmanager
def no_more_than(readings: float) -> Iterator[None]:
    """Fail if the block takes more processor time than `readings` times reading a million characters.

    Both are measured in the same process, one after the other, so a slow or busy machine slows them alike;
    reading is measured once more before a block is said to have taken too long.
    A limit lies well above what the block takes: it tells what grows with the square of a text, no more.
    """
    before = _one_reading()
    began = time.process_time()
    yield
    taken = time.process_time() - began
    if taken > readings * before:
        one = max(before, _one_reading())
        assert taken <= readings * one, f"took {taken / one:.0f} readings of a million characters"


def readings_taken(act: Callable[[], object]) -> float:
    """Return the processor time of `act`, in readings of a million characters just before and after it."""
    before = _one_reading()
    began = time.process_time()
    act()
    taken = time.process_time() - began
    return taken / max(before, _one_reading())


def _one_reading() -> float:
    began = time.process_time()
    assert sum(len(word) for word in _WORDS.findall(_TEXT)) > len(_TEXT) / 2
    return time.process_time() - began
