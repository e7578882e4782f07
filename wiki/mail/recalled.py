"""Whether a recall concerns what somebody asked to be told of: a page, a version, or what some words find."""

from collections.abc import Collection, Iterable, Iterator

from wiki.models import Citation, Correction, PublishedPage, RecallWatch, Revision, Source
from wiki.models.queries.changes import ReaderChange
from wiki.models.search.holding import hold
from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.html import plain
from wiki.text.redaction.passages import holds_passage


def concerned(change: ReaderChange, watches: Iterable[RecallWatch]) -> Iterator[RecallWatch]:
    """Yield those of some wishes that a recall concerns. Needs their versions."""
    pages = _pages(change)
    return (one for one in watches if _concerns(change, one, pages))


def _pages(change: ReaderChange) -> Collection[int]:
    """Return the pages that a recall concerns."""
    if change.source is not None:
        return Citation.objects.pages_resting_on(change.source)
    return [change.event.page_id] if change.event.page_id else []


def _concerns(change: ReaderChange, watch: RecallWatch, pages: Collection[int]) -> bool:
    if watch.revision is not None:
        return _concerns_version(change, watch.revision)
    if watch.page_id is not None:
        return watch.page_id in pages
    if PublishedPage.objects.matching(watch.words).filter(page__in=pages).exists():
        return True
    return change.event.revision_id is not None and _holds(change.event.revision_id, watch.words)


def _holds(revision_id: int, words: str) -> bool:
    """Return whether a version that may not be published any more holds each of some words, in any spelling,
    as a search for them would have found it.
    """
    document = Revision.objects.get(pk=revision_id).document
    texts = (
        *(document.title, *document.aliases, *(one.code for one in document.codes)),
        *(document.summary, plain(document.body)),
        *(said for row in document.statements for said in row.words),
    )
    return hold(texts, words)


def _concerns_version(change: ReaderChange, version: Revision) -> bool:
    """Return whether a recall concerns what one version says."""
    event = change.event
    if event.act == "second" and event.page_id == version.page_id:
        one = Correction.objects.get(pk=event.data["correction"])
        return holds_passage(version.document, one.passage)
    if change.source is None:
        return event.revision_id == version.pk
    keys = {key for row in version.document.statements for key in row.sources}
    keys |= {key for block in blocks_of(version.document.body) for key in block.citations}
    return Source.objects.standing_for(change.source) in Source.objects.by_key(keys).values()
