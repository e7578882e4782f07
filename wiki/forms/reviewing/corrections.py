"""Forms that correct a passage at once, lift a correction, suppress a text or protect a page."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki.acts.safety.corrections import LONGEST_REPLACEMENT, NO_PARAGRAPH, NO_ROW
from wiki.forms.text_fields import SeenTextField
from wiki.models import Correction
from wiki.policy import reasons
from wiki.text.document import Document
from wiki.text.markdown.html import plain
from wiki.text.redaction.passages import can_stand_instead, holds, passages, row_of, width_of_row
from wiki.text.redaction.table_rows import cells_of, typed_row


@dataclass(frozen=True)
class PassageChoice:
    """One passage that can be chosen: by its digest, in the words that readers see.

    `width` is the number of its cells if it is a row of a table, else 0.
    """

    id: str
    passage: str
    words: str
    width: int = 0


def choices_of(document: Document) -> list[PassageChoice]:
    """Return every passage that can be corrected, from top to bottom."""
    return [_choice(document, one) for one in passages(document)]


def _choice(document: Document, passage: str) -> PassageChoice:
    name = hashlib.sha256(passage.encode()).hexdigest()[:16]
    width = width_of_row(document.body, passage) if "|" in passage else 0
    words = " | ".join(map(plain, cells_of(row_of(passage)))) if width else plain(passage)
    return PassageChoice(name, passage, words or passage, width)


def chosen_among(document: Document, wanted: str) -> PassageChoice | None:
    """Return the passage with that digest, if the document still holds it."""
    return next((one for one in choices_of(document) if one.id == wanted), None)


class FormWithErrors(forms.Form):
    """A form with an error summary."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the fields ids like those of every form."""
        super().__init__(*args, **{"auto_id": "%s", **kwargs})

    @property
    def error_summary(self) -> list[tuple[str, str]]:
        """Return (field's id, sentence) of all errors, from top to bottom."""
        return [(field.auto_id, f"{error}") for field in self for error in field.errors]


class CorrectionForm(FormWithErrors):
    """The replacement of a passage, and the reason."""

    replacement = SeenTextField(
        label="What should stand there instead?",
        help_text="One paragraph. References such as [@pmid:…] may stay as they are",
        required=False,
        max_length=LONGEST_REPLACEMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    withhold = forms.BooleanField(
        label="Nothing for now: tell readers that the passage is withheld", required=False
    )
    reason = SeenTextField(
        label="Why can this not wait?",
        help_text="Readers are told this, word for word; the full review begins with it",
        max_length=reasons.LONGEST_REASON,
        error_messages={"required": reasons.ask_why(reasons.READERS)},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, chosen: PassageChoice, **kwargs: Any) -> None:
        """Begin with the passage itself: most corrections change a few words."""
        self.passage, self.width = chosen.passage, chosen.width
        begun = typed_row(row_of(chosen.passage)) if chosen.width else chosen.passage
        super().__init__(*args, **{"initial": {"replacement": begun}, **kwargs})
        if chosen.width:
            self.fields[
                "replacement"
            ].help_text = (
                f"One row of the table with its {chosen.width} cells, a | at each end and between them"
            )

    def clean_replacement(self) -> str:
        """Return the paragraph with normal line ends."""
        return "\n".join(self.cleaned_data["replacement"].splitlines())

    def clean(self) -> dict[str, Any]:
        """Require a replacement unless the passage is to be withheld on purpose."""
        text = self.cleaned_data.get("replacement")
        if self.cleaned_data.get("withhold"):
            self.cleaned_data["replacement"] = ""
            self.errors.pop("replacement", None)
        elif text is not None and (sentence := self._wrong_with(text)):
            self.add_error("replacement", ValidationError(sentence))
        return self.cleaned_data

    def _wrong_with(self, text: str) -> str:
        if not text:
            return "Write what should stand there, or choose that the passage is withheld for now."
        if holds(text, self.passage):
            return "This still holds the passage. Change what is wrong in it."
        if can_stand_instead(text, self.width):
            return ""
        return NO_ROW.format(self.width) if self.width else NO_PARAGRAPH


class CorrectionReasonForm(FormWithErrors):
    """Why something is undone."""

    reason = SeenTextField(
        label="Why?",
        max_length=reasons.LONGEST_REASON,
        error_messages={"required": reasons.ask_why(reasons.HISTORY)},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LiftCorrectionForm(CorrectionReasonForm):
    """Why a correction is lifted."""

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        """Ask for the reason in words that fit."""
        super().__init__(*args, **kwargs)
        asked = "Why should this not be done?" if correction.is_proposed else "Why was the passage right?"
        self.fields["reason"].label = asked


class SuppressForm(CorrectionReasonForm):
    """Why the text of a version is hidden."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the reason in words that fit."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why must nobody read it any more?"
        self.fields["reason"].help_text = "Everybody can read this reason: do not repeat what is to be hidden"


class ShowAgainForm(CorrectionReasonForm):
    """Why a text that was hidden for now is shown again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the reason in words that fit."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why may it be read again?"
        self.fields["reason"].help_text = "Everybody can read this: do not repeat what was to be hidden"


class WithdrawMeaningForm(CorrectionReasonForm):
    """Why an approver's sentence is withdrawn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the reason in words that fit."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why should readers not be told this?"
        self.fields["reason"].help_text = "Everybody can read this reason"


class ProtectForm(CorrectionReasonForm):
    """Until when, and why, a page is protected."""

    until = forms.DateField(
        label="Until the end of which day?",
        help_text="At most a year ahead",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Give the day as 2027-05-03."},
    )

    field_order = ("until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the reason in words that fit."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why?"
        self.fields["reason"].help_text = "Whoever wants to edit the page is told this"
