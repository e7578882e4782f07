"""QR codes: an address as a square of dark and light modules, drawn as one SVG path."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Final

from qrcode.base import gexp, glog, rs_blocks
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import BIT_LIMIT_TABLE, PAD0, PAD1, length_in_bits

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

    Two masks differ in the same modules whatever the text is, so one drawing gives the others. What is drawn
    is also the same, but put together from numbers, where the parent goes bit by bit.
    """

    def best_fit(self, start: int | None = None) -> int:
        """Return the least version that has room for the texts; raises `DataOverflowError` if none has."""
        bits = _Bits()
        for one in self.data_list:
            one.write(bits)
        most = BIT_LIMIT_TABLE[self.error_correction]
        for version in range(start or 1, len(most)):
            heads = sum(4 + length_in_bits(one.mode, version) for one in self.data_list)
            if bits.length + heads <= most[version]:
                self.version = version
                return version
        raise DataOverflowError

    def best_mask_pattern(self) -> int:
        """Return the mask with the fewest points; of several, the first one."""
        self.data_cache = _codewords(self.version, self.error_correction, self.data_list)
        self.makeImpl(True, 0)
        by_row, by_column = _numbers(self.modules)
        width = len(self.modules)
        points = [_points((by_row ^ row, by_column ^ column), width) for row, column in _masks(self.version)]
        return points.index(min(points))


class _Bits:
    """Bits one behind the other, as the digits of one number; texts write themselves into it."""

    number, length = 0, 0

    def put(self, number: int, length: int) -> None:
        """Add a number with so many digits."""
        self.number, self.length = self.number << length | number, self.length + length


def _codewords(version: int, level: int, texts: Sequence[Any]) -> list[int]:
    """Return the bytes that are drawn: those of the texts, filled up, then those that mend damage."""
    bits = _Bits()
    for one in texts:
        bits.put(one.mode, 4)
        bits.put(len(one), length_in_bits(one.mode, version))
        one.write(bits)
    blocks = rs_blocks(version, level)
    most = 8 * sum(one.data_count for one in blocks)
    # Zeros up to the end of a byte, four at least where there is room.
    bits.put(0, min(4, most - bits.length))
    bits.put(0, -bits.length % 8)
    for place in range((most - bits.length) // 8):
        bits.put(PAD1 if place % 2 else PAD0, 8)
    data = bits.number.to_bytes(most // 8)
    parts, checks, start = [], [], 0
    for one in blocks:
        parts.append(data[start : start + one.data_count])
        checks.append(_check_bytes(parts[-1], one.total_count - one.data_count))
        start += one.data_count
    return [one for some in (parts, checks) for turn in zip_longest(*some) for one in turn if one is not None]


def _check_bytes(data: bytes, count: int) -> bytes:
    """Return the bytes that mend damage: what dividing by a polynomial leaves over (Reed and Solomon)."""
    multiples, rest, kept = _multiples(count), 0, (1 << 8 * count) - 1
    for byte in data:
        rest = (rest << 8 & kept) ^ multiples[byte ^ rest >> 8 * (count - 1)]
    return rest.to_bytes(count)


@lru_cache(maxsize=40)
def _multiples(count: int) -> tuple[int, ...]:
    """Return the multiples of the polynomial that leaves so many bytes, without its first term."""
    powers = [1]
    for place in range(count):
        root = gexp(place)
        powers = [
            one ^ (gexp(glog(root) + glog(before)) if before else 0)
            for one, before in zip([*powers, 0], [0, *powers], strict=True)
        ]
    logs = [glog(one) for one in powers[1:]]
    return (0, *(int.from_bytes(gexp(glog(one) + log) for log in logs) for one in range(1, 256)))


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


_DIGITS: Final = bytes.maketrans(b"\x00\x01", b"01")


def _numbers(modules: Sequence[Sequence[bool]]) -> _Drawing:
    lines = [bytes(row).translate(_DIGITS).decode() for row in modules]
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
    runs = (one.span() for one in _DARK.finditer(bytes(row)))
    return "".join(f"M{x} {y}h{end - x}v1H{x}z" for x, end in runs)


_DARK: Final = re.compile(b"\x01+")
