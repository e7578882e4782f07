"""A connection to the database that the server's event loop asks itself, so that no thread is woken.

It speaks to libpq by `psycopg.pq`: most readers wait for one question and little else.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

import psycopg
from django.db import DatabaseError, connections
from psycopg import pq
from psycopg.adapt import Transformer

# Whoever waits longer than this goes the usual way, where a designed answer says that the database is away.
SECONDS_TO_ANSWER: Final = 1.0
# After a failure nobody asks here again for so long.
SECONDS_OF_REST: Final = 1.0
NAME: Final = b"causeway-%d"

type Parameters = Sequence[bytes | None]


class LoopConnection:
    """A few statements, asked on a connection of one event loop.

    It connects when it is first asked, and anew after a failure or in another loop. Questions wait for each
    other, since the database answers one in far less than a millisecond.
    """

    def __init__(self, statement: bytes) -> None:
        """Take a statement whose parameters are numbered ($1). Nothing is connected yet."""
        self._statement = statement
        # The names of the statements that are prepared on the present connection.
        self._named: dict[bytes, bytes] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = asyncio.Lock()
        self._server: pq.abc.PGconn | None = None
        self._socket = -1
        self._prepares = False
        self._rows = Transformer()
        self._answer: asyncio.Future[pq.abc.PGresult] | None = None
        self._asked_at = self._rests_until = 0.0
        self._watch: asyncio.TimerHandle | None = None

    async def row(self, parameters: Parameters, statement: bytes = b"") -> tuple[Any, ...] | None:
        """Return the first row of the answer, None if there is none; raises `DatabaseError`.

        The parameters are in PostgreSQL's text form. `statement` is asked instead of the usual one.
        """
        statement = statement or self._statement
        if (loop := asyncio.get_running_loop()) is not self._loop:
            self._begin_anew(loop)
        if time.monotonic() < self._rests_until:
            raise DatabaseError("the database did not answer a moment ago")
        try:
            async with self._lock:
                server = self._server or await self._connect(loop)
                if self._prepares:
                    name = self._named.get(statement) or await self._prepare(server, loop, statement)
                    server.send_query_prepared(name, parameters, result_format=pq.Format.BINARY)
                else:
                    server.send_query_params(statement, parameters, result_format=pq.Format.BINARY)
                result = await self._result(server, loop)
        except (psycopg.Error, OSError, TimeoutError) as problem:
            self._rests_until = time.monotonic() + SECONDS_OF_REST
            self.close()
            raise DatabaseError(str(problem)) from problem
        except asyncio.CancelledError:
            self.close()  # what it was asked is still under way
            raise
        self._rows.set_pgresult(result)
        return self._rows.load_row(0, tuple) if result.ntuples else None

    def close(self) -> None:
        """Let the connection go, with whatever was asked."""
        server, self._server, self._answer = self._server, None, None
        if server:
            if self._loop:
                self._loop.remove_reader(self._socket)
            server.finish()

    def _begin_anew(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin in a loop; what belongs to the loop before it has ended with it."""
        if self._server:
            self._server.finish()
        self._loop, self._lock = loop, asyncio.Lock()
        self._server = self._answer = self._watch = None
        self._rests_until = 0.0

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> pq.abc.PGconn:
        """Connect as Django does."""
        ours = connections["default"].get_connection_params()
        given = {name: value for name, value in ours.items() if name not in {"cursor_factory", "context"}}
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            connection = await psycopg.AsyncConnection.connect(**given, autocommit=True)
        self._server = server = connection.pgconn
        self._rows = Transformer(connection)
        self._named = {}
        self._prepares = not connections["default"].settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
        self._socket = server.socket  # a connection that was lost cannot say it any more
        loop.add_reader(self._socket, self._take)
        return server

    async def _prepare(
        self, server: pq.abc.PGconn, loop: asyncio.AbstractEventLoop, statement: bytes
    ) -> bytes:
        """Prepare a statement that is asked for the first time; return its name."""
        name = NAME % len(self._named)
        server.send_prepare(name, statement)
        await self._result(server, loop)
        self._named[statement] = name
        return name

    async def _result(self, server: pq.abc.PGconn, loop: asyncio.AbstractEventLoop) -> pq.abc.PGresult:
        """Send what is to be sent and return what comes of it; raises `TimeoutError`, `psycopg.Error`."""
        answer: asyncio.Future[pq.abc.PGresult] = loop.create_future()
        self._answer = answer
        self._asked_at = loop.time()
        if self._watch is None:
            self._watch = loop.call_later(SECONDS_TO_ANSWER, self._look, loop)
        server.flush()  # a question is far shorter than what a socket takes at once
        result = await answer
        if result.status not in {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}:
            raise psycopg.OperationalError(result.get_error_message())
        return result

    def _take(self) -> None:
        """Take what the database has sent. The loop calls this when there is something to read."""
        server, answer = self._server, self._answer
        if server is None:
            return
        try:
            server.consume_input()
            if server.is_busy():
                return
            result = server.get_result()
            while server.get_result() is not None:
                pass
        except psycopg.Error as problem:
            if answer is None or answer.done():
                self.close()  # it went while nobody asked
            else:
                answer.set_exception(problem)
            return
        if answer and result and not answer.done():
            answer.set_result(result)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """See whether the database is late with an answer; one watch for all questions is cheap."""
        self._watch, answer = None, self._answer
        if answer is None or answer.done():
            return
        left = self._asked_at + SECONDS_TO_ANSWER - loop.time()
        if left <= 0:
            answer.set_exception(TimeoutError("the database does not answer"))
        else:
            self._watch = loop.call_later(left, self._look, loop)
