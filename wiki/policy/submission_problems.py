"""Problems that stand between a document and review, at the fields of a form."""

from collections.abc import Iterator

from wiki.policy.checks import LIMITS as LIMITS
from wiki.policy.checks import examine, gather
from wiki.policy.checks import kinds_of as kinds_of
from wiki.policy.refusal import Problem
from wiki.text.document import Document


def problems(document: Document, page_id: int | None) -> list[Problem]:
    """Return everything that stands between `document` and review, warnings last."""
    return examine(gather(document, page_id)).problems


def blocking(document: Document, page_id: int | None) -> list[Problem]:
    """Return the problems that stop a submission."""
    return examine(gather(document, page_id), only="stop").problems


def retirement(document: Document, page_id: int | None) -> Iterator[Problem]:
    """Yield what stands against retiring the page like this."""
    yield from (one for one in blocking(document, page_id) if one.field == "retirement")
