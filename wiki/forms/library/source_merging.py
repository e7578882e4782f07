"""Forms that merge two records of a work, and that enter a journal's notice."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from wiki.forms.library.identifiers import complaint, keys_and_rest
from wiki.forms.text_fields import SeenTextField
from wiki.models import NoticeNature, Source


class SameWorkForm(forms.Form):
    """Which record replaces this one."""

    use_required_attribute = False

    into = forms.CharField(
        label="The record that stays",
        help_text="Paste its DOI, PMID, ISBN or web address; or type words of its title and choose",
        max_length=500,
        error_messages={"required": "Name the record that stays"},
        widget=forms.TextInput(attrs={"data-lookup": "/lookup/sources/", "autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the field the id of its name."""
        super().__init__(data, auto_id="%s")

    def clean_into(self) -> int:
        """Return the id of the record that is named."""
        text = self.cleaned_data["into"]
        keys, rest = keys_and_rest(text)
        if rest:
            raise ValidationError(complaint(rest))
        if len(keys) > 1:
            raise ValidationError("Name one source")
        known = Source.objects.by_key(keys)
        if not known:
            raise ValidationError("The wiki does not have that source")
        return known[keys[0]]


class NoticeForm(forms.Form):
    """A journal's notice about a published work."""

    use_required_attribute = False

    nature = forms.ChoiceField(
        label="What the journal says",
        choices=NoticeNature.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether the work is retracted, corrected or under an expression of concern",
            "invalid_choice": "Choose one from the list",
        },
    )
    noticed_on = forms.DateField(
        label="When (if you know)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Give a date such as 2026-05-03, or leave this empty"},
    )
    reference = SeenTextField(
        label="DOI or address of the notice",
        max_length=500,
        error_messages={"required": "Say where it stands"},
    )
    reason = SeenTextField(
        label="Why, in a sentence",
        help_text="Shown to readers beside the reference",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the fields the ids of their names."""
        super().__init__(data, auto_id="%s")


class DetachForm(forms.Form):
    """Why a journal's notice is not about the work it was given to."""

    use_required_attribute = False

    reason = SeenTextField(
        label="Why is this notice not about this work?",
        help_text="Readers who follow the recalls are told",
        max_length=500,
        error_messages={"required": "Say why the notice is not about this work"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the field the id of its name."""
        super().__init__(data, auto_id="%s")
