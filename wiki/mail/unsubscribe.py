"""Signed links in mail that end one subscription, or all mail, without signing in."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from wiki.domain.kinds import plural_of
from wiki.domain.professions import Specialty
from wiki.mail.audience import MAIL, SIGNER
from wiki.models import Page, Personal, User

# What follows is the number of what somebody asked to be told of.
RECALL = "recall"
_SIGNER = signing.Signer(salt="unsubscribe")


_WHAT = {
    "queue": "what waits for review",
    Personal.OWN: "your own work by email",
    Personal.SIGNER: "changes that need your signature by email",
    MAIL: "all notifications by email",
}


@dataclass(frozen=True)
class Ticket:
    """What a signed link ends for a person: one subscription, letters about one personal matter, or all mail.

    `before` is how they got mail before they ended all of it.
    """

    person: User
    why: str
    before: str = ""

    @property
    def what(self) -> str:
        """Return what the link ends, in words."""
        what, _, value = self.why.partition(":")
        if what == "page":
            return f"“{_title_of(int(value))}”"
        if what == "kind":
            return f"pages about {plural_of(value).lower()}"
        if what == "specialty":
            return f"changes for {Specialty(value).label.lower()}"
        if what == RECALL:
            return "recalls that you asked to be told of"
        return _WHAT[what]

    @property
    def leaves_news(self) -> bool:
        """Return whether it ends letters alone, so that notifications on the site go on."""
        return self.why == MAIL or self.why in Personal


def _title_of(page_id: int) -> str:
    page = Page.objects.select_related("published_page").filter(pk=page_id).first()
    published_page = getattr(page, "published_page", None)
    return published_page.title if published_page else "a page"


def address_to_stop(person: User, why: str) -> str:
    """Return the path of the signed link that ends what a letter was written for, without signing in."""
    key = f"{MAIL}:{person.mailing}" if why == MAIL else SIGNER if why.startswith(SIGNER) else why
    return reverse("unsubscribe", args=[_SIGNER.sign(f"{person.pk}.{key}")])


def ticket(token: str) -> Ticket | None:
    """Return what a signed link ends; None if the signature is wrong or the account is gone."""
    try:
        pk, _, key = _SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=int(pk)).first()
    if person is None:
        return None
    what, _, before = key.partition(":")
    return Ticket(person, MAIL, before) if what == MAIL else Ticket(person, key)
