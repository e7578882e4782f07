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
    MIDWIFE = "midwife", "Midwife"
    DIETITIAN = "dietitian", "Dietitian"
    AUDIOLOGIST = "audiologist", "Audiologist"
    GENETIC_COUNSELLOR = "genetic_counsellor", "Genetic counsellor"
    PSYCHOLOGIST = "psychologist", "Psychologist"
    THERAPIST = "therapist", "Physiotherapist, occupational or speech therapist"
    SCIENTIST = "scientist", "Clinical scientist"


class Specialty(TextChoices):
    """A specialty in which a person is trained and examined."""

    ANAESTHETICS = "anaesthetics", "Anaesthetics"
    CARDIOLOGY = "cardiology", "Cardiology"
    CLINICAL_GENETICS = "clinical_genetics", "Clinical genetics"
    CLINICAL_PHARMACOLOGY = "clinical_pharmacology", "Clinical pharmacology"
    DENTISTRY = "dentistry", "Dentistry"
    DERMATOLOGY = "dermatology", "Dermatology"
    EAR_NOSE_THROAT = "ear_nose_throat", "Ear, nose and throat"
    EMERGENCY_MEDICINE = "emergency_medicine", "Emergency medicine"
    ENDOCRINOLOGY = "endocrinology", "Endocrinology"
    GASTROENTEROLOGY = "gastroenterology", "Gastroenterology"
    GENERAL_PRACTICE = "general_practice", "General practice"
    GERIATRICS = "geriatrics", "Geriatrics"
    HAEMATOLOGY = "haematology", "Haematology"
    INFECTIOUS_DISEASES = "infectious_diseases", "Infectious diseases"
    INTENSIVE_CARE = "intensive_care", "Intensive care"
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
    OPHTHALMOLOGY = "ophthalmology", "Ophthalmology"
    ORTHOPAEDICS = "orthopaedics", "Orthopaedics"
    PAEDIATRICS = "paediatrics", "Paediatrics"
    PAEDIATRIC_NEUROLOGY = "paediatric_neurology", "Paediatric neurology"
    PALLIATIVE_MEDICINE = "palliative_medicine", "Palliative medicine"
    PSYCHIATRY = "psychiatry", "Psychiatry"
    PUBLIC_HEALTH = "public_health", "Public health"
    RADIOLOGY = "radiology", "Radiology"
    RESPIRATORY_MEDICINE = "respiratory_medicine", "Respiratory medicine"
    RHEUMATOLOGY = "rheumatology", "Rheumatology"
    SURGERY = "surgery", "Surgery"
    TOXICOLOGY = "toxicology", "Toxicology"
    UROLOGY = "urology", "Urology"


# The title of a physician with this specialty.
_PHYSICIANS = {
    Specialty.ANAESTHETICS: "anaesthetist",
    Specialty.CARDIOLOGY: "cardiologist",
    Specialty.CLINICAL_GENETICS: "clinical geneticist",
    Specialty.CLINICAL_PHARMACOLOGY: "clinical pharmacologist",
    Specialty.DENTISTRY: "dentist",
    Specialty.DERMATOLOGY: "dermatologist",
    Specialty.EAR_NOSE_THROAT: "ear, nose and throat surgeon",
    Specialty.EMERGENCY_MEDICINE: "emergency physician",
    Specialty.ENDOCRINOLOGY: "endocrinologist",
    Specialty.GASTROENTEROLOGY: "gastroenterologist",
    Specialty.GENERAL_PRACTICE: "general practitioner",
    Specialty.GERIATRICS: "geriatrician",
    Specialty.HAEMATOLOGY: "haematologist",
    Specialty.INFECTIOUS_DISEASES: "infectious diseases physician",
    Specialty.INTENSIVE_CARE: "intensive care physician",
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
    Specialty.OPHTHALMOLOGY: "ophthalmologist",
    Specialty.ORTHOPAEDICS: "orthopaedic surgeon",
    Specialty.PAEDIATRICS: "paediatrician",
    Specialty.PAEDIATRIC_NEUROLOGY: "paediatric neurologist",
    Specialty.PALLIATIVE_MEDICINE: "palliative physician",
    Specialty.PSYCHIATRY: "psychiatrist",
    Specialty.PUBLIC_HEALTH: "public health physician",
    Specialty.RADIOLOGY: "radiologist",
    Specialty.RESPIRATORY_MEDICINE: "respiratory physician",
    Specialty.RHEUMATOLOGY: "rheumatologist",
    Specialty.SURGERY: "surgeon",
    Specialty.TOXICOLOGY: "toxicologist",
    Specialty.UROLOGY: "urologist",
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
    WORDING = "wording", "Wording only"
    ACTION = "action", "Changes advice"
    SAFETY = "safety", "Safety: somebody could come to harm without it"

    @property
    def brief(self) -> str:
        """Return it in one or two words, for lists of changes."""
        return {"none": "Nothing new", "wording": "Wording", "action": "Changes advice", "safety": "Safety"}[
            self
        ]

    @property
    def of_new_page(self) -> tuple[str, str]:
        """Return it as said of a page that readers do not have yet, in one or two words and in full.

        Of such a page nothing is worded otherwise.
        """
        return {
            "wording": ("Background", "Background: it explains, and advises nothing"),
            "action": ("Advice", "Advice: it tells readers what to do"),
        }.get(self, (self.brief, self.label))

    @property
    def needs_meaning(self) -> bool:
        """Return whether the meaning must be written in a plain sentence."""
        return self in (Impact.ACTION, Impact.SAFETY)


class Risk(TextChoices):
    """The harm that a wrong approval could do."""

    HIGH = "high", "High risk"
    MEDIUM = "medium", "Medium risk"
    LOW = "low", "Low risk"
