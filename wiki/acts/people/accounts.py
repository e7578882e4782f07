"""Roles, profiles and the removal of accounts."""

import hashlib
from typing import Any

from django.db import transaction

from wiki.acts import unmet
from wiki.acts.people import open_work, subscriptions
from wiki.acts.writing import drafts
from wiki.audit import attribution, log
from wiki.mail import notices
from wiki.models import Attribution, Page, Revision, Role, User
from wiki.models.locks import lock_names, lock_site
from wiki.policy import person_names, reasons
from wiki.policy.permissions import held, refuse_suspended, reload
from wiki.policy.refusal import Refused
from wiki.published import derive


@transaction.atomic
def grant_role(person: User, role: str, *, by: User) -> User:
    """Give `person` the role and log who gave it; the last administrator cannot step down."""
    lock_site()
    administrators = list(User.objects.filter(role=Role.ADMINISTRATOR).select_for_update(no_key=True))
    if by.pk not in {one.pk for one in administrators if one.can_administer}:
        raise Refused("Only an administrator grants roles.")
    person = held(person)
    if role not in Role.values:
        raise Refused("There is no such role.")
    if person.role == role:
        raise Refused(f"{person} has that role already.")
    if person.role == Role.ADMINISTRATOR and not any(
        one.can_administer for one in administrators if one.pk != person.pk
    ):
        raise Refused("This is the only administrator. Make somebody else one first.")
    before, person.role = person.role, Role(role)
    _set_staff(person)
    person.save(update_fields=["role", "is_staff", "is_superuser"])
    event = log.write("role", by=by, person=person, before=before, after=role)
    notices.tell(event, [person])
    if person.can_review:
        subscriptions.begin(person)
    else:
        unmet.tell_of_loss(before)
    return person


@transaction.atomic
def record_administrator(person: User) -> None:
    """Log that an account was made as an administrator's at the command line, where nobody is signed in."""
    for name in {person.username, str(person)}:
        person_names.refuse_name(name, person)
    log.write("role", by=None, person=person, before=Role.READER, after=Role.ADMINISTRATOR)


def _set_staff(person: User) -> None:
    """Let administrators, and nobody else, into the account pages of Django's admin."""
    person.is_staff = person.role == Role.ADMINISTRATOR
    person.is_superuser = False


@transaction.atomic
def introduce(
    person: User, *, name: str, profession: str, about: str, orcid: str = "", shown: str = Attribution.NAME
) -> User:
    """Change how a person is named from now on. Earlier signatures keep the name they were given with.

    `shown` is how they want to be named once the account is removed.
    """
    refuse_suspended(person)
    reasons.refuse_unseen(name, profession, about, orcid)
    said = {"name": name, "profession": profession, "about": about, "orcid": orcid, "attribution": shown}
    lock_site()
    person, changed = _changed(person, said)
    if changed:
        log.write("change_account", by=person, person=person, changed=changed)
    return person


@transaction.atomic
def correct_account(
    person: User,
    *,
    by: User,
    reason: str,
    name: str,
    profession: str,
    about: str,
    is_active: bool,
    to: User | None = None,
) -> User:
    """Correct the name of another person's account, or close or open it; the person is notified with the
    reason.

    Where it is closed, its open work is let go as in a suspension: to the colleague `to`, or to nobody.
    """
    lock_site()
    by = reload(by)
    if not by.can_administer:
        raise Refused("Only an administrator changes other people’s accounts.")
    if by.pk == person.pk:
        raise Refused("Change your own name on your profile. You cannot close your own account.")
    reason = reasons.required_reason(reason, who_reads=reasons.PERSON, longest=reasons.LONGEST_REASON)
    reasons.refuse_unseen(name, profession, about)
    said = {"name": name, "profession": profession, "about": about, "is_active": is_active}
    pages = {} if is_active else open_work.hold(person)
    person, changed = _changed(person, said)
    if "is_active" in changed:
        act = "open_account" if is_active else "close_account"
        notices.tell(log.write(act, by=by, person=person, changed=changed, reason=reason), [person])
        if not is_active:
            open_work.let_go(person, by=by)
            open_work.hand_over(person, pages, by=by, to=to)
        unmet.tell_of_loss(person.role)
    elif changed:
        event = log.write("change_account", by=by, person=person, changed=changed, reason=reason)
        notices.tell(event, [person])
    return person


# Fields that other people rely on: the log keeps the old and the new value of each change.
_RECORDED = ("name", "profession", "is_active", "orcid", "attribution")


def _changed(person: User, said: dict[str, Any]) -> tuple[User, dict[str, list[Any]]]:
    """Save the given fields of a person; return those that changed, as [before, after]."""
    person = held(person)
    if said["name"] != person.name:
        person_names.refuse_name(said["name"] or person.username, person)
    changed = {
        field: [getattr(person, field), value]
        for field, value in said.items()
        if field in _RECORDED and getattr(person, field) != value
    }
    for field, value in said.items():
        setattr(person, field, value)
    person.save(update_fields=list(said))
    return person, changed


@transaction.atomic
def record_address(person: User, *, before: str, after: str) -> None:
    """Log that the email address of an account changed. The log is kept for ever, so it holds masked
    addresses.
    """
    log.write("change_account", by=person, person=person, changed={"email": [masked(before), masked(after)]})


def masked(address: str) -> str:
    """Return an email address as the log keeps it: first letter, domain and a short digest."""
    name, _, domain = address.rpartition("@")
    digest = hashlib.sha256(address.casefold().encode()).hexdigest()[:12]
    return f"{name[:1]}…@{domain} ({digest})"


@transaction.atomic
def remove_account(person: User, *, by: User) -> None:
    """Remove an account for good. Texts, verdicts and the log stay, under the name that the person chose.

    Drafts go with it: they are private, and nobody else could ever open them.
    """
    lock_site()
    lock_names(exclusive=True)
    administrators = User.objects.filter(role=Role.ADMINISTRATOR).select_for_update(no_key=True)
    if by.pk not in {one.pk for one in administrators if one.can_administer}:
        raise Refused("Only an administrator removes accounts.")
    if by.pk == person.pk:
        raise Refused("Ask another administrator to remove your own account.")
    # Lock all pages, so that any act that the person is doing now finishes first.
    pages = [Page.objects.locked(pk) for pk in Page.objects.with_words_of(person)]
    row = User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    if row is None:
        raise Refused("This account is removed already.")
    person = row
    for draft in Revision.objects.drafts_of(person):
        drafts.discard(draft, by=person)
    shown_as = person.shown_as
    log.write(attribution.REMOVAL, by=by, account=person.pk, shown_as=shown_as, role=person.role)
    attribution.rename_signatures(person)
    person.delete()
    unmet.tell_of_loss(person.role)
    _name_without_address(pages)


def _name_without_address(pages: list[Page]) -> None:
    """Derive the pages again that name the person: the name no longer links to a public page."""
    for page in Page.objects.published().filter(pk__in=[one.pk for one in pages]):
        derive.derive_live(page)
