"""QR codes: an address as a square of dark and light modules, drawn as one SVG path."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# Readers need this many light modules around the code (ISO/IEC 18004).
QUIET_ZONE: Final = 4


@dataclass(frozen=True)
class QrCode:
    """A code as it is drawn: its width in modules, quiet zone included, and the path of the dark ones."""

    width: int
    path: str


@lru_cache(maxsize=512)
def qr_code(text: str) -> QrCode:
    """Return the QR code of a text, which can be read when up to 15 % of it is damaged."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
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
