"""The fixtures of reading."""

from tests.views.reading.busy_record import busy

__all__ = ["busy"]
