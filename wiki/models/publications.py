"""Publications: when readers saw which revision."""

import datetime as dt
from collections.abc import Collection
from typing import Final, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import models

from wiki.domain.decisions import Decision
from wiki.domain.lifecycle import State
from wiki.domain.origins import Origin
from wiki.domain.professions import Impact, Risk
from wiki.models.lists.history import is_newest_of
from wiki.models.lists.keyset import KeyOrder, moment, number
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.names import NOT_IN_LISTS
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import ANYBODY, User
from wiki.models.verdicts import Verdict
from wiki.models.verifications import Verification, WholePageReview
from wiki.text.days import end_of

# Impacts after which a reader would act differently.
NEEDS_MEANING: Final = (Impact.ACTION, Impact.SAFETY)
NEWEST_FIRST: Final = KeyOrder.downward(moment("since", "in_force__startswith"), number("pk"))
# Columns for the review line of a page.
SHOWN: Final = ("publication__revision", "publication__verdict", "whole_page_review")


class Ending(models.TextChoices):
    """Why a publication ended."""

    REPLACED = "replaced", "Replaced"
    UNAPPROVED = "unapproved", "Approval reverted"


class Way(models.TextChoices):
    """How a version came to be published."""

    APPROVED = "approved", "Approved"
    LOADED = "loaded", "Loaded, approved by nobody"


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Queries on publications."""

    def open(self) -> Self:
        """Keep those that readers see now."""
        return self.filter(in_force__upper_inf=True)

    def open_of(self, page_ids: Collection[int]) -> Self:
        """Keep the open ones of some pages: of each, the one that began last."""
        return self._newest_of(page_ids, "infinity").open()

    def open_or_on_of(self, page_ids: Collection[int], day: dt.date | None = None) -> Self:
        """Keep what readers see of some pages, or saw when `day` ended; never what was suppressed since."""
        if day is None:
            return self.open_of(page_ids)
        moment = end_of(day)
        return self._newest_of(page_ids, moment.isoformat()).at(moment).readable()

    def _newest_of(self, page_ids: Collection[int], until: str) -> Self:
        return self.filter(is_newest_of("pk", page_ids, until))

    def live_of(self, page: Page | int) -> "Publication | None":
        """Return the open publication of a page, with its revision."""
        return self._live_of([page.pk if isinstance(page, Page) else page])

    @prepared_row
    def _live_of(self, page_ids: list[int]) -> "models.QuerySet[Publication]":
        # Told that it is one, PostgreSQL looks the revision up and joins no tables.
        return self.open_of(page_ids).select_related("revision")[:1]

    def live_with_people(self, page: Page | int) -> "Publication | None":
        """Return the same with its author, its approver and what is derived of it, for a screen."""
        return self._live_with_people([page.pk if isinstance(page, Page) else page])

    @prepared_row
    def _live_with_people(self, page_ids: list[int]) -> "models.QuerySet[Publication]":
        return self.open_of(page_ids)._with_people()[:1]

    def live_of_pages(self, page_ids: Collection[int]) -> "dict[int, Publication]":
        """Return the same of some pages, with the pages; no query for none."""
        found = self._live_of_pages([*page_ids]) if page_ids else ()
        return {one.page_id: one for one in found}

    @prepared
    def _live_of_pages(self, page_ids: list[int]) -> "models.QuerySet[Publication]":
        return self.open_of(page_ids)._with_people().select_related("page")

    def _with_people(self) -> Self:
        found = self.select_related("revision__author", "verdict", "loaded", "published_page")
        unread = ("html", "plain", "vector")
        return found.defer("loaded__content", *(f"published_page__{part}" for part in unread))

    def for_files(self) -> Self:
        """Keep the open ones, retired pages included, with what a page file holds."""
        return self.open().select_related("revision")

    def replaced_by(self, page: Page) -> Self:
        """Keep those that retire a page in favour of `page`, with their titles."""
        found = self.filter(page__replaced_by=page).select_related("revision")
        return found.defer("revision__content").order_by("page", "pk")

    def live_ids(self, page_ids: Collection[int]) -> dict[int, int]:
        """Return the id of the live revision of each page that has one."""
        return dict(self.open_of(page_ids).values_list("page_id", "revision_id"))

    def at(self, moment: dt.datetime) -> Self:
        """Keep those that readers saw at `moment`."""
        # The first follows from the second; by it an index leads to the last one that had begun.
        return self.filter(in_force__startswith__lte=moment, in_force__contains=moment)

    def on(self, day: dt.date) -> Self:
        """Keep those that readers saw when `day` ended, or at that moment."""
        return self.at(end_of(day))

    def open_or_on(self, day: dt.date | None = None) -> Self:
        """Keep what readers see, or saw when `day` ended; never what was suppressed since."""
        return self.open() if day is None else self.on(day).readable()

    def ended_of(self, *revisions: Revision) -> Self:
        """Keep those of some versions that readers saw once and do not see now, less what was suppressed."""
        found = self.readable().filter(revision__in=revisions, in_force__upper_inf=False)
        return found.select_related("revision").defer("revision__content").order_by("pk")

    def readable(self) -> Self:
        """Leave out suppressed ones."""
        return self.exclude(Revision.objects.suppressed("revision"))

    def of_pages_by(self, person: User) -> Self:
        """Keep those of pages on which a person has written, oldest first, with the number of the
        revision.
        """
        written = Revision.objects.filter(author=person).values("page")
        return (
            self.filter(page__in=written).select_related("revision").defer("revision__content").order_by("pk")
        )

    def of_kind(self, kind: str) -> Self:
        """Keep those of pages that were of one kind then."""
        return self.filter(revision__kind=kind)

    def by(self, person: User) -> Self:
        """Keep those that one person wrote or approved."""
        signed = Verdict.objects.filter(reviewer=person, decision=Decision.APPROVE).values("revision")
        return self.filter(models.Q(revision__author=person) | models.Q(revision__in=signed))

    def for_feeds(self) -> Self:
        """Keep those that everybody may see, newest first, with verdicts and the page's present `slug`."""
        # Asked of each row, so that fifty of them are read and not all that anybody may see.
        anybody = Revision.objects.visible_to(ANYBODY).filter(pk=models.OuterRef("revision"))
        return (
            self.filter(models.Exists(anybody))
            .annotate(slug=models.F("page__published_page__slug"))
            .select_related("revision", "verdict__meaning_withdrawal", "loaded", "whole_page_review")
            .defer("revision__content", "loaded__content")
            .prefetch_related("revision__verdicts")
            .order_by(*NEWEST_FIRST.by)
        )

    def as_changes(self) -> Self:
        """Keep the changes of published pages, newest first, with the columns of a list. What was reverted
        is left out.

        What was reverted is left out: it is nobody's to follow. A page is named as it is called now.
        """
        kept = self.readable().filter(page__published_page__isnull=False)
        shown = (f"page__published_page__{path}" for path in SHOWN)
        unread = (
            f"page__published_page__{path}" for path in (*NOT_IN_LISTS, "publication__revision__content")
        )
        return (
            kept.exclude(ending=Ending.UNAPPROVED)
            .select_related("revision", "verdict__meaning_withdrawal", "loaded", *shown)
            .defer("revision__content", "loaded__content", *unread)
            .prefetch_related("revision__verdicts")
            .order_by(*NEWEST_FIRST.by)
        )

    def telling_of(self, revision: Revision) -> Self:
        """Keep those that say what became of a version: its own, and what readers see of the page now."""
        # Asked beforehand, and by one question each: else PostgreSQL looks at every version of the page. What
        # readers see is the newest; it cannot know that only one of a page is open.
        own = self.filter(revision=revision).values_list("pk")
        newest = self.filter(page=revision.page_id).order_by(*NEWEST_FIRST.by).values_list("pk")[:1]
        kept = models.Q(revision=revision) | models.Q(in_force__upper_inf=True)
        return self.of_page(revision.page).filter(kept, pk__in=[pk for (pk,) in own.union(newest)])

    def next_after(self, one: "Publication") -> "Publication | None":
        """Return the publication of the same page that came next, with its revision."""
        later = self.filter(NEWEST_FIRST.before((one.since, one.pk)), page=one.page_id)
        found = later.select_related("revision").defer("revision__content")
        return next(iter(found.order_by(*NEWEST_FIRST.backwards)[:1]), None)

    def first_and_newest(self, page: Page) -> "tuple[Publication, Publication]":
        """Return the first and the newest publication of a page that was ever published."""
        found = self.filter(page=page).select_related("revision").defer("revision__content")
        return found.order_by(*NEWEST_FIRST.backwards)[0], found.order_by(*NEWEST_FIRST.by)[0]

    def title_of(self, page: Page) -> "Publication | None":
        """Return the newest publication of a page that may be read: it says what the page is called."""
        found = self.filter(page=page).readable().select_related("revision").defer("revision__content")
        return next(iter(found.order_by(*NEWEST_FIRST.by)[:1]), None)

    def last_of(self, revision: Revision) -> "Publication | None":
        """Return the last publication of a revision, with its stated impact."""
        found = self.filter(revision=revision).select_related("verdict__meaning_withdrawal", "revision")
        return found.order_by("-pk").first()

    def on_page(self, page: Page) -> Self:
        """Keep those of one page."""
        return self.filter(page=page)

    def alike(self, page: Page | int, likeness: str) -> "Publication | None":
        """Return when a text of the page with this likeness was last published, if nobody took it back."""
        seen = self.filter(page=page, likeness=likeness, revision__state=State.APPROVED)
        found = seen.select_related("revision", "loaded", "whole_page_review")
        return found.defer("loaded__content").order_by("-in_force", "-pk").first()

    def that_change_what_to_do(self) -> Self:
        """Keep those after which a reader would act differently, as the approver or else the author says."""
        said = models.Q(verdict__impact__in=NEEDS_MEANING)
        return self.filter(said | models.Q(verdict__impact="", revision__impact__in=NEEDS_MEANING))

    def of_page(self, page: Page) -> Self:
        """Keep those of one page, newest first, with the people they name."""
        return (
            self.filter(page=page)
            .select_related("revision__author", "revision__suppression", "loaded")
            .select_related("verdict__reviewer", "verdict__meaning_withdrawal", "whole_page_review__revision")
            .defer("revision__content", "loaded__content", "whole_page_review__revision__content")
            .prefetch_related(
                models.Prefetch("revision__verdicts", Verdict.objects.select_related("reviewer")),
                models.Prefetch("revision__verifications", Verification.objects.for_history()),
                models.Prefetch("revision__whole_page_reviews", WholePageReview.objects.for_history()),
            )
            .order_by(*NEWEST_FIRST.by)
        )

    def of_page_at(self, page: Page, moment: dt.datetime) -> "Publication | None":
        """Return what readers saw of a page at a moment, with all texts; None if that was suppressed since.

        It is the last one that had begun, if it had not ended: the index leads there, whatever the history.
        """
        begun = self.of_page(page).filter(in_force__startswith__lte=moment).defer(None)
        found = next(iter(begun[:1]), None)
        if found is None or (found.until and found.until <= moment) or hasattr(found.revision, "suppression"):
            return None
        return found

    def with_texts(self) -> Self:
        """Load the text of each revision too."""
        return self.defer(None).defer("loaded__content", "whole_page_review__revision__content")


class Publication(models.Model):
    """The interval in which one revision of a page is the one that readers see.

    It keeps what the approval of a change leaves as it was: which load the text began with, who last
    reviewed the whole page, and whose signatures stand under what is left of earlier changes.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="publications")
    way = models.CharField(max_length=10, choices=Way, default=Way.APPROVED)
    # The verdict that published it; None for loaded texts.
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, related_name="publications")
    # The loaded version that the text began with; none where a person began it.
    loaded = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    # The review of the whole page as it was before this change; a later one of these words comes before it.
    whole_page_review = models.ForeignKey(WholePageReview, models.PROTECT, null=True, related_name="+")
    # The number of changes approved since then, or since the page began, this one included.
    changes = models.PositiveIntegerField(default=0)
    # Each change of which something still stands, this one last: {"version", "verdicts", "passages"}.
    signed = models.JSONField(default=list)
    # The first version of each author of the text, oldest first: ids of revisions.
    writers = ArrayField(models.BigIntegerField(), default=list)
    # A digest of its words: equal for texts that differ only in punctuation, capitals or spaces.
    likeness = models.CharField(max_length=32, default="")
    in_force = DateTimeRangeField()
    ending = models.CharField(max_length=20, choices=Ending, blank=True)

    # The versions that `writers` names, where an act has just found them.
    first_versions: "list[Revision] | None" = None

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(page__gt=0), name="no_publication_is_of_an_entry"),
            ExclusionConstraint(
                name="page_has_one_live_revision",
                expressions=[("page", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=models.Q(way=Way.APPROVED, verdict__isnull=False)
                | models.Q(way=Way.LOADED, verdict=None, loaded=models.F("revision"), changes=0, signed=[]),
                name="publication_is_signed_or_says_that_nobody_did",
            ),
            models.CheckConstraint(
                condition=models.Q(in_force__upper_inf=True, ending="")
                | (models.Q(in_force__upper_inf=False) & ~models.Q(ending="")),
                name="publication_that_ended_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["page"], condition=models.Q(in_force__upper_inf=True), name="publication_open"
            ),
            models.Index(fields=["page", "likeness"], name="publication_by_likeness"),
            models.Index("page", RangeStartsWith("in_force"), "id", name="publication_of_page_by_time"),
            models.Index(RangeStartsWith("in_force"), "id", name="publication_by_time"),
        ]

    def __str__(self) -> str:
        """Return which revision, since when."""
        return f"{self.revision} since {self.since:%Y-%m-%d}"

    @property
    def impact(self) -> str:
        """Return the impact stated by the last signer, else the author; "" if a high risk belies it."""
        stated = (self.verdict.impact if self.verdict else "") or self.revision.impact
        return "" if self.revision.risk == Risk.HIGH and stated not in NEEDS_MEANING else stated

    @property
    def meaning(self) -> str:
        """Return the sentence for patients: the approver's unless it was withdrawn, else the author's; "" for
        none.
        """
        if self.verdict is None or not self.verdict.impact:
            return self.revision.meaning
        return "" if hasattr(self.verdict, "meaning_withdrawal") else self.verdict.meaning

    @property
    def meaning_in_words_of(self) -> str:
        """Return the approver in whose own words that is; "" where its author, or another signer, says so."""
        said = self.meaning
        if self.verdict is None or not said or said == self.revision.meaning:
            return ""
        signed = [one for one in self.revision.verdicts.all() if one.pk != self.verdict_id]
        confirmed = any(one.decision == Decision.APPROVE and one.meaning == said for one in signed)
        return "" if confirmed else self.verdict.reviewer_name

    @property
    def is_loaded(self) -> bool:
        """Return whether it was loaded with the starter content or from files, without an approval."""
        return self.way == Way.LOADED

    @property
    def began_with(self) -> str:
        """Return the origin of the text beneath the approved changes."""
        return Origin(self.loaded.origin if self.loaded else Origin.PERSON)

    @property
    def since(self) -> dt.datetime:
        """Return when it was published."""
        moment: dt.datetime = self.in_force.lower
        return moment

    @property
    def until(self) -> dt.datetime | None:
        """Return when it ended; None while it is open."""
        moment: dt.datetime | None = self.in_force.upper
        return moment

    @property
    def approvals(self) -> list[Verdict]:
        """Return the approvals of this change, oldest first. Needs the verdicts of the revision."""
        given = [one for one in self.revision.verdicts.all() if one.decision == Decision.APPROVE]
        return [] if self.is_loaded else sorted(given, key=lambda one: (one.decided_at, one.pk))

    @property
    def readings(self) -> list[WholePageReview]:
        """Return the whole-page reviews while it was open, newest first. Needs `of_page`."""
        until = self.until
        read = self.revision.whole_page_reviews.all()
        return [one for one in read if not (until and until <= one.reviewed_at)]

    @property
    def looks(self) -> list[Verification]:
        """Return the verifications of statements while it was open, newest first. Needs `of_page`."""
        until = self.until
        looked = self.revision.verifications.all()
        return [
            one
            for one in looked
            if self.since <= one.verified_at and not (until and until <= one.verified_at)
        ]


def live_revision(page: Page) -> Revision | None:
    """Return the revision that readers see now, or None."""
    live = Publication.objects.live_of(page)
    return live.revision if live else None
