"""Fields for words that people type: every character of them can be seen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki.text import characters


def refuse_unseen(text: str) -> None:
    """Raise `ValidationError` with what to delete, where a text holds a invisible character."""
    if told := characters.complaint(text):
        raise ValidationError(told)


class SeenTextField(forms.CharField):
    """Words that are kept. What nobody sees is refused with its place, and what was typed stays."""

    default_validators = [refuse_unseen]

    def to_python(self, value: Any) -> str:
        """Return the words with the line ends of our texts."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
