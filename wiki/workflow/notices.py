"""Who hears of what: a line on the site at once, an e-mail after the act is committed."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from textwrap import indent

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from wiki.models import Event, Notice, Role, User

SUBJECTS = {
    "submit": "Waiting for review: {title}",
    "rebase": "Waiting for review: {title}",
    "approve": "Approved: {title}",
    "include": "Approved as part of a later version: {title}",
    "request_changes": "Changes requested: {title}",
    "reject": "Rejected: {title}",
    "unapprove": "Approval taken back: {title}",
    "retire": "Retired: {title}",
    "role": "Your role on Causeway has changed",
    "report": "A reader reports a mistake: {title}",
}
SENTENCES = {
    "submit": "{who} sent in version {number} of “{title}”. It waits for review.",
    "rebase": "{who} put a change of “{title}” onto the page of today. Version {number} waits for review.",
    "approve": "{who} approved version {number} of “{title}”. Readers see it now.",
    "request_changes": "{who} asks for changes to version {number} of “{title}”. The text is kept.",
    "reject": "{who} rejected version {number} of “{title}”. The text is kept.",
    "retire": "{who} approved that “{title}” is retired. What you have begun or sent in on it is kept.",
    "unapprove": "{who} took back the approval of version {number} of “{title}”.",
    "report": "A reader reports a mistake on version {number} of “{title}”.",
    "role": "{who} changed what you may do on Causeway: you are now {role}.",
}
REASON = {"submit": "Note to the reviewer", "rebase": "Note to the reviewer"}

_silent = ContextVar("silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Tell nobody while a whole folder is loaded: hundreds of notices would hide the ones that matter."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def subject_of(event: Event) -> str:
    """Return what happened, in a line."""
    title = event.revision.title if event.revision else "a page"
    return SUBJECTS.get(event.act, "{title}").format(title=title)


def sentence_of(event: Event) -> str:
    """Return who did what, in a sentence for the person who hears of it."""
    known = {"title": "a page", "number": "", "who": event.actor_name, "role": ""}
    if event.revision:
        known |= {"title": event.revision.title, "number": f"{event.revision.number}"}
    if after := event.data.get("after"):
        known["role"] = f"a {Role(after).label.lower()}".replace("a a", "an a")
    return SENTENCES.get(event.act, "{who}: “{title}”.").format(**known)


def reason_of(event: Event) -> str:
    """Return what the person wrote along with the act: the reason, or the note to the reviewer."""
    words: str = event.data.get("reason") or event.data.get("note") or ""
    return words.strip()


def address_of(event: Event) -> str:
    """Return the path of what the event is about."""
    if number := event.data.get("report"):
        return reverse("report", args=[number])
    return event.revision.get_absolute_url() if event.revision else reverse("profile")


def tell(event: Event, people: Iterable[User | None]) -> None:
    """Tell each person once; nobody hears of their own act."""
    if _silent.get():
        return
    wanted = {one.pk: one for one in people if one is not None and one.pk != event.actor_id}
    Notice.objects.bulk_create(Notice(recipient=one, event=event) for one in wanted.values())
    addresses = [one.email for one in wanted.values() if one.email and one.is_active]
    transaction.on_commit(lambda: _mail(event, addresses))


def tell_moderators(event: Event) -> None:
    """Tell those who may review that there is work."""
    tell(event, User.objects.moderators())


def _mail(event: Event, addresses: list[str]) -> None:
    """Send one mail to each. A mail server that fails must not undo what was decided."""
    body = _letter(event)
    for address in addresses:
        try:
            send_mail(subject_of(event), body, None, [address])
        except OSError:
            logging.getLogger(__name__).exception("could not mail about event %s", event.pk)


def _letter(event: Event) -> str:
    """Return what the mail says: who did what, why, and where to go on."""
    parts = [sentence_of(event)]
    if reason := reason_of(event):
        parts.append(f"{REASON.get(event.act, 'Reason')}:\n{indent(reason, '  ')}")
    parts.append(f"Read it here: {settings.SITE_URL}{address_of(event)}")
    parts.append("Causeway sends this because you wrote it, may review it, or it concerns your account.")
    return "\n\n".join(parts) + "\n"


@transaction.atomic
def mark_seen(person: User) -> int:
    """Mark the person's notices as seen; return how many were new."""
    return Notice.objects.of(person).unseen().order_by().update(seen_at=Now())
