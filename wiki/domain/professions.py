"""Professions, specialties, and the impact and risk of a change, as closed lists.

The professions and specialties are those that the subjects of the wiki ask for; others map onto them.
"""

from collections.abc import Iterable

from django.db.models import TextChoices


class Profession(TextChoices):
    """The health profession in which a person is registered."""

    PHYSICIAN = "physician", "Physician"
    PHARMACIST = "pharmacist", "Pharmacist"
    NURSE = "nurse", "Nurse"
    GENETIC_COUNSELLOR = "genetic_counsellor", "Genetic counsellor"
    PSYCHOLOGIST = "psychologist", "Psychologist"
    THERAPIST = "therapist", "Physiotherapist, occupational or speech therapist"
    SCIENTIST = "scientist", "Clinical scientist"


class Specialty(TextChoices):
    """A specialty in which a person is trained and examined."""

    CLINICAL_GENETICS = "clinical_genetics", "Clinical genetics"
    CLINICAL_PHARMACOLOGY = "clinical_pharmacology", "Clinical pharmacology"
    ENDOCRINOLOGY = "endocrinology", "Endocrinology"
    GENERAL_PRACTICE = "general_practice", "General practice"
    INFECTIOUS_DISEASES = "infectious_diseases", "Infectious diseases"
    INTERNAL_MEDICINE = "internal_medicine", "Internal medicine"
    LABORATORY_MEDICINE = "laboratory_medicine", "Laboratory medicine"
    NEPHROLOGY = "nephrology", "Nephrology"
    NEUROLOGY = "neurology", "Neurology"
    NEUROPATHOLOGY = "neuropathology", "Neuropathology"
    NEUROPSYCHOLOGY = "neuropsychology", "Neuropsychology"
    NEURORADIOLOGY = "neuroradiology", "Neuroradiology"
    NEUROSURGERY = "neurosurgery", "Neurosurgery"
    OBSTETRICS = "obstetrics", "Obstetrics"
    ONCOLOGY = "oncology", "Oncology"
    PAEDIATRICS = "paediatrics", "Paediatrics"
    PAEDIATRIC_NEUROLOGY = "paediatric_neurology", "Paediatric neurology"
    PSYCHIATRY = "psychiatry", "Psychiatry"
    RADIOLOGY = "radiology", "Radiology"
    RHEUMATOLOGY = "rheumatology", "Rheumatology"
    TOXICOLOGY = "toxicology", "Toxicology"


# The title of a physician with this specialty.
_PHYSICIANS = {
    Specialty.CLINICAL_GENETICS: "clinical geneticist",
    Specialty.CLINICAL_PHARMACOLOGY: "clinical pharmacologist",
    Specialty.ENDOCRINOLOGY: "endocrinologist",
    Specialty.GENERAL_PRACTICE: "general practitioner",
    Specialty.INFECTIOUS_DISEASES: "infectious diseases physician",
    Specialty.INTERNAL_MEDICINE: "internist",
    Specialty.LABORATORY_MEDICINE: "laboratory physician",
    Specialty.NEPHROLOGY: "nephrologist",
    Specialty.NEUROLOGY: "neurologist",
    Specialty.NEUROPATHOLOGY: "neuropathologist",
    Specialty.NEUROPSYCHOLOGY: "neuropsychologist",
    Specialty.NEURORADIOLOGY: "neuroradiologist",
    Specialty.NEUROSURGERY: "neurosurgeon",
    Specialty.OBSTETRICS: "obstetrician",
    Specialty.ONCOLOGY: "oncologist",
    Specialty.PAEDIATRICS: "paediatrician",
    Specialty.PAEDIATRIC_NEUROLOGY: "paediatric neurologist",
    Specialty.PSYCHIATRY: "psychiatrist",
    Specialty.RADIOLOGY: "radiologist",
    Specialty.RHEUMATOLOGY: "rheumatologist",
    Specialty.TOXICOLOGY: "toxicologist",
}


def calling_of(profession: str, specialties: Iterable[str]) -> str:
    """Return the title of somebody with this training: "clinical geneticist", "pharmacist (toxicology)"."""
    trained = [Specialty(one) for one in specialties]
    if profession == Profession.PHYSICIAN and trained:
        return " and ".join(_PHYSICIANS[one] for one in trained)
    fields = ", ".join(one.label.lower() for one in trained)
    words = Profession(profession).label.lower()
    return f"{words} ({fields})" if fields else words


class Impact(TextChoices):
    """The impact of a change for a patient, from none to safety."""

    NONE = "none", "Nothing: no reader would understand anything differently"
    WORDING = "wording", "Wording: the same said better"
    ACTION = "action", "It changes what a reader would do"
    SAFETY = "safety", "Safety: somebody could come to harm without it"

    @property
    def brief(self) -> str:
        """Return it in one or two words, for lists of changes."""
        return {"none": "Nothing new", "wording": "Wording", "action": "What to do", "safety": "Safety"}[self]

    @property
    def needs_meaning(self) -> bool:
        """Return whether the meaning must be written in a plain sentence."""
        return self in (Impact.ACTION, Impact.SAFETY)


class Risk(TextChoices):
    """The harm that a wrong approval could do."""

    HIGH = "high", "High risk"
    MEDIUM = "medium", "Medium risk"
    LOW = "low", "Low risk"
