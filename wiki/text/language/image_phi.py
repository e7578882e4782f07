"""Patient identifiers in the metadata of a picture, recognised by their form."""

import re
from collections.abc import Iterable
from typing import Final

from wiki.text.language.phi import looks_personal

_OF_A_PATIENT: Final = re.compile(
    r"patient|dicom|\bmrn\b|medical.?record|accession|birth|study.?(?:id|description|instance)|referring",
    re.IGNORECASE,
)
_IDENTIFYING: Final = re.compile(
    r"\b(?:patient|mrn|dob|date of birth|hospital no|surname|forename)\b[^.]{0,20}[:=]", re.IGNORECASE
)
_TITLED: Final = re.compile(r"\b(?:Mrs?|Ms|Miss|Herr|Frau)\.? [A-Z][\w'’-]+")
_CARET: Final = re.compile(r"[A-Za-z'’-]{2}\^[A-Za-z'’-]")
_NAME: Final = re.compile(r"[A-Z][\w'’-]+,? (?:[A-Z]\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_OF_MACHINES: Final = re.compile(
    r"camera|digital|dsc|image|picture|photo|screen|scan|created|adobe|gimp|copyright|gmbh|medical|"
    r"head|brain|basal|ganglia|contrast|axial|coronal|sagittal|comput|tomograph|microscop|figure",
    re.IGNORECASE,
)
# Fields with free text; other fields (serial number, date) are judged by their name only.
_WRITTEN: Final = re.compile(
    r"descri|comment|caption|title|subject|headline|keyword|document|instruct|note|label|person|name|text",
    re.IGNORECASE,
)


def tell_of_a_patient(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the names of the fields that may identify a patient, from pairs of field and text."""
    told = (field for field, text in said if text.strip() and _identifies(field, text.strip()))
    return tuple(dict.fromkeys(told))


def _identifies(field: str, text: str) -> bool:
    if _OF_A_PATIENT.search(field) or _IDENTIFYING.search(text) or _CARET.search(text):
        return True
    return bool(_WRITTEN.search(field)) and (
        any(looks_personal(text)) or bool(_TITLED.search(text)) or _is_a_name(text)
    )


def _is_a_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _OF_MACHINES.search(text)
