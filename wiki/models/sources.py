"""Sources: bibliographic records that statements and text cite."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, Final, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat, Left

from wiki.addresses import address_of
from wiki.domain.evidence import Basis
from wiki.models import locks
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.keyset import KeyOrder, number, text
from wiki.models.lists.prepared import prepared
from wiki.models.users import User, Visitor


class Checked(models.TextChoices):
    """How well the record was verified."""

    FULL = "full", "Verified"
    PARTIAL = "partial", "Not fully verified"


# By how many letters of a reference lists are ordered: an index takes no texts of any length.
LETTERS: Final = 80
BY_REFERENCE: Final = KeyOrder.upward(text("beginning", Left("text", LETTERS)), number("pk"))

# Cited by the text of a published page, or by a statement between two published pages.
IN_FORCE = models.Q(citations__isnull=False, citations__statement=None) | models.Q(
    citations__statement__object__published_page__isnull=False
)


class SourceQuerySet(models.QuerySet["Source"]):
    """Queries on sources."""

    def visible_to(self, user: Visitor) -> Self:
        """Keep what `user` may see: readers see the sources of published pages, writers see all."""
        return self if isinstance(user, User) and user.can_write else self.published()

    def published(self) -> Self:
        """Keep the sources of published pages, in their text or through a public statement."""
        return self.filter(pk__in=Source.objects.filter(IN_FORCE).values("pk"))

    def by_key(self, keys: Iterable[str], *, with_former: bool = True) -> dict[str, int]:
        """Return the source id of each known citation key; unknown keys are left out.

        Keys of a merged record lead to the one that stands for it; former keys to theirs, as texts cite them.
        """
        if not (wanted := {key for key in keys if ":" in key}):
            return {}
        schemes, values = ([*{key.split(":", 1)[part] for key in wanted}] for part in (0, 1))
        rows = SourceId.with_former.named(schemes, values)
        # The same value can exist in two schemes, and only one of them was asked for.
        return {
            key: pk
            for scheme, value, is_former, pk in rows
            if (key := f"{scheme}:{value}") in wanted and (with_former or not is_former)
        }

    def kept(self) -> Self:
        """Leave out records that were merged into another one."""
        return self.filter(merged_into=None)

    def mentioning(self, words: str) -> Self:
        """Keep those whose reference holds all of `words`, the newest work first."""
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(text__icontains=word)
                | models.Q(ids__value__iexact=word)
                | models.Q(merged_from__ids__value__iexact=word)
            ).distinct()
        return found.kept().order_by(models.F("year").desc(nulls_last=True), "pk")

    def standing_for(self, pk: int) -> int:
        """Return the id of the record that replaces `pk`: its own, unless it was merged."""
        found = self.filter(pk=pk).values_list(Coalesce("merged_into", "pk"), flat=True).first()
        return int(found) if found is not None else pk

    def locked(self, ids: Collection[int]) -> "dict[int, Source]":
        """Return the sources of `ids`, holding their rows until the transaction ends."""
        locks.note(locks.Rank.ROW)
        return {one.pk: one for one in self.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}

    def with_natures(self) -> Self:
        """Load `natures`: the later notices of journals on each work, the gravest first."""
        return self.annotate(natures=_natures())

    def with_keys(self) -> Self:
        """Load the citation keys along, the first one first, in the same query."""
        key = Concat("ids__scheme", models.Value(":"), "ids__value", output_field=models.TextField())
        current = models.Q(ids__is_former=False)
        keys = ArrayAgg(key, order_by="ids__position", filter=current, default=models.Value([]))
        return self.annotate(keys=keys).with_natures()

    @prepared
    def with_keys_of(self, ids: list[int]) -> "models.QuerySet[Source]":
        """Return some sources with their citation keys and natures."""
        return self.filter(is_any_of("pk", ids)).with_keys()

    def in_order(self, ids: Sequence[int]) -> "list[Source]":
        """Return the sources of `ids`, in that order."""
        found = {one.pk: one for one in self.filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]

    def by_reference(self) -> Self:
        """Order as in a list of references, with the number of pages that rest on each."""
        # Counted for the rows that are shown; a count over a join would first group all there are.
        one = Source.objects.filter(pk=models.OuterRef("pk")).order_by()
        pages = one.annotate(found=models.Count("citations__page", filter=IN_FORCE, distinct=True))
        counted = self.kept().annotate(page_count=models.Subquery(pages.values("found")))
        return counted.with_natures().order_by(*BY_REFERENCE.by)

    def with_ids(self) -> Self:
        """Load the identifiers too."""
        return self.prefetch_related("ids").with_natures()


class Source(models.Model):
    """A bibliographic record. It changes only by a `SourceCheck`, which keeps it as it was before."""

    csl = models.JSONField("record (CSL-JSON)")
    text = models.TextField("reference in Vancouver style")
    year = models.PositiveSmallIntegerField(null=True)
    type = models.CharField(max_length=30, choices=Basis)
    checked = models.CharField(max_length=10, choices=Checked, default=Checked.PARTIAL)
    checked_how = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # The record of the same work into which this one was merged; that one is itself never merged.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")

    # Later notices of journals, the gravest first; set by `with_natures`.
    natures: list[str]

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(type__in=Basis.values), name="source_type_is_known"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="source_is_not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(Left("text", LETTERS), "id", name="source_by_reference")]

    def __str__(self) -> str:
        """Return the reference as readers see it."""
        return self.text

    def get_absolute_url(self) -> str:
        """Return the address of the page that says what rests on this source."""
        return address_of("source", self.pk)

    @property
    def beginning(self) -> str:
        """Return what lists are ordered by."""
        return self.text[:LETTERS]

    @property
    def title(self) -> str:
        """Return the title of the work."""
        return str(self.csl.get("title", ""))

    @property
    def key(self) -> str:
        """Return the citation key: what a writer puts between `[@` and `]`. Needs `with_ids`."""
        return next((str(one) for one in self.ids.all()), "")


class SourceIdQuerySet(models.QuerySet["SourceId"]):
    """Reads over identifiers, former ones included."""

    @prepared
    def named(
        self, schemes: list[str], values: list[str]
    ) -> "models.QuerySet[SourceId, tuple[str, str, bool, int]]":
        """Return (scheme, value, whether it is a former one, id of the record that stands for it) of those
        with one of these values in one of these schemes.
        """
        found = self.filter(is_any_of("scheme", schemes), is_any_of("value", values))
        kept = Coalesce("source__merged_into", "source")
        return found.values_list("scheme", "value", "is_former", kept)


class CurrentSourceIds(models.Manager["SourceId"]):
    """The identifiers that sources have now."""

    def get_queryset(self) -> models.QuerySet["SourceId"]:
        """Leave out those that were corrected."""
        return super().get_queryset().filter(is_former=False)


class SourceId(models.Model):
    """One identifier of a source. Each identifies one source only.

    One that was corrected stays as a former one: texts that cite it still lead to the source.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="ids")
    scheme = models.CharField(max_length=10)
    value = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)
    is_former = models.BooleanField(db_default=False)

    # The first manager is that of `Source.ids` too.
    objects = CurrentSourceIds()
    with_former = SourceIdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_names_one_source"),
            models.UniqueConstraint(
                fields=["source", "scheme"],
                condition=models.Q(is_former=False),
                name="source_has_one_id_of_a_scheme",
            ),
        ]
        ordering = ["position"]  # the first gives the citation key, wherever the ids are loaded

    def __str__(self) -> str:
        """Return the citation key."""
        return f"{self.scheme}:{self.value}"


class SourceCheckQuerySet(models.QuerySet["SourceCheck"]):
    """Reads over what people said of records."""

    def of_source(self, source: Source) -> Self:
        """Keep what was said of one record, the newest first."""
        return self.filter(source=source).order_by("-pk")

    def waiting(self) -> Self:
        """Keep those that wait for another person, the oldest first."""
        return self.filter(decided_at=None).select_related("source").order_by("pk")


class SourceCheck(models.Model):
    """Somebody compared a record with the work: as it is right, with what they put right in it.

    It counts once it is applied; where a page in force rests on the source, another person signs it first.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="checks")
    # The record as it was, and as it is right.
    before = models.JSONField()
    csl = models.JSONField()
    # The value of each scheme of its identifiers.
    ids = models.JSONField()
    type = models.CharField(max_length=30, choices=Basis)
    compared_with = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    is_applied = models.BooleanField(default=False)
    # Why it was not applied.
    reason = models.TextField(blank=True)

    objects = SourceCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(decided_at=None), name="one_waiting_check_of_a_source"
            ),
            models.CheckConstraint(condition=~models.Q(compared_with=""), name="check_says_with_what"),
        ]

    def __str__(self) -> str:
        """Return who compared which record."""
        return f"{self.asked_by_name} on {self.source}"

    @property
    def changed_ids(self) -> list[tuple[str, str, str]]:
        """Return the name of each kind of identifier that it corrects, with the value before and after."""
        kinds = sorted({*self.before["ids"], *self.ids})
        rows = ((kind.upper(), self.before["ids"].get(kind, ""), self.ids.get(kind, "")) for kind in kinds)
        return [row for row in rows if row[1] != row[2]]

    @property
    def waits(self) -> bool:
        """Return whether nobody has decided on it yet."""
        return self.decided_at is None


class NoticeNature(models.TextChoices):
    """The nature of a journal's notice about a published work."""

    RETRACTION = "retraction", "Retracted"
    CONCERN = "concern", "Expression of concern"
    CORRECTION = "correction", "Corrected"
    # A reinstatement withdraws an earlier notice.
    REINSTATED = "reinstated", "Reinstated"


class SourceNoticeQuerySet(models.QuerySet["SourceNotice"]):
    """Queries on notices."""

    def of_work(self, source: Source) -> Self:
        """Keep the notices on a work, under any of its merged records; newest first.

        Each has `is_of_work`: whether it came by an identifier that the record still has.
        """
        of_it = models.Q(source=source) | models.Q(source__merged_into=source)
        found = self.annotate(is_of_work=models.ExpressionWrapper(_is_of_work(), models.BooleanField()))
        return found.filter(of_it).order_by(models.F("noticed_on").desc(nulls_last=True), "-pk")

    @prepared
    def standing_on(self, kept: list[int]) -> "models.QuerySet[SourceNotice]":
        """Return those that stand on some works, each under the record that is kept, with their sources."""
        of_works = is_any_of("kept", kept)
        found: models.QuerySet[SourceNotice] = self.standing().filter(of_works)
        return found.select_related("source").order_by("pk")

    def of_the_work(self) -> Self:
        """Leave out those that came by identifiers of another work, all of which were corrected."""
        return self.filter(_is_of_work())

    def standing(self) -> Any:
        """Leave out those of another work, reinstatements, and the retractions and concerns that a later or
        same-day one ends.
        """
        later = SourceNotice.objects.filter(nature=NoticeNature.REINSTATED).of_the_work()._by_record()
        ended = later.filter(kept=models.OuterRef("kept"), day__gte=models.OuterRef("day"))
        doubts = models.Q(nature__in=(NoticeNature.RETRACTION, NoticeNature.CONCERN))
        return (
            self.of_the_work()
            .exclude(nature=NoticeNature.REINSTATED)
            ._by_record()
            .exclude(doubts & models.Exists(ended))
        )

    def _by_record(self) -> Any:
        """Tell each with the record that stands for its source, and the day on which it was given."""
        day = Coalesce("noticed_on", Cast("added_at", models.DateField()))
        rows: Any = self
        return rows.annotate(kept=Coalesce("source__merged_into", "source"), day=day)


def _is_of_work() -> models.Q:
    """Return the condition that a notice is of the work that its record describes now."""
    key = Concat("scheme", models.Value(":"), "value", output_field=models.TextField())
    present = SourceId.objects.filter(source=models.OuterRef("source")).annotate(key=key)
    came_by = present.filter(is_any_of("key", models.OuterRef("keys"))).order_by()
    return models.Q(keys=None) | models.Q(models.Exists(came_by))


@cache
def _natures() -> ArraySubquery:
    """Return, for a query of sources, the later notices of journals on each work, the gravest first."""
    notices = SourceNotice.objects.standing().filter(
        models.Q(source=models.OuterRef("pk")) | models.Q(source__merged_into=models.OuterRef("pk"))
    )
    return ArraySubquery(notices.order_by("-nature").values("nature").distinct())


class SourceNotice(models.Model):
    """A journal's notice about a source: that it is retracted, corrected or of concern. Only ever added.

    When the identifiers that it came by are all corrected, it is of another work and stands no longer.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="notices")
    nature = models.CharField(max_length=12, choices=NoticeNature)
    noticed_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    reference = models.CharField("identifier of the notice", max_length=500, blank=True)
    # The citation keys by which it came. None: a person gave it to the record; empty: taken off it again.
    keys = ArrayField(models.TextField(), null=True)
    added_at = models.DateTimeField(db_default=models.functions.Now())

    # The record that is kept for the source; set by `standing`.
    kept: int
    # Whether it is of the work that the record describes now; set by `of_work`.
    is_of_work: bool

    objects = SourceNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nature__in=NoticeNature.values), name="nature_is_known"
            ),
            models.UniqueConstraint(
                fields=["source", "nature", "reference"], name="source_is_noticed_once_by_each_notice"
            ),
        ]

    def __str__(self) -> str:
        """Return what was said of which source."""
        return f"{self.get_nature_display()}: {self.source}"
