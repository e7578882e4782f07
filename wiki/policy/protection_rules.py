"""The rule who may edit a protected page."""

from django.utils import timezone

from wiki.models import Page, User
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.text.days import day_in_words


def refuse_protected(page: Page, by: User) -> None:
    """Raise `Refused` for people who may not edit the page now. The page must be locked."""
    if page.is_protected and not reload(by).can_review:
        raise Refused(sentence_of(page))


def sentence_of(page: Page) -> str:
    """Return until when and why only moderators may edit a page, and what others can do."""
    until = day_in_words(timezone.localdate(page.protected_until))
    return (
        f"Only moderators may edit this page until {until}: “{page.protected_reason}” "
        "A draft that you have begun is kept, and you can save it; it can be sent in after that day. "
        "To have something changed before, report it on the page: a moderator reads every report."
    )
