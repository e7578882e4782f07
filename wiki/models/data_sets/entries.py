"""Data sets in tables of their own: releases, entries, rows. Never pages, never publications.

One release of a data set is attached at a time (`data_sets/releases.py`), so the number of an entry and the
key of a row each name one. The tables stand in `sql/data_sets.sql`, in parts by release.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from wiki.domain.data_sets import DATA_SETS, ROW_SCHEME, DataSet, EntryKind
from wiki.domain.relations import RELATIONS, Relation
from wiki.models.lists.keyset import KeyOrder, ListPart, PartAsked, part_of_several, share, text
from wiki.models.lists.prepared import prepared
from wiki.models.pages import Page


class DataReleaseQuerySet(models.QuerySet["DataRelease"]):
    """Queries on releases."""

    def current(self) -> Self:
        """Keep those that readers are shown."""
        return self.filter(is_current=True)

    def shown_of(self, data_set: str) -> "DataRelease | None":
        """Return the release of a data set that readers are shown."""
        return self.current().filter(data_set=data_set).first()


class DataRelease(models.Model):
    """A release of a data set, as it was loaded: from which files, what was kept, what had changed."""

    data_set = models.CharField(max_length=20, choices=[(one.id, one.label) for one in DATA_SETS.values()])
    version = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(db_default=models.functions.Now())
    is_current = models.BooleanField(default=False)
    files = models.JSONField(default=dict, help_text="the SHA-256 of each file")
    counts = models.JSONField(default=list, help_text="what was read, kept and dropped")
    report = models.JSONField(default=dict, help_text="what came, went and changed")

    objects = DataReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["data_set"],
                condition=models.Q(is_current=True),
                name="data_set_has_one_current_release",
            ),
            models.CheckConstraint(
                condition=models.Q(data_set__in=list(DATA_SETS)), name="data_set_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the data set with its release."""
        return f"{self.about.label}, release {self.version}"

    @property
    def about(self) -> DataSet:
        """Return what is known of the data set itself."""
        return DATA_SETS[self.data_set]

    @property
    def notice(self) -> str:
        """Return the sentence that the licence asks for."""
        return self.about.notice_of(self.version)


class EntryNumber(models.Model):
    """The number of an entry: negative, and the same in every release. Pages have the positive ones."""

    id = models.BigIntegerField(primary_key=True)
    data_set = models.CharField(max_length=20)
    code = models.TextField(db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_set", "code"], name="entry_has_one_number"),
            models.CheckConstraint(condition=models.Q(id__lt=0), name="entry_number_is_negative"),
        ]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class EntryQuerySet(models.QuerySet["Entry"]):
    """Queries on the entries that readers are shown."""

    def of_data_set(self, data_set: str) -> Self:
        """Keep those of one data set, with their release."""
        return self.filter(release__data_set=data_set).select_related("release")

    def at(self, data_set: str, code: str) -> "Entry | None":
        """Return the entry with a code, or with that former code; "hp_0002135" is HP:0002135."""
        found, written = self.of_data_set(data_set), {code, code.upper().replace("_", ":", 1)}
        return (
            found.filter(code__in=written).first()
            or found.filter(former_codes__overlap=list(written)).order_by("code").first()
        )

    def named_only(self) -> Self:
        """Leave out the long columns, which lists do not need."""
        return self.defer("definition", "comment", "search")

    @prepared
    def same_as(self, page_id: int) -> "models.QuerySet[Entry]":
        """Return the entries that are the subject of a page, with their releases."""
        same = self.named_only().filter(same_pages__page=page_id)
        return same.select_related("release").order_by("code")

    def named(self, numbers: Collection[int]) -> dict[int, "Entry"]:
        """Return what a list shows of some entries, by number."""
        found = self.filter(pk__in=numbers).select_related("release")
        return {one.pk: one for one in found.defer("definition", "comment", "search")}

    def above(self, number: int) -> Self:
        """Keep the entries right above one, A to Z."""
        return self.filter(below__entry=number, below__distance=1).order_by("name", "code")

    def beneath(self, number: int) -> Self:
        """Keep the entries right beneath one, A to Z."""
        return self.filter(upward__ancestor=number, upward__distance=1).order_by("name", "code")

    def like(self, words: str) -> Self:
        """Keep the entries whose names hold all of `words`, the nearest first."""
        query = SearchQuery(words, config="causeway", search_type="websearch")
        shown = self.filter(search=query).select_related("release").defer("definition", "comment", "search")
        return shown.order_by(SearchRank("search", query, normalization=2).desc(), "name", "code")


class Entry(models.Model):
    """A finding or a disease of a data set, as its release has it."""

    id = models.BigIntegerField(primary_key=True)
    release = models.ForeignKey(DataRelease, models.DO_NOTHING, db_constraint=False, related_name="+")
    code = models.TextField(db_collation="C")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in EntryKind])
    name = models.TextField()
    definition = models.TextField(default="")
    comment = models.TextField(default="")
    synonyms = ArrayField(models.TextField(), default=list)
    former_codes = ArrayField(models.TextField(), default=list)
    links = models.IntegerField(default=0, help_text="how many rows name it")
    disease_count = models.IntegerField(
        default=0, help_text="how many diseases show it, or something beneath it"
    )
    search = SearchVectorField(null=True)

    objects = EntryQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the entry."""
        return reverse("entry", args=[self.release.data_set, self.code])

    @property
    def about(self) -> EntryKind:
        """Return its kind, as a member of the closed list."""
        return EntryKind(self.kind)

    @property
    def credit(self) -> str:
        """Return whom else it is owed to, or ""."""
        return self.release.about.credit_of(self.code)


class EntryAncestor(models.Model):
    """An entry and one above it, itself included at distance 0; the shortest way counts."""

    pk = models.CompositePrimaryKey("entry_id", "ancestor_id")
    release = models.ForeignKey(DataRelease, models.DO_NOTHING, db_constraint=False, related_name="+")
    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="upward")
    ancestor = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="below")
    distance = models.SmallIntegerField()

    def __str__(self) -> str:
        """Return which stands above which."""
        return f"{self.entry_id} below {self.ancestor_id}"


class EntryCode(models.Model):
    """A code of an entry in a list that pages can be tied to: its own, and those that are mapped to it."""

    pk = models.CompositePrimaryKey("entry_id", "system", "code")
    release = models.ForeignKey(DataRelease, models.DO_NOTHING, db_constraint=False, related_name="+")
    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="codes")
    system = models.CharField(max_length=40)
    code = models.TextField(db_collation="C")

    def __str__(self) -> str:
        """Return the code with its system."""
        return f"{self.system} {self.code}"


# What tells no frequency comes last, with what is never seen.
MOST_FREQUENT_FIRST: Final = KeyOrder.downward(
    share("often", Coalesce("share_high", models.Value(0), output_field=models.DecimalField())), text("pk")
)


class DataRowQuerySet(models.QuerySet["DataRow"]):
    """Queries on rows."""

    def links(self) -> Self:
        """Keep those that tie two entries; a row that denies it is not one."""
        return self.filter(denied=False)

    def about(self, numbers: Collection[int], asked: PartAsked) -> ListPart:
        """Return a part of the rows that name some entries at either end, the most frequent first.

        Two queries for each entry: of each end an index has the rows in this order.
        """
        long = (
            f"{end}__{part}" for end in ("subject", "object") for part in ("definition", "comment", "search")
        )
        found = self.links().select_related("subject", "object", "release").defer(*long)
        lists = [found.filter(**{end: one}) for one in numbers for end in ("subject", "object")]
        return part_of_several(lists, MOST_FREQUENT_FIRST, asked)

    def with_pages(self) -> Self:
        """Load with both ends the pages that they are."""
        ends = {
            f"{end}_pages": ArraySubquery(
                SameSubject.objects.filter(entry=models.OuterRef(end)).order_by("page").values("page")
            )
            for end in ("subject", "object")
        }
        return self.annotate(**ends)

    def with_keys(self, keys: Collection[str]) -> dict[str, "DataRow"]:
        """Return the rows with some keys, by key."""
        found = self.filter(pk__in=keys).select_related("subject", "object", "release").with_pages()
        return {one.pk: one for one in found}


class DataRow(models.Model):
    """A row of a data set: what it says of two entries, how often, and on what that rests.

    The key is the same in every release in which the same is told of the same two on the same grounds.
    """

    key = models.CharField(max_length=64, primary_key=True)
    release = models.ForeignKey(DataRelease, models.DO_NOTHING, db_constraint=False, related_name="+")
    subject = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="rows")
    relation = models.CharField(max_length=30, help_text="the id of a relation")
    object = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="rows_about")
    denied = models.BooleanField(default=False, help_text="it says that this is not so")
    frequency = models.TextField(default="")
    share_low = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    share_high = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    sources = ArrayField(models.TextField(), default=list, help_text="as the data set has them")
    evidence = models.CharField(max_length=20, default="")
    details = models.JSONField(default=dict, help_text="what else it says: onset, sex, who entered it")

    # The pages that its ends are; set by `with_pages`.
    subject_pages: list[int]
    object_pages: list[int]

    objects = DataRowQuerySet.as_manager()

    def __str__(self) -> str:
        """Return what it says."""
        return f"{self.subject_id} {self.relation} {self.object_id}"

    def get_absolute_url(self) -> str:
        """Return the permanent address of the row."""
        return reverse("data-row", args=[self.key])

    @property
    def often(self) -> Decimal:
        """Return how often at most, in per cent, as rows are ordered."""
        return self.share_high or Decimal(0)

    @property
    def type(self) -> Relation:
        """Return the relation with its labels."""
        return RELATIONS[self.relation]

    @property
    def citation(self) -> str:
        """Return what a statement cites it as."""
        return f"{ROW_SCHEME}:{self.key}"

    @property
    def statement(self) -> str:
        """Return all that it says, in words: what a page rests on that cites it. Needs both ends."""
        said = (self.sentence, self.frequency, ", ".join(self.sources), self.evidence)
        more = (f"{name}: {words}" for name, words in sorted(self.details.items()))
        return "; ".join(one for one in (*said, *more) if one)

    @property
    def sentence(self) -> str:
        """Return what it says, in words. Needs both ends."""
        words = f"{self.subject.name} {self.type.label} {self.object.name}"
        return f"Not so: {words}" if self.denied else words


class EntryFinding(models.Model):
    """A disease with a finding that it shows, or with one above such a finding: how often at most.

    Derived when a release is loaded. What is not told counts as half.
    """

    pk = models.CompositePrimaryKey("finding_id", "disease_id")
    release = models.ForeignKey(DataRelease, models.DO_NOTHING, db_constraint=False, related_name="+")
    finding = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="+")
    disease = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="+")
    share = models.FloatField()

    def __str__(self) -> str:
        """Return how often which shows which."""
        return f"{self.disease_id} shows {self.finding_id}: {self.share}"


class SameSubject(models.Model):
    """An entry and a published page with exactly its code. `sql/data_sets.sql` keeps the rows."""

    pk = models.CompositePrimaryKey("entry_id", "page_id")
    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="same_pages")
    page = models.ForeignKey(Page, models.CASCADE, related_name="same_entries")

    class Meta:
        indexes = [models.Index(fields=["page", "entry"], name="same_subject_by_page")]

    def __str__(self) -> str:
        """Return which is which."""
        return f"entry {self.entry_id} is page {self.page_id}"
