"""Forms of reverification, of closing a task, and of a page's owner."""

from typing import Final

from django import forms
from django.http import QueryDict

from wiki.forms.text_fields import SeenTextField
from wiki.models import User

LONGEST: Final = 2_000


class CheckedForm(forms.Form):
    """What was checked. `digest` is that of the words that were shown."""

    use_required_attribute = False

    digest = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "It is not known which version you were shown. Read the page as it is now."
        },
    )
    checked = SeenTextField(
        label="What did you check, and against what?",
        help_text="Which guidelines and sources, searched until when. It stands in the page’s history.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you checked, and against what"},
    )

    def __init__(self, data: QueryDict | None = None, *, digest: str = "") -> None:
        """Show the form for whoever reads the version with this digest."""
        super().__init__(data, initial={"digest": digest}, auto_id="%s")


class OutcomeForm(forms.Form):
    """The outcome of a task."""

    use_required_attribute = False

    outcome = SeenTextField(
        label="What did you find, and what was done?",
        help_text="It stays with the page’s record.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence what you found, and what was done"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the fields ids like those of every form."""
        super().__init__(data, auto_id="%s")


class OwnerForm(forms.Form):
    """The owner of a page."""

    use_required_attribute = False

    owner = forms.ModelChoiceField(
        label="Who looks after this page?",
        help_text="They hear when it is due, when a source is retracted, and when what it rests on changes.",
        queryset=User.objects.writers(),
        required=False,
        empty_label="Nobody: the moderators hear instead",
        error_messages={"invalid_choice": "Choose somebody from the list"},
    )

    def __init__(self, data: QueryDict | None = None, *, owner: User | None = None) -> None:
        """Offer everybody who can write; whoever looks after it now is chosen."""
        super().__init__(data, initial={"owner": owner}, auto_id="%s")
