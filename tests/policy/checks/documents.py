"""Documents and facts with which no rule of the checks finds fault, to be changed by the cases."""

import datetime as dt
from typing import Any

from wiki.policy.checks import Cited, Depicted, Linked
from wiki.text.document import Document, Row

KEY, OLD = "pmid:1", "pmid:2"
REVIEW = "pmid:3"
TODAY = dt.date(2026, 11, 22)
PICTURE = "0123456789abcdef"


HURTING_KINDS = ("infection", "finding", "symptom", "exposure", "drug", "treatment", "test")


CITED = "## What it is\n\nIt is a thing of some note [@pmid:1].\n"


BOX = "\n::: urgent Call an ambulance for\na first seizure, whatever you think of it.\n:::\n"


FACTS: dict[str, Any] = {
    "page_id": 1,
    "sources": {
        KEY: Cited("cohort", 2024, verified=True, title="A study"),
        REVIEW: Cited("systematic_review", 2024, verified=True, title="A review"),
    },
    "links": {"seizures": Linked("Seizures")},
    "kinds": {1: "condition", 7: "symptom", 8: "symptom"},
    "titles": {1: "A thing", 7: "Seizures", 8: "Headache"},
    "pictures": {PICTURE: Depicted("A scan")},
    "today": TODAY,
}


def document(body: str = CITED, **changes: Any) -> Document:
    """Return a document with which no rule finds fault."""
    words = {"title": "A thing", "kind": "condition", "summary": "It is a thing. It is small."}
    return Document(**{**words, "body": body + BOX, **changes})


def row(relation: str = "causes", other: int = 7, **changes: Any) -> Row:
    """Return a statement with which no rule finds fault."""
    words = {"stance": "asserted", "grade": "low", "basis": "cohort", "sources": (KEY,)}
    return Row(relation, other, **{**words, **changes})


def said(words: str) -> Document:
    """Return a document that says so in a paragraph with a reference."""
    return document(f"## What it is\n\n{words} [@pmid:1].\n")


def boxed(lead: str, words: str) -> Document:
    """Return a document with one more box."""
    return document(f"{CITED}\n::: urgent {lead}\n{words}\n:::\n")


def stated(*rows: Row, **changes: Any) -> Document:
    """Return a document with such statements."""
    return document(statements=rows, **changes)


def noticed(*notices: str) -> dict[str, Any]:
    """Return that journals said so of the source."""
    return {"sources": {KEY: Cited("cohort", 2024, verified=True, title="A study", notices=notices)}}


type Case = tuple[Document, dict[str, Any], str, str]
