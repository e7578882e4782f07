"""The form of one section of a page. It cleans and never saves."""

import re
from typing import Self

from django import forms
from django.http import QueryDict

from wiki.forms.draft import preview_of
from wiki.forms.parts import HeadForm, Part
from wiki.forms.typed import readable

LONGEST_NOTE = 2_000


class SectionForm(Part):
    """A section's text and the note to the reviewer."""

    body = HeadForm.base_fields["body"]
    note = HeadForm.base_fields["note"]
    # The version in force that the author had on the screen, where no draft had been begun.
    shown: int | None = None

    @classmethod
    def typed(cls, post: QueryDict) -> Self:
        """Return the form as it was typed, checked."""
        fields = {name: readable(post.get(name, "")) for name in ("body", "note")}
        form = cls(fields, checked=True)
        base = post.get("base", "")
        form.shown = int(base) if re.fullmatch(r"\d{1,9}", base, re.ASCII) else None
        return form

    @property
    def first_error(self) -> str:
        """Return the first sentence of what is wrong."""
        return str(next(iter(self.errors.values()))[0])

    def clean_note(self) -> str:
        """Return the note, if it is one that people will read."""
        note: str = self.cleaned_data["note"]
        if (over := len(note) - LONGEST_NOTE) > 0:
            raise forms.ValidationError(f"Shorten this by {over:,} character{'s' if over > 1 else ''}")
        return note.strip()

    def prepare(self) -> Self:
        """Show the section as readers would see it beside its text."""
        self.fields["body"].widget.preview = preview_of(self["body"].value() or "")
        return self
