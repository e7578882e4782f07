"""The step between Submit and sending: what a reviewer must know, asked where no script has asked for it."""

from typing import Any, Self

from django.http import QueryDict

from wiki.forms.editing.edit_summary import EditSummaryForm, missing_of_summary
from wiki.forms.editing.parts import Part
from wiki.forms.editing.typed import COVER, readable
from wiki.models import Revision


class SubmitStepForm(EditSummaryForm, Part):
    """The edit summary alone."""

    @classmethod
    def of_draft(cls, draft: Revision) -> Self:
        """Return the form with what the draft says already."""
        return cls({name: getattr(draft, name) for name in COVER}, checked=False)

    @classmethod
    def typed(cls, post: QueryDict) -> Self:
        """Return the form as it was typed, checked."""
        return cls({name: readable(post.get(name, "")) for name in COVER}, checked=True)

    @property
    def summary(self) -> dict[str, Any]:
        """Return the edit summary. Only if the form is valid."""
        return {name: str(self.cleaned_data[name]) for name in COVER}

    def owes_nothing(self) -> bool:
        """Add an error to each field that is required and empty; return whether there is none."""
        missing = missing_of_summary(self.cleaned_data, of=self) if self.is_valid() else {}
        for field, sentence in missing.items():
            self.add_error(field, sentence)
        return self.is_valid()
