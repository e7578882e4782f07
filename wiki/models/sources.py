"""Sources: bibliographic records that statements and text cite."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.urls import reverse

from wiki.models.users import User
from wiki.vocabulary import Basis


class Checked(models.TextChoices):
    """How far somebody has made sure that the record is right."""

    FULL = "full", "Verified"
    PARTIAL = "partial", "Not fully verified"


class SourceQuerySet(models.QuerySet["Source"]):
    """Reads over sources."""

    def visible_to(self, user: Any) -> Self:
        """Keep what `user` may see: readers see what pages in force rest on, writers see all."""
        if getattr(user, "can_write", False):
            return self
        in_text = models.Q(citations__isnull=False, citations__statement=None)
        in_statement = models.Q(citations__statement__object__reading__isnull=False)
        return self.filter(pk__in=Source.objects.filter(in_text | in_statement).values("pk"))

    def by_key(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the source id of each citation key that is known; unknown keys are left out."""
        pairs = [tuple(key.split(":", 1)) for key in set(keys) if ":" in key]
        wanted = models.Q(pk__in=[])
        for scheme, value in pairs:
            wanted |= models.Q(scheme=scheme, value=value)
        rows = SourceId.objects.filter(wanted).values_list("scheme", "value", "source_id")
        return {f"{scheme}:{value}": source_id for scheme, value, source_id in rows}

    def with_ids(self) -> Self:
        """Load the identifiers too."""
        return self.prefetch_related("ids")


class Source(models.Model):
    """A bibliographic record. It is never edited: what pages in force cite stays as it was signed."""

    csl = models.JSONField("record (CSL-JSON)")
    text = models.TextField("reference in Vancouver style")
    year = models.PositiveSmallIntegerField(null=True)
    type = models.CharField(max_length=30, choices=Basis)
    checked = models.CharField(max_length=10, choices=Checked, default=Checked.PARTIAL)
    checked_how = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(type__in=Basis.values), name="source_type_is_known"),
        ]

    def __str__(self) -> str:
        """Return the reference as readers see it."""
        return self.text

    def get_absolute_url(self) -> str:
        """Return the address of the page that says what rests on this source."""
        return reverse("source", args=[self.pk])

    @property
    def title(self) -> str:
        """Return the title of the work."""
        return str(self.csl.get("title", ""))

    @property
    def key(self) -> str:
        """Return the citation key: what a writer puts between `[@` and `]`. Needs `with_ids`."""
        return next((str(one) for one in self.ids.all()), "")


class SourceId(models.Model):
    """One identifier of a source. Each identifies one source only."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="ids")
    scheme = models.CharField(max_length=10)
    value = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_names_one_source"),
            models.UniqueConstraint(fields=["source", "scheme"], name="source_has_one_id_of_a_scheme"),
        ]
        ordering = ["position"]  # the first gives the citation key, wherever the ids are loaded

    def __str__(self) -> str:
        """Return the citation key."""
        return f"{self.scheme}:{self.value}"
