"""The form with which a source is added to the wiki."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, Self

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property

from wiki.acts.library.sources import kind_of, without_former
from wiki.domain.evidence import Basis
from wiki.forms.text_fields import SeenTextField
from wiki.policy import reasons
from wiki.policy.refusal import Refused
from wiki.text.sources.formats.raw import JournalNotice
from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse
from wiki.text.sources.records import Record
from wiki.text.sources.references import name_of
from wiki.text.sources.typed_authors import people_of

SALT: Final = "source-record"
EARLIEST: Final = 1500
LONGEST: Final = 500
# For each identifier scheme: the type of work, and the member of CSL-JSON that holds the identifier.
CSL: Final = {
    "doi": ("article-journal", "DOI"),
    "pmid": ("article-journal", "PMID"),
    "pmc": ("article-journal", "PMCID"),
    "nct": ("webpage", "number"),
    "isbn": ("book", "ISBN"),
    "pii": ("article-journal", ""),
    # A chapter without an identifier of its own; only pasted records have this scheme.
    "ref": ("chapter", ""),
    "url": ("webpage", "URL"),
}
KINDS_OF_STUDY: Final = [(one.value, one.label) for one in Basis if one is not Basis.NONE]


class SourceForm(forms.Form):
    """A bibliographic record as a person types it."""

    use_required_attribute = False
    # The error about the pasted text.
    sentence = ""

    pasted = forms.CharField(
        label="Paste a DOI, PMID, PMCID, ISBN, web address, or a BibTeX, RIS or CSL-JSON record",
        help_text="The wiki checks whether it has the source, and fills in what a record says",
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    record = forms.CharField(required=False, max_length=400_000, widget=forms.HiddenInput)
    identifier = SeenTextField(
        label="DOI, PMID, ISBN or web address",
        help_text="So that others can find it, such as 10.1038/ng.1077",
        max_length=2000,
        error_messages={"required": "Give a DOI, PMID, ISBN or web address"},
    )
    title = SeenTextField(
        label="Title", max_length=1000, error_messages={"required": "Give the source’s title"}
    )
    authors = SeenTextField(
        label="Authors", help_text="As in Smith AB, Jones C", max_length=20_000, required=False
    )
    journal = SeenTextField(label="Journal, publisher or site", max_length=300, required=False)
    year = forms.IntegerField(
        label="Year", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    type = forms.ChoiceField(
        label="Kind of study",
        choices=[("", "Choose"), *KINDS_OF_STUDY],
        error_messages={
            "required": "Say what kind of study this is",
            "invalid_choice": "Choose one from the list",
        },
    )

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        """Give the fields names and ids that no other form on the page has."""
        super().__init__(data, initial=initial, prefix="source", auto_id="%s")

    @classmethod
    def of_record(cls, record: Record, pasted: str) -> Self:
        """Return the form filled from a record, for a person to confirm."""
        csl = record.csl
        container = csl.get("container-title-short") or csl.get("container-title") or csl.get("publisher")
        issued = csl.get("issued") or {"date-parts": [[""]]}
        initial = {
            "pasted": pasted,
            "record": sealed(record),
            "identifier": record.ids[0].value if record.ids else "",
            "title": csl.get("title", ""),
            "authors": authors_of(csl),
            "journal": container,
            "year": issued["date-parts"][0][0],
            "type": kind_of(record.types),
        }
        if record.ids and record.ids[0].scheme in ("pmid", "pmc", "url", "ref", "pii"):
            initial["identifier"] = record.ids[0].key.removeprefix("url:")
        return cls(initial=initial)

    @classmethod
    def from_record(cls, found: Any, typed: QueryDict) -> Self:
        """Return the form after a search: filled from the record that was found, else as typed."""
        if found.record is not None:
            return cls.of_record(found.record, typed.get("source-pasted", ""))
        # The record that the fields were filled from stays with them: its notices, and what has no field.
        form = cls(initial=cls.words_in(typed))
        form.sentence = found.sentence
        form.fields["pasted"].widget.attrs |= {
            "aria-invalid": "true",
            "aria-describedby": "source-pasted_helptext source-error",
        }
        return form

    @cached_property
    def known_record(self) -> Record | None:
        """Return the record that the fields were filled from, also where they are shown again."""
        return unsealed(self["record"].value() or "")

    @classmethod
    def words_in(cls, typed: Mapping[str, str]) -> dict[str, str]:
        """Return what was typed into each field."""
        return {name: typed.get(f"source-{name}", "") for name in cls.base_fields}

    @classmethod
    def half_typed(cls, words: dict[str, str]) -> Self | None:
        """Return the form with words that nobody has sent yet; nothing if there are none."""
        return cls(initial=words) if any(word.strip() for word in words.values()) else None

    @property
    def source(self) -> dict[str, Any]:
        """Return the arguments for adding the source. Only if the form is valid."""
        return {"ids": self.ids, "csl": self.csl, "type": self.cleaned_data["type"], "notices": self.notices}

    def clean_record(self) -> Record | None:
        """Return the record from the look-up, if its signature is ours."""
        return unsealed(self.cleaned_data["record"])

    @property
    def ids(self) -> list[Identifier]:
        """Return the identifiers of the work: the typed one and those of its record, one of each scheme."""
        typed: Identifier = self.cleaned_data["identifier"]
        record: Record | None = self.cleaned_data.get("record")
        known = list(record.ids) if record else []
        if typed in known:
            return known
        # The typed identifier differs from the record's: another work, or a corrected slip.
        return [typed, *(one for one in known if one.scheme != typed.scheme)]

    @property
    def notices(self) -> tuple[JournalNotice, ...]:
        """Return the record's journal notices; none if the typed identifier is of another work."""
        record: Record | None = self.cleaned_data.get("record")
        typed: Identifier = self.cleaned_data["identifier"]
        is_another = record and typed.scheme in {one.scheme for one in record.ids} and typed not in record.ids
        return record.notices if record and not is_another else ()

    def clean_identifier(self) -> Identifier:
        """Return the identifier; a wrong check digit is refused."""
        try:
            found = parse(self.cleaned_data["identifier"])
        except BadIdentifier as error:
            raise ValidationError(str(error)) from error
        if told := reasons.too_long(found.value, LONGEST):
            raise ValidationError(told)
        record = unsealed(self.data.get(self.add_prefix("record"), ""))
        is_own = found.scheme == "ref" and not (record and found in record.ids)
        if found.scheme not in CSL or is_own:
            raise ValidationError("Give a DOI, PMID, ISBN or web address, so that others can find it")
        return found

    def clean(self) -> None:
        """Refuse identifiers that another source had: the texts that cite it so still mean that one."""
        if "identifier" not in self.cleaned_data:
            return
        try:
            without_former(self.ids)
        except Refused as refusal:
            self.add_error("identifier", str(refusal))

    def clean_year(self) -> int | None:
        """Return the year, if it is plausible."""
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
        record: dict[str, Any] = {
            "type": type_,
            "title": clean["title"],
            "author": people_of(clean["authors"]),
            place: clean["journal"],
            "issued": {"date-parts": [[clean["year"]]]} if clean["year"] else None,
        }
        if member:
            record[member] = clean["identifier"].value
        if found := clean.get("record"):
            record = _confirmed(found.csl, record, clean)
        return {name: value for name, value in record.items() if value}


def _confirmed(found: dict[str, Any], typed: dict[str, Any], clean: dict[str, Any]) -> dict[str, Any]:
    """Return the record that was found, with the person's corrections from the form."""
    record = found | {"title": typed["title"]}
    _, member = CSL[clean["identifier"].scheme]
    if member:
        record[member] = clean["identifier"].value
    if clean["authors"] != authors_of(found):
        record["author"] = people_of(clean["authors"], known=found.get("author", ()))
    issued = found.get("issued")
    if not issued or issued["date-parts"][0][0] != clean["year"]:
        record["issued"] = typed["issued"]
    places = ("container-title-short", "container-title", "publisher")
    place = next((name for name in places if found.get(name)), "container-title")
    if clean["journal"] != found.get(place, ""):
        record |= {"container-title-short": "", place: clean["journal"]}
        if place == "container-title-short":
            record |= {"container-title": clean["journal"]}
    return record


def authors_of(csl: Mapping[str, Any]) -> str:
    """Return a record's authors as people type them: "van der Beek JR, Wang C"."""
    return ", ".join(filter(None, map(name_of, csl.get("author", ()))))


def sealed(record: Record) -> str:
    """Return a record signed, as a form field carries it, so that nobody can change its notices."""
    ids = [[one.scheme, one.value] for one in record.ids]
    told = [[one.nature, one.on, one.reference, one.keys] for one in record.notices]
    whole = [ids, record.csl, list(record.types), told, list(record.unread), list(record.needless)]
    return signing.dumps(whole, salt=SALT, compress=True)


def unsealed(text: str) -> Record | None:
    """Return the record that `sealed` signed, None where it was changed."""
    if not text:
        return None
    try:
        ids, csl, types, told, unread, needless = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):  # or sealed by another version of this wiki
        return None
    notices = tuple(JournalNotice(nature, on, ref, tuple(keys)) for nature, on, ref, keys in told)
    found = tuple(Identifier(*one) for one in ids)
    return Record(found, csl, tuple(types), notices, tuple(unread), tuple(needless))
