"""Letters: written in the transaction of an act, sent once it is committed, and never twice.

All mail of the wiki goes this way. A letter is marked and committed before the mail server gets it. Whoever
dies after that leaves a letter of which nobody knows whether it was taken: it is not tried again, and
administrators see it.
"""

import datetime as dt
import email.message
import logging
import smtplib
from collections.abc import Iterable
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import Policy
from email.policy import default as default_policy
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.tasks import task

from wiki.mail import present, unsubscribe
from wiki.mail.audience import ACCOUNT
from wiki.mail.smtp import CutOff
from wiki.models import Event, Letter, Mailing, Revision, Sending, User, clock
from wiki.models.events import SUPPRESSING
from wiki.models.queries.event_filters import PUBLIC
from wiki.policy.permissions import lacks_second_factor

logger = logging.getLogger(__name__)

# The wait after each refusal by the mail server; after the last one the letter is given up.
WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 25, 125)]
# Longer than any mail server takes to answer: the process that was sending the letter has died.
GONE_AFTER = dt.timedelta(minutes=15)
_DOWN, _DOWN_FOR = "mail-server-is-down", 60


def letter_to(
    person: User, *, subject: str, body: str, why: str, ref: str, event: Event | None = None
) -> Letter:
    """Return an unsaved letter to a person, with an unsubscribe link unless it is about their account."""
    letter = _written(person, address=person.email, subject=subject, body=body, ref=ref, event=event)
    if why != ACCOUNT:
        way_out = f"{settings.SITE_URL}{unsubscribe.address_to_stop(person, why)}"
        letter.headers |= {
            "List-Unsubscribe": _list_unsubscribe(way_out),
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        letter.body = (
            f"{body}\n-- \nNo more of these, in one click: {way_out}\n"
            f"Notification settings: {settings.SITE_URL}/watching/\n"
        )
    return letter


def letter_to_address(
    address: str, *, subject: str, body: str, ref: str, person: User | None = None
) -> Letter:
    """Return an unsaved letter to an address: a reader's, or one that is not confirmed yet.

    `person` is whose account it is about, where there is one.
    """
    return _written(person, address=address, subject=subject, body=body, ref=ref)


def _written(
    person: User | None, *, address: str, subject: str, body: str, ref: str, event: Event | None = None
) -> Letter:
    now = event.at if event else clock.now()
    return Letter(
        recipient=person,
        address=address,
        event=event,
        subject=" ".join(subject.split())[:250],
        body=body,
        headers={
            "Message-ID": f"<{uuid4().hex}@{_host()}>",
            "Auto-Submitted": "auto-generated",
            **_thread_of(event),
        },
        ref=ref,
        made_at=now,
        send_at=now,
    )


def _thread_of(event: Event | None) -> dict[str, str]:
    """Return the headers by which a mail program puts all letters about one submission together.

    They answer a message that was never sent: a person may hear first of any act.
    """
    if event is None or event.revision_id is None:
        return {}
    first = f"<submission-{event.revision_id}@{_host()}>"
    return {"In-Reply-To": first, "References": first}


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _list_unsubscribe(address: str) -> str:
    """Return the List-Unsubscribe header: the link, and a mail address if one is set."""
    token = address.rstrip("/").rpartition("/")[2]
    by_mail = settings.UNSUBSCRIBE_EMAIL
    return f"<{address}>, <mailto:{by_mail}?subject={token}>" if by_mail else f"<{address}>"


def post(written: Iterable[Letter]) -> list[Letter]:
    """Save letters; they are sent after the act is committed."""
    kept = Letter.objects.bulk_create(written)
    if numbers := [one.pk for one in kept]:
        # The act is committed already: if sending fails here, the next run sends the saved letters.
        transaction.on_commit(lambda: send_letters.enqueue(numbers), robust=True)
    return kept


@task
def send_letters(numbers: list[int]) -> int:
    """Send the letters of one act, as a task: in a worker if one runs, else before the act's response."""
    return _send(numbers)


def send_due() -> int:
    """Send all letters that are due; return how many the mail server took."""
    lost = Letter.objects.handed_over_before(clock.now() - GONE_AFTER)
    lost.update(state=Sending.UNKNOWN, trouble="Cut off while it was sent.")
    return _send(None)


def _send(among: list[int] | None) -> int:
    """Send the letters that are due, of all or `among` some, one by one."""
    if cache.get(_DOWN) or (among is None and not Letter.objects.due(clock.now()).exists()):
        return 0
    among = None if among is None else [*among]
    mailer, sent = mailers.default, 0
    try:
        while among != [] and _is_open(mailer) and (letter := _take(among)):
            _hand_over(letter, mailer)
            sent += letter.state == Sending.SENT
    finally:
        mailer.close()
    return sent


def _is_open(mailer: BaseEmailBackend) -> bool:
    """Return whether the mail server accepts connections. If not, no letter is marked and nobody waits."""
    try:
        mailer.open()
    except OSError as trouble:
        logger.error("the mail server does not answer; letters wait: %s", trouble)
        cache.set(_DOWN, True, _DOWN_FOR)
        return False
    return True


def _take(among: list[int] | None) -> Letter | None:
    """Mark the next due letter, of all or `among` some, as being sent; commit that before it is sent.

    What was looked at is taken out of `among`.
    """
    with transaction.atomic(durable=True):
        while among != [] and (letter := Letter.objects.next_to_send(among)):
            if among is not None:
                among.remove(letter.pk)
            letter.state = Sending.SENDING if _is_wanted(letter) else Sending.DROPPED
            letter.tries += letter.state == Sending.SENDING
            letter.save_sending()
            if letter.state == Sending.SENDING:
                letter.body = _as_it_is_now(letter)
                return letter
    return None


def _as_it_is_now(letter: Letter) -> str:
    """Return the text of a letter, headed by what became since of what it tells."""
    became = present.since(letter.event) if letter.event else ""
    return f"{became}\n\n{letter.body}" if became else letter.body


def _is_wanted(letter: Letter) -> bool:
    """Return whether the person still gets mail, may see what it is about, and is still asked for it."""
    person = letter.recipient
    if person is None:
        return True
    if not person.is_active or (person.mailing == Mailing.NEVER and "List-Unsubscribe" in letter.headers):
        return False
    event = letter.event
    person.lacks_second_step = lacks_second_factor(person)
    if event is None:
        return not present.mentions_hidden(letter.notices.all())
    if person.lacks_second_step and not may_be_mailed_to_anybody(event, person):
        return False
    is_about_theirs = event.revision is not None and event.revision.author_id == person.pk
    if present.is_hidden(event) or (present.is_settled(event) and not is_about_theirs):
        return False
    if is_about_theirs and event.act in SUPPRESSING:
        return True
    return event.revision_id is None or Revision.objects.one_visible_to(person, event.revision_id) is not None


def may_be_mailed_to_anybody(event: Event, person: User) -> bool:
    """Return whether an event tells nothing but what readers see, or what was done to a person's account.

    A moderator without a second step is sent no more than that: a password alone opens no waiting text.
    """
    if event.revision_id is None:
        return event.person_id == person.pk
    seen = Revision.objects.visible_to(AnonymousUser()).filter(pk=event.revision_id)
    return event.act in PUBLIC and seen.exists()


def _hand_over(letter: Letter, mailer: BaseEmailBackend) -> None:
    """Give a letter to the mail server and store the result."""
    try:
        mailer.send_messages([_message(letter)])
    except CutOff as trouble:
        letter.state, letter.trouble = Sending.UNKNOWN, _failure(letter, "Cut off while it was sent", trouble)
    except smtplib.SMTPRecipientsRefused as refusal:
        ((code, words),) = refusal.recipients.values()
        _refused(letter, code, words)
    except smtplib.SMTPResponseException as refusal:
        _refused(letter, refusal.smtp_code, refusal.smtp_error)
    except ValueError as trouble:
        letter.state, letter.trouble = Sending.FAILED, _failure(letter, "This cannot be sent", trouble)
    except OSError as trouble:
        _try_later(letter, _failure(letter, "The connection failed", trouble))
    else:
        letter.state, letter.trouble = Sending.SENT, ""
    if letter.state != Sending.SENT:
        logger.warning("letter %s: %s: %s", letter.pk, letter.state, letter.trouble)
        mailer.close()
    letter.save_sending()


class _WholeHeader(UnstructuredHeader, BaseHeader):
    """A header on one line: folding would encode a long address and make it useless."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Headers(HeaderRegistry):
    """Makes the class of each header once; the registry of Python makes it anew for each letter."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}
        self.map_to_type("list-unsubscribe", _WholeHeader)

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if (known := self._made.get(name)) is None:
            known = self._made[name] = super().__getitem__(name)
        return known


_HEADERS: Final = _Headers()


class _Mail(EmailMessage):
    """An email with headers for unsubscribing (RFC 2369, RFC 8058)."""

    def message(self, *, policy: Any = default_policy) -> email.message.EmailMessage:
        return super().message(policy=policy.clone(header_factory=_HEADERS))


def _message(letter: Letter) -> EmailMessage:
    return _Mail(letter.subject, letter.body, None, [letter.address], headers=letter.headers)


def _failure(letter: Letter, what: str, words: object) -> str:
    """Return what went wrong, in words for the database and the log.

    Mail servers repeat the address that they refuse, so where it is all that is known of somebody, what they
    said is left out.
    """
    return f"{what}: {words}" if letter.recipient else f"{what}."


def _refused(letter: Letter, code: int, words: bytes | str) -> None:
    """Give up after a permanent refusal by the mail server; retry later after a temporary one."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    trouble = _failure(letter, f"The mail server said {code}", said)
    if code >= 500:
        letter.state, letter.trouble = Sending.FAILED, trouble
    else:
        _try_later(letter, trouble)


def _try_later(letter: Letter, trouble: str) -> None:
    letter.trouble = trouble
    if letter.tries > len(WAITS):
        letter.state = Sending.FAILED
    else:
        letter.state = Sending.WAITING
        letter.send_at = clock.now() + WAITS[letter.tries - 1]
