"""Invariants of the wiki, checked in the database: each function fails when one is broken."""

import re
from typing import Any

from django.db import connection

from wiki.domain.evidence import Grade
from wiki.domain.lifecycle import State
from wiki.models import (
    Address,
    Citation,
    Decision,
    Ending,
    Mention,
    Name,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Source,
    Statement,
    Verdict,
)
from wiki.published import rebuild
from wiki.published.links import render_now
from wiki.published.redaction import in_effect_on, redacted
from wiki.text.document import Document
from wiki.text.slugs import slug_of

DERIVED = [PublishedPage, Name, Mention, Statement, Citation]
# A word that says who wrote it.
WORD = re.compile(r"by-(\w+)-(\d+)")


def written_in(revision: Revision | None) -> set[tuple[str, str]]:
    """Return the marked words of a revision, as (who wrote it, number)."""
    return {(one[1], one[2]) for one in WORD.finditer(str(revision.content))} if revision else set()


class Promises:
    """All invariants that hold after every act, with the facts recorded so far to check them."""

    def __init__(self) -> None:
        """Begin with no recorded facts."""
        self.submitted: dict[int, tuple[Any, ...]] = {}
        self.addresses: dict[str, int] = {}

    def hold(self) -> None:
        """Check every invariant."""
        self.what_readers_see_is_what_somebody_else_approved()
        self.nothing_is_derived_of_what_is_not_published()
        self.nobody_approved_their_own_words()
        self.nobody_signed_new_words_of_their_own()
        self.nobody_brought_their_own_words_back_by_taking_others_back()
        self.every_submitted_text_is_still_there()
        self.intervals_neither_overlap_nor_run_backwards()
        self.every_address_ever_published_leads_to_its_page()
        self.a_rebuild_changes_nothing()

    def what_readers_see_is_what_somebody_else_approved(self) -> None:
        live = Publication.objects.open().select_related("revision", "verdict")
        published_pages = {one.page_id: one for one in PublishedPage.objects.select_related("publication")}
        assert sorted(one.page_id for one in live) == sorted(published_pages)
        for one in live:
            revision, verdict, published_page = one.revision, one.verdict, published_pages[one.page_id]
            document = revision.document
            assert published_page.publication == one
            assert revision.state == State.APPROVED
            assert verdict is not None
            assert verdict.digest == revision.digest == document.digest()
            assert verdict.decision == Decision.APPROVE
            assert verdict.reviewer_id not in (None, revision.author_id)
            shown = (published_page.title, published_page.kind, published_page.slug)
            assert shown == (document.title, document.kind, slug_of(document.title))
            corrected = redacted(document, in_effect_on(one.page_id))
            assert published_page.summary == corrected.framed.summary
            if not corrected.fixes:
                assert published_page.html == render_now(document.body).html
            self.derived_rows_are_those_of(one, corrected.framed)

    def derived_rows_are_those_of(self, publication: Publication, document: Document) -> None:
        key = Source.objects.get().pk
        rows = {
            (row.relation, row.object, row.stance, row.grade, row.basis, Grade(row.grade).rank, row.note)
            for row in document.statements
        }
        statements = Statement.objects.filter(subject=publication.page_id)
        assert rows == set(
            statements.values_list("relation", "object_id", "stance", "grade", "basis", "rank", "note")
        )
        assert all(one.source_ids == [key] for one in statements)
        assert [one.text for one in Name.objects.filter(page=publication.page_id)] == [document.title]
        cited = "[@pmid:22327515]" in document.body
        assert Citation.objects.filter(page=publication.page_id, statement=None).exists() == cited

    def nothing_is_derived_of_what_is_not_published(self) -> None:
        hidden = Page.objects.exclude(publications__in=Publication.objects.open())
        for model, field in ((PublishedPage, "page"), (Name, "page"), (Mention, "page"), (Citation, "page")):
            assert not model._default_manager.filter(**{f"{field}__in": hidden}).exists()
        assert not Statement.objects.filter(subject__in=hidden).exists()
        assert not Statement.objects.public().filter(object__in=hidden).exists()
        ends = {"subject__published_page__isnull": False, "object__published_page__isnull": False}
        both = Statement.objects.filter(**ends)
        assert set(Statement.objects.public()) == set(both)

    def nobody_approved_their_own_words(self) -> None:
        """Each word says who wrote it; the first approval that let readers see it was somebody else's."""
        seen: set[tuple[int, str]] = set()
        for one in Publication.objects.order_by("pk").select_related("revision", "verdict__reviewer"):
            said = {(one.page_id, match[0]) for match in WORD.finditer(str(one.revision.content))}
            for _, word in said - seen:
                assert one.verdict is not None
                assert one.verdict.reviewer is not None
                assert not word.startswith(f"by-{one.verdict.reviewer.username}-"), word
            seen |= said

    def nobody_signed_new_words_of_their_own(self) -> None:
        """Each word says who wrote it; whoever signs wrote none that readers did not have at that moment."""
        approvals = Verdict.objects.filter(decision=Decision.APPROVE)
        for one in approvals.select_related("revision", "compared_with", "reviewer"):
            assert one.reviewer is not None
            new = written_in(one.revision) - written_in(one.compared_with)
            assert one.reviewer.username not in {name for name, _ in new}, (one, new)

    def nobody_brought_their_own_words_back_by_taking_others_back(self) -> None:
        """What readers get instead of what was taken back is words of others, as far as it is new."""
        publications = list(Publication.objects.order_by("pk").select_related("revision"))
        takers = {
            one.revision_id: one.reviewer
            for one in Verdict.objects.filter(decision=Decision.UNAPPROVE).select_related("reviewer")
        }
        for place, one in enumerate(publications):
            taker = takers.get(one.revision_id)
            following = (each for each in publications[place + 1 :] if each.page_id == one.page_id)
            back = next((each for each in following if each.since == one.until), None)
            if taker and back and one.ending == Ending.UNAPPROVED:
                new = written_in(back.revision) - written_in(one.revision)
                assert taker.username not in {name for name, _ in new}, (one, new)

    def every_submitted_text_is_still_there(self) -> None:
        stored = {
            one.pk: (one.page_id, one.number, one.author_id, one.digest, one.parent_id, str(one.content))
            for one in Revision.objects.exclude(state=State.DRAFT)
        }
        assert self.submitted.items() <= stored.items()
        self.submitted = stored

    def intervals_neither_overlap_nor_run_backwards(self) -> None:
        last: dict[int, Any] = {}
        for one in Publication.objects.order_by("page_id", "pk"):
            if one.page_id in last:
                assert last[one.page_id] is not None
                assert last[one.page_id] <= one.since
            assert one.until is None or one.since < one.until
            last[one.page_id] = one.until

    def every_address_ever_published_leads_to_its_page(self) -> None:
        published = Publication.objects.values_list("revision__title", "page_id")
        now = dict(Address.objects.values_list("slug", "page_id"))
        assert self.addresses.items() <= now.items()
        assert {(slug_of(title), page_id) for title, page_id in published} <= now.items()
        self.addresses = now

    def a_rebuild_changes_nothing(self) -> None:
        before = derived()
        list(rebuild.rebuild(Page.objects.filter(publications__isnull=False).distinct().order_by("pk")))
        assert derived() == before


def derived() -> dict[str, list[str]]:
    """Return every derived row but for its key, sorted."""
    rows: dict[str, list[str]] = {}
    for model in DERIVED:
        table = model._meta.db_table
        minus = "- 'id' - 'statement_id'" if table != "wiki_publishedpage" else "- 'id'"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT (to_jsonb(t) {minus})::text FROM {table} t ORDER BY 1")
            rows[table] = [row[0] for row in cursor.fetchall()]
    return rows
