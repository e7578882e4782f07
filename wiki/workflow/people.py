"""Roles, accounts and the people of the demo."""

from typing import Literal

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction

from wiki.models import Event, Page, Revision, Role, User, clock
from wiki.models.pages import hold_names
from wiki.workflow import derive, drafts, log, notices
from wiki.workflow.refusal import Refused

DEMO_PEOPLE = (
    ("reader", Role.READER, "Sam Reader", ""),
    ("clinician", Role.CLINICIAN, "Dr Ines Albrecht", "endocrinologist"),
    ("colleague", Role.CLINICIAN, "Dr Tomás Rey", "infectious diseases physician"),
    ("moderator", Role.MODERATOR, "Dr Amara Osei", "neuroradiologist"),
    ("second-moderator", Role.MODERATOR, "Dr Lena Fischer", "neurologist"),
    ("admin", Role.ADMINISTRATOR, "Alex Admin", ""),
)


@transaction.atomic
def grant_role(person: User, role: str, *, by: User) -> User:
    """Give `person` the role and log who gave it; the last administrator cannot step down."""
    administrators = list(User.objects.filter(role=Role.ADMINISTRATOR).select_for_update())
    if by.pk not in {one.pk for one in administrators if one.is_active}:
        raise Refused("Only an administrator grants roles.")
    person = User.objects.select_for_update().get(pk=person.pk)
    if role not in Role.values:
        raise Refused("There is no such role.")
    if person.role == role:
        raise Refused(f"{person} has that role already.")
    if person.role == Role.ADMINISTRATOR and len([one for one in administrators if one.is_active]) == 1:
        raise Refused("This is the only administrator. Make somebody else one first.")
    before, person.role = person.role, Role(role)
    _set_staff(person)
    person.save(update_fields=["role", "is_staff", "is_superuser"])
    event = log.write("role", by=by, person=person, name=str(person), before=before, after=role)
    notices.tell(event, [person])
    return person


def _set_staff(person: User) -> None:
    """Let administrators, and nobody else, into the account pages of Django's admin."""
    person.is_staff = person.role == Role.ADMINISTRATOR
    person.is_superuser = False


def lacks_second_factor(person: User) -> bool:
    """Return whether this person's role asks for a second step at sign-in that the account has not got."""
    if not (settings.MFA_REQUIRED and (person.can_review or person.can_administer)):
        return False
    return not is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


@transaction.atomic
def introduce(person: User, *, name: str, profession: str, about: str) -> User:
    """Change how a person is named from now on. What they signed keeps the name of that day."""
    person = User.objects.select_for_update().get(pk=person.pk)
    person.name, person.profession, person.about = name, profession, about
    person.save(update_fields=["name", "profession", "about"])
    return person


@transaction.atomic
def remove_account(person: User, *, by: User) -> None:
    """Remove an account for good. Texts, verdicts and the log stay, with the names as they were signed.

    Drafts go with it: they are private, and nobody else could ever open them.
    """
    administrators = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).select_for_update()
    if by.pk not in {one.pk for one in administrators}:
        raise Refused("Only an administrator removes accounts.")
    if by.pk == person.pk:
        raise Refused("Ask another administrator to remove your own account.")
    # Pages first, as in every act, so that whatever the person is doing this moment is done before.
    pages = [Page.objects.locked(pk) for pk in Page.objects.with_words_of(person)]
    person = User.objects.select_for_update().get(pk=person.pk)
    for draft in Revision.objects.drafts_of(person):
        drafts.discard(draft, by=person)
    log.write("remove_account", by=by, name=str(person), role=person.role)
    person.delete()
    _name_without_address(pages)


def _name_without_address(pages: list[Page]) -> None:
    """Derive the pages anew: they name their authors, and one of them has no page of their own any more."""
    hold_names(changing=False)
    for page in Page.objects.in_force().filter(pk__in=[one.pk for one in pages]):
        derive.derive(page)


def demo_state() -> Literal["empty", "demo", "other"]:
    """Return whether the database holds nothing, a demo, or somebody's real work."""
    if Event.objects.filter(act="demo").exists():
        return "demo"
    return "other" if User.objects.exists() or Page.objects.exists() else "empty"


@transaction.atomic
def begin_demo() -> None:
    """Mark an empty database as a demo, for good."""
    if demo_state() == "other":
        raise Refused("This database holds real work; the demo does not touch it.")
    if demo_state() == "empty":
        Event.objects.create(at=clock.now(), actor_name="Causeway", act="demo")


@transaction.atomic
def ensure_demo_accounts(password: str) -> list[tuple[str, str]]:
    """Create the demo's people where they are missing; return (user name, role) of each."""
    if demo_state() != "demo":
        raise Refused("This is not a demo database.")
    for username, role, name, profession in DEMO_PEOPLE:
        person = User.objects.filter(username=username).first()
        if person is None:
            person = User(username=username, role=role, name=name, profession=profession)
            person.email = f"{username}@demo.invalid"
            _set_staff(person)
        person.set_password(password)
        person.save()
    return [(username, str(role.label)) for username, role, _, _ in DEMO_PEOPLE]
