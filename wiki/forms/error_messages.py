"""What forms say of a missing or wrong value, where a field has no sentence of its own.

Django's and allauth's own sentences speak of fields, values and choices, and do not say how to mend them.
"""

from typing import Final

from django import forms
from django.core import validators

_OF_FIELDS: Final[dict[type[forms.Field], dict[str, str]]] = {
    forms.Field: {"required": "Fill this in."},
    forms.IntegerField: {"invalid": "Give a whole number, in digits."},
    forms.DateField: {"invalid": "Give a day such as 2027-05-31."},
    forms.URLField: {"invalid": "Give an address such as https://example.org/page."},
    forms.ChoiceField: {"required": "Choose one.", "invalid_choice": "Choose one from the list."},
    forms.MultipleChoiceField: {
        "required": "Choose at least one.",
        "invalid_choice": "Choose from the list.",
        "invalid_list": "Choose from the list.",
    },
    forms.ModelChoiceField: {"required": "Choose one.", "invalid_choice": "Choose one from the list."},
}
_OF_VALIDATORS: Final[dict[type, str]] = {
    validators.EmailValidator: "Give an address such as name@example.org.",
    validators.URLValidator: "Give an address such as https://example.org/page.",
    validators.MinValueValidator: "Give %(limit_value)s or more.",
    validators.MaxValueValidator: "Give %(limit_value)s or less.",
    validators.MinLengthValidator: "Use at least %(limit_value)d characters.",
    validators.MaxLengthValidator: "Shorten this to %(limit_value)d characters; it has %(show_value)d.",
}


def install() -> None:
    """Let every field and validator that is made from now on say these sentences."""
    for field, messages in _OF_FIELDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **messages}
    for validator, message in _OF_VALIDATORS.items():
        validator.message = message  # type: ignore[attr-defined]
