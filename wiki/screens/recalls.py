"""Recalls: what readers were told and must not rely on any more, with the words that were struck."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wiki.models import Correction, PublishedPage, Source, Suppression
from wiki.models.events import Event
from wiki.models.queries.changes import ReaderChange
from wiki.text.redaction.passages import holds_passage


@dataclass(frozen=True)
class Recall:
    """One recall: of a passage, of a version, or of what rests on a retracted source."""

    change: ReaderChange
    # The passage that was corrected; None of any other recall, and where a text that holds it is hidden.
    struck: str | None = None
    correction: Correction | None = None
    source: Source | None = None
    # What rests on the source now.
    pages: tuple[PublishedPage, ...] = ()

    @property
    def is_lifted(self) -> bool:
        """Return whether moderators found since that the passage was right."""
        return self.correction is not None and self.correction.lifted_at is not None

    def as_json(self, site: str) -> dict[str, Any]:
        """Return it as programs get it; `site` is the address that paths begin with."""
        return self.change.as_json(site) | {
            "struck": self.struck or "",
            "is_lifted": self.is_lifted,
            "reference": self.source.text if self.source else "",
        }


def recalls_of(events: Iterable[Event]) -> list[Recall]:
    """Return some events as recalls, in the same order. Four queries, however many there are."""
    changes = [ReaderChange(one) for one in events]
    numbers = {one.event.data.get("correction") for one in changes} - {None}
    corrections = Correction.objects.in_bulk(numbers)
    hidden = list(Suppression.objects.on_pages({one.page_id for one in corrections.values()}))
    sources = Source.objects.in_bulk({one.source for one in changes if one.source})
    resting: dict[int, list[PublishedPage]] = {}
    for page in PublishedPage.objects.resting_on(sources):
        resting.setdefault(page.rests_on, []).append(page)  # type: ignore[attr-defined]  # annotated
    found = []
    for change in changes:
        correction = corrections.get(change.event.data.get("correction", 0))
        source = sources.get(change.source or 0)
        pages = tuple(resting.get(source.merged_into_id or source.pk, ())) if source else ()
        found.append(Recall(change, _struck(correction, hidden), correction, source, pages))
    return found


def _struck(correction: Correction | None, hidden: Iterable[Suppression]) -> str | None:
    """Return the passage that was corrected, unless it stands in a text that is hidden."""
    if correction is None:
        return None
    texts = (one.revision for one in hidden if one.revision.page_id == correction.page_id)
    if any(holds_passage(one.document, correction.passage) for one in texts):
        return None
    return correction.passage
