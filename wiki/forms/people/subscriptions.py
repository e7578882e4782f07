"""The form of a person's subscriptions and mail."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wiki.acts.people.subscriptions import SubscriptionChoice
from wiki.domain.kinds import kind_choices
from wiki.domain.professions import Specialty
from wiki.models import Mailing, Personal, User, Watch

GONE = "A page that readers do not see at present"


class WatchingForm(forms.Form):
    """All subscriptions of a person, in one form."""

    mailing = forms.ChoiceField(
        label="By email",
        choices=Mailing,
        widget=forms.RadioSelect,
        help_text="Whatever you choose, your notifications on this site list everything.",
    )
    not_mailed = forms.MultipleChoiceField(
        label="Not by email",
        choices=Personal,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you tick comes as a notification on this site only.",
    )
    queue = forms.BooleanField(
        label="Everything that waits for review",
        required=False,
        help_text="What is sent in, and what readers report.",
    )
    kinds = forms.MultipleChoiceField(
        label="Pages of a kind", choices=kind_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    specialties = forms.MultipleChoiceField(
        label="Changes that need a specialty",
        choices=Specialty,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Changes that somebody of this specialty has to sign.",
    )
    pages = forms.MultipleChoiceField(label="Pages", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, who: User, watches: Sequence[Watch]) -> None:
        """Begin with the person's present subscriptions."""
        pages = [one for one in watches if one.page_id]
        initial = {
            "mailing": who.mailing,
            "not_mailed": who.not_mailed,
            "queue": any(one.queue for one in watches),
            "kinds": [one.kind for one in watches if one.kind],
            "specialties": [one.specialty for one in watches if one.specialty],
            "pages": [str(one.page_id) for one in pages],
        }
        super().__init__(data, initial=initial)
        named = [(str(one.page_id), one.title or GONE) for one in pages]
        self.fields["pages"].choices = named  # type: ignore[attr-defined]  # a field of choices
        if not named:
            del self.fields["pages"]
        if not who.can_review:
            del self.fields["queue"]

    @property
    def choice(self) -> SubscriptionChoice:
        """Return what was chosen."""
        clean = self.cleaned_data
        return SubscriptionChoice(
            mailing=clean["mailing"],
            queue=clean.get("queue", False),
            not_mailed=clean["not_mailed"],
            kinds=clean["kinds"],
            specialties=clean["specialties"],
            pages=[int(one) for one in clean.get("pages", ())],
        )
