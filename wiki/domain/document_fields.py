"""Fields of a document: label, merge rule and place in the form of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class DocumentMerge(Enum):
    """The rule by which a three-way merge combines a field of a document."""

    SINGLE = "one value: where both sides changed it differently, a person chooses or writes it anew"
    UNITED = "what both have and what either added, each once; where they differ on one, a person chooses"
    TEXT = "paragraph by paragraph"
    ROWS = "statement by statement"
    RETIREMENT = "one value that is chosen whole"


class FormPart(Enum):
    """The place of a field in the form of a page."""

    HEAD = "a field of its own"
    ROWS = "rows of several fields"
    ELSEWHERE = "another form"


@dataclass(frozen=True)
class DocumentField:
    """One field of a document."""

    name: str
    label: str
    merge: DocumentMerge
    form: FormPart
    # Places of `tests/test_every_field.py` that may omit the field, with the reason.
    absent: Mapping[str, str] = field(default_factory=dict)


_UNITED: Final = {"conflict": "other names and codes that both sides added stay, so that nothing is chosen"}
_OWN: Final = {"union": "the page that stays keeps its own; the title of the other becomes one of its names"}

DOCUMENT_FIELDS: Final = (
    DocumentField("title", "Title", DocumentMerge.SINGLE, FormPart.HEAD, _OWN),
    DocumentField("kind", "Kind", DocumentMerge.SINGLE, FormPart.HEAD, _OWN),
    DocumentField("summary", "Plain summary", DocumentMerge.SINGLE, FormPart.HEAD, _OWN),
    DocumentField("aliases", "Also called", DocumentMerge.UNITED, FormPart.HEAD, _UNITED),
    DocumentField("codes", "Codes", DocumentMerge.UNITED, FormPart.ROWS, _UNITED),
    DocumentField("body", "Text", DocumentMerge.TEXT, FormPart.HEAD),
    DocumentField("statements", "Statements", DocumentMerge.ROWS, FormPart.ROWS),
    DocumentField(
        "retirement",
        "Retirement",
        DocumentMerge.RETIREMENT,
        FormPart.ELSEWHERE,
        {
            "form": "a page is retired and brought back by forms of their own",
            "autosave": "a page is retired and brought back by forms of their own",
            "union": "only pages that are not retired can be merged",
            "page": "readers are told that the page is retired, and are not shown it",
            "day": "readers are told that the page was retired, and are not shown it",
        },
    ),
)

# Labels by name of the fields for which a person chooses one side's value or writes a new one.
MERGED_WHOLE: Final = {one.name: one.label for one in DOCUMENT_FIELDS if one.merge is DocumentMerge.SINGLE}
HEAD_FIELDS: Final = tuple(one.name for one in DOCUMENT_FIELDS if one.form is FormPart.HEAD)
