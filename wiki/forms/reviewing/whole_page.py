"""The form of a whole-page review: the page's checklist, and what was checked."""

from dataclasses import dataclass
from typing import Any

from django import forms

from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.reviewing.whole_page_review import WholePageAnswers
from wiki.domain.checklist import Answer, items_for
from wiki.forms.reviewing.reverification import LONGEST
from wiki.forms.reviewing.review import Ask
from wiki.forms.text_fields import SeenTextField
from wiki.policy.checks import Check
from wiki.screens.reviewing.whole_page import WholePageScreen


@dataclass(frozen=True)
class PageAsk(Ask):
    """One item of the page's checklist, with its field and the result of the checks."""

    check: Check | None

    @property
    def check_id(self) -> str:
        """Return the id of the checks' result; "" if there is none."""
        return f"{self.field.auto_id}_check" if self.check else ""

    @property
    def is_settled(self) -> bool:
        """Return whether the checks passed and the answer is unchanged."""
        return self.check is not None and self.check.result == "pass" and self.field.value() == Answer.YES


class WholePageForm(forms.Form):
    """The answers of a whole-page reviewer. Each question is answered by itself."""

    use_required_attribute = False

    digest = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "It is not known which version you were shown. Read it as it is now."},
    )
    compared_with = forms.IntegerField(required=False, widget=forms.HiddenInput)
    checked = SeenTextField(
        label="What did you check, and against what?",
        help_text="Which guidelines and sources, searched until when. It stands in the page’s history.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you checked, and against what"},
    )
    why = SeenTextField(required=False, strip=True, max_length=400)

    def __init__(self, *args: Any, screen: WholePageScreen, **kwargs: Any) -> None:
        """Add every item that applies; those that passed the checks are answered already."""
        super().__init__(*args, **kwargs)
        self.items, self._checks = items_for(screen.revision.kind), screen.checked
        for item in self.items:
            check = self._checks.get(item.id)
            self.fields[item.id] = forms.ChoiceField(
                required=False,
                choices=Answer,
                label=item.text,
                widget=forms.RadioSelect,
                initial=Answer.YES if check and check.result == "pass" else "",
            )

    @property
    def asks(self) -> list[PageAsk]:
        """Return the checklist as it stands, in its order."""
        return [PageAsk(item, self[item.id], self._checks.get(item.id)) for item in self.items]

    @property
    def open_asks(self) -> list[PageAsk]:
        """Return the items that a person has to answer."""
        return [ask for ask in self.asks if not ask.is_settled]

    @property
    def settled_asks(self) -> list[PageAsk]:
        """Return the items that passed the checks."""
        return [ask for ask in self.asks if ask.is_settled]

    @property
    def shown(self) -> ShownComparison:
        """Return the digests of what the reviewer was shown."""
        return ShownComparison(self.cleaned_data["digest"], self.cleaned_data["compared_with"])

    @property
    def reading(self) -> WholePageAnswers:
        """Return the reviewer's answers."""
        kept = [
            {
                "id": item.id,
                "text": item.text,
                "answer": answer,
                "blocking": item.blocking,
                **self._why(answer),
            }
            for item in self.items
            if (answer := self.cleaned_data.get(item.id))
        ]
        return WholePageAnswers(self.cleaned_data["digest"], self.cleaned_data["checked"], kept)

    def _why(self, answer: str) -> dict[str, str]:
        why = self.cleaned_data.get("why", "")
        return {"why": why} if answer == Answer.NOT_APPLICABLE and why else {}

    def clean(self) -> dict[str, Any]:
        """Require an answer other than No to each blocking question."""
        answers = {item: self.cleaned_data.get(item.id, "") for item in self.items}
        for item, answer in answers.items():
            if item.blocking and not answer and item.id not in self.errors:
                self.add_error(item.id, "Answer this question.")
        if Answer.NOT_APPLICABLE in answers.values() and not self.cleaned_data.get("why"):
            self.add_error("why", "Say in a few words why that does not apply.")
        return self.cleaned_data
