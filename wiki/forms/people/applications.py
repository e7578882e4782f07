"""Forms of an application to write, and of the answer to it."""

from typing import Any, Final

from django import forms

from wiki.forms.text_fields import SeenTextField

LONGEST: Final = 2_000


class ApplicationForm(forms.Form):
    """Who somebody is, and what they want to write about."""

    use_required_attribute = False

    profession = SeenTextField(
        label="What is your profession?",
        help_text="For example: paediatrician in training; patient with Fahr’s disease; medical librarian.",
        max_length=200,
        error_messages={
            "required": "Enter your profession",
            "max_length": "Shorten your profession to 200 characters",
        },
    )
    wish = SeenTextField(
        label="What do you want to write about?",
        help_text="Which pages, and what you know about them. Say where you can be looked up, if you can.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Say what you want to write about",
            "max_length": f"Shorten this to {LONGEST:,} characters",
        },
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        """Give the fields ids like those of every form."""
        super().__init__(data, auto_id="%s", **options)


class ApplicationAnswerForm(forms.Form):
    """Whether somebody may write, and what they are told."""

    use_required_attribute = False

    is_granted = forms.TypedChoiceField(
        label="Your decision",
        choices=[("yes", "They may write, as a clinician"), ("no", "Not now")],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they may write"},
    )
    words = SeenTextField(
        label="Your answer",
        help_text="It is sent to the person.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence what you answer"},
    )

    def __init__(self, data: Any = None) -> None:
        """Give the fields ids like those of every form."""
        super().__init__(data, auto_id="%s")
