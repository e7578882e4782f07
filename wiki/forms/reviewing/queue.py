"""The form that filters the queue."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wiki.domain.kinds import kind_choices
from wiki.domain.professions import Profession, Risk, Specialty
from wiki.screens.reviewing.queue import Age, Order, Queue, QueueFilter, Show


class QueueForm(forms.Form):
    """Filters and order of the queue. Unknown values are ignored and reported."""

    use_required_attribute = False

    show = forms.ChoiceField(label="Show", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    specialty = forms.ChoiceField(label="Needs", required=False)
    profession = forms.ChoiceField(label="Profession", required=False)
    author = forms.ChoiceField(label="Author", required=False)
    age = forms.ChoiceField(label="Waiting", required=False)
    risk = forms.ChoiceField(label="Risk", required=False)
    order = forms.ChoiceField(label="Order", required=False)

    def __init__(self, data: Any, *, queue: Queue, can_review: bool) -> None:
        """Set the choices; the filter on what one can sign is for reviewers only."""
        super().__init__(data, auto_id="f-%s", label_suffix="")
        self._labels: dict[str, dict[str, str]] = {}
        shows = [(one.value, one.label) for one in Show if can_review or one in (Show.ALL, Show.MINE)]
        needed = {name for one in queue.waiting for name in one.specialties}
        asked = {name for one in queue.waiting for name in one.professions}
        self._offer("show", shows)
        self._offer("kind", [("", "All kinds"), *kind_choices()])
        specialties = [(one.value, one.label) for one in Specialty if one in needed]
        self._offer("specialty", [("", "Any training"), *specialties])
        professions = [(one.value, one.label) for one in Profession if one in asked]
        self._offer("profession", [("", "Any profession"), *professions])
        self._offer("author", [("", "Anybody"), *((name, name) for name in queue.authors)])
        self._offer("age", Age.choices)
        self._offer("risk", [("", "Any risk"), *Risk.choices])
        self._offer("order", Order.choices)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  all of them are
        field.choices = offered = list(choices)
        self._labels[name] = dict(offered)

    @property
    def wanted(self) -> QueueFilter:
        """Return the filters, without unknown values."""
        self.is_valid()
        return QueueFilter(**self.cleaned_data)

    @property
    def ordered(self) -> str:
        """Return the order in words."""
        return Order(self.wanted.order).label

    @property
    def filters_in_words(self) -> list[str]:
        """Return the active filters in words, without the order."""
        on = [name for name, value in self.cleaned_data.items() if value and name != "order"]
        return [f"{self[name].label}: {self._labels[name][self.cleaned_data[name]]}" for name in on]
