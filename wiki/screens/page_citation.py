"""The citation of a page: which version it is, by whom, who reviewed it."""

from django.utils import timezone

from wiki.models import PublishedPage
from wiki.text.sources.references import PageCitation


def citation_of(published_page: PublishedPage, address: str) -> PageCitation:
    """Return how the published version of a page is cited; `address` is that of the version, whole."""
    standing = published_page.standing
    facts = "; ".join(part for part in (standing.lead, standing.last_change) if part)
    names = tuple(one["name"] for one in published_page.authors)
    return PageCitation(
        title=published_page.title,
        url=address,
        version=published_page.number,
        authors=() if published_page.loaded_at else names,
        standing=". ".join(filter(None, (_began(published_page, names), facts))),
        date=timezone.localdate(published_page.publication.since),
        accessed=timezone.localdate(),
    )


def _began(published_page: PublishedPage, names: tuple[str, ...]) -> str:
    """Return the origin of a loaded text, and who changed it; they are not its authors."""
    if not published_page.loaded_at or not names:
        return ""
    return f"{published_page.get_origin_display()}, changed by {' and '.join(names)}"
