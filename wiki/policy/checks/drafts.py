"""The checks of a draft, for the person who writes it."""

from wiki.models import Publication, User
from wiki.policy.checks.load import load_findings
from wiki.policy.checks.report import CheckReport, examine
from wiki.text.document import Document


def draft_report(document: Document, page_id: int | None, *, by: User) -> CheckReport:
    """Return what the rules find in a draft, and what of it stands in the published version too."""
    people = {str(by): by.profession}
    return examine(
        load_findings(document, page_id, before=_published(page_id), reader=by, professions=people)
    )


def _published(page_id: int | None) -> Document | None:
    """Return what readers of a page see now, as it was approved."""
    live = Publication.objects.live_of(page_id) if page_id else None
    return live.revision.document if live else None
