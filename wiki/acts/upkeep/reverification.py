"""Reverification: confirming that one unchanged statement still holds; and the owner of a page."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from wiki.acts.locking import lock_page
from wiki.acts.upkeep import tasks
from wiki.audit import chain, log
from wiki.mail import notices
from wiki.models import (
    Page,
    Publication,
    PublishedPage,
    Revision,
    Statement,
    Task,
    User,
    Verification,
    clock,
)
from wiki.models.queries.text_authors import is_among_authors
from wiki.policy import interests, quorum, reasons, reviewer_standing
from wiki.policy.checks.load import kinds_of, remedy_names
from wiki.policy.permissions import reload, require_moderator
from wiki.policy.refusal import Refused
from wiki.policy.signing_choices import as_chosen
from wiki.published.statements import resolve_statements
from wiki.text.document import Document

SHORTEST = 20
TOO_LATE = "Another version went live while you were reading. Look at the page as it is now, then decide."
OWN_WORK = "You are among those who wrote this page, so somebody else has to look at it again."


@transaction.atomic
def verify_statement(
    page: Page, relation: str, object_id: int, *, by: User, digest: str, checked: str
) -> Verification:
    """Record that one statement was checked again and holds. Tasks that ask for this are closed."""
    page, live = _hold(page, digest)
    if not Statement.objects.readable(page, relation, object_id):
        raise Refused("The page does not say that any more.")
    document = live.publication.revision.document
    person = _may_look(by, live, _without(document, page.pk, relation, object_id), document)
    words = _checked(checked)
    made = _verify(live, person, words, clock.now(), relation=relation, object_id=object_id)
    again = Task.objects.premises().of_page(page).of_statement(relation, object_id)
    tasks.close_all(again, page, by=person, outcome=f"Re-reviewed, unchanged: {words}", settled=True)
    return made


def _hold(page: Page, digest: str) -> tuple[Page, PublishedPage]:
    """Lock the page and return its live publication, if it is the one that was shown."""
    page = lock_page(page.pk)
    live = PublishedPage.objects.select_related("publication__revision").filter(page=page).first()
    if live is None:
        raise Refused("Readers do not see this page, so there is nothing to look at again.")
    revision = live.publication.revision
    if revision.digest != digest or revision.document.digest() != digest:
        raise Refused(TOO_LATE)
    return page, live


def _may_look(by: User, live: PublishedPage, before: Document, after: Document) -> User:
    """Return the person with their present rights, if they may confirm what differs between two documents."""
    person, revision = require_moderator(by, "may do this"), live.publication.revision
    if is_among_authors(person, revision):
        raise Refused(OWN_WORK)
    now = clock.now()
    reviewer_standing.refuse_undeclared(person, now)
    interests.refuse("verify", person, [revision])
    kinds = kinds_of({row.object for row in after.statements})
    asked = quorum.quorum_of(before, after, kinds, remedies=remedy_names())
    _refuse_untrained(person, now, as_chosen(asked.needs))
    return person


def _refuse_untrained(person: User, now: dt.datetime, needs: tuple[quorum.Need, ...]) -> None:
    """Refuse people with none of the specialties that such a change would require; one of them is enough."""
    special = [need for need in needs if need.professions or need.specialties]
    standing = reviewer_standing.standing_of(person, now)
    if special and not any(quorum.meets(need, standing) for need in special):
        asked = " or ".join(need.label for need in special)
        raise Refused(f"This takes {asked}, with a registration that an administrator has verified.")


def _without(document: Document, page_id: int, relation: str, object_id: int) -> Document:
    """Return the document without one statement, found by the page that it leads to now."""
    kept = [
        row
        for row, told in resolve_statements(page_id, document)
        if (row.relation, told) != (relation, object_id)
    ]
    return replace(document, statements=tuple(kept))


def _checked(text: str) -> str:
    """Return the text on what was checked; refuse one without content."""
    words = text.strip()
    if len(words) < SHORTEST:
        raise Refused("Say in a sentence what you checked: which sources or guidelines, and until when.")
    reasons.refuse_unseen(words)
    return words


def _verify(
    live: PublishedPage,
    person: User,
    checked: str,
    now: dt.datetime,
    *,
    relation: str,
    object_id: int,
) -> Verification:
    revision = live.publication.revision
    made = Verification.objects.create(
        page_id=live.page_id,
        revision=revision,
        digest=revision.digest,
        relation=relation,
        object_id=object_id,
        checked=checked,
        by=person,
        by_name=str(person),
        by_profession=person.calling_on(timezone.localdate(now)),
        standing=reviewer_standing.standing_of(person, now),
        verified_at=now,
    )
    chain.bind("verification", made, page_id=made.page_id)
    about: dict[str, Any] = {"verification": made.pk, "relation": relation, "object": object_id}
    event = log.write("verify", by=person, revision=revision, at=now, reason=checked, **about)
    notices.tell(event, [live.page.owner])
    return made


@transaction.atomic
def change_owner(page: Page, *, to: User | None, by: User) -> Page:
    """Make somebody the owner of a page, or nobody: a moderator takes it, or gives it to a writer."""
    page = lock_page(page.pk)
    if not reload(by).can_review:
        raise Refused("Only a moderator says who looks after a page.")
    owner = reload(to) if to is not None else None
    if owner is not None and not owner.can_write:
        raise Refused(f"{owner} cannot write here, so they could not look after a page.")
    if page.owner_id == (owner.pk if owner else None):
        raise Refused(f"{owner or 'Nobody'} looks after this page already.")
    page.owner = owner
    page.save(update_fields=["owner"])
    live = Publication.objects.live_of(page)
    revision: Revision | None = live.revision if live else None
    event = log.write("change_owner", by=by, page=page, revision=revision, person=owner)
    notices.tell(event, [owner])
    return page
