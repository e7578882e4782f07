"""Webhooks of a person: setting one up, starting it again from a position, another secret, ending it."""

from typing import Final

from django.db import transaction

from wiki.mail.public_post import NotSent, usual_form
from wiki.mail.webhooks import new_secret
from wiki.models import User, Webhook, clock
from wiki.models.followers.webhooks import Wanted
from wiki.models.queries.changes import Position, newest
from wiki.policy.permissions import held
from wiki.policy.refusal import Refused

MOST: Final = 5


@transaction.atomic
def add(person: User, address: str, wanted: str = Wanted.ALL) -> Webhook:
    """Set up a webhook that begins with what changes from now on. It is asked first whether it wants that."""
    _refuse_who_may_not(person)
    if wanted not in Wanted.values:
        raise Refused("Choose which changes are sent.")
    try:
        address = usual_form(address.strip())
    except NotSent as why:
        raise Refused(str(why)) from None
    person = held(person)
    mine = Webhook.objects.of_person(person)
    if mine.filter(address=address).exists():
        raise Refused("You have a webhook with this address already.")
    if mine.count() >= MOST:
        raise Refused(f"You can have {MOST} webhooks. End one first.")
    now, last = clock.now(), newest(1)
    made = Webhook(person=person, address=address, secret=new_secret(), wanted=wanted)
    made.position = last[0].position if last else Position()
    made.made_at = made.send_at = now
    made.save()
    return made


def _refuse_who_may_not(person: User) -> None:
    if not person.can_act:
        raise Refused(person.suspension or "Sign in with all steps to do this.")


@transaction.atomic
def start_again(person: User, webhook_id: int, position: str) -> None:
    """Send a webhook again what follows a position: where one got to before, or empty for where it is."""
    _refuse_who_may_not(person)
    hook = _mine(person, webhook_id)
    changed = ["tries", "trouble", "stopped_at", "send_at"]
    if position.strip():
        try:
            hook.position = Position.read(position.strip())
        except ValueError:
            raise Refused("This is no position. Copy it from a message that came before.") from None
        changed += ["epoch", "transaction", "event"]
    hook.tries, hook.trouble, hook.stopped_at, hook.send_at = 0, "", None, clock.now()
    # These alone: how far it has got since it was read, and a newer secret, stay.
    hook.save(update_fields=changed)


@transaction.atomic
def renew_secret(person: User, webhook_id: int) -> None:
    """Sign what is sent from now on with another secret: the one before may have got into wrong hands."""
    _refuse_who_may_not(person)
    hook = _mine(person, webhook_id)
    hook.secret = new_secret()
    hook.save(update_fields=["secret"])


@transaction.atomic
def end(person: User, webhook_id: int) -> None:
    """End a webhook; nothing more is sent to it."""
    _mine(person, webhook_id).delete()


def _mine(person: User, webhook_id: int) -> Webhook:
    found = Webhook.objects.of_person(person).filter(pk=webhook_id).first()
    if found is None:
        raise Refused("This webhook is no longer there.")
    return found
