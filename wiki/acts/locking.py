"""The page lock that every act takes before it reads anything else about the page."""

from wiki.models import Page, Revision
from wiki.policy.refusal import Refused


def lock_revision(revision_id: int) -> Revision:
    """Take the page's lock, then read the revision as it is now; raise `Refused` when it is gone.

    Every act locks the page first, so two acts on one page never interleave. Of a merge of two pages, both
    are locked.
    """
    pages = Page.objects.locked_of_revision(revision_id)
    if not pages or (revision := Revision.objects.for_act(revision_id)) is None:
        raise Refused("This draft is no longer there.")
    revision.page = pages[revision.page_id]
    if revision.takes_over is not None:
        revision.takes_over.page = pages[revision.takes_over.page_id]
    return revision


def lock_page(page_id: int) -> Page:
    """Take a page's lock; raise `Refused` when somebody removed it meanwhile."""
    try:
        return Page.objects.locked(page_id)
    except Page.DoesNotExist:
        raise Refused("This page is no longer there.") from None
