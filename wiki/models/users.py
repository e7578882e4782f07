"""Users and their roles."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Final, Self

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from wiki.addresses import address_of
from wiki.domain.lifecycle import State
from wiki.domain.named_people import NamedPerson as NamedPerson
from wiki.domain.professions import calling_of
from wiki.models.lists.conditions import has_any
from wiki.models.lists.keyset import KeyOrder, number, text
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.text.days import day_in_words
from wiki.text.person_names import initials_of, name_key, name_keys


class Role(models.TextChoices):
    """What a person may do. An administrator grants it; nobody chooses it at sign-up."""

    READER = "reader", "Reader"
    CLINICIAN = "clinician", "Clinician"
    MODERATOR = "moderator", "Moderator"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"

    @property
    def allows(self) -> str:
        """Return what this role allows, as a sentence without its subject."""
        return ALLOWS[self]


ALLOWS = {
    Role.READER: "can read all published pages.",
    Role.CLINICIAN: "may also write: edit pages, propose new ones, add sources and submit them for review.",
    Role.MODERATOR: (
        "may also review other people’s work: approve it, ask for changes, reject it, "
        "and revert an approval. Never their own."
    ),
    Role.AUDITOR: (
        "may also read what waits for review, every verdict and the whole record, "
        "but neither write nor review."
    ),
    Role.ADMINISTRATOR: "may grant roles and look after accounts, but neither write nor review.",
}


class Attribution(models.TextChoices):
    """How a person is named under what they did, once their account is removed."""

    NAME = "name", "My name, as it stands"
    INITIALS = "initials", "My initials"
    NOBODY = "nobody", "“Former contributor”"


class Mailing(models.TextChoices):
    """How often a person is notified by mail."""

    AT_ONCE = "at_once", "An email for each, at once"
    DAILY = "daily", "One email a day"
    WEEKLY = "weekly", "One email a week"
    NEVER = "never", "No email; only the list on the site"


class Personal(models.TextChoices):
    """What somebody is told of without a subscription: it can come by mail, or only as news on the site."""

    OWN = "own", "Your own work"
    SIGNER = "signer", "Changes that need a signature that you can give"


class AccountState(models.TextChoices):
    """What an account is, for lists of people."""

    OPEN = "open", "Open"
    UNVERIFIED = "unverified", "Open, without a registration that counts today"
    SUSPENDED = "suspended", "Suspended"
    CLOSED = "closed", "Closed"


# The longest profession in words: signatures store it.
LONGEST_CALLING = 80
UNVERIFIED = " (not verified)"
FORMER = "Former contributor"
# The longest name under a signature, and the suffix of names in a demo.
LONGEST_NAME = 120
DEMO_MARK = " (demo account)"

# A user name holds no sign that stands between the values of a key (`keyset.BETWEEN`).
BY_NAME: Final = KeyOrder.upward(text("name"), text("username"), number("pk"))
WRITING_ROLES = frozenset({Role.CLINICIAN, Role.MODERATOR})
REVIEWING_ROLES = frozenset({Role.MODERATOR})
INSPECTING_ROLES = REVIEWING_ROLES | {Role.AUDITOR}


class UserQuerySet(models.QuerySet["User"]):
    """Queries on people."""

    def moderators(self) -> Self:
        """Keep those who may review."""
        return self.filter(role__in=REVIEWING_ROLES, is_active=True).order_by("pk")

    @prepared
    def all_moderators(self) -> "models.QuerySet[User]":
        """Return those who may review."""
        return self.moderators()

    @prepared_row
    def with_id(self, pk: int) -> "models.QuerySet[User]":
        """Return the person with an id, as the database has them now; None where there is none."""
        return self.filter(pk=pk)

    def writers(self) -> Self:
        """Keep those who may write, by name."""
        return self.filter(role__in=WRITING_ROLES, is_active=True).a_to_z()

    def administrators(self) -> Self:
        """Keep those who look after accounts."""
        return self.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")

    def who_may_write(self) -> Self:
        """Keep those who may write now, by name."""
        open_ = models.Q(suspended_until=None) | models.Q(suspended_until__lte=timezone.now())
        return self.filter(open_, role__in=WRITING_ROLES, is_active=True).a_to_z()

    def shown_to(self, visitor: "Visitor") -> Self:
        """Keep those who have a public page, and the visitor, who sees it before others do."""
        shown = _is_in_public()
        if isinstance(visitor, User) and not visitor.lacks_second_step:
            shown |= models.Q(pk=visitor.pk)
        return self.filter(shown)

    def but(self, person: "User") -> Self:
        """Exclude one person."""
        return self.exclude(pk=person.pk)

    def with_credentials(self) -> Self:
        """Load the credentials too."""
        return self.prefetch_related("credentials")

    def named(self, words: str) -> Self:
        """Keep those whose name, user name or email address holds `words`; all if there are none."""
        if not words:
            return self
        names = ("name", "username", "email")
        return self.filter(
            *[models.Q(*[(f"{one}__icontains", words) for one in names], _connector=models.Q.OR)]
        )

    def of_role(self, role: str) -> Self:
        """Keep those with a role; all if none is given."""
        return self.filter(role=role) if role else self

    def in_state(self, state: str) -> Self:
        """Keep those whose account is in a state; all if none is given."""
        is_suspended = models.Q(suspended_until__gt=timezone.now())
        match state:
            case AccountState.OPEN:
                return self.filter(is_active=True).exclude(is_suspended)
            case AccountState.UNVERIFIED:
                today = timezone.localdate()
                held = User.objects.filter(credentials__ended_at=None, credentials__valid_until__gte=today)
                return self.filter(is_active=True).exclude(is_suspended).exclude(pk__in=held.values("pk"))
            case AccountState.SUSPENDED:
                return self.filter(is_suspended, is_active=True)
            case AccountState.CLOSED:
                return self.filter(is_active=False)
        return self

    def a_to_z(self) -> Self:
        """Order by name as a list does."""
        return self.order_by(*BY_NAME.by)

    def in_public(self) -> Self:
        """Keep those whose name stands under something that readers have seen."""
        return self.filter(_is_in_public())


def _is_in_public() -> models.Q:
    """Return the condition that somebody's name stands under something that readers have seen.

    Asked of each person: as sets, all that was ever published would be read for one of them.
    """
    this = User.objects.filter(pk=models.OuterRef("pk"))
    seen = models.Q(revisions__publications__isnull=False) | models.Q(revisions__state=State.INCLUDED)
    ended = (State.APPROVED, State.INCLUDED, State.UNAPPROVED)
    wrote = this.filter(seen, revisions__state__in=ended)
    reviewed = this.filter(verdicts__decision="approve", verdicts__revision__publications__isnull=False)
    read = this.filter(whole_page_reviews__revision__publications__isnull=False)
    return (
        models.Q(has_any(wrote, "revisions__submitted_at", "revisions__pk"))
        | models.Q(has_any(reviewed, "verdicts__pk"))
        | models.Q(has_any(read, "whole_page_reviews__pk"))
    )


class People(UserManager["User"]):
    """Finds and creates people."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        """Return everybody, in the words of `UserQuerySet`."""
        return UserQuerySet(self.model, using=self._db)

    def moderators(self) -> UserQuerySet:
        """Return those who may review."""
        return self.get_queryset().moderators()

    def administrators(self) -> UserQuerySet:
        """Return those who look after accounts."""
        return self.get_queryset().administrators()

    def shown_to(self, visitor: "Visitor") -> UserQuerySet:
        """Return those who have a public page, and the visitor."""
        return self.get_queryset().shown_to(visitor)

    def who_may_write(self) -> UserQuerySet:
        """Return those who may write now, by name."""
        return self.get_queryset().who_may_write()

    def writers(self) -> UserQuerySet:
        """Return those who may write, by name."""
        return self.get_queryset().writers()

    def named(self, words: str) -> UserQuerySet:
        """Return those whose name, user name or email address holds `words`."""
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
    # Skeletons of name and user name, computed on save and unique: no two accounts look alike.
    name_key = models.CharField(max_length=600, unique=True, editable=False)
    name_keys = ArrayField(models.CharField(max_length=600), editable=False)
    profession = models.CharField("profession", max_length=80, blank=True)
    about = models.TextField("about", max_length=1000, blank=True)
    role = models.CharField("role", max_length=20, choices=Role, default=Role.READER)
    orcid = models.CharField("ORCID iD", max_length=19, blank=True)
    attribution = models.CharField(max_length=10, choices=Attribution, default=Attribution.NAME)
    mailing = models.CharField(max_length=10, choices=Mailing, default=Mailing.AT_ONCE)
    # What of these comes as news on the site only.
    not_mailed = ArrayField(models.CharField(max_length=10, choices=Personal), default=list, blank=True)
    suspended_until = models.DateTimeField(null=True)
    suspended_reason = models.TextField(blank=True)
    # An account of the demo: not a real person; its name says so everywhere.
    is_demo = models.BooleanField(default=False)

    # Whether this person is signed in without the second step that their role asks for: then they are shown
    # what anybody is, and may do nothing. Set where a request finds out who it comes from.
    lacks_second_step: bool | None = None

    objects: ClassVar[People] = People()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=models.Q(suspended_until=None) | ~models.Q(suspended_reason=""),
                name="suspension_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["name", "username", "id"], name="user_by_name")]

    def __str__(self) -> str:
        """Return the name as it stands under texts and verdicts."""
        said = self.name or self.username
        return f"{said[: LONGEST_NAME - len(DEMO_MARK)]}{DEMO_MARK}" if self.is_demo else said

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Save the account; with its names also their skeletons."""
        if update_fields is None or not {"name", "username"}.isdisjoint(update_fields):
            self.name_key = name_key(str(self)) or name_key(self.username)
            # Of a demo account also without the mark behind its name, which nobody types.
            self.name_keys = sorted(name_keys(str(self)) | name_keys(self.name) | name_keys(self.username))
            update_fields = update_fields and {*update_fields, "name_key", "name_keys"}
        super().save(update_fields=update_fields, **options)

    def get_full_name(self) -> str:
        """Return the name, for Django's own pages."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name, for Django's own pages."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Return the address of this person's public page."""
        return address_of("person", self.username)

    @property
    def role_allows(self) -> str:
        """Return what this person's role allows, in words."""
        return Role(self.role).allows

    def calling_on(self, day: dt.date) -> str:
        """Return the profession in a few words: of verified registrations, else as they say, marked so."""
        held = [one for one in self.credentials.all() if one.holds_on(day)]
        return self.calling_with((one.profession, one.specialties) for one in held)

    def calling_with(self, trainings: Iterable[tuple[str, Iterable[str]]]) -> str:
        """Return the same from the given valid professions and specialties."""
        held = [(profession, tuple(fields)) for profession, fields in trainings]
        trained = {profession for profession, fields in held if fields}
        # Of two registrations the more specific one is shown.
        found = dict.fromkeys(calling_of(*one) for one in held if one[1] or one[0] not in trained)
        if words := " and ".join(found):
            return words if len(words) <= LONGEST_CALLING else f"{words[: LONGEST_CALLING - 1]}…"
        said = self.profession[: LONGEST_CALLING - len(UNVERIFIED)].strip()
        return f"{said}{UNVERIFIED}" if said else ""

    @property
    def calling(self) -> str:
        """Return the person's profession today, in a few words."""
        return self.calling_on(timezone.localdate())

    @property
    def shown_as(self) -> str:
        """Return how this person is named once the account is removed, as they chose."""
        if self.attribution == Attribution.NOBODY:
            return FORMER
        if self.attribution == Attribution.INITIALS:
            return f"{initials_of(self.name or self.username)}{DEMO_MARK if self.is_demo else ''}"
        return str(self)

    @property
    def suspension(self) -> str:
        """Return the sentence that says why and until when this account may do nothing, or ""."""
        if self.suspended_until is None or not self.is_suspended:
            return ""
        until = day_in_words(self.suspended_until)
        reason = self.suspended_reason.strip().rstrip(".")
        return (
            f"Your account is suspended until {until}: {reason}. "
            "Until then you can only read. An administrator can lift it earlier."
        )

    @property
    def is_suspended(self) -> bool:
        """Return whether this account may only read for the time being."""
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def can_act(self) -> bool:
        """Return whether this account is open, not suspended and signed in with all steps."""
        return self.is_active and not self.is_suspended and not self.lacks_second_step

    @property
    def can_write(self) -> bool:
        """Return whether this person may draft and submit."""
        return self.can_act and self.role in WRITING_ROLES

    @property
    def can_review(self) -> bool:
        """Return whether this person may give verdicts."""
        return self.can_act and self.role in REVIEWING_ROLES

    @property
    def can_inspect(self) -> bool:
        """Return whether this person may read what waits for review and all of the record."""
        return self.can_act and self.role in INSPECTING_ROLES

    @property
    def can_administer(self) -> bool:
        """Return whether this person may grant roles."""
        return self.can_act and self.role == Role.ADMINISTRATOR


# A visitor: a person with an account, or without one.
type Visitor = User | AnonymousUser


def rights_of(user: Visitor) -> tuple[int, bool, bool, bool]:
    """Return who somebody is, and whether they write, read what was turned down, and what was suppressed."""
    if not isinstance(user, User):
        return 0, False, False, False
    return user.pk, user.can_write, user.can_inspect, user.can_review or user.can_administer


# What nobody has to sign in for.
ANYBODY: Final = AnonymousUser()
