"""Letting a person in again who lost their second step, or the mailbox of their account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from wiki.acts.people.accounts import masked
from wiki.audit import log
from wiki.mail import notices, outbox
from wiki.models import User
from wiki.models.locks import lock_site
from wiki.policy import reasons
from wiki.policy.permissions import held, reload
from wiki.policy.refusal import Refused

NO_SECOND_STEP = "This account has set up no second step."


@transaction.atomic
def reset_second_step(person: User, *, by: User, reason: str) -> None:
    """Remove a person's authenticators, passkeys and recovery codes; they set up new ones after signing in.

    Until then they see what readers see if their role asks for a second step. They are told, with the reason.
    """
    reason = _require_reason(person, by, reason)
    if not has_second_step(person):
        raise Refused(NO_SECOND_STEP)
    Authenticator.objects.filter(user=person).delete()
    notices.tell(log.write("reset_second_step", by=by, person=person, reason=reason), [person])


@transaction.atomic
def change_address(person: User, *, by: User, address: str, reason: str) -> None:
    """Give an account another email address, which its person confirms at the next sign-in.

    The address before gets a letter, too: who did not ask for this can object.
    """
    reason = _require_reason(person, by, reason)
    lock_site()
    person = held(person)
    before, address = person.email, address.strip()
    if why := why_no_address(address, person):
        raise Refused(why)
    person.email = address
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=False)
    changed = {"email": [masked(before), masked(address)]}
    event = log.write("change_address", by=by, person=person, changed=changed, reason=reason)
    notices.tell(event, [person])
    if before:
        body = (
            f"{notices.sentence_of(event)} Emails no longer come here. If you did not ask for this, "
            f"write to {settings.DEFAULT_FROM_EMAIL}.\n"
        )
        subject, ref = notices.subject_of(event), f"event {event.pk} to the address before"
        outbox.post([outbox.letter_to_address(before, subject=subject, body=body, ref=ref, person=person)])


def has_second_step(person: User) -> bool:
    """Return whether a person has set up a second step."""
    return bool(Authenticator.objects.filter(user=person).exists())


def why_no_address(address: str, person: User | None = None) -> str:
    """Return why an address cannot become that of an account, `person`’s or a new one; "" if it can."""
    try:
        validate_email(address)
    except ValidationError:
        return "Give an email address, such as name@example.org."
    return "Another account has this email address." if _is_taken(address, person) else ""


def _require_reason(person: User, by: User, reason: str) -> str:
    """Return the reason, or refuse who may not do this."""
    by = reload(by)
    if not by.can_administer:
        raise Refused("Only an administrator changes other people’s accounts.")
    if by.pk == person.pk:
        raise Refused("Ask another administrator: nobody changes how they themselves are let in here.")
    return reasons.required_reason(reason, who_reads=reasons.PERSON, longest=reasons.LONGEST_REASON)


def _is_taken(address: str, person: User | None) -> bool:
    accounts = User.objects.filter(email__iexact=address)
    addresses = EmailAddress.objects.filter(email__iexact=address)
    if person is not None:
        accounts, addresses = accounts.exclude(pk=person.pk), addresses.exclude(user=person)
    return accounts.exists() or bool(addresses.exists())
