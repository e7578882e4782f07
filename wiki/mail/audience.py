"""The audience of an event: who watches its page, its kind, a specialty or the queue."""

from collections.abc import Collection
from dataclasses import dataclass

from wiki.models import Event, Personal, User, Watch

# Reasons for a notification other than a subscription.
OWN, ACCOUNT = str(Personal.OWN), "account"
# They can give a signature that is still missing; the need follows: "signer:pharmacist".
SIGNER = str(Personal.SIGNER)
MAIL = "mail"


@dataclass(frozen=True)
class AudienceRule:
    """The subscriptions through which people are notified of an act, and who may know of it."""

    page: bool = False
    kind: bool = False
    specialty: bool = False
    queue: bool = False
    writers_only: bool = False


# Acts on published content notify all subscribers; acts on waiting content only those who may see it.
HEARD = {
    "submit": AudienceRule(specialty=True, queue=True, writers_only=True),
    "rebase": AudienceRule(specialty=True, queue=True, writers_only=True),
    "report": AudienceRule(page=True, queue=True, writers_only=True),
    "approve": AudienceRule(page=True, kind=True, specialty=True),
    "unapprove": AudienceRule(page=True, kind=True, specialty=True),
    "lift": AudienceRule(page=True),
    "review_page": AudienceRule(page=True),
    "verify": AudienceRule(page=True),
    "second": AudienceRule(page=True, kind=True, specialty=True),
    "protect": AudienceRule(page=True, writers_only=True),
    "unprotect": AudienceRule(page=True, writers_only=True),
}


def listeners(event: Event, *, queue: bool = False) -> dict[User, str]:
    """Return the people who are notified of an act through a subscription, with the most specific reason of
    each.

    With `queue`, an act that has no row above is told to those who watch the queue.
    """
    heard = HEARD.get(event.act, AudienceRule(queue=queue, writers_only=True))
    watches = Watch.objects.that_hear(
        page=event.page_id if heard.page else None,
        kind=event.revision.kind if event.revision and heard.kind else "",
        specialties=_specialties(event) if heard.specialty else (),
        queue=heard.queue,
    )
    found: dict[User, str] = {}
    for watch in watches:
        if not heard.writers_only or (watch.person.can_review if watch.queue else watch.person.can_write):
            found.setdefault(watch.person, watch.why)
    return found


def _specialties(event: Event) -> Collection[str]:
    """Return the specialties that the change requires a signature of."""
    return event.revision.specialties_needed if event.revision else ()
