"""The form of a verdict: the questions about the change, the reason, and what was shown."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms

from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.writing.submission import LONGEST_MEANING
from wiki.domain.checklist import Answer, Item
from wiki.domain.professions import Impact
from wiki.forms.editing.edit_summary import missing_of_impact
from wiki.forms.text_fields import SeenTextField
from wiki.models import Decision
from wiki.policy import reasons
from wiki.policy.signatures import impact_so_far
from wiki.screens.change_touches import questions_of
from wiki.screens.reviewing.review import ReviewScreen

_UNSEEN = "It is not known which version you were shown. Read this page as it is now, then decide again."
REASONS = {
    Decision.REQUEST_CHANGES: "Say what should change; the author reads it.",
    Decision.REJECT: "Say why this should not be published; the author reads it.",
}


@dataclass(frozen=True)
class Ask:
    """One question about the change, with its field."""

    item: Item
    field: forms.BoundField

    @property
    def error_id(self) -> str:
        """Return the id of the error message; "" if there is none."""
        return f"{self.field.auto_id}_error" if self.field.errors else ""


class VerdictForm(forms.Form):
    """A verdict on one submission. Fields that `decision` does not need are kept and not required."""

    digest = forms.CharField(required=False)
    compared_with = forms.IntegerField(required=False)
    retires = forms.CharField(required=False)
    reason = SeenTextField(
        required=False, strip=True, max_length=reasons.LONGEST_VERDICT_REASON, widget=forms.Textarea
    )
    why = SeenTextField(required=False, strip=True, max_length=400)
    impact = forms.ChoiceField(choices=Impact, required=False, widget=forms.RadioSelect)
    meaning = SeenTextField(required=False, strip=True, max_length=LONGEST_MEANING)

    def __init__(
        self, *args: Any, case: ReviewScreen, decision: Decision | None = None, **kwargs: Any
    ) -> None:
        """Add a question for each part that the change touches; none is answered in advance."""
        super().__init__(*args, **kwargs)
        # The act refuses people who may not decide, so they are not asked for answers first.
        self.case, self.decision = case, decision if case.can_decide else None
        self.items = questions_of(case.before, case.after) if case.is_asked else []
        self.fields["impact"].initial, self.fields["meaning"].initial = impact_so_far(
            case.revision, case.signatures.approvals
        )
        if case.is_new:
            in_words = [(one.value, one.of_new_page[1]) for one in Impact]
            cast(forms.ChoiceField, self.fields["impact"]).choices = in_words
        for item in self.items:
            self.fields[item.id] = forms.ChoiceField(
                required=False,
                choices=Answer,
                label=item.text,
                widget=forms.RadioSelect,
            )

    @property
    def asks(self) -> list[Ask]:
        """Return the questions as they stand."""
        return [Ask(item, self[item.id]) for item in self.items]

    @property
    def shown(self) -> ShownComparison:
        """Return the digests of what the reviewer was shown."""
        shown = (self.cleaned_data[name] for name in ("digest", "compared_with", "retires"))
        return ShownComparison(*shown)

    @property
    def checklist(self) -> list[dict[str, Any]]:
        """Return the answers in the form that the verdict stores; unanswered ones are left out."""
        answers = [(item, self.cleaned_data.get(item.id, "")) for item in self.items]
        return [self._answer_as_json(item, answer) for item, answer in answers if answer]

    def _answer_as_json(self, item: Item, answer: str) -> dict[str, Any]:
        kept = {"id": item.id, "text": item.text, "answer": answer, "blocking": item.blocking}
        why = self.cleaned_data.get("why", "")
        return kept | {"why": why} if answer == Answer.NOT_APPLICABLE and why else kept

    def clean(self) -> dict[str, Any]:
        """Require what the decision needs: answers for an approval, a reason for the others."""
        if self.decision == Decision.APPROVE:
            self._clean_approval()
        elif self.decision is not None and self._owes_reason and "reason" not in self.errors:
            self.add_error("reason", REASONS[self.decision])
        return self.cleaned_data

    @property
    def _owes_reason(self) -> bool:
        """Return whether a reason is missing; open remarks count as one."""
        has_remarks = self.decision == Decision.REQUEST_CHANGES and self.case.discussion.open
        return not self.cleaned_data.get("reason") and not has_remarks

    @property
    def impact_given(self) -> dict[str, str]:
        """Return impact and meaning as the approver states them; empty if they were not asked."""
        if "impact" not in self.data:
            return {}
        return {name: self.cleaned_data[name] for name in ("impact", "meaning")}

    def _clean_approval(self) -> None:
        for field, sentence in missing_of_impact(self.impact_given).items() if "impact" in self.data else ():
            self.add_error(field, sentence)
        if not {"digest", "compared_with"} <= {*self.data} or "compared_with" in self.errors:
            self.add_error(None, _UNSEEN)
        answers = {item: self.cleaned_data[item.id] for item in self.items if item.id not in self.errors}
        for item, answer in answers.items():
            if not answer:
                self.add_error(item.id, "Answer this question.")
        if Answer.NOT_APPLICABLE in answers.values() and not self.cleaned_data.get("why"):
            self.add_error("why", "Say in a few words why that does not apply.")


class RevertForm(forms.Form):
    """Why a version is reverted. `revision_id` is the one that was shown."""

    revision_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = SeenTextField(
        strip=True,
        max_length=reasons.LONGEST_VERDICT_REASON,
        widget=forms.Textarea,
        label="Why should readers not see it any more?",
        help_text="It stays with the page’s history, and its authors read it.",
        error_messages={"required": "Say why; the reason stays with the page’s history."},
    )
