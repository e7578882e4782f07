"""The form that filters the record."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki.forms.numbers import number_in
from wiki.models import Visitor
from wiki.models.queries.event_filters import EventFilter, acts_visible_to, page_called
from wiki.text.slugs import slug_of


class RecordForm(forms.Form):
    """Act, page, person and days; each is optional."""

    use_required_attribute = False

    act = forms.ChoiceField(label="Act", required=False)
    about = forms.CharField(label="Page title or number", required=False, max_length=140)
    person = forms.CharField(label="Person, or part of a name", required=False, max_length=120)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, user: Visitor) -> None:
        """Offer the acts that this person may see."""
        super().__init__(data, auto_id="f-%s", label_suffix="")
        offered = self.fields["act"]
        assert isinstance(offered, forms.ChoiceField)  # noqa: S101  it is, see above
        offered.choices = [("", "All acts"), *acts_visible_to(user)]
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = "Write the day as year-month-day: 2026-03-01"

    def clean_about(self) -> int | None:
        """Return the id of the named page."""
        typed: str = self.cleaned_data["about"].strip()
        if not typed:
            return None
        found = number_in(typed.removeprefix("#"))
        if found is None and (found := page_called(slug_of(typed))) is None:
            raise ValidationError("No page that readers have seen is called that. Its number works too")
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        found: dict[str, Any] = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", "This day lies before the first one")
        return found

    @property
    def wanted(self) -> EventFilter:
        """Return the filter. Only if the form is valid."""
        return EventFilter(**self.cleaned_data)
