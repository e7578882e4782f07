"""What readers, scripts and monitors are told when the database is away, or something breaks."""

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from wiki.views import access


class _State(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def failing(problem):
    def fail(*args):
        raise problem

    return connection.execute_wrapper(fail)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


AWAY = OperationalError("connection refused")


@pytest.mark.parametrize("path", ["/", "/wiki/anything/", "/search/?q=a", "/accounts/login/"])
def test_a_page_gets_503_when_the_database_is_away(db, visitor, path):
    visitor.cookies["sessionid"] = "somebody"
    with failing(AWAY):
        answer = visitor.get(path)

    if path == "/accounts/login/" and answer.status_code == 200:
        return
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "The wiki is not available at the moment" in answer.content.decode()
    assert visitor.get("/").status_code == 200


def test_a_script_gets_503_with_a_sentence_when_the_database_is_away(db, visitor):
    with failing(AWAY):
        answer = visitor.get("/", headers={"Accept": "application/json"})

    assert answer.status_code == 503
    assert answer.json()["sentence"] == access.AWAY


def test_another_error_gets_500_with_an_apology(db, visitor):
    with failing(ValueError("a bug")):
        answer = visitor.get("/")
        script = visitor.get("/", headers={"Accept": "application/json"})

    assert answer.status_code == 500
    assert "Sorry, there is a problem with the wiki" in answer.content.decode()
    assert script.json()["sentence"] == access.BROKEN


def test_readyz_reports_that_the_database_is_away(db, visitor):
    with failing(AWAY):
        ready, alive = visitor.get("/readyz"), visitor.get("/healthz")

    assert (ready.status_code, ready.json()) == (503, {"status": "the database is away"})
    assert alive.status_code == 200
    assert visitor.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("cause", "away"),
    [
        (psycopg.OperationalError("connection failed"), True),
        (_State("08006"), True),
        (_State("57P01"), True),
        (_State("57P03"), True),
        (_State("53300"), True),
        (_State("40P01"), False),
        (_State("55P03"), False),
        (_State("57014"), False),
    ],
)
def test_a_deadlock_does_not_count_as_an_outage(cause, away):
    problem = OperationalError("no")
    problem.__cause__ = cause

    assert access.database_is_away(problem) is away
    assert access.database_is_away(InterfaceError("connection already closed"))
    assert not access.database_is_away(ValueError("no"))
