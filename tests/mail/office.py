"""A mail server for tests, which answers as it is told to."""

import asyncio
import datetime as dt
import email
import email.message
import os
import signal
import socket
from email.policy import default

from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.db.models import F

from wiki.models import Letter

LATER = dt.timedelta(hours=4)


class Office:
    """A mail server that takes what it gets, unless it was told to answer otherwise."""

    def __init__(self) -> None:
        self.taken: list[email.message.EmailMessage] = []
        self.lines: list[bytes] = []
        self.at_recipient: list[str] = []
        self.at_text: list[str] = []
        self.cuts = False
        self.hangs_up = False
        self.kills = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.open()

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        self.is_open = True

    def close(self) -> None:
        if self.is_open:
            self.controller.stop()
        self.is_open = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  its name there
        if self.hangs_up:
            self.hangs_up = False
            server.transport.abort()
        if self.at_recipient:
            return self.at_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  its name there
        if self.kills:
            os.kill(self.kills, signal.SIGKILL)
            await asyncio.sleep(60)
        if self.at_text:
            return self.at_text.pop(0)
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        self.lines += envelope.content.splitlines()
        if self.cuts:
            server.transport.abort()
        return "250 OK"


def hours_go_by():
    """Let time pass for the box: the clock of the acts is the database's own."""
    Letter.objects.update(send_at=F("send_at") - LATER, tried_at=F("tried_at") - LATER)
    cache.clear()
