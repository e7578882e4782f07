"""A page as it was published on a day, with its statements and references.

Only what was corrected or suppressed since is not shown again.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property

from django.utils import timezone

from wiki.domain.evidence import Stance
from wiki.models import (
    Correction,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Source,
    Statement,
    Succession,
)
from wiki.models.lists.keyset import ListPart
from wiki.models.queries.succession import Live, publications_mentioning
from wiki.published.credits import credits_of
from wiki.published.derive import admitted_by
from wiki.published.links import render_now
from wiki.published.redaction import fixes_of
from wiki.published.statements import resolve_statements, statement_of
from wiki.screens.published_page import PublishedPageContent
from wiki.text.days import as_of_value, end_of
from wiki.text.document import Document
from wiki.text.markdown.explained_words import ExplainedText
from wiki.text.markdown.html import plain, vouched
from wiki.text.redaction.passages import without
from wiki.text.slugs import slug_of


class ContentOnDay(PublishedPageContent):
    """Statements and references of a page on a day. Links from other pages are not known for past days."""

    @cached_property
    def text(self) -> ExplainedText:
        """Return the text as it was: what explains its words today is of today."""
        return ExplainedText(vouched(self.published_page.safe_html))

    @cached_property
    def linked_from(self) -> ListPart:
        """Return nothing: links from other pages are known only for today."""
        return ListPart([])


@dataclass(frozen=True)
class PageOnDay:
    """What readers saw of a page when a day ended, or at a moment."""

    day: dt.date
    publication: Publication
    document: Document
    # Whether a passage was corrected for safety since, and is therefore left out.
    is_corrected: bool
    # The page that replaced it on that day, if it was retired.
    successor: Live | None

    @property
    def revision(self) -> Revision:
        """Return the version that was published."""
        return self.publication.revision

    @property
    def end(self) -> dt.datetime:
        """Return the end of the day, or the moment itself."""
        return end_of(self.day)

    @property
    def clock(self) -> str:
        """Return the time of day of a moment, in the zone of the wiki, for a time field; "" for a day."""
        return f"{timezone.localtime(self.day):%H:%M:%S}" if isinstance(self.day, dt.datetime) else ""

    @property
    def query(self) -> str:
        """Return the query string for the same day on other pages."""
        return f"?as_of={as_of_value(self.day)}"

    def published_page(self, page: Page) -> PublishedPage:
        """Return the page of that day, ready to show."""
        document, body = self.document, render_now(self.document.body, day=self.day)
        return PublishedPage(
            page=page,
            publication=self.publication,
            slug=slug_of(document.title),
            title=document.title,
            kind=document.kind,
            summary=document.summary,
            aliases=list(document.aliases),
            codes=[asdict(code) for code in document.codes],
            html=str(body.html),
            contents=[[one.level, one.id, one.text] for one in body.contents],
            places=[[one.source, one.anchor] for one in body.places],
            cited=list(body.sources),
            acknowledged_retractions=admitted_by(document.body),
            **credits_of(self.publication, until=self.end),
            plain=plain(document.body),
            disputed=sum(row.stance == Stance.DISPUTED for row in document.statements),
        )


def page_on(page: Page, day: dt.date) -> PageOnDay | None:
    """Return what readers saw of a page when `day` ended; None when that was nothing."""
    publication = Publication.objects.of_page_at(page, end_of(day))
    if publication is None:
        return None
    document = publication.revision.document
    as_read = _as_read([publication])[0]
    leads = Succession([page.pk], day).successor_of(page.pk) if document.retirement else None
    return PageOnDay(day, publication, as_read, document != as_read, leads)


def content_on(seen: PageOnDay, published_page: PublishedPage) -> PublishedPageContent:
    """Return statements and references of a page as they were on that day."""
    return ContentOnDay(published_page, list(_statements(seen, published_page.page_id)))


def _as_read(publications: Iterable[Publication]) -> list[Document]:
    """Return the content of each without passages corrected for safety. One query for all."""
    publications = list(publications)
    corrections = Correction.objects.in_effect_by_page({one.page_id for one in publications})
    found = []
    for one in publications:
        document = one.revision.document
        fixes = fixes_of(document, corrections.get(one.page_id, ()))
        found.append(without(document, [fix.stand_in for fix in fixes]) if fixes else document)
    return found


def _statements(seen: PageOnDay, page_id: int) -> Iterator[Statement]:
    """Yield the statements that named the page that day at either end, both ends being published."""
    others = list(
        publications_mentioning(Succession.pages_redirecting_to(page_id, seen.day), seen.day).select_related(
            "revision"
        )
    )
    told = [
        (page_id, seen.document),
        *((one.page_id, text) for one, text in zip(others, _as_read(others), strict=True)),
    ]
    objects = {row.object for _, document in told for row in document.statements}
    ends = Succession({page_id, *(pk for pk, _ in told), *objects}, seen.day)
    known = Source.objects.by_key(
        key for _, document in told for row in document.statements for key in row.sources
    )
    number = 0
    for subject_id, document in told:
        subject = ends.live(subject_id)
        for row, object_id in resolve_statements(subject_id, document, ends):
            other = ends.live(object_id)
            if subject is None or other is None or page_id not in (subject_id, object_id):
                continue
            number += 1
            statement = statement_of(row, object_id, known, pk=number, subject_id=subject_id)
            yield name_ends(statement, subject=subject, object=other)


def name_ends(statement: Statement, **ends: Live) -> Statement:
    """Set the titles of both ends of a statement, as `StatementQuerySet.about` does."""
    for end, live in ends.items():
        for part in ("title", "slug", "kind"):
            setattr(statement, f"{end}_{part}", getattr(live, part))
    statement.premise_changed_at = None
    return statement
