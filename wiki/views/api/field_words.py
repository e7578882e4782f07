"""What fields of answers mean that several answers have; each other field says itself what it is."""

from typing import Any, Final

WORDS: Final = {
    "aliases": "Other names of it.",
    "approved_by": "The names of those who approved it.",
    "at": "When it was done.",
    "by": "Who signed.",
    "citation": "Name this when you use it.",
    "code": "The code, as the list or the data set writes it.",
    "codes": "What it is called in published lists of codes.",
    "data_sets": "The data sets that the answer rests on.",
    "digest": "SHA-256 of the version that was signed (canonical JSON, RFC 8785).",
    "items": "The rows of this part.",
    "kind": "What sort of subject it is, such as condition, gene or drug; of an entry, finding or disease.",
    "label": "The words for it that readers see.",
    "licence": "Under which terms it may be used.",
    "name": "What it is called; of a person, the name in public.",
    "on": "The day of the signature.",
    "published_at": "When this version was published.",
    "review": "Who reviewed it, or that nobody has.",
    "sentence": "What is said, as a sentence to show.",
    "since": "When this began.",
    "steps": "The links that this rests on, in their order.",
    "summary": "In plain words, with corrections for safety filled in.",
    "text": "Markdown. What was corrected for safety is not in it.",
    "title": "The title, as readers see it.",
    "url": "Where people read it; may be empty where nobody can.",
    "version": "The number of the version of the page.",
    "works": "The works that it cites.",
    "year": "The year in which it was published; null where that is not known.",
}


def say_what_fields_are(schemas: dict[str, Any]) -> None:
    """Describe, in place, each field of an answer that does not say itself what it is."""
    for name, schema in schemas.items():
        for field, told in schema.get("properties", {}).items():
            if name.endswith("Out") and field in WORDS:
                told.setdefault("description", WORDS[field])
