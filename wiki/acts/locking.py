"""How every act begins: lock the page, then read, then ask the rules."""

from wiki.models import Page, Revision
from wiki.policy.refusal import Refused


def lock_revision(revision_id: int) -> Revision:
    """Take the page's lock, then read the revision as it is now; raise `Refused` when it is gone.

    Every act locks the page first, so two acts on one page never interleave.
    """
    page_id = Revision.objects.filter(pk=revision_id).values_list("page_id", flat=True).first()
    if page_id is None:
        raise Refused("This draft is no longer there.")
    page = lock_page(page_id)
    revision = (
        Revision.objects.select_related("author", "parent", "second_parent").filter(pk=revision_id).first()
    )
    if revision is None:
        raise Refused("This draft is no longer there.")
    revision.page = page
    return revision


def lock_page(page_id: int) -> Page:
    """Take a page's lock; raise `Refused` when somebody removed it meanwhile."""
    try:
        return Page.objects.locked(page_id)
    except Page.DoesNotExist:
        raise Refused("This page is no longer there.") from None
