"""Readers of a real replica: what they did themselves, what is withheld, a replica that stops."""

import time

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.replica.servers import ALIAS
from wiki.acts.safety import corrections, suppression
from wiki.models import Role
from wiki.models.reading import replicas

pytestmark = pytest.mark.slow

PAGE = "/wiki/hypoparathyroidism/"
ROUNDS = 400
PASSAGE = "A second paragraph."


@pytest.fixture(scope="module")
def people(pair):
    clinician = cast.make_user("clinician", Role.CLINICIAN)
    moderators = [cast.make_user(f"moderator-{number}", Role.MODERATOR) for number in range(3)]
    cast.make_page(clinician, moderators[0], "Hypoparathyroidism")
    return clinician, *moderators


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def introduces(writer, words):
    """Let somebody say of themselves what everybody can read."""
    answer = writer.post(reverse("profile"), {"name": "Dr Clinician", "about": words, "shown": "name"})
    assert answer.status_code == 302


def look_again():
    replicas._look_at[:] = [replicas.LONG_AGO]
    replicas.look()


@pytest.fixture
def asked(pair, people, monkeypatch):
    """Return where each view was read, the newest last; None is the primary."""
    asked, choose = [], replicas.choose

    def noted(*given):
        asked.append(choose(*given))
        return asked[-1]

    monkeypatch.setattr(replicas, "choose", noted)
    look_again()
    return asked


@pytest.fixture
def paused(pair):
    """Let the replica apply nothing, from here on until the test is over."""
    pair.pause()
    yield
    pair.resume()


@pytest.fixture
def late(pair):
    """Let the replica be so late that whoever reads at once after an act would not see it there."""
    pair.apply_late(100)
    yield
    pair.apply_late(0)


def test_nobody_reads_a_state_before_their_own_act(pair, people, late, asked):
    writer, path = signed_in(people[0]), f"/people/{people[0].username}/"
    stale = 0

    for number in range(ROUNDS):
        said = f"Round {number} is over."
        introduces(writer, said)
        stale += said not in writer.get(path).content.decode()

    assert stale == 0
    assert asked.count(ALIAS) > 0


def test_who_has_not_acted_reads_from_a_replica_that_stops_for_two_seconds_at_most(
    pair, people, asked, paused
):
    writer, path = signed_in(people[0]), f"/people/{people[0].username}/"
    began = time.monotonic()
    introduces(writer, "Said while it stands still.")

    assert "Said while it stands still." in writer.get(path).content.decode()
    assert asked.pop() is None
    seen: list[bool] = []
    while not seen or time.monotonic() < began + replicas.OLDEST:
        seen.append("Said while it stands still." in Client().get(path).content.decode())
    assert asked[0] == ALIAS
    assert not seen[0]
    assert "Said while it stands still." in Client().get(path).content.decode()
    assert asked[-1] is None


def test_an_idle_primary_does_not_look_stale(pair, people, asked):
    time.sleep(replicas.OLDEST)
    look_again()

    assert replicas.report()[0]["seconds_behind_at_most"] < replicas.OLDEST
    Client().get(PAGE)
    assert asked[-1] == ALIAS


def test_what_is_withheld_is_shown_by_no_replica_after_the_act(pair, people, asked):
    author, *moderators = people
    page = cast.make_page(author, moderators[0], "Withheld at once")
    path, readers = page.published_page.get_absolute_url(), [Client(), signed_in(author)]
    proposed = corrections.propose(page, passage=PASSAGE, replacement="", reason="Wrong.", by=moderators[0])
    pair.catch_up()
    look_again()
    assert [PASSAGE in reader.get(path).content.decode() for reader in readers] == [True, True]
    assert asked == [ALIAS, ALIAS]

    pair.pause()
    try:
        corrections.second(proposed.pk, by=moderators[1], digest=proposed.digest)
        shown = [PASSAGE in reader.get(path).content.decode() for reader in readers * 3]
    finally:
        pair.resume()

    assert not any(shown)
    assert not any(asked[2:])


def test_a_synchronous_replica_withholds_what_the_act_said_is_withheld(pair, people, late, asked):
    author, moderator, *_ = people
    pair.make_synchronous()
    try:
        for number in range(5):
            page = cast.make_page(author, moderator, f"Hidden, number {number}")
            path = page.published_page.get_absolute_url()
            pair.catch_up()
            look_again()
            assert PASSAGE in Client().get(path).content.decode()
            assert asked[-1] == ALIAS

            suppression.suppress(page.revisions.get().pk, by=moderator, reason="It names somebody.")

            with replicas.reading(ALIAS):
                assert Client().get(path).status_code == 404
    finally:
        pair.make_synchronous("")


def test_a_replica_refuses_to_write_and_to_lock_rows(pair, people):
    with replicas.reading(ALIAS), connections[ALIAS].cursor() as cursor:
        for statement in ("DELETE FROM wiki_visits", "SELECT FROM wiki_page FOR UPDATE"):
            with pytest.raises(Exception, match=r"read-only transaction|does not exist"):
                cursor.execute(statement)
