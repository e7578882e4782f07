"""Who wants to hear of what: pages, kinds, specialties, the queue; and how one stops it, by one click."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.urls import reverse

from wiki.domain.professions import Specialty
from wiki.domain.vocabulary import Kind
from wiki.models import Event, Letter, Mailing, Notice, Page, Sending, User, Watch
from wiki.policy.refusal import Refused

# Why somebody hears of something, when it is not for what they watch.
OWN, ACCOUNT = "own", "account"
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


@transaction.atomic
def watch(page: Page, *, by: User, wanted: bool) -> None:
    """Tell `by` from now on of what happens to `page`, or no longer."""
    if wanted:
        Watch.objects.get_or_create(person=by, page=page)
    else:
        _stop(by, f"page:{page.pk}")


@transaction.atomic
def begin(person: User) -> None:
    """Let a moderator hear of what is sent in. They stop it where they choose what they watch."""
    Watch.objects.get_or_create(person=person, queue=True)


@dataclass(frozen=True)
class Choice:
    """All that a person wants to hear of, and how by mail."""

    mailing: str
    queue: bool
    kinds: Collection[str]
    specialties: Collection[str]
    pages: Collection[int]  # of those they watch, the ones to go on with


@transaction.atomic
def choose(person: User, choice: Choice) -> None:
    """Watch exactly what was chosen. Pages are begun where they are read; here they can only be left."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    wanted = {f"kind:{one}" for one in choice.kinds} | {f"specialty:{one}" for one in choice.specialties}
    wanted |= {f"page:{one}" for one in choice.pages}
    if choice.queue and person.can_review:
        wanted.add("queue")
    had = {one.why for one in Watch.objects.all_of(person)}
    for why in sorted(had - wanted):
        _stop(person, why)
    for why in sorted(wanted - had):
        if not why.startswith("page:"):
            _start(person, why)
    _mail(person, choice.mailing)


def _start(person: User, why: str) -> None:
    what, _, value = why.partition(":")
    page = Page.objects.filter(pk=value).first() if what == "page" else None
    if what == "page" and page is None:
        raise Refused("This page is no longer there.")
    Watch.objects.get_or_create(
        person=person,
        page=page,
        kind=value if what == "kind" else "",
        specialty=value if what == "specialty" else "",
        queue=what == "queue",
    )


def _stop(person: User, why: str) -> None:
    """End one watch; letters that tell of it and were not sent yet stay here."""
    Watch.objects.all_of(person).because(why).delete()
    Letter.objects.waiting_for(person, why).update(state=Sending.DROPPED)
    Notice.objects.filter(recipient=person, why=why, letter=None).update(by_mail=False)


def _mail(person: User, mailing: str) -> None:
    """Change how a person hears by mail; with never, what had been kept for the next letter is let go."""
    person.mailing = mailing
    person.save(update_fields=["mailing"])
    if mailing == Mailing.NEVER:
        Notice.objects.filter(recipient=person, letter=None).update(by_mail=False)


# --- One click ---------------------------------------------------------------------------------------------

_SIGNER = signing.Signer(salt="unsubscribe")


@dataclass(frozen=True)
class Ticket:
    """What a signed link ends: one person's one watch, or all their mail (with how they had it before)."""

    person: User
    why: str
    before: str = ""

    @property
    def what(self) -> str:
        """Return what it ends, in words."""
        what, _, value = self.why.partition(":")
        if what == "page":
            return f"“{_title_of(int(value))}”"
        if what == "kind":
            return f"pages of the kind {Kind(value).label.lower()}"
        if what == "specialty":
            return f"changes for {Specialty(value).label.lower()}"
        return "what waits for review" if what == "queue" else "all news by mail"


def _title_of(page_id: int) -> str:
    page = Page.objects.select_related("reading").filter(pk=page_id).first()
    reading = getattr(page, "reading", None)
    return reading.title if reading else "a page"


def address_to_stop(person: User, why: str) -> str:
    """Return the path of the signed link that ends what a letter was written for, without signing in."""
    key = f"{MAIL}:{person.mailing}" if why in (OWN, MAIL) else why
    return reverse("unsubscribe", args=[_SIGNER.sign(f"{person.pk}.{key}")])


def ticket(token: str) -> Ticket | None:
    """Return what a signed link is for, or None when nobody here signed it or the person is gone."""
    try:
        pk, _, key = _SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=int(pk)).first()
    if person is None:
        return None
    what, _, before = key.partition(":")
    return Ticket(person, MAIL, before) if what == MAIL else Ticket(person, key)


@transaction.atomic
def unsubscribe(ended: Ticket) -> None:
    """End what a signed link is for, at once; a second time changes nothing."""
    if ended.why == MAIL:
        _mail(ended.person, Mailing.NEVER)
        Letter.objects.waiting_for(ended.person, OWN).update(state=Sending.DROPPED)
    else:
        _stop(ended.person, ended.why)


@transaction.atomic
def resume(ended: Ticket) -> None:
    """Take an unsubscription back."""
    if ended.why == MAIL:
        _mail(ended.person, ended.before or Mailing.AT_ONCE)
    else:
        _start(ended.person, ended.why)
