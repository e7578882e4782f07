"""QR codes: the path draws exactly the dark modules, within a quiet zone."""

import re

import pytest
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import lost_point

from wiki.text.qr_code import QUIET_ZONE, _numbers, _points, qr_code

ADDRESS = "https://wiki.example.org/v/12-3/"


def drawn(path):
    """Return the modules that a path fills, as (column, row)."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", path)
    assert "".join(f"M{x} {y}h{n}v1H{back}z" for x, y, n, back in runs) == path
    assert all(x == back for x, _, _, back in runs)
    return {(int(x) + step, int(y)) for x, y, n, _ in runs for step in range(int(n))}


@pytest.mark.parametrize("length", [0, 1, 2, 3, 20, 60, 130, 300])
def test_the_path_fills_the_dark_modules_and_no_others(length):
    address = f"{ADDRESS}{'basal-ganglia/' * 30}"[: len(ADDRESS) + length]
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(address)
    expected = {(x, y) for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark}

    made = qr_code(address)

    assert drawn(made.path) == expected
    assert made.width == len(code.get_matrix())


def test_the_mask_is_the_one_with_the_fewest_points():
    for number in range(40):
        code = QRCode(error_correction=ERROR_CORRECT_M, version=1 + number % 5)
        code.data_cache = [number * 31 % 256] * 16
        code.makeImpl(True, number % 8)
        assert _points(_numbers(code.modules), len(code.modules)) == lost_point(code.modules)


def test_nothing_dark_stands_in_the_quiet_zone():
    made = qr_code(ADDRESS)

    inner = range(QUIET_ZONE, made.width - QUIET_ZONE)
    assert all(x in inner and y in inner for x, y in drawn(made.path))
    # The finder pattern of the upper left corner: seven dark modules.
    assert {(QUIET_ZONE + step, QUIET_ZONE) for step in range(7)} <= drawn(made.path)


def test_a_text_that_no_qr_code_holds_is_refused():
    assert qr_code("a" * 2331).width
    with pytest.raises(DataOverflowError):
        qr_code("a" * 2332)
