"""Form fields for text without invisible characters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki.text import characters


def refuse_unseen(text: str) -> None:
    """Raise `ValidationError` if a text holds an invisible character, with what to delete."""
    if told := characters.complaint(text):
        raise ValidationError(told)


class SeenTextField(forms.CharField):
    """A text field that refuses invisible characters and names their place; the typed text stays."""

    default_validators = [refuse_unseen]

    def to_python(self, value: Any) -> str:
        """Return the text with normal line ends."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
