"""Forms that retire a page, bring it back, or merge it into another page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki.forms.editing.typed import readable
from wiki.forms.text_fields import SeenTextField
from wiki.models import PublishedPage
from wiki.policy import reasons
from wiki.text.document import Retirement
from wiki.text.slugs import fold

NONE = "none"


class PageField(forms.CharField):
    """A field for a published page, by title, alias or code."""

    def __init__(self, **kwargs: Any) -> None:
        """Set the attributes for the list of suggestions."""
        attrs = {"data-lookup": "/lookup/pages/", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> PublishedPage | None:
        """Return the page that the name leads to; None for no name."""
        name = super().clean(readable(value or ""))
        if not name:
            return None
        found = list(PublishedPage.objects.for_lists().called(fold(name)[:160])[:2])
        if not found:
            raise ValidationError(f"There is no published page called “{name}”.")
        if len(found) > 1:
            raise ValidationError(f"“{name}” leads to more than one page. Give the title in full.")
        return found[0]


class PageForm(forms.Form):
    """A form about one page, with an error summary."""

    use_required_attribute = False

    def __init__(self, *args: Any, page_id: int, **kwargs: Any) -> None:
        """Keep the page that the form is about."""
        self.page_id = page_id
        super().__init__(*args, **{"auto_id": "%s", **kwargs})

    def other(self, name: str, sentence: str) -> PublishedPage | None:
        """Return the page that a field names; refuse this page itself."""
        found: PublishedPage | None = self.cleaned_data[name]
        if found is not None and found.page_id == self.page_id:
            raise ValidationError(sentence)
        return found

    @property
    def error_summary(self) -> list[tuple[str, str]]:
        """Return (field's id, sentence) of all errors, from top to bottom."""
        return [(field.auto_id, f"{error}") for field in self for error in field.errors]


class RetireForm(PageForm):
    """Why a page is retired, and which page replaces it."""

    reason = SeenTextField(
        label="Why is this page retired?",
        help_text="Readers are told this, word for word",
        max_length=reasons.LONGEST_REASON,
        error_messages={"required": reasons.ask_why(reasons.READERS)},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    replaced_by = PageField(
        label="Which page replaces it?",
        help_text="Its readers are led there. Leave it empty if no page does",
        required=False,
    )
    # The page that was chosen when its consequences were shown.
    shown_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_reason(self) -> str:
        """Return the reason on one line."""
        return " ".join(self.cleaned_data["reason"].split())

    def clean_replaced_by(self) -> PublishedPage | None:
        """Return the page that replaces this one."""
        return self.other("replaced_by", "A page cannot be replaced by itself.")

    @property
    def successor(self) -> PublishedPage | None:
        """Return the chosen replacing page, if one was chosen."""
        return getattr(self, "cleaned_data", {}).get("replaced_by")

    @property
    def retirement(self) -> Retirement:
        """Return the typed retirement; `reason` may still be empty."""
        reason = getattr(self, "cleaned_data", {}).get("reason", "")
        return Retirement(reason, self.successor.page_id if self.successor else None)

    @property
    def choice(self) -> str:
        """Return the value of `shown_for` with which the consequences of this choice are shown."""
        return str(self.successor.page_id) if self.successor else NONE

    @property
    def is_confirmed(self) -> bool:
        """Return whether the form is valid and the consequences of exactly this choice were shown."""
        return self.is_valid() and self.cleaned_data["shown_for"] == self.choice


class ReturnForm(PageForm):
    """Why a retired page should be published again."""

    note = SeenTextField(
        label="Why should readers see this page again?",
        help_text="The reviewer reads it, and it stays with the page’s history",
        max_length=2_000,
        error_messages={"required": reasons.ask_why(reasons.HISTORY)},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MergeForm(PageForm):
    """Which page stays when two are merged."""

    into = PageField(
        label="Which page stays?",
        help_text="Its title, another name of it, or a code",
        error_messages={"required": "Name the page that stays."},
    )

    def clean_into(self) -> PublishedPage | None:
        """Return the page that stays."""
        return self.other("into", "A page cannot be merged with itself. Name the page that stays.")

    @property
    def stays(self) -> PublishedPage | None:
        """Return the page that stays, if one was chosen."""
        return getattr(self, "cleaned_data", {}).get("into")
