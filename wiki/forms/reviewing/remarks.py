"""Forms of remarks, and of the time that a comparison was in view."""

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
        """Keep the place on the screen."""
        super().__init__(*args, **kwargs)
        self.at, self.thread = at, thread

    @property
    def field_id(self) -> str:
        """Return the id of the field, for the error summary."""
        return f"answer-{self.thread}-text" if self.thread else f"say-{self.at}-text"

    @property
    def error_id(self) -> str:
        """Return the id of the error message."""
        return f"answer-{self.thread}-error" if self.thread else f"say-{self.at}-error"


class TimeInViewForm(forms.Form):
    """The seconds for which the screen was in view since the browser last reported."""

    seconds = forms.IntegerField(min_value=1, max_value=60)
