"""The starter content, loaded once for all tests of this folder that one process runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.remembered import around_tests, remember, watched
from wiki.acts.people import demo_accounts
from wiki.importing import page_loads, starter
from wiki.models.search.ranking import count_words


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """Load the starter content for the tests of one module, then undo it; return how many pages came."""
    with django_db_blocker.unblock(), around_tests(), watched():
        yield remember("starter content", _load)
        transaction.set_rollback(True)


def _load() -> int:
    demo_accounts.begin_demo()
    demo_accounts.ensure_demo_accounts("a-password-of-mine")
    pages = starter.load()
    count_words()  # as the regular job does: scores depend on it
    return pages


@pytest.fixture
def starter_wiki(loaded: int, db: None) -> int:
    """Return how many pages the wiki with the starter content was loaded with. What a test does is undone."""
    return loaded


@pytest.fixture
def load(db):
    def load(files, **options):
        return page_loads.load(files, note="Imported.", **options).pages

    return load
