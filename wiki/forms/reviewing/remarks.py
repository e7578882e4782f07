"""Forms of remarks, and of the time that a difference was in view."""

from typing import Any, Final

from django import forms

from wiki.forms.text_fields import SeenTextField

LONGEST_REMARK: Final = 4_000


class RemarkForm(forms.Form):
    """A remark on the passage called `at`, or an answer in a thread."""

    text = SeenTextField(
        strip=True,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea,
        error_messages={"required": "Write what you want to say, then post it."},
    )

    def __init__(self, *args: Any, at: str = "", thread: int | None = None, **kwargs: Any) -> None:
        """Know where on the screen this stands."""
        super().__init__(*args, **kwargs)
        self.at, self.thread = at, thread

    @property
    def field_id(self) -> str:
        """Return the id that the field has on the screen, for the summary of errors."""
        return f"answer-{self.thread}-text" if self.thread else f"say-{self.at}-text"

    @property
    def error_id(self) -> str:
        """Return the id under which it stands what is wrong with the words."""
        return f"answer-{self.thread}-error" if self.thread else f"say-{self.at}-error"


class StayForm(forms.Form):
    """How many seconds the screen was in view since the browser last said so."""

    seconds = forms.IntegerField(min_value=1, max_value=60)
