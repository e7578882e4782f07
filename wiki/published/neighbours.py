"""Pages that link to other pages or state something about them, updated when these lead elsewhere.

An act updates few of them itself. Many are left to a regular job, so that no act waits for all pages that
link to one: meanwhile an old address leads on, and a retired page says what replaces it.
"""

from collections.abc import Collection, Sequence
from itertools import batched
from typing import Final

from django.db import transaction

from wiki.models import (
    Address,
    Mention,
    NeighbourUpdate,
    Page,
    Publication,
    PublishedPage,
    Succession,
)
from wiki.models.locks import in_short_parts, lock_names
from wiki.models.queries.succession import publications_mentioning
from wiki.published.links import Surroundings, link_targets
from wiki.published.redaction import redacted_in
from wiki.published.statements import restate
from wiki.text.markdown.html import outline

# As many pages are updated in one transaction, or asked about in one query.
AT_ONCE: Final = 50


def derive_neighbours(pages: Collection[Page], *, are_first: bool = False, relinks: bool = True) -> None:
    """Update the other pages that link to one of `pages` or state something about it; many wait for the job.

    The names must be held. Nobody is led to pages that `are_first` published now because others are retired,
    and what was said of them before is said of them still, unless another page replaces them. Without
    `relinks` the links are left to `relink_left_over`.
    """
    here = {page.pk for page in pages}
    concerned = here if are_first else here.union(*map(Succession.pages_redirecting_to, here))
    moved = {page.pk for page in pages if page.retired} if are_first else concerned
    neighbours = _neighbours_of(concerned if relinks else (), moved, but=here, most=AT_ONCE + 1)
    if len(neighbours) > AT_ONCE:
        NeighbourUpdate.objects.begin(here)
    elif neighbours:
        _update(neighbours)


def update_waiting() -> int:
    """Update the neighbours of all pages for which they wait; return how many. For `manage.py run_jobs`."""
    updated = 0
    while waiting := NeighbourUpdate.objects.oldest():
        updated += _update_all(waiting)
    return updated


def _update_all(waiting: NeighbourUpdate) -> int:
    """Update the neighbours of one page, few in a transaction; stop if it leads elsewhere once more."""
    concerned = Succession.pages_redirecting_to(waiting.page_id)
    left = [
        pk for pk in sorted(_neighbours_of(concerned, concerned, but={waiting.page_id})) if pk > waiting.done
    ]
    updated = 0
    for some in in_short_parts(left, AT_ONCE):
        with transaction.atomic():
            lock_names(exclusive=False)
            Page.objects.locked_all(some)
            _update(some)
            updated += len(some)
            if not waiting.note(done=some[-1]):
                return updated
    waiting.end()
    return updated


def _neighbours_of(
    linked: Collection[int], told_of: Collection[int], *, but: Collection[int], most: int | None = None
) -> set[int]:
    """Return the pages, at most so many, that link to one of some pages or make a statement about others."""
    found: set[int] = set()
    for some in batched(sorted(linked), AT_ONCE):
        addresses = Address.objects.filter(page__in=some).values("slug")
        mentions = Mention.objects.filter(slug__in=addresses).exclude(page__in=but)
        found.update(mentions.values_list("page", flat=True)[:most])
    for some in batched(sorted(told_of), AT_ONCE):
        stating = publications_mentioning(some).exclude(page__in=but)
        found.update(stating.values_list("page", flat=True)[:most])
    return found


def _update(pages: Collection[int]) -> None:
    """Derive links and statements of some published pages again, where they lead elsewhere now."""
    _relink(pages)
    restate(Publication.objects.open_of(pages))


def _relink(pages: Collection[int]) -> None:
    mentions = Mention.objects.filter(page__in=pages)
    targets = link_targets(set(mentions.values_list("slug", flat=True)))
    for slug, (target, _) in targets.items():
        mentions.filter(slug=slug).exclude(target=target).update(target=target)
        mentions.filter(slug=slug, target=None).update(target=target)
    linking = PublishedPage.objects.filter(page__in=mentions.values("page"))
    _write_links(list(linking.select_related("publication__revision")))


def relink_left_over(after: int, at_once: int) -> int | None:
    """Write those of the next pages again whose links may lead to what was published since; return the last.

    That is what a load of many parts leaves for its end. The names must be locked exclusively.
    """
    published_pages = list(PublishedPage.objects.before_their_targets(after)[:at_once])
    if not published_pages:
        return None
    _write_links(published_pages)
    return published_pages[-1].page_id


def _write_links(published_pages: Sequence[PublishedPage]) -> None:
    """Write the text of some pages again, because links in it lead elsewhere."""
    safe = redacted_in([published_page.publication for published_page in published_pages])
    around = Surroundings.load(outline(one.framed.body) for one in safe)
    for published_page, one in zip(published_pages, safe, strict=True):
        html = str(around.render(one.framed.body).html)
        published_page.html, published_page.corrected = one.taken_out(html)
    PublishedPage.objects.bulk_update(published_pages, ["html", "corrected"], batch_size=50)
