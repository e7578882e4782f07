"""The form in which an administrator chooses who also signs for treatment."""

from django import forms

from wiki.forms.text_fields import SeenTextField
from wiki.policy import reasons
from wiki.policy.signing_choices import choosable


class SignersForm(forms.Form):
    """The specialties that count beside the fixed ones, and why."""

    specialties = forms.MultipleChoiceField(
        label="These specialties also sign for treatment",
        required=False,
        choices=[(one.value, one.label) for one in choosable()],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = SeenTextField(
        label="Why",
        max_length=reasons.LONGEST_REASON,
        help_text="It stays in the record, with your name.",
        error_messages={"required": reasons.ask_why(reasons.HISTORY)},
    )
