"""The ASGI application: reads each request completely before a thread handles it.

A thread that reads from a connection waits as long as whoever sends; sixteen who send half a form and fall
silent would hold sixteen threads, and all readers with them. Here the event loop reads, within a time that
grows with what was announced, and Django's WSGI application gets a request that is complete.
"""

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.conf import settings

from wiki.wsgi import application as wsgi

# Its models need the application.
from wiki.views import signed_in_answers  # isort: skip
from wiki.views.api.problems import CONTENT_TYPE, problem  # isort: skip
from wiki.views.stored_answers import COUNTED, LOOKED_UP, READS, Ready, encoded, has_work, ready_for, work  # isort: skip

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

# A picture of 15 MB, what is said of it, and the form around it.
MOST_BYTES: Final = 20_000_000
IN_MEMORY: Final = 256_000
# The time allowed for a body: a fixed minimum, and more in proportion to its size at a slow rate.
SECONDS_FOR_A_BODY: Final = 15
BYTES_A_SECOND: Final = 50_000
# The longest time that a client which stops reading can hold a thread.
SECONDS_TO_SEND: Final = 60

_threads = ThreadPoolExecutor(settings.THREADS, thread_name_prefix="request")
_log = logging.getLogger(__name__)


class _Refused(Exception):
    """A request that is refused early, with status and sentence."""


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    line = _request_line(scope)
    looks = scope["method"] in READS and not _has_body(scope["headers"])
    if looks and (ready := await ready_for(line) or await signed_in_answers.ready_for(line)):
        await _send_ready(send, ready)
        if has_work():
            await asyncio.get_running_loop().run_in_executor(_threads, work)
        return
    with _place_for_body(scope) as body:
        try:
            length = await _read(scope, receive, body)
        except _Refused as refusal:
            await _answer(send, line["PATH_INFO"], *refusal.args)
            return
        if length is None:
            return
        body.seek(0)
        environ = _environ(scope, line, body, length)
        if looks:
            environ[LOOKED_UP] = True
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(_threads, _run, environ, _sender(send, loop))
    if made:
        # What it holds is let go of, however slowly it is taken.
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_SEND):
                await _send_ready(send, made)
        if made.finish:
            await loop.run_in_executor(_threads, made.finish)


def _place_for_body(scope: Scope) -> Any:
    """Return a file in which to keep the body: in memory, unless it is a large one."""
    return io.BytesIO() if scope["method"] in READS else tempfile.SpooledTemporaryFile(IN_MEMORY)


async def _read(scope: Scope, receive: Receive, body: Any) -> int | None:
    """Copy the body of a request; return its length, None if the client disconnected."""
    announced = _announced(scope["headers"])
    if announced > MOST_BYTES:
        raise _Refused(413, "This is too large. Send less at once.")
    length = 0
    try:
        async with asyncio.timeout(SECONDS_FOR_A_BODY + announced / BYTES_A_SECOND):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                length += len(part := message.get("body", b""))
                body.write(part)
                if length > MOST_BYTES:
                    raise _Refused(413, "This is too large. Send less at once.")
                if not message.get("more_body"):
                    return length
    except TimeoutError:
        raise _Refused(408, "The request did not come to its end in time. Send it again.") from None


def _announced(headers: Headers) -> int:
    """Return the announced length of a body; 0 if none is announced."""
    said = next((value for name, value in headers if name.lower() == b"content-length"), b"")
    return int(said) if said.isdigit() else 0


async def _answer(send: Send, path: str, status: int, sentence: str) -> None:
    """Answer with a sentence and close the connection, because the announced body may still arrive."""
    body, kind = sentence.encode(), "text/plain; charset=utf-8"
    if path.startswith(COUNTED):
        body, kind = problem(status, sentence).content, CONTENT_TYPE
    headers = [(b"content-type", kind.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send_ready(send: Send, ready: Ready) -> None:
    """Send an answer that is complete; no thread waits for whoever is slow to take it."""
    try:
        await send({"type": "http.response.start", "status": ready.status, "headers": ready.headers})
        await send({"type": "http.response.body", "body": ready.body})
    except (RuntimeError, OSError) as problem:
        _log.info("an answer was not taken: %r", problem)


def _request_line(scope: Scope) -> dict[str, Any]:
    """Return what is asked, where and how, as WSGI has it (PEP 3333): bytes as text of Latin-1."""
    path, (host, port) = scope.get("raw_path") or scope["path"].encode(), scope.get("server") or ("", None)
    fields = _header_fields(scope["headers"])
    fields["REQUEST_METHOD"] = scope["method"]
    fields["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
    fields["QUERY_STRING"] = scope["query_string"].decode("latin-1")
    fields["SERVER_NAME"] = str(host)
    fields["SERVER_PORT"] = str(port or "")
    fields["wsgi.url_scheme"] = scope.get("scheme", "http")
    return fields


def _environ(scope: Scope, line: dict[str, Any], body: Any, length: int) -> dict[str, Any]:
    """Return the whole of a request as WSGI has it."""
    return line | {
        "SCRIPT_NAME": scope.get("root_path", ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str((scope.get("client") or ("",))[0]),
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


@lru_cache(maxsize=200)
def _wsgi_name(name: bytes) -> str | None:
    """Return the WSGI name of a header; None for one that is dropped: with an underscore, or of the body."""
    key = name.decode("latin-1").upper().replace("-", "_")
    if b"_" in name or key in {"CONTENT_LENGTH", "TRANSFER_ENCODING"}:
        return None
    return key if key == "CONTENT_TYPE" else f"HTTP_{key}"


def _has_body(headers: Headers) -> bool:
    return any(name.lower() in {b"content-length", b"transfer-encoding"} for name, _ in headers)


def _header_fields(headers: Headers) -> dict[str, str]:
    """Return headers under their WSGI names."""
    fields: dict[str, str] = {}
    for name, value in headers:
        if (key := _wsgi_name(name)) is None:
            continue
        between = "; " if key == "HTTP_COOKIE" else ","
        said = value.decode("latin-1")
        fields[key] = f"{fields[key]}{between}{said}" if key in fields else said
    return fields


def _sender(send: Send, loop: asyncio.AbstractEventLoop) -> Callable[[dict[str, Any]], None]:
    """Return the function with which a thread sends a part of its response."""

    async def sent(message: dict[str, Any]) -> None:
        await send(message)

    return lambda message: asyncio.run_coroutine_threadsafe(sent(message), loop).result(SECONDS_TO_SEND)


def _run(environ: dict[str, Any], send: Callable[[dict[str, Any]], None]) -> Ready | None:
    """Run Django in a thread; return its answer if it is complete, else send it part by part."""
    started: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[..., None]:
        started[:] = int(status[:3]), encoded(headers)
        return lambda data: None

    parts: Iterable[bytes] = wsgi(environ, start_response)
    close = getattr(parts, "close", None)
    if getattr(parts, "streaming", True):
        _send_parts(environ, started, parts, send)
        if close:
            close()
        return None
    status, fields = started
    return Ready(status, fields, b"".join(parts), close)


def _send_parts(
    environ: dict[str, Any],
    started: list[Any],
    parts: Iterable[bytes],
    send: Callable[[dict[str, Any]], None],
) -> None:
    """Send an answer as it is made; a failure to send means that the client is gone."""
    status, headers = started
    try:
        send({"type": "http.response.start", "status": status, "headers": headers})
        for part in parts:
            send({"type": "http.response.body", "body": part, "more_body": True})
        send({"type": "http.response.body", "body": b""})
    except (RuntimeError, OSError, TimeoutError) as problem:
        _log.info("%s: the answer was not taken: %r", environ["PATH_INFO"], problem)
