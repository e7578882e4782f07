"""The form of a picture: file, description, licence, and the consent of a patient."""

from typing import Any, Final

from django import forms
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from wiki.acts.library.images import FIRST_SHOWN_HERE, PictureDetails, keep_for, kept_for, sentence_on
from wiki.forms.editing.typed import readable
from wiki.forms.text_fields import SeenTextField
from wiki.images import opening
from wiki.images.processing import MOST_BYTES, CleanImage, too_large
from wiki.models import Licence, User
from wiki.policy import reasons
from wiki.policy.refusal import Refused
from wiki.text.language.phi import looks_personal
from wiki.text.markdown.html import Picture

# Fields that apply only to a picture of a patient.
OF_CONSENT: Final = ("consent_by", "consent_given", "consent_kept")


class PictureForm(forms.Form):
    """A picture, with what readers are told about it."""

    use_required_attribute = False

    file = forms.FileField(
        label="The picture",
        help_text=f"JPEG, PNG or WebP, up to {MOST_BYTES // 1_000_000} MB. It is resized, and its "
        "metadata (place, camera, names) is removed.",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": "This file is empty. Choose another"},
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    alt = SeenTextField(
        label="Alt text: what it shows, for those who cannot see it",
        help_text="One sentence, such as: CT of the head, dense white patches on both sides in the basal "
        "ganglia.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a sentence what the picture shows"},
    )
    caption = SeenTextField(
        label="Caption (optional)",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credit = SeenTextField(
        label="Who made it",
        help_text="As it should appear below the picture",
        max_length=200,
        error_messages={"required": "Name who made the picture"},
    )
    licence = forms.ChoiceField(
        label="Licence",
        choices=[("", "Choose"), *Licence.choices],
        error_messages={"required": "Choose the licence under which it may be shown"},
    )
    origin = forms.URLField(
        label="Where it was first shown",
        help_text="A web address. Not needed for your own work or what is in the public domain.",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Give a web address, such as https://doi.org/10.1000/182"},
    )
    shows_patient = forms.BooleanField(
        label="It shows a patient: a scan, a slide or a photograph of a person",
        required=False,
    )
    consent_by = SeenTextField(
        label="Who consented",
        help_text="Such as: the patient; the patient’s mother. Never a name.",
        max_length=120,
        required=False,
    )
    consent_given = forms.BooleanField(
        label="They consented in writing to its publication under this licence, which cannot be withdrawn "
        "from copies that others made",
        required=False,
    )
    consent_kept = SeenTextField(
        label="Where the signed form is kept",
        help_text="Such as: archive of the department of neurology, University Hospital",
        max_length=200,
        required=False,
    )
    has_looked = forms.BooleanField(
        label="I have looked: the picture itself shows no name or number", required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        by: User,
    ) -> None:
        """Show or read the form of the one who adds a picture."""
        super().__init__(data, files, auto_id="picture-%s", error_class=ErrorList)
        self.by = by
        self.developed: CleanImage | None = None
        for name in ("alt", "caption", "credit", *OF_CONSENT[::2]):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def is_kept(self) -> bool:
        """Return whether the picture was uploaded already and need not be chosen again."""
        return self.developed is not None

    @property
    def has_traces(self) -> bool:
        """Return whether a person has to check the picture for patient data."""
        return bool(self.developed and self.developed.traces)

    @property
    def details(self) -> PictureDetails:
        """Return what the person says about the picture."""
        clean = self.cleaned_data
        names = ("alt", "credit", "licence", "origin", "shows_patient", "has_looked")
        return PictureDetails(**{name: clean[name] for name in names}, consent=self._consent())

    @property
    def caption_typed(self) -> str:
        """Return what should stand beneath the picture."""
        return " ".join(str(self.cleaned_data.get("caption", "")).split())

    def picture(self, name: str) -> Picture:
        """Return the picture's mark in a text."""
        return Picture(name, self.details.alt, self.caption_typed)

    def clean(self) -> dict[str, Any]:
        """Re-encode the picture, keep it for the next attempt, and check what its licence and a patient
        require.
        """
        self._develop()
        clean = self.cleaned_data
        owed = clean.get("licence") and clean["licence"] not in FIRST_SHOWN_HERE
        if owed and not clean.get("origin") and "origin" not in self.errors:
            self.add_error("origin", "Give the address where it was first shown; its licence asks for that")
        if clean.get("shows_patient"):
            self._ask_for_consent()
        for name in ("alt", "caption", "consent_by", "consent_kept"):
            if found := next(looks_personal(str(clean.get(name, ""))), ""):
                self.add_error(name, f"“{found}” could tell who somebody is. Say it without")
        return clean

    def clean_alt(self) -> str:
        """Return the sentence in one line."""
        return " ".join(readable(str(self.cleaned_data["alt"])).split())

    def _develop(self) -> None:
        """Process the chosen file, else the one that was kept when the form was refused."""
        file, token = self.cleaned_data.get("file"), str(self.cleaned_data.get("token", ""))
        try:
            if file:
                if file.size > MOST_BYTES:
                    raise Refused(too_large())
                self.developed = opening.opened(file.read())
            elif token:
                self.developed = kept_for(self.by, token)
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return
        if self.developed is None:
            if "file" not in self.errors:
                self.add_error("file", "Choose the picture once more" if token else "Choose a picture")
            return
        if file:
            self.data = dict(self.data.items()) | {"token": keep_for(self.by, self.developed)}
        if self.developed.traces and not self.cleaned_data.get("has_looked"):
            self.add_error("has_looked", sentence_on(self.developed.traces))

    def _ask_for_consent(self) -> None:
        clean = self.cleaned_data
        if not clean.get("consent_by"):
            self.add_error("consent_by", "Say who consented, without a name")
        if not clean.get("consent_given"):
            self.add_error("consent_given", "Without consent to publication the wiki cannot show a patient")
        if not clean.get("consent_kept"):
            self.add_error("consent_kept", "Say where the signed form is kept")

    def _consent(self) -> str:
        clean = self.cleaned_data
        if not clean["shows_patient"]:
            return ""
        licence = Licence(clean["licence"]).label
        return (
            f"{clean['consent_by']} consented in writing to publication under this licence: {licence}. "
            f"The signed form is kept: {clean['consent_kept']}."
        )


class WithdrawForm(forms.Form):
    """Why a picture is withdrawn."""

    use_required_attribute = False

    reason = SeenTextField(
        label="Why",
        help_text="Such as: the patient’s consent has ended. No names.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": reasons.ask_why(reasons.PICTURE)},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the fields ids like those of every form."""
        super().__init__(data, auto_id="%s")
