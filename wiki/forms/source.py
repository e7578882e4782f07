"""The form with which a source is added to the wiki."""

import datetime as dt
import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from wiki.text.identifiers import BadIdentifier, Identifier, parse
from wiki.vocabulary import Basis

EARLIEST: Final = 1500
LONGEST: Final = 500
# What kind of work each scheme names, and the member of CSL-JSON that holds its identifier.
CSL: Final = {
    "doi": ("article-journal", "DOI"),
    "pmid": ("article-journal", "PMID"),
    "pmc": ("article-journal", "PMCID"),
    "nct": ("webpage", "number"),
    "isbn": ("book", "ISBN"),
    "url": ("webpage", "URL"),
}
_KINDS: Final = [(one.value, one.label) for one in Basis if one is not Basis.NONE]


class SourceForm(forms.Form):
    """A bibliographic record as a person types it."""

    use_required_attribute = False

    identifier = forms.CharField(
        label="DOI, PMID, ISBN or web address",
        help_text="So that others can find it, such as 10.1038/ng.1077",
        max_length=2000,
        error_messages={"required": "Give a DOI, PMID, ISBN or web address"},
    )
    title = forms.CharField(
        label="Title", max_length=1000, error_messages={"required": "Give the source’s title"}
    )
    authors = forms.CharField(
        label="Authors", help_text="As in Smith AB, Jones C", max_length=5000, required=False
    )
    journal = forms.CharField(label="Journal, publisher or site", max_length=300, required=False)
    year = forms.IntegerField(
        label="Year", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    type = forms.ChoiceField(
        label="Kind of study",
        choices=[("", "Choose"), *_KINDS],
        error_messages={
            "required": "Say what kind of study this is",
            "invalid_choice": "Choose one from the list",
        },
    )

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        """Give the fields names and ids that no other form on the page has."""
        super().__init__(data, initial=initial, prefix="source", auto_id="%s")

    def clean_identifier(self) -> Identifier:
        """Return what names the source; a check digit that does not fit is refused."""
        try:
            found = parse(self.cleaned_data["identifier"])
        except BadIdentifier as error:
            raise ValidationError(str(error)) from error
        if len(found.value) > LONGEST:
            raise ValidationError(f"Shorten this to {LONGEST} characters")
        if found.scheme not in CSL:
            raise ValidationError("Give a DOI, PMID, ISBN or web address, so that others can find it")
        return found

    def clean_year(self) -> int | None:
        """Return the year, if a work can be from it."""
        year: int | None = self.cleaned_data["year"]
        latest = dt.datetime.now(dt.UTC).year + 1
        if year is not None and not EARLIEST <= year <= latest:
            raise ValidationError(f"Give a year between {EARLIEST} and {latest}")
        return year

    @property
    def csl(self) -> dict[str, Any]:
        """Return the record as CSL-JSON. Only when the form is valid."""
        clean = self.cleaned_data
        type_, member = CSL[clean["identifier"].scheme]
        place = "publisher" if type_ == "book" else "container-title"
        record = {
            "type": type_,
            "title": clean["title"],
            "author": people_of(clean["authors"]),
            place: clean["journal"],
            "issued": {"date-parts": [[clean["year"]]]} if clean["year"] else None,
            member: clean["identifier"].value,
        }
        return {name: value for name, value in record.items() if value}


def people_of(text: str) -> list[dict[str, str]]:
    """Return "Smith AB, Jones C" as people; a name without initials, such as an organisation's, as it is."""
    names = (" ".join(name.split()) for name in re.split("[,;\n]", text))
    return [_person(name) for name in names if name and name.rstrip(".").lower() != "et al"]


def _person(name: str) -> dict[str, str]:
    family, _, initials = name.rpartition(" ")
    letters = initials.replace(".", "")
    if family and len(letters) <= 4 and letters.isalpha() and letters.isupper():
        return {"family": family, "given": " ".join(letters)}
    return {"literal": name}
