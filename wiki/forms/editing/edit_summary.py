"""The edit summary: the note to the reviewer, and what the change means for a patient."""

from collections.abc import Mapping
from typing import Final, cast

from django import forms
from django.core.exceptions import ValidationError

from wiki.acts.writing.submission import LONGEST_MEANING
from wiki.domain.professions import Impact
from wiki.forms.text_fields import SeenTextField
from wiki.policy import reasons

LONGEST_NOTE: Final = 2_000
# A new page always means something.
OF_NEW_PAGE: Final = tuple((one.value, one.of_new_page[1]) for one in Impact if one is not Impact.NONE)


def short_enough(text: str, limit: int) -> str:
    """Return a text that fits its limit; raise `ValidationError` with by how much a longer one is
    too long.
    """
    if told := reasons.too_long(text, limit):
        raise ValidationError(told)
    return text


class EditSummaryForm(forms.Form):
    """Note, impact and meaning. Each may be empty while one writes."""

    note = SeenTextField(
        label="What did you change, and why?",
        help_text="Shown in the page’s history for good",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    impact = forms.ChoiceField(
        label="What does it mean for a patient?",
        choices=Impact,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these"},
    )
    meaning = SeenTextField(
        label="What is different for them, in one plain sentence?",
        help_text="Needed for the last two. Readers see it in the list of changes and in emails",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    is_of_new_page = False

    def ask_of_new_page(self) -> None:
        """Ask what fits a page that readers do not have yet: nothing of it was changed, and nothing stays."""
        self.is_of_new_page = True
        self["note"].label = "Why is this page needed?"
        self["impact"].label = "What does this page mean for a patient?"
        self["meaning"].label = "What does it tell them, in one plain sentence?"
        cast(forms.ChoiceField, self.fields["impact"]).choices = list(OF_NEW_PAGE)

    @property
    def owed_note(self) -> str:
        """Return what the note has to say, as the end of a sentence."""
        return "why this page is needed" if self.is_of_new_page else "what you changed and why"

    @property
    def impacts_to_explain(self) -> str:
        """Return the impacts of which one says what is different for a patient, with blanks between."""
        return " ".join(one.value for one in Impact if one.needs_meaning)

    def clean_note(self) -> str:
        """Return the note without characters that are refused."""
        return short_enough(self.cleaned_data["note"], LONGEST_NOTE)

    def clean_meaning(self) -> str:
        """Return the sentence on one line, if it is one."""
        return short_enough(" ".join(self.cleaned_data["meaning"].split()), LONGEST_MEANING)


def missing_of_summary(typed: Mapping[str, str], *, of: EditSummaryForm) -> dict[str, str]:
    """Return a sentence for each field that is required for a submission and empty."""
    missing = {} if typed.get("note", "").strip() else {"note": f"Say in a sentence {of.owed_note}"}
    return missing | missing_of_impact(typed, is_of_new_page=of.is_of_new_page)


def missing_of_impact(typed: Mapping[str, str], *, is_of_new_page: bool = False) -> dict[str, str]:
    """Return a sentence for each field on the impact that is required and empty."""
    impact = typed.get("impact", "")
    if not impact:
        return {"impact": f"Choose what the {'page' if is_of_new_page else 'change'} means for a patient"}
    owes = impact in Impact and Impact(impact).needs_meaning and not typed.get("meaning", "").strip()
    return {"meaning": "Say in one plain sentence what is different for a patient"} if owes else {}
