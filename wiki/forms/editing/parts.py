"""Parts of the form of a page: head, code, statement. They clean and never save."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import MarkdownxWidget

from wiki.domain.codes import CODE_SYSTEMS, CodeMatch
from wiki.domain.evidence import Grade
from wiki.domain.kinds import kind_choices
from wiki.domain.relations import RELATIONS, relations_between
from wiki.domain.statement_fields import (
    CHOICE_FIELDS,
    DETAIL_FIELDS,
    STATEMENT_FIELDS,
    TEXT_FIELDS,
    StatementField,
    ValueType,
)
from wiki.domain.statement_values.lines import BadValue
from wiki.forms.editing.edit_summary import EditSummaryForm, short_enough
from wiki.forms.editing.statement_preview import StatementPreview
from wiki.forms.editing.typed import STATEMENT, UNREADABLE, names_of_one_line
from wiki.forms.library.identifiers import complaint
from wiki.policy.submission_problems import LIMITS
from wiki.text.document import Code, Row

CHOOSE: Final = ("", "Choose")
NOT_OFFERED: Final = {"invalid_choice": "Choose one from the list"}
# Attributes that the look-up script reads from a field.
OTHER_PAGE: Final[dict[str, Any]] = {
    "data-lookup": reverse_lazy("lookup-pages"),
    "data-offer": format_lazy("{}?title=", reverse_lazy("new")),
    "data-end": "",
}
A_SOURCE: Final[dict[str, Any]] = {
    "data-lookup": reverse_lazy("lookup-sources"),
    "data-nothing": "The wiki does not have it yet. Add it below the statements.",
}
# A row number that no posted form reaches: for the blank row that scripts copy.
NUMBER_OF_THE_BLANK: Final = 9998


class Part(forms.Form):
    """A form whose fields may all be empty: the checks report what is missing."""

    use_required_attribute = False
    error_css_class = ""

    def __init__(self, fields: Mapping[str, str], *, checked: bool, prefix: str | None = None) -> None:
        """Show `fields`; when `checked`, with what is wrong with them."""
        data = {f"{prefix}-{name}" if prefix else name: value for name, value in fields.items()}
        super().__init__(data if checked else None, initial=dict(fields), prefix=prefix, auto_id="%s")

    def clean(self) -> dict[str, Any]:
        """Refuse the replacement character, which stands for unreadable input."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and UNREADABLE in value:
                self.add_error(name, f"Delete the mark {UNREADABLE}: a character here could not be read")
        return self.cleaned_data


def _text(
    label: str, *, hint: str = "", strip: bool = True, widget: Any = None, **attrs: Any
) -> forms.CharField:
    widget = widget or forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, help_text=hint, required=False, strip=strip, widget=widget)


def _choice(
    label: str, choices: Iterable[tuple[str, str]], widget: type[forms.Select] = forms.Select
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[CHOOSE, *choices], widget=widget, required=False, error_messages=NOT_OFFERED
    )


class BodyWidget(MarkdownxWidget):  # type: ignore[misc]  # django-markdownx is not typed
    """The editor of django-markdownx, with a preview rendered by the server."""

    preview: str = ""

    def get_context(self, name: str, value: Any, attrs: Any = None) -> dict[str, Any]:
        """Return what the template needs."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["preview"] = self.preview
        return context


class HeadForm(EditSummaryForm, Part):
    """Title, kind, names, summary, text and what goes to the reviewer."""

    title = _text("Title")
    kind = forms.ChoiceField(
        label="Kind", choices=lambda: [CHOOSE, *kind_choices()], required=False, error_messages=NOT_OFFERED
    )
    aliases = _text(
        "Also called", hint="Separate names with commas, or with semicolons if a name has a comma"
    )
    summary = _text(
        "Plain summary",
        hint=f"Up to {LIMITS['summary']} characters, in words a 12-year-old would know",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    body = MarkdownxFormField(
        label="Text", required=False, strip=False, widget=BodyWidget(attrs={"rows": 18, "class": "source"})
    )

    def clean_title(self) -> str:
        """Return the title on one line, if it fits its column."""
        return short_enough(" ".join(self.cleaned_data["title"].split()), LIMITS["title"])

    def clean_aliases(self) -> tuple[str, ...]:
        """Return the names as a list."""
        text = self.cleaned_data["aliases"]
        if UNREADABLE in text:
            raise ValidationError(f"Delete the mark {UNREADABLE}: a character here could not be read")
        return names_of_one_line(text)


class CodeForm(Part):
    """A code of this subject in a published system."""

    system = _choice("System", [(system.id, system.label) for system in CODE_SYSTEMS.values()])
    code = _text("Code")
    match = forms.ChoiceField(
        label="The code is of",
        choices=[
            ("", CodeMatch.EXACT.label),
            *(one for one in CodeMatch.choices if one[0] != CodeMatch.EXACT),
        ],
        required=False,
        error_messages=NOT_OFFERED,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an incomplete code, and one that does not have the form of its system."""
        super().clean()
        system = CODE_SYSTEMS.get(self.cleaned_data.get("system", ""))
        code = self.cleaned_data.get("code", "")
        if system and code:
            self.cleaned_data["code"] = code = system.usual_form(code)
        if "system" in self.cleaned_data and system is None:
            self.add_error("system", "Choose the system that this code is from")
        elif "code" in self.cleaned_data and not code:
            self.add_error("code", "Give the code, or remove the row")
        elif system and code and not system.accepts(code):
            self.add_error("code", f"This is not a valid {system.label} code, such as {system.example}")
        return self.cleaned_data

    @property
    def value(self) -> Code:
        """Return the code. Only if the row is valid."""
        match = self.cleaned_data["match"] or CodeMatch.EXACT.value
        return Code(self.cleaned_data["system"], self.cleaned_data["code"], match)


class RelationSelect(forms.Select):
    """A choice of relations; if `explained`, each option says which kinds of page it can connect."""

    explained = False

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option with the kinds of page that a script filters by."""
        option = super().create_option(name, value, *args, **kwargs)
        if self.explained and (relation := RELATIONS.get(str(value))):
            option["attrs"]["data-subjects"] = " ".join(sorted(relation.subjects))
            option["attrs"]["data-objects"] = " ".join(sorted(relation.objects))
            option["attrs"] |= {"data-same": ""} if relation.same_kind else {}
        return option


class SentenceField(forms.CharField):
    """A text of one line, in a field that is as tall as the text."""

    widget = forms.Textarea(attrs={"rows": 1, "class": "sentence", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        """Return the text on one line."""
        return " ".join((super().to_python(value) or "").split())


def _form_field(field: StatementField) -> forms.Field:
    """Return the form field for a field of a statement."""
    if field.value_type is ValueType.RELATION:
        relations = [(one.id, one.label) for one in RELATIONS.values()]
        return _choice(field.label, relations, widget=RelationSelect)
    if field.choices is not None:
        offered = field.offered or field.choices
        return _choice(field.label, [(str(one.value), str(one.label)) for one in offered])
    if field.value_type is ValueType.TEXT:
        return SentenceField(label=field.label, help_text=field.hint, required=False)
    attributes = {ValueType.PAGE: {"list": "pages", **OTHER_PAGE}, ValueType.SOURCES: A_SOURCE}
    return _text(field.label, hint=field.hint, **attributes.get(field.value_type, {}))


class StatementForm(Part):
    """One statement: relation, other page and evidence."""

    cited: tuple[str, ...] = ()
    tie: StatementPreview | None = None

    def __init__(
        self,
        fields: Mapping[str, str],
        *,
        checked: bool,
        number: int,
        kind: str,
        cited: tuple[str, ...] = (),
        pages: Mapping[str, set[int]] | None = None,
    ) -> None:
        """Show a row of a page of `kind`; `pages` has the pages that typed names lead to."""
        super().__init__(fields, checked=checked, prefix=f"statements-{number}")
        self.fields.update({field.name: _form_field(field) for field in STATEMENT_FIELDS})
        self.number = number
        self.cited = cited
        self.pages = pages or {}
        self.unknown_page = ""
        self.sources_shown: list[tuple[str, Any]] = []
        with_ = f"relation={self.prefix}-relation kind=kind title=title"
        self.fields["object"].widget.attrs["data-with"] = with_
        self._offer(kind)

    def clean(self) -> dict[str, Any]:
        """Put each detail in its usual form, or say at its field how it is written."""
        super().clean()
        for field in DETAIL_FIELDS:
            try:
                self.cleaned_data[field.name] = field.usual_form(self.cleaned_data.get(field.name, ""))
            except BadValue as error:
                self.add_error(field.name, str(error))
        return self.cleaned_data

    @classmethod
    def blank(cls) -> Self:
        """Return the row that a script copies, with all relations and the kinds of page each is for."""
        row = cls(dict.fromkeys(STATEMENT, ""), checked=False, number=NUMBER_OF_THE_BLANK, kind="")
        row.fields["relation"].widget.explained = True
        return row

    def tied(self, tie: StatementPreview) -> None:
        """Add the statement in words, and restrict the relations to those that fit both pages."""
        self.tie = tie
        self.fields["object"].widget.attrs["data-end"] = tie.kind
        self._offer(tie.end.kind, tie.kind)

    def _offer(self, kind: str, other: str = "") -> None:
        """Restrict the choices to relations that fit; the chosen one stays, marked if it does not fit."""
        offered = [(one.id, one.label) for one in relations_between(kind, other)]
        chosen = RELATIONS.get(self["relation"].value() or "")
        if chosen and (chosen.id, chosen.label) not in offered:
            offered.append((chosen.id, f"{chosen.label} (does not fit)"))
        self.fields["relation"].widget.choices = [CHOOSE, *offered]

    def clean_object(self) -> int:
        """Return the page that the typed name leads to."""
        name = self.cleaned_data["object"]
        if not name:
            raise ValidationError("Name the other page")
        found = self.pages.get(name, set())
        if not found:
            self.unknown_page = name
            raise ValidationError(f"There is no page called “{name}” yet")
        if len(found) > 1:
            raise ValidationError(f"“{name}” leads to more than one page; give the title in full")
        return next(iter(found))

    def clean_sources(self) -> str:
        """Refuse text that names no source; recognised sources are in `cited` already."""
        for text in filter(None, self.cleaned_data["sources"].split(", ")):
            raise ValidationError(f"“{text}”: {complaint(text)}")
        return ""

    @property
    def is_graded(self) -> bool:
        """Return whether the relation takes a grade; definitional ones take none."""
        relation = RELATIONS.get(self["relation"].value() or "")
        return relation is None or relation.graded

    @property
    def evidence(self) -> list[BoundField]:
        """Return what every statement says: all but what names it, its sources and its details."""
        return [self[field.name] for field in (*CHOICE_FIELDS, *TEXT_FIELDS) if not field.is_detail]

    @property
    def details(self) -> list[BoundField]:
        """Return what a statement may say beside that: of whom it is true, how often, how much."""
        return [self[field.name] for field in DETAIL_FIELDS]

    @property
    def has_details(self) -> bool:
        """Return whether any detail is filled in, so that they are shown at once."""
        return any(field.value() or field.errors for field in self.details)

    @property
    def value(self) -> Row:
        """Return the statement. Only if the row is valid."""
        values: dict[str, Any] = {field.name: self.cleaned_data[field.name] for field in STATEMENT_FIELDS}
        values["sources"] = self.cited
        if not self.is_graded:
            values["grade"] = Grade.NOT_APPLICABLE.value
        return Row(**values)
