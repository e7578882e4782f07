"""The sections that a new page begins with, by kind."""

from typing import Final

_BRAIN: Final = "In the brain"
_FOUND: Final = "How it is found"
_HELPS: Final = "What helps"
_UNCERTAIN: Final = "What is uncertain"
_IS: Final = "What it is"

_ILLNESS: Final = (_IS, _BRAIN, "Signs and symptoms", _FOUND, _HELPS, _UNCERTAIN)
_REMEDY: Final = (_IS, "What it is used for", "Benefits and risks", "Without treatment", "Other options")

SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "condition": _ILLNESS,
    "infection": _ILLNESS,
    "finding": (_IS, "Where it is seen", "Why it happens", "What it does", _FOUND, _HELPS, _UNCERTAIN),
    "symptom": (_IS, "With brain calcification", "When to get help"),
    "gene": ("What the gene does", "What changes in it cause", "How it is inherited"),
    "exposure": (_IS, _BRAIN, _UNCERTAIN),
    "treatment": _REMEDY,
    "drug": _REMEDY,
    "test": (_IS, "What it shows", "Limits and risks"),
    "anatomy": (_IS, "Calcium deposits here"),
}


def skeleton_of(kind: str) -> str:
    """Return the body that a new page of `kind` begins with: its headings, with room to write under each."""
    return "\n".join(f"## {heading}\n\n" for heading in SECTIONS.get(kind, (_IS,)))
