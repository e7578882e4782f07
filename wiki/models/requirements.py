"""Requirements: the signatures that a revision needs before it is published."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wiki.domain.professions import Profession, Specialty
from wiki.models.revisions import Revision
from wiki.models.users import Role


class Requirement(models.Model):
    """A signature that a revision requires before it is published, computed at submission."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="requirements")
    role = models.CharField(max_length=20, choices=Role)
    # The signer needs one of these professions or specialties; if both are empty, the role is enough.
    professions = ArrayField(models.CharField(max_length=20, choices=Profession), default=list)
    specialties = ArrayField(models.CharField(max_length=30, choices=Specialty), default=list)
    label = models.CharField(max_length=80)
    # The reason, in words: "a dose changes".
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "label"], name="requirement_is_named_once"),
        ]

    def __str__(self) -> str:
        """Return the need in words."""
        return self.label
