"""The application as the server runs it: a body is complete before a thread takes it up."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from wiki import asgi
from wiki.models.reading.stored_answers import IN_LOOP

FORM = (b"content-type", b"application/x-www-form-urlencoded")


def in_a_loop_of_its_own(waits: Coroutine[Any, Any, Any]) -> Any:
    """Return what comes of it, in another thread: a browser test of this process may have a loop running."""

    async def then_closes() -> Any:
        try:
            return await waits
        finally:
            IN_LOOP.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, then_closes()).result()


def scope(method="GET", path="/healthz", headers=(), query=b"", **more):
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [(b"host", b"testserver"), *headers],
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 5000),
        "scheme": "http",
        **more,
    }


def ask(asked, *messages, timeout=10):
    """Return status, header fields and body of the answer; after `messages` the browser falls silent."""

    async def run():
        sent, coming = [], list(messages or [{"type": "http.request"}])

        async def receive():
            return coming.pop(0) if coming else await asyncio.sleep(3600)

        async def send(message):
            sent.append(message)

        await asyncio.wait_for(asgi.application(asked, receive, send), timeout)
        return sent

    sent = in_a_loop_of_its_own(run())
    if not sent:
        return None
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])


def body(data, *, more=False):
    return {"type": "http.request", "body": data, "more_body": more}


@pytest.fixture
def seen(monkeypatch):
    """Let a WSGI application of ours answer, and keep what it was asked."""
    asked = []

    def wsgi(environ, start_response):
        asked.append(
            {**environ, "read": environ["wsgi.input"].read(), "thread": threading.current_thread().name}
        )
        start_response("201 Created", [("Content-Type", "text/plain"), ("X-One", "1")])
        return [b"first ", b"second"]

    monkeypatch.setattr(asgi, "wsgi", wsgi)
    return asked


def test_a_request_becomes_a_wsgi_environ(seen):
    headers = [FORM, (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-forwarded-for", b"1.2.3.4")]
    asked = scope("POST", "/wiki/%C3%B6l/", headers, b"q=%00")

    answer = ask(asked, body(b"a=", more=True), body(b"b"))

    assert answer == (201, {b"content-type": b"text/plain", b"x-one": b"1"}, b"first second")
    (environ,) = seen
    assert environ["read"] == b"a=b"
    assert environ["CONTENT_LENGTH"] == "3"
    assert environ["PATH_INFO"] == "/wiki/öl/".encode().decode("latin-1")
    assert environ["QUERY_STRING"] == "q=%00"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "1.2.3.4"
    assert environ["CONTENT_TYPE"] == "application/x-www-form-urlencoded"
    assert environ["REMOTE_ADDR"] == "192.0.2.7"
    assert environ["thread"].startswith("request")


def test_a_field_whose_name_could_pass_for_another_is_dropped(seen):
    ask(scope(headers=[(b"x_forwarded_for", b"6.6.6.6"), (b"transfer-encoding", b"chunked")]))

    assert not {"HTTP_X_FORWARDED_FOR", "HTTP_TRANSFER_ENCODING"} & set(seen[0])


def test_a_half_sent_body_times_out_before_reaching_the_application(seen, monkeypatch):
    monkeypatch.setattr(asgi, "SECONDS_FOR_A_BODY", 0.05)

    status, headers, said = ask(scope("POST", headers=[(b"content-length", b"100")]), body(b"abc", more=True))

    assert (status, headers[b"connection"]) == (408, b"close")
    assert b"did not come to its end" in said
    assert seen == []


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"99")]])
def test_a_body_that_is_too_large_is_refused(seen, monkeypatch, headers):
    monkeypatch.setattr(asgi, "MOST_BYTES", 10)

    status, _, said = ask(scope("POST", headers=headers), body(b"a" * 11))

    assert status == 413
    assert b"too large" in said
    assert seen == []


def test_what_is_refused_early_under_the_api_is_a_problem_document(seen, monkeypatch):
    monkeypatch.setattr(asgi, "MOST_BYTES", 10)

    status, headers, said = ask(scope("POST", "/api/v1/pages"), body(b"a" * 11))

    assert (status, headers[b"content-type"]) == (413, b"application/problem+json")
    assert json.loads(said)["detail"] == "This is too large. Send less at once."


def test_a_disconnected_client_gets_no_answer(seen):
    assert ask(scope("POST"), body(b"a", more=True), {"type": "http.disconnect"}) is None
    assert seen == []


def test_a_large_body_is_kept_on_disk(seen):
    data = b"x" * (asgi.IN_MEMORY + 1)

    ask(scope("POST"), body(data))

    assert seen[0]["read"] == data


def test_other_scopes_than_http_are_ignored(seen):
    assert ask({"type": "lifespan"}) is None


def test_an_abandoned_answer_is_closed(monkeypatch):
    closed = []

    class ClosableAnswer(list[bytes]):
        def close(self):
            closed.append(True)

    def wsgi(environ, start_response):
        start_response("200 OK", [])
        return ClosableAnswer([b"a"])

    monkeypatch.setattr(asgi, "wsgi", wsgi)

    async def run():
        async def receive():
            return {"type": "http.request"}

        async def send(message):
            raise RuntimeError("gone")

        await asgi.application(scope(), receive, send)

    in_a_loop_of_its_own(run())

    assert closed == [True]
