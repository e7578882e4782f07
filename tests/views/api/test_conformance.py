"""The programming interface (API) answers as its description says, to whatever is asked of it."""

import time

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as chance
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from tests import cast
from wiki.views.api.documentation import described
from wiki.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(published, clinician, moderator, settings):
    settings.API_A_MINUTE = 10**6
    # The test keeps its one connection, as Django's own test client sees to.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    cast.make_source(clinician)
    row = cast.statement(published, "causes")
    cast.make_page(clinician, moderator, "Cause", statements=(row,))
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def plain(environ, start_response):
    """Answer without compression: the tool reads none from a program that it calls itself."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start_response)


schema = schemathesis.openapi.from_dict(described())
schema.app = plain
FOUND = [one for one in schema.get_all_operations() if isinstance(one, Ok)]
OPERATIONS = {one.ok().label: one.ok() for one in FOUND}
# All of them together take so long at most; each its share, and at least one request.
SECONDS = 60
SHARE = SECONDS / (len(OPERATIONS) * len(GenerationMode))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_conform_to_the_openapi_description(label, mode):
    try:
        cases = OPERATIONS[label].as_strategy(generation_mode=mode)
        until, is_tried = time.monotonic() + SHARE, True

        @chance(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def answers(case):
            nonlocal is_tried
            # The first one, and one that failed when it comes again, are tried however late it is.
            if is_tried or time.monotonic() < until:
                is_tried = True
                case.call_and_validate()
                is_tried = False

        answers()
        assert not is_tried
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # any text would do
