"""The two servers, and a wiki on them."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.replica.servers import pair_at


@pytest.fixture(scope="module")
def pair(django_db_blocker):
    # Not among pytest's own: each run closes those to the user that the servers run as.
    with (
        TemporaryDirectory(prefix="causeway-pair-") as place,
        django_db_blocker.unblock(),
        pair_at(Path(place).resolve()) as pair,
    ):
        yield pair
