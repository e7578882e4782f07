"""No tag and no filter of ours asks the database: what a page shows, its view has loaded."""

import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from importlib import import_module
from inspect import unwrap
from types import CodeType, FrameType

import pytest
from django.db import connection
from django.template import Context, Library, Template
from django.test import Client

from tests.journeys.places import PLACES
from tests.journeys.world import build
from tests.remembered import kept_for_the_module
from wiki import templatetags
from wiki.models import Disclosure


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Return a wiki in which every page has something to show; it is built once."""
    with kept_for_the_module(django_db_blocker, build) as world:
        yield world


@pytest.fixture(autouse=True)
def _database(world, db):
    """Take back after each test what it did; the wiki of the module stays."""


def libraries() -> list[Library]:
    """Return every library of tags and filters of the wiki."""
    names = [one.name for one in pkgutil.iter_modules(templatetags.__path__)]
    return [import_module(f"{templatetags.__name__}.{name}").register for name in names]


# Renders a template, as Django's `include` does; what that asks is asked by it, not by the tag.
INCLUDES = "own_part"


def codes_of(library: Library) -> dict[CodeType, str]:
    """Return what Python runs for each tag and filter of a library, wherever it was written."""
    found = {**library.filters, **library.tags}
    return {unwrap(one).__code__: name for name, one in found.items() if name != INCLUDES}


CODES = {code: name for library in libraries() for code, name in codes_of(library).items()}


@contextmanager
def asked_by_tags() -> Iterator[list[str]]:
    """Yield the names of the tags and filters that asked the database, as they do."""
    asked: list[str] = []

    def note(execute, sql, params, many, context):
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code in CODES:
                asked.append(f"{CODES[frame.f_code]}: {sql[:200]}")
                break
            frame = frame.f_back
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_no_template_tag_queries_the_database(place, world):
    client = Client(raise_request_exception=False)
    if place.who in world.people:
        client.force_login(world.people[place.who])
    path = place.path.replace("{passkey}", "0")

    with place.at_its_time(), asked_by_tags() as asked:
        client.get(world.path(path))

    assert asked == []


def test_no_template_tag_queries_the_database_on_the_conflict_page(world):
    client = Client()
    client.force_login(world.people["moderator"])

    with asked_by_tags() as asked:
        answer = client.post(f"/review/{world.ids['clash']}/rebase/")

    assert answer.status_code == HTTPStatus.CONFLICT
    assert asked == []


def test_a_template_tag_that_queries_is_detected(world):
    person = world.people["tied"]
    template = Template("{% load causeway %}{{ declarations|by_system }}")

    with asked_by_tags() as asked, pytest.raises(TypeError):
        template.render(Context({"declarations": Disclosure.objects.filter(person=person)}))

    assert [one.partition(":")[0] for one in asked] == ["by_system"]


def test_every_tag_library_is_watched_for_queries():
    assert {"comparison", "causeway", "people"} <= {
        one.name for one in pkgutil.iter_modules(templatetags.__path__)
    }
    assert {"day", "within", "talk_of", "people_links"} <= {*CODES.values()}
