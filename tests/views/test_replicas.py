"""Who reads from a replica. The database itself is the replica here: a schema in front of PostgreSQL's own
functions says what a replica says of its log. `tests/replica/` has a real one.
"""

import datetime as dt
import time
from threading import Timer
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import MiddlewareNotUsed
from django.db import InternalError, OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client

from tests import cast
from tests.views.doors import DOORS
from wiki.acts.reviewing import review
from wiki.acts.safety import protection, suppression
from wiki.models import FailedSearch, Page
from wiki.models.locks import lock_names, lock_site
from wiki.models.reading import replicas
from wiki.views.replicas import READING, ReadsFromReplicas

pytestmark = pytest.mark.django_db(transaction=True)

ALIAS = "replica-1"
PAGE = "/wiki/hypoparathyroidism/"
REPLICA = """
CREATE SCHEMA told;
CREATE TABLE told.replica AS SELECT true AS recovers, pg_current_wal_flush_lsn() AS place, 1 AS timeline;
UPDATE told.replica SET timeline = (SELECT timeline_id FROM pg_control_checkpoint());
CREATE FUNCTION told.pg_is_in_recovery() RETURNS bool LANGUAGE sql AS 'SELECT recovers FROM told.replica';
CREATE FUNCTION told.pg_last_wal_replay_lsn() RETURNS pg_lsn LANGUAGE sql AS 'SELECT place FROM told.replica';
CREATE FUNCTION told.pg_control_checkpoint() RETURNS TABLE (timeline_id int) LANGUAGE sql
    AS 'SELECT timeline FROM told.replica';
"""


class Replica:
    """What is told of the replica, and what it was asked."""

    def __init__(self):
        self.asked, self.fails = [], False
        connections[ALIAS].execute_wrappers.append(self)

    def __call__(self, execute, sql, *rest):
        if "wiki_" in sql or "advisory" in sql:
            self.asked.append(sql)
            if self.fails:
                raise OperationalError("terminating connection due to conflict with recovery")
        return execute(sql, *rest)

    def is_told(self, what):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE told.replica SET {what}")

    def stops(self):
        """Apply nothing from now on."""
        self.is_told("place = pg_current_wal_flush_lsn() - 0::numeric")

    def goes_on(self):
        """Apply all, whatever comes."""
        self.is_told("place = 'FFFFFFF/0'")

    def answers(self, path, client=None):
        """Return whether a replica is asked for an address, looked at just before."""
        replicas._look_at[:] = [replicas.LONG_AGO]
        replicas.look()
        self.asked.clear()
        response = (client or Client()).get(path)
        assert response.status_code == 200
        return bool(self.asked)


@pytest.fixture
def replica(settings, monkeypatch, transactional_db):
    path = "-c search_path=told,pg_catalog,public -c default_transaction_read_only=on"
    # A busy machine must not make it look behind. And in production a commit that is told is in the log.
    monkeypatch.setattr(replicas, "OLDEST", 60)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", "-c synchronous_commit=on")
    connection.close()
    settings.REPLICAS = [ALIAS]
    connections[ALIAS] = connection.copy(ALIAS)
    connections[ALIAS].settings_dict["OPTIONS"] = {"options": path}
    with connection.cursor() as cursor:
        cursor.execute(REPLICA)
    replicas.forget()
    one = Replica()
    one.goes_on()
    yield one
    connections[ALIAS].close()
    del connections[ALIAS]
    replicas.forget()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA told CASCADE")


def test_without_replicas_there_is_nothing_in_the_way(settings):
    assert settings.REPLICAS == []
    with pytest.raises(MiddlewareNotUsed):
        ReadsFromReplicas(lambda request: HttpResponse())


def test_a_view_reads_from_a_replica_once_that_is_known_to_follow(replica, published):
    first = Client().get(PAGE)

    assert (first.status_code, replica.asked) == (200, [])
    assert Client().get(PAGE).content == first.content
    assert any("wiki_publishedpage" in sql for sql in replica.asked)


@pytest.mark.parametrize("path", ["/accounts/profile/", "/review/", "/drafts/", "/notices/", PAGE + "edit/"])
def test_what_acts_begin_at_asks_the_primary(replica, published, at_desk, path):
    assert not replica.answers(path, at_desk)


def test_a_replica_that_falls_behind_is_left(replica, published, moderator, monkeypatch):
    assert replica.answers(PAGE)
    replica.stops()
    cast.make_source(moderator)
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + replicas.OLDEST + 1, sleep=time.sleep)
    monkeypatch.setattr(replicas, "time", later)

    assert not replica.answers(PAGE)
    assert replicas.report()[0]["role"] == "replica"
    replica.goes_on()
    assert replica.answers(PAGE)


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("recovers = false", "primary"),
        ("timeline = timeline + 1", "replica, not known to follow this primary"),
    ],
)
def test_what_is_no_replica_of_this_primary_is_not_read_from(replica, published, told, role):
    replica.is_told(told)

    assert not replica.answers(PAGE)
    assert replicas.report() == [{"name": ALIAS, "role": role, "seconds_behind_at_most": None}]


def test_a_replica_that_is_away_is_left_alone_for_a_while(replica, published, monkeypatch):
    assert replica.answers(PAGE)
    connections[ALIAS].close()
    monkeypatch.setitem(connections[ALIAS].settings_dict, "HOST", "/nowhere")

    assert Client().get(PAGE).status_code == 200
    assert not replica.answers(PAGE)
    assert Client().get("/readyz").json()["replicas"][0]["role"] == "away"
    assert replicas._known[ALIAS].ask_at > time.monotonic() + 5


def test_a_view_that_a_replica_breaks_off_is_answered_by_the_primary(replica, published):
    replica.fails = True

    assert replica.answers(PAGE)
    replica.asked.clear()
    assert Client().get(PAGE).status_code == 200
    assert replica.asked == []


def test_who_acted_is_answered_by_the_primary_until_the_replica_has_it(replica, published, at_desk):
    assert replica.answers(PAGE)
    replica.stops()
    assert at_desk.post(PAGE + "watch/").status_code == 302
    (acted,) = acted_cookies(at_desk)

    assert (acted["max-age"], acted["httponly"], acted["samesite"]) == (60, True, "Lax")
    assert not replica.answers(PAGE, at_desk)
    assert replica.answers(PAGE)
    replica.goes_on()
    assert replica.answers(PAGE, at_desk)


def acted_cookies(client):
    """Return the cookies with a position that a browser still keeps."""
    return [one for name, one in client.cookies.items() if name.startswith("acted-") and one.value]


def test_of_two_acts_at_once_the_later_counts_whichever_is_answered_last(replica, published, at_desk):
    assert replica.answers(PAGE)
    replica.stops()
    other_tab = Client(headers={"cookie": f"sessionid={at_desk.cookies['sessionid'].value}"})
    assert other_tab.post(PAGE + "watch/").status_code == 302
    replica.stops()
    assert at_desk.post(PAGE + "watch/").status_code == 302
    (later,) = acted_cookies(at_desk)
    (earlier,) = acted_cookies(other_tab)
    at_desk.cookies[earlier.key] = earlier.value

    assert int(earlier.key.rpartition("-")[2]) < int(later.key.rpartition("-")[2])
    assert not replica.answers(PAGE, at_desk)
    at_desk.post(PAGE + "watch/")
    assert len(acted_cookies(at_desk)) == 1


def test_who_acted_waits_a_moment_for_the_replica(replica, published, at_desk, monkeypatch):
    monkeypatch.setattr(replicas, "LONGEST_WAIT", 5)
    assert replica.answers(PAGE)
    replica.stops()
    replicas._known[ALIAS].applied = 0
    at_desk.post(PAGE + "watch/")

    def go_on():
        replica.goes_on()
        connection.close()

    Timer(0.05, go_on).start()
    replica.asked.clear()

    assert at_desk.get(PAGE).status_code == 200
    assert replica.asked


def test_a_position_that_was_not_signed_here_counts_for_nothing(replica, published):
    client = Client()
    client.cookies["acted-9999999999999999"] = "9999999999999999"

    assert replica.answers(PAGE, client)


def test_without_the_position_of_their_act_somebody_reads_from_the_primary(replica, published, at_desk):
    class Gone:
        def __call__(self, execute, sql, *rest):
            if "pg_current_wal" in sql:
                raise OperationalError("server closed the connection unexpectedly")
            return execute(sql, *rest)

    with connection.execute_wrapper(Gone()):
        assert at_desk.post(PAGE + "watch/").status_code == 302

    assert not replica.answers(PAGE, at_desk)


def test_what_is_stored_for_all_is_made_of_the_present(replica, published, settings):
    settings.STORES_ANSWERS = True
    assert replica.answers(PAGE)
    replica.stops()
    replicas._known[ALIAS].applied = 0

    assert not replica.answers(PAGE + "history/")
    assert replica.answers("/search/?q=calcium")
    replica.goes_on()
    assert replica.answers(PAGE + "links/")


def test_session_and_account_are_asked_of_the_primary(replica, published, at_desk):
    assert replica.answers(PAGE, at_desk)
    assert not any("django_session" in sql or 'FROM "wiki_user" WHERE' in sql for sql in replica.asked)

    Session.objects.all().delete()

    assert "Sign in" in at_desk.get(PAGE).content.decode()


def test_an_answer_from_a_replica_has_the_same_header_fields(replica, published):
    first = Client().get("/index/")

    assert replica.answers("/index/")
    again = Client().get("/index/")

    assert again.headers == first.headers
    assert not again.cookies


def test_a_search_that_found_nothing_is_counted_on_the_primary(replica, published):
    assert replica.answers("/search/?q=qwertzuiop")

    assert FailedSearch.objects.get().words == "qwertzuiop"


def test_a_failure_of_the_view_stays_one(replica, published):
    replicas.look()

    assert Client().get("/wiki/nowhere/").status_code == 404
    assert replica.asked


@pytest.mark.parametrize("lock", [lock_site, lambda: lock_names(exclusive=False)])
def test_an_advisory_lock_is_never_asked_of_a_replica(replica, lock):
    with replicas.reading(ALIAS), transaction.atomic(), pytest.raises(replicas.LockOnReplica):
        lock()


def test_writes_and_row_locks_in_a_view_that_reads_raise(replica, published):
    refused = (InternalError, replicas.LockOnReplica)
    for act in (
        lambda: Page.objects.create(),
        lambda: published.save(),
        lambda: Page.objects.select_for_update().get(),
        lambda: cast.make_source(published.publications.get().revision.author),
    ):
        with replicas.reading(ALIAS), pytest.raises(refused), transaction.atomic():
            act()
    published.save()


def test_readyz_tells_role_and_lag(replica):
    told = Client().get("/readyz")

    assert told.status_code == 200
    (one,) = told.json()["replicas"]
    assert one["role"] == "replica"
    assert one["seconds_behind_at_most"] < 1


def test_every_view_that_reads_is_an_address():
    assert set(DOORS) >= READING
    assert all(DOORS[name].post["moderator"] == 405 for name in READING)


A_MONTH_ON = dt.date.today() + dt.timedelta(30)
ACTS = {
    "suppress": ("remote_apply", lambda page, by: suppression.suppress(only(page), by=by, reason="Why.")),
    "take back": ("remote_apply", lambda page, by: review.unapprove(only(page), by=by, reason="Why.")),
    "protect": ("on", lambda page, by: protection.protect(page, until=A_MONTH_ON, reason="Why.", by=by)),
    "submit": (
        "on",
        lambda page, by: cast.submit(cast.make_edit(page, by), impact="safety", meaning="Do not take it."),
    ),
}


def only(page):
    return page.revisions.get().pk


@pytest.mark.parametrize("name", ACTS)
def test_the_commit_of_an_act_for_safety_waits_for_synchronous_replicas(replica, published, moderator, name):
    waits_for, act = ACTS[name]

    with transaction.atomic():
        act(published, moderator)
        assert commits_by() == waits_for
    assert commits_by() == "on"


@pytest.mark.parametrize(("impact", "waits"), [("safety", True), ("wording", False)])
def test_so_does_an_approval_for_safety(replica, published, clinician, moderator, impact, waits):
    change = cast.submit(cast.make_edit(published, clinician), impact=impact, meaning="Do not take it.")
    said = []

    def listen(execute, sql, *rest):
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        cast.approve(change, moderator)

    assert ("SET LOCAL synchronous_commit = remote_apply" in said) is waits


def commits_by():
    """Return what the commit of the present transaction waits for."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]


def test_an_act_for_safety_waits_until_no_replica_behind_it_is_read_from(
    replica, published, moderator, monkeypatch
):
    assert replica.answers(PAGE)
    replica.stops()
    monkeypatch.setattr(replicas, "OLDEST", 1.5)
    replicas._known[ALIAS] = replicas._Known("replica", 0, shows=time.monotonic())

    suppression.suppress(only(published), by=moderator, reason="Why.")

    assert replicas.choose() is None
