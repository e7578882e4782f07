"""The forms with which a whole collection of references is added: what to read, and what of it to take."""

from dataclasses import dataclass, replace
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from wiki.acts.library.sources import NewSource, kind_of
from wiki.domain.evidence import Basis
from wiki.forms.library.source import KINDS_OF_STUDY, sealed, unsealed
from wiki.importing.collection import CollectedWork, collected
from wiki.text import characters
from wiki.text.sources import records
from wiki.text.sources.formats.raw import BadRecord
from wiki.text.sources.records import LONGEST_COLLECTION, MOST_COLLECTED, PastedRecords

NOT_UTF8: Final = "This file is not in UTF-8. Export it again with the encoding UTF-8"


class CollectionForm(forms.Form):
    """References as a program exports them, as text or as a file."""

    use_required_attribute = False

    text = forms.CharField(
        label="Paste the references",
        help_text="BibTeX, RIS, PubMed, CSL-JSON or .enw, as Zotero, EndNote, Mendeley, PubMed export them",
        required=False,
        max_length=LONGEST_COLLECTION,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(label="Or choose the file", required=False)

    def clean_file(self) -> str:
        """Return what the file says; refuse one that is too long, or in another encoding than UTF-8."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > 4 * LONGEST_COLLECTION:
            raise ValidationError(
                f"This file is too long; at most {LONGEST_COLLECTION:,} characters are read"
            )
        try:
            return bytes(file.read()).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(NOT_UTF8) from error

    def clean(self) -> None:
        """Read the references."""
        text = self.cleaned_data.get("file") or self.cleaned_data.get("text") or ""
        if self.errors:
            return
        if not text.strip():
            raise ValidationError("Paste the references, or choose a file with them")
        try:
            self.read: PastedRecords = records.read(
                characters.without_unseen(text), most=MOST_COLLECTED, longest=LONGEST_COLLECTION
            )
        except BadRecord as error:
            raise ValidationError(str(error).rstrip(".")) from error


@dataclass
class CollectionRow:
    """One work of the list: whether it is ticked, and what kind of study it is."""

    number: int
    work: CollectedWork
    is_ticked: bool
    type: str
    error: str = ""

    @property
    def record(self) -> str:
        """Return the record, signed, as the form carries it; of what no reference has only names."""
        record = self.work.record
        return sealed(replace(record, needless=tuple(one.partition(":")[0] for one in record.needless)))


class CollectionChoice:
    """The list of works, with those to add ticked."""

    kinds = KINDS_OF_STUDY

    def __init__(self, rows: list[CollectionRow]) -> None:
        """Hold the rows."""
        self.rows = rows

    @classmethod
    def of_records(cls, read: PastedRecords) -> "CollectionChoice":
        """Return the list of what was read: what is new is ticked, unless its journal retracted it."""
        works = enumerate(collected(read), start=1)
        return cls(
            [
                CollectionRow(
                    number, one, one.can_be_added and not one.is_retracted, kind_of(one.record.types)
                )
                for number, one in works
            ]
        )

    @classmethod
    def typed(cls, fields: QueryDict) -> "CollectionChoice":
        """Return the list as a person sent it; a record that is not signed by us is left out."""
        sent = [
            (place, unsealed(text)) for place, text in enumerate(fields.getlist("record")[:MOST_COLLECTED])
        ]
        known = [(place, record) for place, record in sent if record]
        ticked, types = set(fields.getlist("take")), fields.getlist("type")
        # What is said once of all that say nothing themselves.
        types = [one or fields.get("rest", "") for one in types]
        works = collected(record for _, record in known)
        return cls(
            [
                CollectionRow(
                    number, work, str(place + 1) in ticked, types[place] if place < len(types) else ""
                )
                for number, ((place, _), work) in enumerate(zip(known, works, strict=True), start=1)
            ]
        )

    def is_valid(self) -> bool:
        """Return whether something is ticked, and each new work says what kind of study it is."""
        for row in self.taken:
            if row.work.source is None and (row.type not in Basis.values or row.type == Basis.NONE):
                row.error = "Say what kind of study this is"
        return bool(self.taken) and not any(row.error for row in self.rows)

    @property
    def without_kind(self) -> list[CollectionRow]:
        """Return the rows that do not say what kind of study they are. After `is_valid`."""
        return [row for row in self.rows if row.error]

    @property
    def taken(self) -> list[CollectionRow]:
        """Return the rows that are ticked and can be added."""
        return [row for row in self.rows if row.is_ticked and row.work.can_be_added]

    @property
    def sources(self) -> list[NewSource]:
        """Return the works to add. Only if the choice is valid."""
        return [
            NewSource(
                row.work.record.ids,
                row.work.record.csl,
                row.work.source.type if row.work.source else row.type,
                row.work.record.notices,
            )
            for row in self.taken
        ]
