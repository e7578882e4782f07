"""Accounts of the demo, and whether the database holds a demo."""

import datetime as dt
from typing import Literal

from django.db import transaction
from django.utils import timezone

from wiki.acts.people import credentials, disclosures, subscriptions
from wiki.acts.people.accounts import _set_staff
from wiki.audit import log
from wiki.domain.professions import Profession, Specialty
from wiki.mail import notices
from wiki.models import Event, Page, Role, User, clock
from wiki.policy.refusal import Refused

DEMO_PEOPLE = (
    ("reader", Role.READER, "Sam Reader", ""),
    ("clinician", Role.CLINICIAN, "Dr Ines Albrecht", "endocrinologist"),
    ("colleague", Role.CLINICIAN, "Dr Tomás Rey", "infectious diseases physician"),
    ("moderator", Role.MODERATOR, "Dr Amara Osei", "neuroradiologist"),
    ("second-moderator", Role.MODERATOR, "Dr Lena Fischer", "neurologist"),
    ("admin", Role.ADMINISTRATOR, "Alex Admin", ""),
)


# What the demo's clinicians and moderators are registered as.
DEMO_SPECIALTIES = {
    "clinician": Specialty.ENDOCRINOLOGY,
    "colleague": Specialty.INFECTIOUS_DISEASES,
    "moderator": Specialty.NEURORADIOLOGY,
    "second-moderator": Specialty.NEUROLOGY,
}


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
        log.write("demo", by=None)


@transaction.atomic
def ensure_demo_accounts(password: str) -> list[tuple[str, str]]:
    """Create the demo's people where they are missing; return (user name, role) of each."""
    if demo_state() != "demo":
        raise Refused("This is not a demo database.")
    for username, role, name, profession in DEMO_PEOPLE:
        person = User.objects.filter(username=username).first()
        if person is None:
            person = User(username=username, role=role, name=name, profession=profession, is_demo=True)
            person.email = f"{username}@demo.invalid"
            _set_staff(person)
        person.set_password(password)
        person.save()
        if person.can_review and not person.disclosures.exists():
            disclosures.declare(person)
            subscriptions.begin(person)
    for username, specialty in DEMO_SPECIALTIES.items():
        _register(User.objects.get(username=username), specialty)
    return [(username, str(role.label)) for username, role, _, _ in DEMO_PEOPLE]


def _register(person: User, specialty: str) -> None:
    """Give a demo account a registration, verified by the demo's administrator."""
    if person.credentials.exists():
        return
    words = {"body": "Demo Medical Council", "number": f"DEMO-{person.pk}"}
    with notices.silence():
        one = credentials.enter(person, profession=Profession.PHYSICIAN, specialties=[specialty], **words)
        until = timezone.localdate(clock.now()) + dt.timedelta(days=365)
        admin = User.objects.get(username="admin")
        credentials.verify(one.pk, by=admin, how="Part of the demo; no register was asked.", until=until)
