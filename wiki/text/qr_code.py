"""QR codes: an address as a square of dark and light modules, drawn as one SVG path."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# Readers need this many light modules around the code (ISO/IEC 18004).
QUIET_ZONE: Final = 4
# The masks that a code may be drawn with (ISO/IEC 18004).
_MASKS: Final = 8
# What looks like a corner of the code costs points, as do five modules in a line that are alike.
_CORNERS: Final = ("10111010000", "00001011101")


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
        by_row, by_column = _numbers(self.modules)
        width = len(self.modules)
        points = [_points((by_row ^ row, by_column ^ column), width) for row, column in _masks(self.version)]
        return points.index(min(points))


# A code as two numbers whose binary digits are its modules: row after row, and column after column.
type _Drawing = tuple[int, int]


@lru_cache(maxsize=40)
def _masks(version: int) -> tuple[_Drawing, ...]:
    """Return for each mask in which modules it differs from the first one."""
    code = QRCode(version=version)
    code.data_cache = []
    drawn = []
    for mask in range(_MASKS):
        code.makeImpl(True, mask)
        drawn.append(_numbers(code.modules))
    (rows, columns), *_ = drawn
    return tuple((rows ^ by_row, columns ^ by_column) for by_row, by_column in drawn)


def _numbers(modules: Sequence[Sequence[bool]]) -> _Drawing:
    lines = ["".join("1" if one else "0" for one in row) for row in modules]
    columns = map("".join, zip(*lines, strict=True))
    return int("".join(lines), 2), int("".join(columns), 2)


def _points(drawing: _Drawing, width: int) -> int:
    """Return the points against a mask, as `qrcode.util.lost_point` counts them.

    All lines are looked at together: what a module is compared with is the number, moved along.
    """
    points = 0
    for modules in drawing:
        # Where this module and the next four of its line are alike a run of at least five begins or goes on.
        same = ~(modules ^ modules >> 1)
        runs = same & same >> 1 & same >> 2 & same >> 3 & _starts(width, 5)
        begun = runs & ~(runs << 1)
        points += runs.bit_count() + 2 * begun.bit_count()
        points += 40 * sum(_places_of(modules, corner, width).bit_count() for corner in _CORNERS)
    rows = drawing[0]
    same = ~(rows ^ rows >> width)
    squares = same & same >> 1 & ~(rows ^ rows >> 1) & _starts(width, 2) & (1 << width * (width - 1)) - 1
    points += 3 * squares.bit_count()
    return points + 10 * int(abs(rows.bit_count() / width**2 * 100 - 50) / 5)


def _places_of(modules: int, pattern: str, width: int) -> int:
    """Return where in its line a pattern begins."""
    found = _starts(width, len(pattern))
    for step, module in enumerate(reversed(pattern)):
        found &= modules >> step if module == "1" else ~(modules >> step)
    return found


@lru_cache(maxsize=200)
def _starts(width: int, length: int) -> int:
    """Return where, in each line of a code, as many modules as `length` begin and end in the line."""
    line = (1 << width - length + 1) - 1
    return sum(line << width * row for row in range(width))


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
