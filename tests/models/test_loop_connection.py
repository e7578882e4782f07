"""The connection of the event loop: it answers, gives up soon, and is whole again after whatever happened."""

import asyncio
import time

import pytest
from django.db import DatabaseError, connection

from tests.test_asgi import in_a_loop_of_its_own
from wiki.models.reading import loop_connection
from wiki.models.reading.loop_connection import LoopConnection

pytestmark = pytest.mark.django_db

# Says which question it answers, after so many seconds, and on which connection.
WAITS = b"SELECT $1::int, pg_backend_pid() FROM pg_sleep($2::float)"


@pytest.fixture
def asked():
    """Return what asks a connection in a loop of its own, and closes it."""
    one = LoopConnection(WAITS)

    def ask(questions):
        async def asks():
            try:
                return await questions(one)
            finally:
                one.close()

        return in_a_loop_of_its_own(asks())

    return ask


def no_rest(monkeypatch):
    monkeypatch.setattr(loop_connection, "SECONDS_OF_REST", 0.0)


def test_questions_asked_at_once_get_their_own_answers(asked):
    async def questions(one):
        return await asyncio.gather(*(one.row([str(number).encode(), b"0"]) for number in range(50)))

    rows = asked(questions)

    assert [number for number, _ in rows] == list(range(50))
    assert len({process for _, process in rows}) == 1


def test_nothing_found_is_none():
    async def question():
        one = LoopConnection(b"SELECT 1 WHERE $1 = 'yes'")
        found = [await one.row([b"no"]), await one.row([b"yes"])]
        one.close()
        return found

    assert in_a_loop_of_its_own(question()) == [None, (1,)]


def test_one_connection_answers_several_questions(asked):
    async def questions(one):
        others = [await one.row([str(number).encode()], b"SELECT $1::int + 1") for number in range(2)]
        return [*others, (await one.row([b"7", b"0"]))[0]]

    assert asked(questions) == [(1,), (2,), 7]


def test_another_loop_gets_another_connection(asked):
    one = LoopConnection(WAITS)

    async def question(_):
        return await one.row([b"1", b"0"])

    async def last(_):
        found = await one.row([b"1", b"0"])
        one.close()
        return found

    first, second = asked(question), asked(last)

    assert (first[0], second[0]) == (1, 1)
    assert first[1] != second[1]


def test_a_late_answer_is_given_up_and_nobody_waits_for_the_next(asked, monkeypatch):
    monkeypatch.setattr(loop_connection, "SECONDS_TO_ANSWER", 0.3)

    async def questions(one):
        await one.row([b"1", b"0"])
        begin = time.monotonic()
        with pytest.raises(DatabaseError, match="does not answer"):
            await one.row([b"2", b"20"])
        with pytest.raises(DatabaseError, match="a moment ago"):
            await one.row([b"3", b"0"])
        return time.monotonic() - begin

    assert asked(questions) < 10


def test_a_wrong_question_is_told_and_the_next_is_answered(asked, monkeypatch):
    no_rest(monkeypatch)

    async def questions(one):
        with pytest.raises(DatabaseError, match="invalid input syntax"):
            await one.row([b"many", b"0"])
        return await one.row([b"4", b"0"])

    assert asked(questions)[0] == 4


def test_a_connection_that_was_lost_is_made_anew(asked, monkeypatch):
    no_rest(monkeypatch)

    async def questions(one):
        _, process = await one.row([b"1", b"0"])
        await asyncio.to_thread(end, process)
        await asyncio.sleep(0.2)  # the loop sees it go while nobody asks
        return process, await one.row([b"2", b"0"])

    before, (number, after) = asked(questions)

    assert number == 2
    assert before != after


def test_a_connection_lost_under_a_question_is_told(asked, monkeypatch):
    no_rest(monkeypatch)

    async def questions(one):
        _, process = await one.row([b"1", b"0"])
        late = asyncio.ensure_future(one.row([b"2", b"20"]))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(end, process)
        with pytest.raises(DatabaseError):
            await late
        return await one.row([b"3", b"0"])

    assert asked(questions)[0] == 3


def test_a_question_given_up_does_not_answer_the_next(asked):
    async def questions(one):
        await one.row([b"1", b"0"])
        gone = asyncio.ensure_future(one.row([b"2", b"0.2"]))
        await asyncio.sleep(0.05)
        gone.cancel()
        return await one.row([b"3", b"0"])

    assert asked(questions)[0] == 3


def test_nothing_stays_prepared_behind_a_pooler(asked, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    async def questions(one):
        prepared = LoopConnection(b"SELECT count(*) FROM pg_prepared_statements WHERE $1 = ''")
        found = await prepared.row([b""])
        prepared.close()
        return found

    assert asked(questions) == (0,)


def end(process):
    """End a connection of the server, from one of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    connection.close()
