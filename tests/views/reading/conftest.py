"""The fixtures of reading."""

from tests import cast
from tests.remembered import remembered
from tests.views.reading.busy_record import busy
from wiki.text.document import Code

__all__ = ["busy"]


BODY = (
    "## What it is\n\nSee [[Seizures]] and [[Nothing yet]].[@pmid:22327515]\n\n"
    "## In the brain\n\nMore of it.[@pmid:1; @pmid:22327515]"
)


@remembered
def cited(clinician):
    """Return three sources that texts and statements cite."""
    return [cast.make_source(clinician, f"pmid:{one}", f"Study {one}") for one in (22327515, 1, 2)]


@remembered
def article(cited, clinician, moderator):
    """Return a published page with text, a statement of its own and one written elsewhere."""
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(seizures, "has_manifestation", note="In one of four.", sources=("pmid:2", "pmid:1"))
    page = cast.make_page(
        clinician, moderator, "Hypoparathyroidism", body=BODY, statements=(row,), aliases=("Low PTH",)
    )
    cast.make_page(clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(page),))
    return page


@remembered
def library(clinician, moderator):
    """Return three pages that share some words."""
    make = cast.make_page
    return {
        "hypo": make(
            clinician,
            moderator,
            "Hypoparathyroidism",
            summary="Too little parathyroid hormone.",
            aliases=("PTH deficiency", "Ménage’s disease"),
            codes=(Code("ICD-10-CM", "E20.9"),),
        ),
        "brain": make(
            clinician,
            moderator,
            "Brain calcification",
            kind="finding",
            body="## What it is\n\nCalcium in the brain <b>tissue</b>, often with hypoparathyroidism.",
        ),
        "seizures": make(clinician, moderator, "Seizures", kind="symptom", summary="Fits and spasms."),
    }
