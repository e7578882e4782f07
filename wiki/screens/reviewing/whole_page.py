"""The whole-page review screen: all of a page as readers get it, and its checklist."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property

from wiki.acts.reviewing import whole_page_review
from wiki.domain.evidence import Stance
from wiki.models import (
    Image,
    Publication,
    PublishedPage,
    Revision,
    Source,
    Statement,
    Succession,
    Task,
    User,
    clock,
)
from wiki.models.queries.text_authors import author_ids
from wiki.policy import checks, review_state
from wiki.policy.due_dates import due_after
from wiki.policy.eligibility import TodaysModerators
from wiki.policy.review_state import WholePageSignatures
from wiki.policy.reviewer_standing import ReviewerStanding
from wiki.published.links import render_now
from wiki.published.statements import resolve_statements, statement_of
from wiki.screens.page_on_day import name_ends
from wiki.screens.published_page import PublishedPageContent
from wiki.text.days import month_in_words
from wiki.text.markdown.blocks import UNSEEN, blocks_of
from wiki.text.markdown.html import outline
from wiki.text.slugs import slug_of


@dataclass(frozen=True)
class WholePageScreen:
    """A version of a page with everything that a whole-page reviewer needs."""

    revision: Revision
    published_page: PublishedPage
    sheet: PublishedPageContent
    reviewer: User
    is_live: bool

    @cached_property
    def signatures(self) -> WholePageSignatures:
        """Return who must sign under the whole of it, and who has."""
        return review_state.whole_page_signatures(self.revision)

    @cached_property
    def why_not(self) -> str:
        """Return why the person cannot sign under it, said before they read all of it; "" if they can."""
        return whole_page_review.why_not(self.revision, self.reviewer)

    @cached_property
    def missing(self) -> str:
        """Return in words which signatures would be missing after the person's; "" for none."""
        standing = ReviewerStanding(self.reviewer, clock.now()).as_json()
        return " and ".join(need.label for need in self.signatures.missing_with(standing))

    @property
    def out_of_reach(self) -> str:
        """Return in words which of the missing signatures nobody can give today; "" for none."""
        bench = TodaysModerators.today()
        left = bench.out_of_reach_for_whole(self.revision, self.signatures, author_ids(self.revision))
        return " and ".join(need.label for need in left)

    @property
    def needs(self) -> str:
        """Return who must sign under the whole of it, in words."""
        return " and ".join(need.label for need in self.signatures.needs)

    @property
    def due(self) -> str:
        """Return the next due date if the review were completed now."""
        return month_in_words(due_after(clock.now(), self.revision.kind))

    @cached_property
    def pictures(self) -> list[Image]:
        """Return its pictures in order, with the declared details of each."""
        names = list(dict.fromkeys(one.name for one in outline(self.revision.document.body).images))
        known = Image.objects.by_name(names)
        return [known[name] for name in names if name in known]

    @property
    def counted(self) -> str:
        """Return the amount to read, in words."""
        document = self.revision.document
        passages = sum(one.kind not in UNSEEN for one in blocks_of(document.body))
        parts = [
            _number(passages, "block of text", "blocks of text"),
            _number(sum(len(one.lines) for one in self.sheet.groups), "statement", "statements"),
            _number(len(self.pictures), "picture", "pictures"),
            _number(len(self.sheet.references), "source", "sources"),
        ]
        return ", ".join(parts)

    @cached_property
    def checked(self) -> dict[str, checks.Check]:
        """Return the results of the checks, by checklist item."""
        found = checks.run(checks.load_findings(self.revision.document, self.revision.page_id))
        return {one.item: one for one in found if one.item}

    @cached_property
    def tasks(self) -> list[Task]:
        """Return the open tasks on the page."""
        return list(Task.objects.open().of_page(self.revision.page).for_list())

    @property
    def next_unreviewed(self) -> PublishedPage | None:
        """Return the next page without a whole-page review."""
        others = PublishedPage.objects.for_lists().unreviewed().exclude(page=self.revision.page_id)
        return others.filter(slug__gt=self.published_page.slug).first() or others.first()


def _number(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def live_screen(published_page: PublishedPage, *, by: User) -> WholePageScreen:
    """Return the screen for the published version of a page."""
    revision = published_page.publication.revision
    sheet = PublishedPageContent(published_page)
    return WholePageScreen(revision, published_page, sheet, by, is_live=True)


def waiting_screen(revision: Revision, *, by: User) -> WholePageScreen:
    """Return the screen for a waiting version, as it would be published."""
    published_page = _as_published(revision)
    sheet = PublishedPageContent(published_page, list(_statements(revision)))
    return WholePageScreen(revision, published_page, sheet, by, is_live=False)


def _as_published(revision: Revision) -> PublishedPage:
    document, body = revision.document, render_now(revision.document.body)
    return PublishedPage(
        page=revision.page,
        publication=Publication(page=revision.page, revision=revision),
        slug=slug_of(document.title),
        title=document.title,
        kind=document.kind,
        summary=document.summary,
        aliases=list(document.aliases),
        codes=[asdict(code) for code in document.codes],
        html=str(body.html),
        places=[[one.source, one.anchor] for one in body.places],
        cited=list(body.sources),
        disputed=sum(row.stance == Stance.DISPUTED for row in document.statements),
    )


def _statements(revision: Revision) -> Iterator[Statement]:
    """Yield its own statements about published pages."""
    document, page_id = revision.document, revision.page_id
    ends = Succession({page_id, *(row.object for row in document.statements)})
    known = Source.objects.by_key(key for row in document.statements for key in row.sources)
    for number, (row, object_id) in enumerate(resolve_statements(page_id, document, ends), start=1):
        if (other := ends.live(object_id)) is not None:
            one = statement_of(row, object_id, known, pk=number, subject_id=page_id)
            one.subject_title, one.subject_slug = document.title, slug_of(document.title)  # type: ignore[attr-defined]  # as `about` does
            one.subject_kind = document.kind  # type: ignore[attr-defined]  # as `about` does
            yield name_ends(one, object=other)
