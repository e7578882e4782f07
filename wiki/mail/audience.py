"""The audience of an event: who watches its page, kind, specialty or the queue."""

from collections.abc import Collection
from dataclasses import dataclass

from wiki.models import Event, User, Watch

# Why somebody hears of something, when it is not for what they watch.
OWN, ACCOUNT = "own", "account"
# They can give a signature that is still missing; the need follows: "signer:pharmacist".
SIGNER = "signer"
MAIL = "mail"


@dataclass(frozen=True)
class Heard:
    """Through which watches an act is heard of, and who may know of it."""

    page: bool = False
    kind: bool = False
    specialty: bool = False
    queue: bool = False
    writers_only: bool = False


# What readers see is for all who watch it; what waits is for those who may see it.
HEARD = {
    "submit": Heard(specialty=True, queue=True, writers_only=True),
    "rebase": Heard(specialty=True, queue=True, writers_only=True),
    "report": Heard(page=True, queue=True, writers_only=True),
    "approve": Heard(page=True, kind=True, specialty=True),
    "unapprove": Heard(page=True, kind=True, specialty=True),
    "lift": Heard(page=True),
    "review_page": Heard(page=True),
    "verify": Heard(page=True),
    "second": Heard(page=True, kind=True, specialty=True),
    "protect": Heard(page=True, writers_only=True),
    "unprotect": Heard(page=True, writers_only=True),
}


def listeners(event: Event, *, queue: bool = False) -> dict[User, str]:
    """Return who hears of an act because of what they watch, with the nearest reason of each.

    With `queue`, an act that has no row above is told to those who watch the queue.
    """
    heard = HEARD.get(event.act, Heard(queue=queue, writers_only=True))
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
    """Return the specialties whose signature the change asks for."""
    needs = event.revision.requirements.all() if event.revision else ()
    return {one for need in needs for one in need.specialties}
