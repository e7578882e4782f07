"""The sections and statements that pages of a kind usually have, and what belongs in each section."""

from dataclasses import dataclass
from typing import Final

from wiki.text.markdown.paragraphs import paragraphs_of


@dataclass(frozen=True)
class Section:
    """A usual section: its heading, and what belongs there, for its author alone."""

    heading: str
    hint: str


_WHAT: Final = "What it is"
_FOUND: Final = Section("How it is found", "Which test shows it, how well, and what can be mistaken for it.")
_HELPS: Final = Section("What helps", "What was tried, in whom, and what it changed for them; with sources.")
_UNCERTAIN: Final = Section("What is uncertain", "What sources disagree on, and what nobody has studied yet.")
_BRAIN: Final = Section("In the brain", "Where calcium lies, in how many people, and what that does to them.")

_ILLNESS: Final = (
    Section(_WHAT, "A paragraph for patients: what goes wrong, how common it is, who gets it."),
    _BRAIN,
    Section("Signs and symptoms", "What a patient notices, what an examination shows; the commonest first."),
    _FOUND,
    _HELPS,
    _UNCERTAIN,
)
_REMEDY: Final = (
    Section(_WHAT, "What kind of treatment it is and how it works, in a paragraph."),
    Section("What it is used for", "For whom, and who decides it; doses only with their guideline."),
    Section("Benefits and risks", "Both as numbers of people out of how many, with the source of each."),
    Section("Without treatment", "What happens to people who do not have it."),
    Section("Other options", "What else is done, and when it is preferred."),
)

SECTIONS: Final[dict[str, tuple[Section, ...]]] = {
    "condition": _ILLNESS,
    "infection": _ILLNESS,
    "finding": (
        Section(_WHAT, "What is seen, and on what kind of image or test."),
        Section("Where it is seen", "Which parts of the brain, and which of them are harmless with age."),
        Section("Why it happens", "How calcium comes to lie there; the causes follow as statements."),
        Section("What it does", "Which complaints go with it and which do not; what is not known."),
        _FOUND,
        _HELPS,
        _UNCERTAIN,
    ),
    "symptom": (
        Section(_WHAT, "How a patient would describe it."),
        Section("With brain calcification", "How often the two come together, and whether one explains it."),
        Section("When to get help", "Which signs mean today, and which mean now."),
    ),
    "gene": (
        Section("What the gene does", "Its protein, and what that is for."),
        Section("What changes in it cause", "Which variants, and what they do to people who carry them."),
        Section("How it is inherited", "The pattern, and how many carriers fall ill."),
    ),
    "exposure": (
        Section(_WHAT, "Where people meet it, and how much of it matters."),
        _BRAIN,
        _UNCERTAIN,
    ),
    "treatment": _REMEDY,
    "drug": _REMEDY,
    "test": (
        Section(_WHAT, "How it is done and what the patient notices of it."),
        Section("What it shows", "What a result means, how often it is right and how often it misses."),
        Section("Limits and risks", "What it cannot show, and what it can do to the patient."),
    ),
    "anatomy": (
        Section(_WHAT, "Where it lies and what it is for."),
        Section("Calcium deposits here", "How often they are seen, at what age, and when they matter."),
    ),
}

# The ways in which a page of the kind is usually tied to others; offered as empty rows on a new page.
USUAL: Final[dict[str, tuple[str, ...]]] = {
    "condition": ("causes", "has_manifestation", "affects_site"),
    "infection": ("causes", "has_manifestation"),
    "finding": ("affects_site",),
    "gene": ("genetic_basis_of",),
    "exposure": ("causes",),
    "treatment": ("treats",),
    "drug": ("treats",),
    "test": ("diagnoses",),
    "anatomy": ("part_of",),
}


def sections_of(kind: str) -> tuple[Section, ...]:
    """Return the sections that pages of `kind` usually have."""
    return SECTIONS.get(kind, (Section(_WHAT, "One paragraph that a patient can follow."),))


def usual_ties(kind: str) -> tuple[str, ...]:
    """Return the relations by which pages of `kind` are usually tied to others."""
    return USUAL.get(kind, ())


def skeleton_of(kind: str) -> str:
    """Return the body that a new page of `kind` begins with: its headings, with room to write under each.

    The hints are not in it: they stand beside the text, so none can be left in and reach a reader.
    """
    return "\n".join(f"## {section.heading}\n\n" for section in sections_of(kind))


def missing_from(kind: str, body: str) -> list[Section]:
    """Return the usual sections for which the body has no heading."""
    there = {_plain(one.title) for one in paragraphs_of(body) if one.title is not None}
    return [section for section in sections_of(kind) if _plain(section.heading) not in there]


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())
