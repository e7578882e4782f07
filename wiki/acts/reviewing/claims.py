"""Claims: who is looking at a submission. A claim is advice to others and blocks nobody."""

import datetime as dt
from typing import Final

from django.db import transaction

from wiki.acts.locking import lock_revision
from wiki.audit import log
from wiki.domain.lifecycle import Act
from wiki.models import Claim, Revision, User, clock
from wiki.policy import interests
from wiki.policy.permissions import authorize
from wiki.policy.refusal import Refused

# How long a claim holds unless it is renewed.
HOLDS: Final = dt.timedelta(hours=2)


@transaction.atomic
def claim(revision_id: int, *, by: User) -> Claim:
    """Record that `by` is looking at a submission, or renew that; the claim expires by itself.

    Others may still decide. Whoever says so first keeps it until then.
    """
    revision = lock_revision(revision_id)
    authorize(Act.REJECT, revision, by=by)
    interests.refuse("claim", by, [revision])
    now, held = clock.now(), held_of(revision)
    if held is not None and held.person_id != by.pk:
        raise Refused(f"{held.person} is looking at this until {held.until:%H:%M} UTC. You may still decide.")
    made, _ = Claim.objects.update_or_create(
        revision=revision,
        defaults={"person": by, "since": held.since if held else now, "until": now + HOLDS},
    )
    log.write("claim", by=by, revision=revision, at=now, until=made.until.isoformat())
    return made


@transaction.atomic
def release(revision_id: int, *, by: User) -> None:
    """Remove the claim of `by` on a submission."""
    revision = lock_revision(revision_id)
    if not drop_claim(revision, by=by):
        raise Refused("You had not claimed this, or your claim has run out.")
    log.write("release", by=by, revision=revision)


def held_of(revision: Revision) -> Claim | None:
    """Return the unexpired claim on a submission."""
    return Claim.objects.held(clock.now()).filter(revision=revision).first()


def drop_claim(revision: Revision, *, by: User) -> bool:
    """Remove a person's claim on a locked submission, as their verdict does; return whether there was one."""
    held = getattr(revision, "claim", None)
    if held is None or held.person_id != by.pk:
        return False
    held.delete()
    return True
