"""Revisions: versions of a page."""

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from wiki.domain.lifecycle import State
from wiki.domain.origins import LOADED, NOT_APPROVED, Origin
from wiki.domain.professions import Impact, Risk
from wiki.models.lists.conditions import ExistsForEach, is_any_of
from wiki.models.lists.history import is_in_branch
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.lists.visibility import is_visible
from wiki.models.pages import Page
from wiki.models.users import NamedPerson, User, Visitor, rights_of
from wiki.text.document import Document
from wiki.text.slugs import slug_of

# What a reader would do differently is said in a sentence.
_NEEDS_MEANING = models.Q(impact__in=[one for one in Impact if one.needs_meaning])
SAYS_WHAT_IT_MEANS = ~_NEEDS_MEANING | ~models.Q(meaning="")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Queries on revisions."""

    def visible_to(self, user: Visitor) -> Self:
        """Keep what `user` may see. Every view of a revision asks here.

        Everybody sees what has been published at some time. Writers also see what waits for review and
        all of their own; moderators and auditors also see what was returned, rejected or withdrawn. Nobody
        sees another person's draft. A text that was suppressed is for moderators and administrators alone.
        """
        return self.filter(is_visible(Revision.objects, *rights_of(user)))

    def one_visible_to(self, user: Visitor, pk: int) -> "Revision | None":
        """Return a revision with its page, author and parent if `user` may see it."""
        return self._one_visible(pk, *rights_of(user))

    @prepared_row
    def _one_visible(self, pk: int, person_id: int, writes: bool, inspects: bool, unredacted: bool) -> Self:
        seen = is_visible(Revision.objects, person_id, writes, inspects, unredacted)
        return self.filter(seen, pk=pk).select_related("page", "author", "parent")

    def suppressed(self, revision: str) -> models.Exists:
        """Return the condition that the version that a row names is suppressed.

        PostgreSQL takes a join with a table that is nearly empty for one that leaves hardly a row.
        """
        return ExistsForEach(self.filter(pk=models.OuterRef(revision), suppression__isnull=False))

    def drafts_of(self, user: User) -> Self:
        """Keep the drafts of one person, last touched first."""
        return self.filter(author=user, state=State.DRAFT).order_by("-saved_at", "-pk")

    def saying(self, document: Document) -> Self:
        """Keep those with exactly the content of `document`."""
        return self.filter(digest=document.digest())

    def for_list(self) -> Self:
        """Load the columns of a list, without the text."""
        return self.select_related("page__published_page").defer(
            "content", "page__published_page__html", "page__published_page__plain"
        )

    def on(self, page: Page) -> Self:
        """Keep those of one page, with their authors."""
        return self.filter(page=page).select_related("author")

    def sent_in_by(self, user: User) -> Self:
        """Keep what one person submitted and was never published, newest first, with its verdicts.

        `is_continued` tells whether another revision carries its text on, `has_moved_on` whether the page
        has changed since.
        """
        carrying = Revision.objects.filter(second_parent=models.OuterRef("pk"))
        since = {"in_force__startswith__gt": models.F("submitted_at")}
        moved = models.Q(**{f"page__publications__{key}": value for key, value in since.items()})
        moved |= models.Q(**{f"takes_over__page__publications__{key}": value for key, value in since.items()})
        moved_on = Revision.objects.filter(moved, pk=models.OuterRef("pk"))
        ends = (State.SUBMITTED, State.CHANGES_REQUESTED, State.REJECTED, State.WITHDRAWN)
        return (
            self.filter(author=user, state__in=ends, retired_with=None)
            .annotate(is_continued=models.Exists(carrying), has_moved_on=models.Exists(moved_on))
            .select_related("page")
            .defer("content")
            .prefetch_related("verdicts")
            .order_by("-submitted_at", "-pk")
        )

    def waiting(self) -> Self:
        """Keep what waits for review, oldest first.

        A revision that was rebased waits through the merged one, which has it as second parent; one that
        retires its page in a merge of two, through the one that takes the text over.
        """
        rebased = Revision.objects.filter(second_parent=models.OuterRef("pk"), state=State.SUBMITTED)
        waiting = self.filter(state=State.SUBMITTED, retired_with=None)
        return waiting.exclude(models.Exists(rebased)).order_by("submitted_at", "pk")

    @prepared_row
    def for_act(self, pk: int) -> "models.QuerySet[Revision]":
        """Return a revision with its author, its claim and what it takes over; None when it is gone."""
        return self.filter(pk=pk).select_related("author", "takes_over", "claim")

    @prepared
    def versions(self, ids: list[int]) -> "models.QuerySet[Revision]":
        """Return some revisions with their authors, without what they say."""
        return self.filter(is_any_of("pk", ids)).select_related("author").defer("content")

    @prepared_row
    def retiring(self, half_id: int) -> "models.QuerySet[Revision]":
        """Return what retires the other page of a merge, with its page, author and parent; or None."""
        return self.filter(retired_with=half_id).select_related("page", "author", "parent")

    def without_content(self, page_ids: Collection[int]) -> Self:
        """Keep the revisions of some pages, with their authors and without what they say."""
        return self.filter(page__in=page_ids).defer("content").select_related("author")

    def branches_of(self, revisions: "Collection[Revision]") -> "Iterator[Revision]":
        """Yield the open branches that end in some revisions, without the content.

        That is what it was built on while that waits, what it carries over, and the settled revisions that
        a branch begins from. What those descend from is history and is left out.
        """
        yield from self._beneath(revisions, State.SUBMITTED)

    def published_with(self, revisions: "Collection[Revision]") -> "Iterator[Revision]":
        """Yield what was published together with some revisions, without the content.

        That is what they were built on or carry over and was never published before.
        """
        yield from self._beneath(revisions, State.INCLUDED)

    def _beneath(self, revisions: "Collection[Revision]", state: State) -> "list[Revision]":
        parents = [one.parent_id for one in revisions] + [one.second_parent_id for one in revisions]
        is_second = [False] * len(revisions) + [True] * len(revisions)
        return self._of_branches(state.value, parents, is_second)

    @prepared
    def _of_branches(self, state: str, parents: list[int | None], is_second: list[bool]) -> Self:
        found = self.filter(is_in_branch("pk", state, parents, is_second))
        return found.defer("content").select_related("author")

    def merging_into(self, page_ids: Collection[int]) -> Self:
        """Keep those that retire their page in favour of one of `page_ids`."""
        # The index of what versions say finds these; that of retirements would be read as a whole.
        named = models.Q(pk__in=())
        for page_id in page_ids:
            named |= models.Q(content__contains={"retirement": {"replaced_by": page_id}})
        return self.filter(named)

    def merged_into(self, page_ids: Collection[int]) -> set[tuple[int, int]]:
        """Return, as pairs, the pages that were ever to be merged, and into which of `page_ids`."""
        retiring = self.merging_into(page_ids)
        return set(retiring.values_list("page_id", "content__retirement__replaced_by"))

    def titles_of(self, page_ids: Collection[int]) -> dict[int, str]:
        """Return the newest submitted title of each page among these; drafts are left out.

        Whoever shows titles asks for them through `visible_to`: else a title that nobody approved is read.
        """
        return self._of_newest(page_ids, "title")

    def leads_elsewhere(self, revision_id: int, instead_of: int) -> bool:
        """Return whether publishing one revision in place of another changes what other pages depend on.

        That is the address, the kind and the retirement, and whether it takes another page over.
        """
        found = {
            pk: (slug_of(title), kind, retired, taken if pk == revision_id else None)
            for pk, title, kind, retired, taken in self._depended_on([revision_id, instead_of])
        }
        return found.get(revision_id) != found.get(instead_of)

    @prepared
    def _depended_on(self, ids: list[int]) -> "models.QuerySet[Revision, tuple[Any, ...]]":
        names = ("pk", "title", "kind", "content__retirement", "takes_over")
        return self.filter(is_any_of("pk", ids)).values_list(*names)

    def last_numbers(self, page_ids: Collection[int]) -> dict[int, int]:
        """Return the number of the newest revision of each of some pages that has any."""
        return self._of_newest(page_ids, "number")

    def _of_newest(self, page_ids: Collection[int], column: str) -> dict[int, Any]:
        # Each is looked up by its number: sorted together, all versions of these pages would be read.
        own = self.filter(page=models.OuterRef("pk"), number__isnull=False).order_by("-number")
        found = Page.objects.filter(pk__in=page_ids).annotate(found=models.Subquery(own.values(column)[:1]))
        return dict(found.exclude(found=None).values_list("pk", "found"))

    def page_ids(self, ids: Collection[int]) -> dict[int, int]:
        """Return the page of each of some revisions; no query for none."""
        return dict(self.filter(pk__in=ids).values_list("pk", "page_id")) if ids else {}

    def returned_to(self, person: User) -> Self:
        """Keep what was returned to a person for changes and nobody has continued yet."""
        carried = Revision.objects.filter(second_parent=models.OuterRef("pk"))
        returned = self.filter(author=person, state=State.CHANGES_REQUESTED, retired_with=None)
        return returned.exclude(models.Exists(carried)).order_by("page", "pk")

    def turned_down_before(self, revision: "Revision") -> Self:
        """Keep rejected revisions of the same page with exactly the same content."""
        return (
            self.filter(page=revision.page_id, digest=revision.digest, state=State.REJECTED)
            .exclude(pk=revision.pk)
            .order_by("pk")
        )

    def that_name(self, page: Page) -> Self:
        """Keep those with a statement about `page`, in any state."""
        return self.filter(content__contains={"statements": [{"object": page.pk}]})

    def not_yet_published(self) -> Self:
        """Keep drafts and what waits for review, newest first."""
        return self.filter(state__in=(State.DRAFT, State.SUBMITTED)).order_by("-pk")

    def of_pages(self, page_ids: Collection[int]) -> Self:
        """Keep those of some pages."""
        return self.filter(page__in=page_ids)

    def of_new_pages(self) -> Self:
        """Keep those of unpublished pages."""
        return self.filter(page__published_page=None)

    def with_a_title_like(self, typed: str) -> Self:
        """Keep those with a word in the title that begins like what was typed, ignoring accents."""
        begins = models.Q(title__unaccent__istartswith=typed)
        return self.filter(begins | models.Q(title__unaccent__icontains=f" {typed}"))

    def numbered(self, page_id: int, number: int) -> "Revision | None":
        """Return one version of a page."""
        return self.filter(page=page_id, number=number).first()

    def with_people(self) -> Self:
        """Load the page and the author too, with the author's credentials."""
        return self.select_related("page", "author").prefetch_related("author__credentials")


_WAITS, _SAFETY_WAITS = models.Q(state="submitted"), models.Q(state="submitted", impact="safety")
_IS_DRAFT, _IS_REJECTED = models.Q(state=State.DRAFT), models.Q(state=State.REJECTED)
_ENDS = (State.APPROVED, State.INCLUDED, State.UNAPPROVED, State.CHANGES_REQUESTED, State.REJECTED)
_IS_DECIDED = models.Q(state__in=_ENDS)


class Revision(models.Model):
    """One version of everything that readers see of a page. Immutable once submitted."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PERSON)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="revisions")
    author_name = models.CharField(max_length=120)
    # The revision that this was begun from and is compared with.
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    # Another text that this one carries: what was rebased, or returned and is begun again.
    second_parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="carried_by")
    # Of a merge of two pages: the version of the other page, published then, whose text this takes over.
    takes_over = models.ForeignKey("self", models.PROTECT, null=True, related_name="taken_over_by")
    # The other half of a merge: this retires its page for that one, and shares all that becomes of it.
    retired_with = models.OneToOneField("self", models.PROTECT, null=True, related_name="retires")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    note = models.TextField("note to the reviewer", blank=True)
    # The impact for patients, as the author states it; empty while a draft leaves it open.
    impact = models.CharField(max_length=10, choices=Impact, blank=True)
    meaning = models.TextField("what it means for a patient", blank=True)
    # What it touches and how much harm it could do, worked out when it is submitted: ids of the rules of
    # `policy.quorum`, and the highest risk among them.
    rules = ArrayField(models.CharField(max_length=40), default=list)
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    # The form as it was typed, while it holds what a document cannot: an unknown page, half a code.
    typed = models.JSONField(null=True)
    # Of a draft: the numbers of words that its author typed and deleted; see `DeletedWords`.
    deleted_words = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    saved_at = models.DateTimeField(db_default=models.functions.Now())
    submitted_at = models.DateTimeField(null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="revision_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(origin=Origin.PERSON) | models.Q(origin__in=LOADED, author=None),
                name="nobody_is_the_author_of_what_was_loaded",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT, number__isnull=True, submitted_at__isnull=True)
                | (~models.Q(state=State.DRAFT) & models.Q(number__isnull=False, submitted_at__isnull=False)),
                name="only_drafts_have_no_number",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT) | models.Q(typed__isnull=True),
                name="only_drafts_hold_what_was_typed",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_with=None)
                | (models.Q(takes_over=None) & ~models.Q(state=State.DRAFT)),
                name="what_retires_with_a_merge_is_sent_in_and_takes_nothing_over",
            ),
            models.CheckConstraint(
                condition=models.Q(impact__in=["", *Impact.values]), name="impact_is_known"
            ),
            models.CheckConstraint(condition=models.Q(risk__in=["", *Risk.values]), name="risk_is_known"),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT) | SAYS_WHAT_IT_MEANS,
                name="impact_that_needs_a_meaning_has_one",
            ),
            models.UniqueConstraint(fields=["page", "number"], name="revision_number_is_unique_on_its_page"),
            models.UniqueConstraint(
                fields=["page", "author"],
                condition=models.Q(state=State.DRAFT),
                name="author_has_one_draft_of_a_page",
            ),
            # Verdicts have a copy of the author; a foreign key to this pair keeps it correct.
            models.UniqueConstraint(fields=["id", "author"], name="revision_with_its_author"),
        ]
        indexes = [
            models.Index(fields=["submitted_at", "id"], condition=_WAITS, name="queue"),
            models.Index(fields=["risk", "submitted_at", "id"], condition=_WAITS, name="queue_by_risk"),
            models.Index(fields=["submitted_at", "id"], condition=_SAFETY_WAITS, name="queue_for_safety"),
            models.Index(
                fields=["page"], condition=models.Q(content__has_key="retirement"), name="retirements"
            ),
            models.Index(fields=["author", "saved_at"], condition=_IS_DRAFT, name="drafts_of_an_author"),
            models.Index(fields=["page", "author"], condition=~_IS_DRAFT, name="sent_in_on_page_by_author"),
            models.Index(
                fields=["author", "submitted_at", "id"], condition=_IS_DECIDED, name="decided_of_an_author"
            ),
            models.Index(fields=["digest"], condition=_IS_REJECTED, name="rejected_by_digest"),
            # Of which pages it makes statements.
            GinIndex(OpClass("content", name="jsonb_path_ops"), name="revision_says"),
        ]

    def __str__(self) -> str:
        """Return title and version, as people name it."""
        return f"{self.title}, version {self.number}" if self.number else f"{self.title} (draft)"

    def get_absolute_url(self) -> str:
        """Return where people who work on this revision find it."""
        return reverse("draft" if self.state == State.DRAFT else "review", args=[self.pk])

    @property
    def document(self) -> Document:
        """Return the content of this revision."""
        return Document.from_json(self.content)

    @property
    def named_author(self) -> NamedPerson:
        """Return who wrote it, with their public page. Needs the author."""
        return NamedPerson(self.author_name, address=self.author.get_absolute_url() if self.author else "")

    @property
    def slug(self) -> str:
        """Return the address that its title gives."""
        return slug_of(self.title)

    @cached_property
    def specialties_needed(self) -> frozenset[str]:
        """Return the specialties of which its change requires a signature."""
        return frozenset(one for need in self.requirements.all() for one in need.specialties)

    def retiring_half(self) -> "Revision | None":
        """Return the version that retires the page which this takes over; None of what merges no pages."""
        return Revision.objects.retiring(self.pk) if self.takes_over_id is not None else None

    def hold(self, document: Document) -> None:
        """Set `document` as the content of this revision. The caller saves.

        A draft may hold a title that is too long yet; the columns keep as much of it as lists can show.
        """
        self.title = document.title[:120]
        self.kind = document.kind[:20]
        self.content = document.as_json()
        self.digest = document.digest()

    @property
    def is_loaded(self) -> bool:
        """Return whether it was loaded with the starter content or from files, without an author here."""
        return self.origin != Origin.PERSON

    @property
    def label(self) -> str:
        """Return the state in words."""
        if self.is_loaded and self.state in NOT_APPROVED:
            return NOT_APPROVED[State(self.state)]
        return State(self.state).label
