"""QR codes: an address as a square of dark and light modules, drawn as one SVG path."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# Readers need this many light modules around the code (ISO/IEC 18004).
QUIET_ZONE: Final = 4
# The masks that a code may be drawn with (ISO/IEC 18004).
_MASKS: Final = 8
# What costs points: a line of five modules or more, and what looks like a corner of the code.
_LINES: Final = re.compile("0{5,}|1{5,}")
_CORNERS: Final = re.compile("(?=10111010000|00001011101)")


@dataclass(frozen=True)
class QrCode:
    """A code as it is drawn: its width in modules, quiet zone included, and the path of the dark ones."""

    width: int
    path: str


class _QuickQRCode(QRCode):  # type: ignore[misc]  # qrcode is not typed
    """Chooses the same mask as its parent, which draws the code anew for each and looks at every module.

    Two masks differ in the same modules whatever the text is, so one drawing gives the others.
    """

    def best_mask_pattern(self) -> int:
        """Return the mask with the fewest points; of several, the first one."""
        self.makeImpl(True, 0)
        rows, width = _numbers(self.modules), len(self.modules)
        masked = ([a ^ b for a, b in zip(rows, mask, strict=True)] for mask in _masks(self.version))
        points = [_points(one, width) for one in masked]
        return points.index(min(points))


@lru_cache(maxsize=40)
def _masks(version: int) -> tuple[tuple[int, ...], ...]:
    """Return for each mask in which modules, row by row, it differs from the first one."""
    code = QRCode(version=version)
    code.data_cache = []
    drawn = []
    for mask in range(_MASKS):
        code.makeImpl(True, mask)
        drawn.append(_numbers(code.modules))
    return tuple(tuple(a ^ b for a, b in zip(drawn[0], one, strict=True)) for one in drawn)


def _numbers(modules: Sequence[Sequence[bool]]) -> list[int]:
    """Return each row as a number whose binary digits are its modules."""
    return [int("".join("1" if one else "0" for one in row), 2) for row in modules]


def _points(rows: Sequence[int], width: int) -> int:
    """Return the points against a mask, as `qrcode.util.lost_point` counts them."""
    lines = [f"{row:0{width}b}" for row in rows]
    both = "\n".join([*lines, *map("".join, zip(*lines, strict=True))])
    points = sum(len(one) - 2 for one in _LINES.findall(both)) + 40 * len(_CORNERS.findall(both))
    for row, below in pairwise(rows):
        same = ~(row ^ below)
        points += 3 * (same & same >> 1 & ~(row ^ row >> 1) & (1 << width - 1) - 1).bit_count()
    dark = sum(row.bit_count() for row in rows)
    return points + 10 * int(abs(dark / width**2 * 100 - 50) / 5)


@lru_cache(maxsize=512)
def qr_code(text: str) -> QrCode:
    """Return the QR code of a text, which can be read when up to 15 % of it is damaged."""
    code = _QuickQRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    return QrCode(len(rows), "".join(_row_path(y, row) for y, row in enumerate(rows)))


def _row_path(y: int, row: list[bool]) -> str:
    """Return the path of the dark modules of one row, one rectangle for each run of them."""
    path, x = "", 0
    for is_dark, run in groupby(row):
        width = len(list(run))
        if is_dark:
            path += f"M{x} {y}h{width}v1H{x}z"
        x += width
    return path
