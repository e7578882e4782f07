"""The form of one section of a page. It cleans and never saves."""

from typing import Self

from django.http import QueryDict

from wiki.acts.writing.sections import ChangeSummary
from wiki.forms.editing.draft import preview_of
from wiki.forms.editing.edit_summary import CoverForm, missing_of_cover
from wiki.forms.editing.parts import HeadForm, Part
from wiki.forms.editing.typed import COVER, readable
from wiki.forms.numbers import number_in


class SectionForm(CoverForm, Part):
    """A section's text and what goes to the reviewer."""

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
        """Return the first sentence of what is wrong."""
        return str(next(iter(self.errors.values()))[0])

    @property
    def cover(self) -> ChangeSummary:
        """Return what goes to the reviewer. Only when the form is valid."""
        return ChangeSummary(*(self.cleaned_data[name] for name in COVER))

    def owes_nothing(self) -> bool:
        """Put what is owed before a review at its field; return whether nothing is."""
        for field, sentence in missing_of_cover(self.cleaned_data).items():
            self.add_error(field, sentence)
        return self.is_valid()

    def prepare(self) -> Self:
        """Show the section as readers would see it beside its text."""
        self.fields["body"].widget.preview = preview_of(self["body"].value() or "")
        return self
