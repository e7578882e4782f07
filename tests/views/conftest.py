"""The clinician at a browser, with something to write about."""

import pytest

from tests import cast


@pytest.fixture
def at_desk(client, clinician):
    """Return the clinician's browser."""
    client.force_login(clinician)
    return client


@pytest.fixture
def other_page(clinician, moderator):
    """Return a page in force that statements can name."""
    return cast.make_page(clinician, moderator, "Seizures", kind="symptom", aliases=("fits",))


@pytest.fixture
def source(clinician):
    """Return a source with the key pmid:22327515."""
    return cast.make_source(clinician)
