"""The excerpts of published data sets, loaded once for the tests of a module."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.remembered import around_tests
from wiki.importing.data_sets.disease_ontology import DiseaseOntologyFiles
from wiki.importing.data_sets.hpo import HpoFiles
from wiki.importing.data_sets.loading import load

EXCERPT = Path(__file__).parent / "excerpt"


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), around_tests():
        load(HpoFiles(EXCERPT / "hpo", EXCERPT / "mondo"), progress=print)
        load(DiseaseOntologyFiles(EXCERPT / "do", "2026-08-19"), progress=print)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def data_sets(_loaded: None, db: None) -> None:
    """Load both data sets. What a test does is undone."""
