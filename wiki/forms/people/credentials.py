"""Forms of credentials and interests, and of decisions on them."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from wiki.acts.people.disclosures import Declared
from wiki.domain.professions import Profession, Specialty
from wiki.forms.editing.page_state import PageField
from wiki.forms.editing.typed import readable
from wiki.forms.numbers import number_in
from wiki.forms.text_fields import SeenTextField
from wiki.models import Disclosure, Interest, InterestNature
from wiki.policy import reasons

PAGES: Final = ("page_1", "page_2", "page_3")
MOST_INTERESTS: Final = 40
MOST_NAMES: Final = 20
LONGEST_NAME: Final = 120


class CredentialForm(forms.Form):
    """A registration, as the register has it."""

    use_required_attribute = False

    profession = forms.ChoiceField(
        label="Registered as",
        choices=[("", "Choose"), *Profession.choices],
        error_messages={"required": "Choose what you are registered as."},
    )
    body = SeenTextField(
        label="Registration body",
        max_length=120,
        help_text="Who keeps the register, for example General Medical Council (UK).",
        error_messages={"required": "Name the body that keeps the register."},
    )
    number = SeenTextField(
        label="Registration number",
        max_length=40,
        help_text="Administrators look it up; nobody else sees it.",
        error_messages={"required": "Give the number under which the register has you."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    specialties = forms.MultipleChoiceField(
        label="Specialties in the register",
        choices=Specialty,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class VerifyForm(forms.Form):
    """How a registration was verified, and until when it counts."""

    use_required_attribute = False

    how = SeenTextField(
        label="How you verified it",
        max_length=300,
        help_text="Which register you asked, on what day, and what it said.",
        error_messages={"required": "Say how you verified it: which register you asked, and what it said."},
    )
    until = forms.DateField(
        label="Valid until",
        help_text="The day on which the registration ends, or on which to look it up again.",
        error_messages={"required": "Choose a day.", "invalid": "Give a day such as 2027-05-31."},
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @classmethod
    def first(cls) -> "VerifyForm":
        """Return the form with a year from now as the end date."""
        return cls(initial={"until": (timezone.localdate() + dt.timedelta(days=365)).isoformat()})


class EndCredentialForm(forms.Form):
    """Why a credential is ended."""

    use_required_attribute = False

    reason = SeenTextField(
        label="Why",
        max_length=300,
        help_text="The person reads it.",
        error_messages={"required": reasons.ask_why(reasons.PERSON)},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RevokeCredentialForm(EndCredentialForm):
    """Why a verified registration is ended, and whether it ever was true."""

    was_false = forms.BooleanField(
        label="It was false: what this person signed with it does not count any more",
        required=False,
        help_text="Changes that wait need another signature. What is published stays: look at it again.",
    )


class InterestForm(forms.Form):
    """One interest. An empty row is ignored."""

    use_required_attribute = False

    nature = forms.ChoiceField(
        label="What kind of interest",
        choices=[("", "Choose"), *InterestNature.choices],
        error_messages={"required": "Choose what kind of interest it is."},
    )
    party = SeenTextField(
        label="With whom, or in what",
        max_length=200,
        help_text="A company, a fund, a product, the title of a paper.",
        error_messages={"required": "Say with whom, or in what."},
    )
    page_1 = PageField(label="Page it touches", required=False)
    page_2 = PageField(label="Another page", required=False)
    page_3 = PageField(label="A third page", required=False)
    names = SeenTextField(
        label="Names it touches",
        required=False,
        help_text="One a line: drugs, products, and authors as papers name them, for example Osei A.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_names(self) -> list[str]:
        """Return the names, each once."""
        lines = readable(self.cleaned_data["names"]).splitlines()
        names = list(dict.fromkeys(name for line in lines if (name := " ".join(line.split()))))
        if len(names) > MOST_NAMES:
            raise ValidationError(f"Name at most {MOST_NAMES}; what is more goes into another interest.")
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError("One of the names is too long. Give each a line of its own.")
        return names

    def clean(self) -> dict[str, Any]:
        """Require a page or a name."""
        clean = self.cleaned_data
        if self.has_changed() and not self.errors and not (self.pages or clean.get("names")):
            self.add_error("names", "Name a page or something else that this interest touches.")
        return clean

    @property
    def pages(self) -> list[Any]:
        """Return the named pages, as published pages."""
        return [found for name in PAGES if (found := self.cleaned_data.get(name))]

    @property
    def declared(self) -> Declared:
        """Return the interest in the form of a declaration."""
        clean = self.cleaned_data
        pages = [one.page for one in self.pages]
        return Declared(clean["nature"], clean["party"], pages=pages, names=clean["names"])


class _InterestRows(forms.BaseFormSet):  # type: ignore[type-arg]  # it takes none at run time
    """Rows that may each be left empty, those that were filled before too."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Let a row that was filled in at first be emptied."""
        kept: dict[str, Any] = super().get_form_kwargs(index)
        return kept if index is None else {**kept, "empty_permitted": True}


Interests = forms.formset_factory(
    InterestForm, formset=_InterestRows, extra=1, max_num=MOST_INTERESTS, absolute_max=MOST_INTERESTS
)


class DeclarationForm(forms.Form):
    """All interests of a person, or the statement that there are none."""

    none = forms.BooleanField(label="I have no interests to declare", required=False)

    def __init__(self, data: Any = None, *, last: Disclosure | None = None) -> None:
        """Show the last declaration or what was typed, with one more row if asked for."""
        super().__init__(data, initial={"none": bool(last and not last.interests.all())})
        asks_for_more = data is not None and "more" in data
        if asks_for_more:
            data = data.copy()
            rows = number_in(str(data.get("interests-TOTAL_FORMS", ""))) or 0
            data["interests-TOTAL_FORMS"] = str(min(rows + 1, MOST_INTERESTS))
        before = [_as_typed(one) for one in last.interests.all()] if last else []
        self.rows = Interests(data, initial=None if data is not None else before, prefix="interests")

    def is_valid(self) -> bool:
        """Return whether every row is valid and the whole is consistent."""
        return super().is_valid() and self.rows.is_valid()

    def clean(self) -> dict[str, Any]:
        """Require an interest or the statement that there are none, and not both."""
        in_order = self.rows.is_valid()
        filled = any(row.has_changed() for row in self.rows)
        if self.rows.non_form_errors():
            self.add_error("none", "This form came incomplete. Look at it once more, then declare.")
        elif in_order and filled and self.cleaned_data.get("none"):
            self.add_error("none", "You say that you have none, and name some. Take one of the two back.")
        elif in_order and not filled and not self.cleaned_data.get("none"):
            self.add_error("none", "Name an interest, or say that you have none.")
        return self.cleaned_data

    @property
    def error_summary(self) -> list[tuple[str, str]]:
        """Return (field's id, sentence) of all errors, from top to bottom."""
        found = [("id_none", f"{error}") for error in self["none"].errors]
        for number, row in enumerate(self.rows, 1):
            for field in row:
                found += [
                    (field.id_for_label, f"Interest {number}, {field.label}: {error}")
                    for error in field.errors
                ]
        return found

    @property
    def declared(self) -> list[Declared]:
        """Return the interests."""
        return [row.declared for row in self.rows if row.has_changed()]


def _as_typed(interest: Interest) -> dict[str, str]:
    """Return the row of an interest. A page that is no longer published stays as a name."""
    titles = [page.published_page.title for page in interest.pages.all() if hasattr(page, "published_page")]
    names = [*titles[len(PAGES) :], *interest.names]
    typed = dict(zip(PAGES, titles, strict=False))
    return {"nature": interest.nature, "party": interest.party, "names": "\n".join(names), **typed}
