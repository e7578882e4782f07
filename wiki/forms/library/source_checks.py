"""The form that corrects and verifies a record, and the one that declines it."""

from typing import Any, Final, Self

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from wiki.domain.evidence import Basis
from wiki.forms.library.source import CSL, LONGEST, authors_of
from wiki.forms.text_fields import SeenTextField
from wiki.models import Source
from wiki.policy import reasons
from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse
from wiki.text.sources.typed_authors import people_of

_SALT: Final = "source-check"
_PLACES: Final = ("container-title", "publisher")
_PLAIN: Final = ("volume", "issue", "page", "number")
_KINDS: Final = [(one.value, one.label) for one in Basis if one is not Basis.NONE]


class SourceCheckForm(forms.Form):
    """A record as it is right, and with what it was compared."""

    use_required_attribute = False

    title = SeenTextField(label="Title", max_length=1000, error_messages={"required": "Enter the title"})
    authors = SeenTextField(
        label="Authors", help_text="As in Smith AB, Jones C", max_length=20_000, required=False
    )
    place = SeenTextField(label="Journal, publisher or site", max_length=300, required=False)
    year = forms.IntegerField(
        label="Year",
        min_value=1500,
        max_value=2200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Enter a year such as 2024"},
    )
    volume = SeenTextField(label="Volume", max_length=60, required=False)
    issue = SeenTextField(label="Issue", max_length=60, required=False)
    page = SeenTextField(label="Pages", help_text="As in 101-9 or e12", max_length=60, required=False)
    number = SeenTextField(
        label="Number of the article or report",
        help_text="Beside its pages, or without any",
        max_length=60,
        required=False,
    )
    identifiers = SeenTextField(
        label="Identifiers",
        help_text="One on each line, such as 10.1038/ng.1077 or PMID 22327515; one of each kind",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        error_messages={"required": "Give at least one identifier, so that others can find the source"},
    )
    type = forms.ChoiceField(label="Kind of study", choices=_KINDS)
    compared_with = SeenTextField(
        label="What did you compare it with?",
        help_text="For example: the article itself; its abstract at PubMed; the publisher’s page.",
        max_length=300,
        error_messages={"required": "Say what you compared it with"},
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, source: Source) -> None:
        """Show the record as it is."""
        self.source = source
        self.has = [(one.scheme, one.value) for one in source.ids.all()]
        lines = "\n".join(f"{scheme}:{value}".removeprefix("url:") for scheme, value in self.has)
        initial = {**_typed(source.csl), "type": source.type, "identifiers": lines}
        super().__init__(data, auto_id="%s", initial=initial)
        self.initial["shown"] = signing.dumps([source.csl, self.has], salt=_SALT, compress=True)

    def clean_shown(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the record and its identifiers as they were when the form was opened."""
        try:
            csl, ids = signing.loads(self.cleaned_data["shown"], salt=_SALT)
        except (signing.BadSignature, ValueError):
            raise ValidationError("Open the form again, then compare") from None
        return csl, dict(ids)

    def clean_identifiers(self) -> dict[str, str]:
        """Return the value of each scheme; a line that is no identifier is named."""
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["identifiers"].split("\n"))):
            try:
                one = parse(line)
            except BadIdentifier as error:
                raise ValidationError(f"“{line[:60]}”: {error}") from error
            if sentence := reasons.too_long(one.value, LONGEST):
                raise ValidationError(sentence)
            # Keys of this wiki's own, and those of rows, come from files and data sets only.
            if not _can_be_typed(one) and (one.scheme, one.value) not in self.has:
                raise ValidationError(f"“{line[:60]}” is no DOI, PMID, ISBN or web address")
            if found.setdefault(one.scheme, one.value) != one.value:
                raise ValidationError(
                    f"Give one {one.scheme.upper()}: a work has one identifier of each kind"
                )
        return found

    @property
    def csl(self) -> dict[str, Any]:
        """Return the record with what was changed in the form changed in it. Only when the form is valid."""
        clean = self.cleaned_data
        shown, had = clean["shown"]
        before = _typed(shown)
        record = dict(shown) | {"title": clean["title"]}
        changed = {name for name in before if clean[name] != before[name]}
        if "authors" in changed:
            record["author"] = people_of(clean["authors"], known=shown.get("author", ()))
        if "place" in changed:
            name = next((one for one in _PLACES if record.get(one)), _PLACES[0])
            record |= {name: clean["place"], "container-title-short": ""}
        if "year" in changed:
            record["issued"] = {"date-parts": [[clean["year"]]]} if clean["year"] else None
        record |= {name: clean[name] for name in _PLAIN if name in changed}
        ids = clean["identifiers"]
        for scheme in {*had, *ids}:
            _, member = CSL.get(scheme, ("", ""))
            if member and ids.get(scheme) != had.get(scheme):
                record[member] = ids.get(scheme, "")
        return {name: value for name, value in record.items() if value}

    @property
    def act_arguments(self) -> dict[str, Any]:
        """Return what the act asks for. Only when the form is valid."""
        clean = self.cleaned_data
        shown, had = clean["shown"]
        kept = {name: clean[name] for name in ("type", "compared_with")}
        return {"csl": self.csl, "ids": clean["identifiers"], "shown": shown, "ids_shown": had, **kept}

    @classmethod
    def for_source(cls, source: Source, data: Any = None) -> Self:
        """Return the form for a source, filled in with `data` if there is any."""
        return cls(data, source=source)


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the label of each field in which two records differ, with what each of them says.

    A reference names six authors and no more; a signature is for all of them.
    """
    was, now = _typed(before), _typed(after)
    labels = {name: str(field.label) for name, field in SourceCheckForm.base_fields.items()}
    return [
        (labels[name], str(was[name] or ""), str(now[name] or "")) for name in was if was[name] != now[name]
    ]


class DeclineCheckForm(forms.Form):
    """Why a record stays as it is."""

    use_required_attribute = False

    reason = SeenTextField(
        label="Why not?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is wrong with it"},
    )

    def __init__(self, data: Any = None) -> None:
        """Give the field an id like that of every form."""
        super().__init__(data, auto_id="%s")


def _can_be_typed(one: Identifier) -> bool:
    return one.scheme in CSL and one.scheme != "ref"


def _typed(csl: dict[str, Any]) -> dict[str, Any]:
    """Return a record as the fields of the form show it."""
    issued = csl.get("issued") or {}
    year = issued["date-parts"][0][0] if issued.get("date-parts") else None
    place = next((csl[one] for one in _PLACES if csl.get(one)), "")
    plain = {name: str(csl.get(name, "")) for name in _PLAIN}
    return {"title": csl.get("title", ""), "authors": authors_of(csl), "place": place, "year": year, **plain}
