"""Problems that stand between a document and review, at the fields of a form."""

from collections.abc import Collection, Iterator

from wiki.domain.professions import Impact
from wiki.models import Correction, Revision
from wiki.policy.checks import LIMITS as LIMITS
from wiki.policy.checks import examine, gather
from wiki.policy.checks import kinds_of as kinds_of
from wiki.policy.refusal import Problem
from wiki.text.document import Document


def problems(document: Document, page_id: int | None) -> list[Problem]:
    """Return everything that stands between `document` and review, warnings last."""
    return examine(gather(document, page_id)).problems


def blocking(
    document: Document,
    page_id: int | None,
    *,
    before: Document | None = None,
    is_correction: bool = False,
) -> list[Problem]:
    """Return the problems that stop a submission; what `before` in force has too need not be mended here."""
    found = gather(document, page_id, before=before, with_reports=False, is_correction=is_correction)
    return [one for one in examine(found, only="stop").problems if not one.warning]


def is_correction(revisions: Collection[Revision]) -> bool:
    """Return whether one of these versions was sent in with a correction for safety."""
    means_safety = any(one.impact == Impact.SAFETY for one in revisions)
    return means_safety and Correction.objects.that_sent_in(revisions).exists()


def retirement(document: Document, page_id: int | None) -> Iterator[Problem]:
    """Yield what stands against retiring the page like this."""
    yield from (one for one in blocking(document, page_id) if one.field == "retirement")
