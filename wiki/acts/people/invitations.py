"""Inviting people: accounts that an administrator opens for others, one or a whole list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from wiki.acts.people import recovery
from wiki.acts.people.accounts import grant_role
from wiki.audit import log
from wiki.mail import outbox
from wiki.models import Letter, Role, User
from wiki.models.locks import lock_site
from wiki.policy import person_names, reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused

MOST = 500


@dataclass(frozen=True)
class Invitation:
    """Whom to invite, and with which role."""

    name: str
    email: str
    username: str
    role: str = Role.READER


@transaction.atomic
def invite(people: Sequence[Invitation], *, by: User) -> list[User]:
    """Open an account for each person, grant the roles and send each a link to choose a password.

    All of them or nobody: the refusal names each line that cannot be, counted from 1.
    """
    lock_site()
    by = reload(by)
    if not by.can_administer:
        raise Refused("Only an administrator invites people.")
    if not 0 < len(people) <= MOST:
        raise Refused(f"Invite between 1 and {MOST} people at a time.")
    opened, problems = [], list(_repeated(people))
    for number, one in enumerate(people, start=1):
        if why := _why_not(one):
            problems.append(f"Line {number}: {why}")
        elif not problems:
            opened.append(_open(one, by=by))
    if problems:
        raise Refused("\n".join(problems))
    outbox.post([_letter(person, by) for person in opened])
    return opened


def _repeated(people: Sequence[Invitation]) -> Iterator[str]:
    for field, called in (("email", "email address"), ("username", "user name")):
        counted = Counter(getattr(one, field).casefold() for one in people)
        yield from (f"The {called} {one} stands there twice." for one, times in counted.items() if times > 1)


def _why_not(one: Invitation) -> str:
    if one.role not in Role.values:
        return f"There is no role “{one.role}”."
    if User.objects.filter(username__iexact=one.username).exists():
        return "Another account has this user name."
    try:
        reasons.refuse_unseen(one.name, one.username)
    except Refused as refusal:
        return str(refusal)
    return next(filter(None, map(person_names.why_not, (one.name, one.username))), "") or (
        recovery.why_no_address(one.email)
    )


def _open(one: Invitation, *, by: User) -> User:
    person = User(username=one.username, name=one.name, email=one.email)
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=one.email, primary=True, verified=False)
    log.write("invite", by=by, person=person, role=one.role)
    return person if one.role == Role.READER else grant_role(person, one.role, by=by)


def _letter(person: User, by: User) -> Letter:
    """Return the letter with the link; the database removes its text once it is sent."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    body = (
        f"{by} opened an account for you. Your user name is {person.username}; "
        f"your role is {person.get_role_display().lower()}: you {person.role_allows}\n\n"
        f"Choose a password within {days} days:\n\n"
        f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}\n\n"
        f"Later, ask for a new link: {settings.SITE_URL}{reverse('account_reset_password')}\n\n"
        f"If you do not want this account, write to {settings.DEFAULT_FROM_EMAIL}.\n"
    )
    return outbox.letter_to_address(
        person.email, subject="[Causeway] Your account", body=body, ref=f"invite {uuid4().hex}", person=person
    )
