"""Webhooks: sends each the changes that it has not taken yet, signed, in the order of commits.

Where one has got to moves on once it took a message, so nothing is lost while it is away; what was taken but
not answered comes again under the same id. Signed as Standard Webhooks has it.
"""

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets
from typing import Any, Final

from django.conf import settings

from wiki.mail import outbox, public_post
from wiki.mail.audience import ACCOUNT
from wiki.mail.public_post import NotSent, parts_of
from wiki.mail.recalled import concerned
from wiki.models import Letter, RecallWatch, Webhook, clock
from wiki.models.followers.webhooks import Wanted
from wiki.models.queries.changes import ReaderChange, changes_after

PREFIX: Final = "whsec_"
A_MESSAGE: Final = 50
MOST_AT_ONCE: Final = 200
CLAIMED_FOR: Final = dt.timedelta(minutes=2)
# After each failure in a row; after the last one it is given up.
WAITS: Final = tuple(dt.timedelta(minutes=one) for one in (1, 5, 30, 120, 360, *[720] * 10))


def new_secret() -> str:
    """Return a secret by which a receiver knows our messages."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signature(secret: str, name: str, moment: int, body: bytes) -> str:
    """Return the signature of a message: HMAC-SHA256 over its id, its time and its text."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{name}.{moment}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def deliver_due() -> int:
    """Send all webhooks what they have not taken yet; return how many messages were taken."""
    now, taken = clock.now(), 0
    until = now + CLAIMED_FOR
    for hook in Webhook.objects.due(now)[:MOST_AT_ONCE]:
        if Webhook.objects.claim(hook.pk, now, until):
            taken += _looked_after(hook, until)
    return taken


def _looked_after(hook: Webhook, until: dt.datetime) -> int:
    """Send a webhook claimed until a moment what is there for it; return how many messages it took."""
    taken = 0
    try:
        if hook.person.is_active and not hook.person.is_suspended:
            taken = _confirm(hook) if hook.confirmed_at is None else _send_changes(hook)
    except NotSent as trouble:
        _failed(hook, str(trouble))
    else:
        hook.tries, hook.trouble, hook.send_at = 0, "", clock.now()
    if Webhook.objects.keep(hook, until) and hook.stopped_at:
        outbox.post([_given_up(hook)])
    return taken


def _confirm(hook: Webhook) -> int:
    """Ask the receiver whether it wants this: it answers with the word that it is sent."""
    word = secrets.token_urlsafe(24)
    answer = _send(hook, f"confirm-{hook.pk}-{hook.tries}", {"type": "confirm", "challenge": word})
    if word.encode() not in answer:
        raise NotSent("It did not answer with the challenge.")
    hook.confirmed_at = clock.now()
    return 1


def _send_changes(hook: Webhook) -> int:
    changes = changes_after(hook.position, A_MESSAGE)
    if not changes:
        return 0
    told = [one.as_json(settings.SITE_URL) for one in changes if _is_wanted(hook, one)]
    reached = changes[-1].position
    if told:
        said = {"type": "changes", "items": told, "position": str(reached)}
        _send(hook, f"changes-{hook.pk}-{reached}", said)
    hook.position = reached
    return int(bool(told))


def _is_wanted(hook: Webhook, change: ReaderChange) -> bool:
    """Return whether the person of a webhook asked for a change."""
    if hook.wanted == Wanted.ALL or not change.is_recall:
        return hook.wanted == Wanted.ALL
    mine = RecallWatch.objects.from_before(change.event.at).filter(person=hook.person_id)
    return hook.wanted == Wanted.RECALLS or any(concerned(change, mine))


def _send(hook: Webhook, name: str, said: dict[str, Any]) -> bytes:
    body, moment = json.dumps(said, ensure_ascii=False).encode(), int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Causeway (+{settings.SITE_URL})",
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(hook.secret, name, moment, body),
    }
    return public_post.post(hook.address, body, headers)


def _given_up(hook: Webhook) -> Letter:
    """Return the letter that tells the person of a webhook that nothing is sent to it any more."""
    host, days = parts_of(hook.address).hostname, sum(WAITS, dt.timedelta()).days
    body = (
        f"Your webhook at {host} took nothing for {days} days, so no more is sent to it: neither changes nor "
        f"recalls.\n\nThe last try:\n  {hook.trouble}\n\nNothing is lost. Start it again here, and it goes "
        f"on from where it stopped:\n{settings.SITE_URL}/webhooks/\n"
    )
    subject, ref = f"Your webhook at {host} was stopped", f"webhook {hook.pk} stopped {hook.stopped_at}"
    return outbox.letter_to(hook.person, subject=subject, body=body, why=ACCOUNT, ref=ref)


def _failed(hook: Webhook, trouble: str) -> None:
    hook.trouble = trouble[:300]
    if hook.tries >= len(WAITS):
        hook.stopped_at = clock.now()
    else:
        hook.send_at = clock.now() + WAITS[hook.tries]
        hook.tries += 1
