"""Problems that stop a document from being submitted, at the fields of a form."""

from collections.abc import Collection, Iterator

from wiki.domain.professions import Impact
from wiki.models import Correction, Revision
from wiki.policy.checks import LIMITS as LIMITS
from wiki.policy.checks import Findings, examine, load_findings
from wiki.policy.checks import kinds_of as kinds_of
from wiki.policy.checks.load_stops import ToCheck, load_stops
from wiki.policy.refusal import Problem
from wiki.text.document import Document


def problems(document: Document, page_id: int | None) -> list[Problem]:
    """Return every problem of `document`, warnings last."""
    return examine(load_findings(document, page_id)).problems


def blocking(
    document: Document,
    page_id: int | None,
    *,
    before: Document | None = None,
    is_correction: bool = False,
) -> list[Problem]:
    """Return the problems that stop a submission; those that `before`, the published version, has too may
    stay.
    """
    (found,) = load_stops([ToCheck(document, page_id, before, is_correction)])
    return stopped(found)


def stopped(found: Findings) -> list[Problem]:
    """Return the problems that stop a document, of which `load_stops` has loaded what the rules need."""
    return [one for one in examine(found, only="stop").problems if not one.warning]


def is_correction(revisions: Collection[Revision]) -> bool:
    """Return whether one of these versions was submitted together with a safety correction."""
    means_safety = any(one.impact == Impact.SAFETY for one in revisions)
    return means_safety and Correction.objects.that_sent_in(revisions).exists()


def retirement(document: Document, page_id: int | None) -> Iterator[Problem]:
    """Yield the problems of retiring the page in this way."""
    yield from (one for one in blocking(document, page_id) if one.field == "retirement")
