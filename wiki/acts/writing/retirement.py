"""Retiring a page and bringing it back, as edits that go through review."""

from dataclasses import replace

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.writing.drafts import edit
from wiki.acts.writing.submission import submit
from wiki.domain.professions import Impact
from wiki.models import Page, Revision, User
from wiki.models.publications import live_revision
from wiki.policy.refusal import Refused
from wiki.text.document import Retirement


@transaction.atomic
def retire(page: Page, *, by: User, retirement: Retirement) -> Revision:
    """Submit that `page` is retired; its text stays unchanged. Readers see it after approval.

    What that means for a patient is the reason, which readers are told word for word.
    """
    reason = retirement.reason.strip()
    return _send(page, retirement, by=by, note=f"Retires the page. {reason}", meaning=reason)


@transaction.atomic
def bring_back(page: Page, *, by: User, note: str) -> Revision:
    """Submit that a retired page is published again, with the text that it had."""
    if (live := live_revision(lock_page(page.pk))) is None or live.document.retirement is None:
        raise Refused("This page is not retired, so there is nothing to bring back.")
    return _send(page, None, by=by, note=note, meaning="The page is there for readers again.")


def _send(page: Page, retirement: Retirement | None, *, by: User, note: str, meaning: str) -> Revision:
    """Begin a draft that changes only the retirement of the published version, and submit it."""
    page = lock_page(page.pk)
    live = live_revision(page)
    if live is None:
        raise Refused("Nothing of this page is published, so there is nothing to retire.")
    document = replace(live.document, retirement=retirement)
    draft = edit(page, author=by, document=document)
    return submit(draft, by=by, note=note, impact=Impact.ACTION, meaning=meaning)
