"""Fixtures for all tests: a real PostgreSQL database, an empty cache, and people and pages by name."""

import gc
import inspect
import os
from collections.abc import Iterator
from typing import Any

import pytest
import xdist.scheduler
from django.conf import settings
from django.core.cache import caches
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as chance
from psycopg import sql

from tests import cast, database_template, tables
from tests.remembered import empty, note_patches, remember, watched
from wiki import page_views, postgres
from wiki.models import Page, Role, User
from wiki.models.queries import changes

# Playwright's loop runs in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A hundred examples, drawn anew each time; how long one takes is the machine's affair.
chance.register_profile("anew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
chance.load_profile("anew")
# Twenty times as many: `pytest --hypothesis-profile=deep`, for a night.
chance.register_profile("deep", max_examples=20 * chance.get_profile("default").max_examples, deadline=None)
# Half as many, the same each time: what a change lands by. A run by hand draws a hundred anew.
chance.register_profile("ci", chance.get_profile("ci"), max_examples=50)

# The slowest test files, the longest first; all others are quick.
LONG = (
    "journeys/test_every_page",
    "test_interleavings",
    "test_doors",
    "test_visibility",
    "test_random_merges",
    "journeys/",
    "test_stored_truth",
    "test_state_machine",
    "importing/",
    "management/",
    "test_errors_at_fields",
    "test_writing_errors",
    "library/test_images",
    "test_disguised_edits",
    "test_locking",
    "test_postgres",
    "test_hostile",
)

# Files that one worker runs, since they begin with the same rows, which take long to make.
TOGETHER = {
    f"importing/test_{name}.py": "starter" for name in ("starter", "starter_drawings", "search", "claims")
}

_server = pytest.StashKey[postgres.Running]()


def _drop(self: Any, test_database_name: str, verbosity: int) -> None:
    """Drop the database of a run that is over, even if a thread of a live server still holds on to it."""
    with self._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")


def pytest_collection_finish() -> None:
    """Look for garbage in cycles seldom: what was collected stays, and going through it took a twentieth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded PostgreSQL, unless DATABASE_URL names a server."""
    pytest.MonkeyPatch().setattr(DatabaseCreation, "_destroy_test_db", _drop)
    if settings.EMBEDDED_POSTGRES is not None:
        config.stash[_server] = postgres.start(settings.EMBEDDED_POSTGRES)
        pytest.MonkeyPatch().setattr(DatabaseCreation, "create_test_db", database_template.create_test_db)
        _drop_what_killed_runs_left()


class FilesTogether(xdist.scheduler.LoadFileScheduling):  # type: ignore[misc]  # it comes without types
    """Gives each file to one worker, and files that begin with the same rows to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return TOGETHER.get(file.removeprefix("tests/"), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    """Return what shares the files among the workers."""
    return FilesTogether(config, log)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Print a failure when it happens: a run that is stopped from outside prints no summary."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\n{report.when} of {report.nodeid} failed\n{report.longreprtext[-2000:]}", flush=True)  # noqa: T201


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: Any
) -> pytest.Item | None:
    """Collect a test that needs nothing but the rows of its tables as one test (`tests/tables.py`)."""
    if not inspect.isfunction(obj) or not name.startswith("test_") or tables.chooses_rows(collector.config):
        return None
    if (
        not isinstance(collector, pytest.Module)
        or (of_all_rows := tables.in_one(obj, collector.module)) is None
    ):
        return None
    item: pytest.Item = pytest.Function.from_parent(collector, name=name, callobj=of_all_rows)
    return item


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that at the end no worker waits for another.

    Raises UsageError if a test elsewhere has an argument with the name of a fixture of Playwright’s, such as
    `page` or `browser`: it would be given a browser, and run once for each.
    """
    if named := [item.nodeid for item in items if _opens_a_browser(item) and "journeys/" not in item.nodeid]:
        raise pytest.UsageError(f"Only tests/journeys opens a browser; rename an argument of {named}.")
    items.sort(key=_place)


def _opens_a_browser(item: pytest.Item) -> bool:
    return "browser_name" in getattr(getattr(item, "callspec", None), "params", ())


def _place(item: pytest.Item) -> int:
    return next((place for place, part in enumerate(LONG) if part in item.nodeid), len(LONG))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Release the embedded PostgreSQL server; the last test run that uses it stops it."""
    if server := config.stash.get(_server, None):
        server.stop()


def _drop_what_killed_runs_left() -> None:
    """Drop the databases of runs whose process is gone: each is named after its process."""
    with postgres.connect(postgres.TESTS) as connection:
        query = "SELECT datname FROM pg_database WHERE datname ~ '^test_causeway_[0-9]+'"
        for (name,) in connection.execute(query).fetchall():
            if not os.path.exists(f"/proc/{name.split('_')[2]}"):
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


@pytest.fixture(autouse=True, scope="session")
def _decodes_for_itself(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give tests decoding locks of their own, so that a server on the same machine cannot block them."""
    settings.DECODING_LOCKS = tmp_path_factory.mktemp("decoding")


@pytest.fixture(autouse=True, scope="session")
def _patched_for_all_tests() -> Iterator[None]:
    """Empty the database as its triggers allow, and list public changes at once; count further patches."""
    with pytest.MonkeyPatch.context() as patch:
        # Django empties tables by TRUNCATE, which the triggers that keep history refuse.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty())
        # Every test on every worker has a transaction open; the list would wait for it.
        patch.setattr(changes, "SETTLED", "TRUE")
        note_patches()
        yield


@pytest.fixture(autouse=True)
def _no_counts_are_carried_over() -> Iterator[None]:
    """Clear rate limits and page-view counts left by an earlier test."""
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()
    page_views.forget()


# The people whom a test may request by fixture name, in the order in which they are made.
PEOPLE = {
    # A reader.
    "reader": ("reader", Role.READER, "Sam Reader"),
    # Two clinicians, who write.
    "clinician": ("clinician", Role.CLINICIAN, "Dr Ines Albrecht", "endocrinologist"),
    "colleague": ("colleague", Role.CLINICIAN, "Dr Tomás Rey", "infectious diseases physician"),
    # Two moderators, who review.
    "moderator": ("moderator", Role.MODERATOR, "Dr Amara Osei", "neuroradiologist"),
    "second_moderator": ("second-moderator", Role.MODERATOR, "Dr Lena Fischer", "neuropathologist"),
    # An administrator, who grants roles.
    "administrator": ("admin", Role.ADMINISTRATOR, "Alex Admin"),
}


@pytest.fixture
def _watched(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Record which rows the database holds while fixtures and builders fill it."""
    with watched(may_repeat="django_capture_on_commit_callbacks" not in request.fixturenames):
        yield


@pytest.fixture
def _story(request: pytest.FixtureRequest, _watched: None) -> dict[str, Any]:
    """Return the people whom this test asks for, and the page if it asks for one."""
    names = tuple(name for name in (*PEOPLE, "published") if name in request.fixturenames)

    def begin() -> dict[str, Any]:
        story: dict[str, Any] = {name: cast.make_user(*PEOPLE[name]) for name in names if name in PEOPLE}
        if "published" in names:
            story["published"] = cast.make_page(story["clinician"], story["moderator"], "Hypoparathyroidism")
        return story

    return remember(names, begin)


def _person(name: str) -> Any:
    """Return the fixture of one of these people; a person requested during a test is made at that moment."""

    @pytest.fixture(name=name)
    def person(_story: dict[str, Any]) -> User:
        return _story.get(name) or cast.make_user(*PEOPLE[name])

    return person


reader, clinician, colleague, moderator, second_moderator, administrator = map(_person, PEOPLE)


@pytest.fixture
def published(_story: dict[str, Any], clinician: User, moderator: User) -> Page:
    """Return a published page."""
    return _story["published"]
