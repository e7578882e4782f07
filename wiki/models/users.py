"""People: who they are, what they may do."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.urls import reverse

from wiki.lifecycle import State


class Role(models.TextChoices):
    """What a person is trusted with. Granted by an administrator, never by sign-up."""

    READER = "reader", "Reader"
    CLINICIAN = "clinician", "Clinician"
    MODERATOR = "moderator", "Moderator"
    ADMINISTRATOR = "administrator", "Administrator"

    @property
    def allows(self) -> str:
        """Return what somebody with this role may do, as a sentence without its subject."""
        return ALLOWS[self]


ALLOWS = {
    Role.READER: "may read everything that has been approved, and nothing else.",
    Role.CLINICIAN: "may also write: edit pages, propose new ones, add sources and submit them for review.",
    Role.MODERATOR: (
        "may also review other people’s work: approve it, ask for changes, reject it, "
        "and take an approval back. Never their own."
    ),
    Role.ADMINISTRATOR: "may grant roles and look after accounts, but neither write nor review.",
}

WRITING_ROLES = frozenset({Role.CLINICIAN, Role.MODERATOR})
REVIEWING_ROLES = frozenset({Role.MODERATOR})


class UserQuerySet(models.QuerySet["User"]):
    """Reads over people."""

    def moderators(self) -> Self:
        """Keep those who may review."""
        return self.filter(role__in=REVIEWING_ROLES, is_active=True).order_by("pk")

    def named(self, words: str) -> Self:
        """Keep those whose name, user name or e-mail address holds `words`; all if there are none."""
        if not words:
            return self
        names = ("name", "username", "email")
        return self.filter(
            *[models.Q(*[(f"{one}__icontains", words) for one in names], _connector=models.Q.OR)]
        )

    def a_to_z(self) -> Self:
        """Order by name as a list does."""
        return self.order_by("name", "username", "pk")

    def in_public(self) -> Self:
        """Keep those whose name stands under something that readers have seen."""
        seen = models.Q(revisions__publications__isnull=False) | models.Q(revisions__state=State.INCLUDED)
        wrote = User.objects.filter(seen).values("pk")
        reviewed = User.objects.filter(verdicts__publications__isnull=False).values("pk")
        return self.filter(models.Q(pk__in=wrote) | models.Q(pk__in=reviewed))


class People(UserManager["User"]):
    """Finds and creates people."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        """Return everybody, in the words of `UserQuerySet`."""
        return UserQuerySet(self.model, using=self._db)

    def moderators(self) -> UserQuerySet:
        """Return those who may review."""
        return self.get_queryset().moderators()

    def named(self, words: str) -> UserQuerySet:
        """Return those whose name, user name or e-mail address holds `words`."""
        return self.get_queryset().named(words)

    def in_public(self) -> UserQuerySet:
        """Return those whose name stands under something that readers have seen."""
        return self.get_queryset().in_public()

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Return a new administrator: `manage.py createsuperuser` makes the first one of a wiki."""
        return self.create_user(username, email, password, role=Role.ADMINISTRATOR, is_staff=True, **fields)


class User(AbstractUser):
    """A person with an account."""

    first_name = None  # type: ignore[assignment]  # one name field suits the world's names better
    last_name = None  # type: ignore[assignment]
    name = models.CharField("name", max_length=120, blank=True)
    profession = models.CharField("profession", max_length=80, blank=True)
    about = models.TextField("about", max_length=1000, blank=True)
    role = models.CharField("role", max_length=20, choices=Role, default=Role.READER)

    objects: ClassVar[People] = People()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        """Return the name as it stands under texts and verdicts."""
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the name, for Django's own pages."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name, for Django's own pages."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Return the address of this person's public page."""
        return reverse("person", args=[self.username])

    @property
    def role_allows(self) -> str:
        """Return what this person's role allows, in words."""
        return Role(self.role).allows

    @property
    def can_write(self) -> bool:
        """Return whether this person may draft and submit."""
        return self.is_active and self.role in WRITING_ROLES

    @property
    def can_review(self) -> bool:
        """Return whether this person may give verdicts."""
        return self.is_active and self.role in REVIEWING_ROLES

    @property
    def can_administer(self) -> bool:
        """Return whether this person may grant roles."""
        return self.is_active and self.role == Role.ADMINISTRATOR
