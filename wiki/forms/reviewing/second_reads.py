"""The form of a second read."""

from django import forms

from wiki.acts.reviewing.second_reads import DECISIONS
from wiki.forms.text_fields import SeenTextField
from wiki.models import Decision
from wiki.policy import reasons


class SecondReadForm(forms.Form):
    """A decision, with the reason that two of the decisions require."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        choices=[(one.value, one.label) for one in DECISIONS],
        error_messages={
            "required": "Press the button of what you would decide.",
            "invalid_choice": "Press the button of what you would decide.",
        },
    )
    reason = SeenTextField(
        label="What should change, or why should it not be published?",
        help_text="Needed for both of the last two. It is what a disagreement is judged by.",
        required=False,
        max_length=4000,
    )

    def clean(self) -> None:
        """Require a reason where the decision needs one."""
        decision, reason = self.cleaned_data.get("decision"), self.cleaned_data.get("reason")
        if decision and decision != Decision.APPROVE and not reason and "reason" not in self.errors:
            self.add_error("reason", reasons.ask_why(reasons.JUDGES))
