"""Applying to write: a reader asks, administrators hear of it, one of them answers."""

from django.db import transaction

from wiki.acts.people import accounts
from wiki.audit import log
from wiki.mail import notices
from wiki.models import Application, Role, User, clock
from wiki.models.locks import lock_site
from wiki.policy import reasons
from wiki.policy.permissions import held, refuse_suspended, reload
from wiki.policy.refusal import Refused

GONE = "This application is no longer there."


@transaction.atomic
def apply(person: User, *, profession: str, wish: str) -> Application:
    """Keep that somebody wants to write, and tell the administrators."""
    refuse_suspended(person)
    reasons.refuse_unseen(profession, wish)
    lock_site()
    # The person's row is held, so that the same application sent twice at once is kept once.
    person = held(person)
    if person.role != Role.READER:
        raise Refused(f"You need not apply: you are {person.get_role_display().lower()} already.")
    if Application.objects.of_person(person).filter(answered_at=None).exists():
        raise Refused("You have applied already. An administrator answers, and you get a notification.")
    made = Application.objects.create(
        person=person, profession=profession.strip(), wish=wish.strip(), applied_at=clock.now()
    )
    event = log.write("apply_to_write", by=person, person=person, application=made.pk)
    notices.tell(event, User.objects.administrators())
    return made


@transaction.atomic
def answer(application_id: int, *, by: User, is_granted: bool, words: str) -> Application:
    """Answer an application for good: let its person write, or not. They hear of it, and why.

    The role is given by the same act that gives every role, so its rules hold here, too.
    """
    words = reasons.required_words(words, "Say in a sentence what you answer.")
    lock_site()
    one = Application.objects.locked(application_id)
    if one is None:
        raise Refused(GONE)
    if not reload(by).can_administer:
        raise Refused("Only an administrator answers applications.")
    if not one.is_open:
        raise Refused(f"{one.answered_by_name} was first: this application is answered.")
    if is_granted and one.person.role == Role.READER:
        one.person = accounts.grant_role(one.person, Role.CLINICIAN, by=by)
    one.answered_at, one.answered_by, one.answered_by_name = clock.now(), by, str(by)
    one.is_granted, one.answer = is_granted, words
    one.save(update_fields=["answered_at", "answered_by", "answered_by_name", "is_granted", "answer"])
    event = log.write("answer_application", by=by, person=one.person, application=one.pk, reason=one.answer)
    notices.tell(event, [one.person])
    return one
