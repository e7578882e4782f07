"""Forms of a reader’s report and of the answer to it."""

from collections.abc import Sequence
from typing import Final, cast

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict

from wiki.forms.text_fields import SeenTextField

LONGEST: Final = 2_000
SHORTEST: Final = 10
# After a day the page may say something else.
OLDEST_SECONDS: Final = 24 * 60 * 60
_SALT: Final = "report"


class AnyChoiceField(forms.ChoiceField):
    """A choice that is never refused: the page may have lost a section while the form was open."""

    def validate(self, value: object) -> None:
        """Take whatever was sent; `clean_section` knows what it names."""


class ReportForm(forms.Form):
    """What is wrong, the evidence for it, and an address for the answer."""

    use_required_attribute = False

    section = AnyChoiceField(label="Where is it?", required=False)
    wrong = SeenTextField(
        label="What is wrong?",
        help_text=(
            "Copy the sentence, then say what is wrong with it. Do not include anything that could identify "
            "a patient."
        ),
        max_length=LONGEST,
        min_length=SHORTEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Say what is wrong",
            "min_length": "Say a little more, so that somebody can find the place",
            "max_length": f"Shorten this to {LONGEST:,} characters",
        },
    )
    source = SeenTextField(
        label="Where does it say so? (if you know)",
        help_text="A paper, a guideline, a web address",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    email = forms.EmailField(
        label="Your email address (if you want an answer)",
        help_text="Only moderators see it. It is removed when the report has been answered.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Give an address such as name@example.org, or leave this empty"},
    )
    # Hidden from people; programs that fill in every field reveal themselves.
    website = forms.CharField(label="Leave this empty", required=False)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        number: int,
        sections: Sequence[tuple[str, str]] = (),
        section: str = "",
    ) -> None:
        """Show the form for one who reads version `number`, of which `sections` are ids and titles."""
        initial = {"stamp": signing.dumps(number, salt=_SALT), "section": section}
        super().__init__(data, initial=initial, auto_id="%s")
        field = cast(forms.ChoiceField, self.fields["section"])
        field.choices = [("", "Anywhere on the page"), *sections]
        self._titles = dict(sections)

    def clean_section(self) -> str:
        """Return the title of the section; "" for the whole page, and for one that is no longer there."""
        return self._titles.get(self.cleaned_data["section"], "")

    def clean_stamp(self) -> int:
        """Return the number of the version that was read; refuse a form that no person had open."""
        try:
            number = signing.loads(self.cleaned_data["stamp"], salt=_SALT, max_age=OLDEST_SECONDS)
        except signing.BadSignature:
            raise ValidationError("This form was open for long. Send it once more") from None
        return int(number)

    def clean_website(self) -> str:
        """Refuse what no person can have filled in, in words for the person who did all the same."""
        if self.cleaned_data["website"]:
            raise ValidationError("Leave the last field empty: it is there to tell programs from people")
        return ""


class AnswerForm(forms.Form):
    """What a moderator answers."""

    use_required_attribute = False

    answer = SeenTextField(
        label="Your answer",
        help_text="What was done, or why nothing needs to be. The reader gets it if they left an address.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence what was done, or why nothing needs to be"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the fields ids like those of every form."""
        super().__init__(data, auto_id="%s")
