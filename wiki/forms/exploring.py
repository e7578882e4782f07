"""Filters of the links of a page."""

from typing import Any

from django import forms

from wiki.domain.evidence import Grade
from wiki.domain.kinds import kind_choices
from wiki.domain.relations import RELATIONS
from wiki.forms.text_fields import SeenTextField

ANY = ("", "Any")
CERTAINTIES = [
    (grade.value, grade.label) for grade in (Grade.HIGH, Grade.MODERATE, Grade.LOW, Grade.VERY_LOW)
]
ORIGINS = [("curated", "Pages of Causeway"), ("data", "Data sets")]


class LinkFilterForm(forms.Form):
    """By relation, least certainty, origin, kind of the other end, and population."""

    relation = forms.ChoiceField(
        required=False, choices=[ANY, *((r.id, r.label) for r in RELATIONS.values())]
    )
    certainty = forms.ChoiceField(required=False, label="Certainty at least", choices=[ANY, *CERTAINTIES])
    origin = forms.ChoiceField(required=False, label="From", choices=[ANY, *ORIGINS])
    kind = forms.ChoiceField(
        required=False, choices=[ANY, *kind_choices(), ("disease", "Disease (data set)")]
    )
    population = SeenTextField(required=False, label="Group of people", max_length=100)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return what was chosen; what is no choice counts as any."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
