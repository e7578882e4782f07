"""The clinician and the moderator at their browsers, with something to write about and to judge."""

import pytest
from django.test import Client

from tests import cast
from tests.remembered import remembered
from tests.reviewing import FOURTH, signed_in
from wiki.models import Page, Revision, User


@pytest.fixture
def at_desk(client, clinician):
    """Return the clinician's browser."""
    client.force_login(clinician)
    return client


@remembered
def other_page(clinician, moderator):
    """Return a published page that statements can name."""
    return cast.make_page(clinician, moderator, "Seizures", kind="symptom", aliases=("fits",))


@remembered
def source(clinician):
    """Return a source with the key pmid:22327515."""
    return cast.make_source(clinician)


@remembered
def waiting(published: Page, clinician: User) -> Revision:
    """Return a change of the page that waits for review."""
    return cast.submit(cast.make_edit(published, clinician), note="Plainer words.")


@pytest.fixture
def desk(moderator: User) -> Client:
    """Return the moderator's browser."""
    return signed_in(moderator)


@remembered
def stale(published: Page, waiting: Revision, colleague: User, moderator: User) -> Revision:
    """Return a change beside which another one went live, elsewhere on the page."""
    cast.approve(
        cast.submit(cast.make_edit(published, colleague, body=cast.document().body + FOURTH)), moderator
    )
    return waiting


@remembered
def clashing(published: Page, waiting: Revision, colleague: User, moderator: User) -> Revision:
    """Return a change beside which another one went live in the same place."""
    cast.approve(cast.submit(cast.make_edit(published, colleague, summary="A colleague's words.")), moderator)
    return waiting


@pytest.fixture
def stores_answers(settings):
    """Keep and send stored answers, as in production."""
    settings.STORES_ANSWERS = True
