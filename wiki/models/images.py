"""Pictures: stored under the digest of their content, with licence, credit and consent."""

from collections.abc import Iterable
from typing import Final, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wiki.addresses import address_of
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.pages import Page
from wiki.models.users import User


class Licence(models.TextChoices):
    """The licence of a picture."""

    CC0 = "cc0", "CC0 1.0 (no rights reserved)"
    PUBLIC_DOMAIN = "public_domain", "Public domain"
    CC_BY = "cc_by_4", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa_4", "CC BY-SA 4.0"
    CC_BY_3 = "cc_by_3", "CC BY 3.0"
    CC_BY_SA_3 = "cc_by_sa_3", "CC BY-SA 3.0"
    OWN = "own", "Own work, given under CC BY-SA 4.0"


# The address of each licence's text.
TERMS: Final = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_3: "https://creativecommons.org/licenses/by/3.0/",
    Licence.CC_BY_SA_3: "https://creativecommons.org/licenses/by-sa/3.0/",
    Licence.OWN: "https://creativecommons.org/licenses/by-sa/4.0/",
}
EXTENSIONS: Final = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "SVG": "svg"}
MEDIA_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "SVG": "image/svg+xml"}


class ImageQuerySet(models.QuerySet["Image"]):
    """Queries on pictures."""

    def published(self) -> Self:
        """Keep the pictures on published pages that nobody has withdrawn."""
        return self.filter(pk__in=Depiction.objects.values("image"), withdrawn_at=None)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what a person may see: writers and the person who added it also see unpublished pictures."""
        if isinstance(user, User) and user.is_active:
            return (
                self
                if user.can_write
                else self.filter(pk__in=self.published()) | self.filter(uploaded_by=user)
            )
        return self.published()

    def at(self, name: str, *, width: int, extension: str) -> Self:
        """Keep the picture of that name if it has a rendition of that width in that format."""
        formats = [one for one, ending in EXTENSIONS.items() if ending == extension]
        return self.filter(name=name, widths__contains=[width], format__in=formats, withdrawn_at=None)

    def by_name(self, names: Iterable[str]) -> "dict[str, Image]":
        """Return the pictures by the names that texts use; no query for none."""
        wanted = [*set(names)]
        return {one.name: one for one in self._named(wanted)} if wanted else {}

    @prepared
    def of_patients(self, names: list[str]) -> "models.QuerySet[Image, str]":
        """Return those of some names whose pictures show a patient."""
        return self.filter(is_any_of("name", names), shows_patient=True).values_list("name", flat=True)

    @prepared
    def _named(self, names: list[str]) -> Self:
        return self.filter(is_any_of("name", names))


class Image(models.Model):
    """A picture as it was re-encoded here, or a drawing that came with the program.

    Its content never changes; only consent to it can end.
    """

    # The first 16 hexadecimal digits of the SHA-256 of the largest rendition: how texts name it.
    name = models.CharField(max_length=16, unique=True)
    format = models.CharField(max_length=4, choices=[(one, one) for one in EXTENSIONS])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = ArrayField(models.PositiveIntegerField(), help_text="renditions in storage, smallest first")
    # Width → SHA-256 of the file in that width.
    digests = models.JSONField(default=dict)
    alt = models.CharField("what it shows, for those who cannot see it", max_length=1000)
    credit = models.CharField("who made it", max_length=200)
    licence = models.CharField(max_length=20, choices=Licence)
    origin = models.URLField("where it was first shown", max_length=500, blank=True)
    shows_patient = models.BooleanField(default=False)
    consent = models.TextField("declaration of consent", blank=True)
    uploaded_at = models.DateTimeField(db_default=models.functions.Now())
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shows_patient=False) | ~models.Q(consent=""),
                name="patient_image_has_consent",
            ),
            models.CheckConstraint(condition=models.Q(licence__in=Licence.values), name="licence_is_known"),
            models.CheckConstraint(
                condition=~models.Q(format="SVG") | models.Q(uploaded_by=None),
                name="nobody_uploads_a_drawing",
            ),
        ]

    def __str__(self) -> str:
        """Return the name that texts use."""
        return f"image:{self.name}"

    def get_absolute_url(self) -> str:
        """Return the address of the page about this picture."""
        return address_of("picture", self.name)

    @property
    def extension(self) -> str:
        """Return how the names of its files end."""
        return EXTENSIONS[self.format]

    @property
    def media_type(self) -> str:
        """Return the media type of its files, from our own record."""
        return MEDIA_TYPES[self.format]

    @property
    def renditions(self) -> list[tuple[int, str]]:
        """Return each width with its address, smallest first."""
        return [(width, address_of("rendition", self.name, width, self.extension)) for width in self.widths]

    @property
    def srcset(self) -> str:
        """Return every width with its address, in the form of the `srcset` attribute."""
        return ", ".join(f"{address} {width}w" for width, address in self.renditions)

    @property
    def terms(self) -> str:
        """Return the address of the licence's text."""
        return TERMS[Licence(self.licence)]

    @property
    def licence_mark(self) -> str:
        """Return the licence as it is shown beneath the picture."""
        return "CC BY-SA 4.0" if self.licence == Licence.OWN else self.get_licence_display().split(" (")[0]

    def file_of(self, width: int) -> str:
        """Return the name of a rendition in storage."""
        return f"pictures/{self.name}/{width}.{self.extension}"


class Depiction(models.Model):
    """A published page that shows a picture. Derived."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="depictions")
    image = models.ForeignKey(Image, models.CASCADE, related_name="depictions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "image"], name="depiction_counts_once")]

    def __str__(self) -> str:
        """Return which page shows which picture."""
        return f"page {self.page_id} shows image {self.image_id}"
