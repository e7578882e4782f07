"""The form of one section of a page. It cleans and never saves."""

from typing import Self

from django.http import QueryDict

from wiki.acts.writing.sections import ChangeSummary
from wiki.forms.editing.draft import preview_of
from wiki.forms.editing.parts import HeadForm
from wiki.forms.editing.submit_step import SubmitStepForm
from wiki.forms.editing.typed import COVER, readable
from wiki.forms.numbers import number_in


class SectionForm(SubmitStepForm):
    """A section's text and the edit summary."""

    body = HeadForm.base_fields["body"]
    field_order = ("body", *COVER)
    # The published version that the author had on the screen, where no draft had been begun.
    shown: int | None = None

    @classmethod
    def typed(cls, post: QueryDict) -> Self:
        """Return the form as it was typed, checked."""
        fields = {name: readable(post.get(name, "")) for name in ("body", *COVER)}
        form = cls(fields, checked=True)
        form.shown = number_in(post.get("base", ""))
        return form

    @property
    def first_error(self) -> str:
        """Return the first error's sentence."""
        return str(next(iter(self.errors.values()))[0])

    @property
    def cover(self) -> ChangeSummary:
        """Return the edit summary. Only if the form is valid."""
        return ChangeSummary(*(self.cleaned_data[name] for name in COVER))

    def prepare(self) -> Self:
        """Render the section beside its text as readers would see it."""
        self.fields["body"].widget.preview = preview_of(self["body"].value() or "")
        return self
