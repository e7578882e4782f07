"""Signatures that a change can need: of any moderator, or of one with certain professions or specialties."""

from dataclasses import dataclass
from typing import Final

from wiki.domain.professions import Profession, Specialty
from wiki.models import Role

_CLINICIANS: Final = tuple(one for one in Profession if one != Profession.SCIENTIST)


@dataclass(frozen=True)
class Need:
    """A signature that a change needs: by any reviewer, or by one with certain professions or specialties."""

    label: str
    professions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    reason: str = ""
    role: str = Role.MODERATOR

    @property
    def is_anybodys(self) -> bool:
        """Return whether every reviewer can give it."""
        return not self.professions and not self.specialties

    def covers(self, other: "Need") -> bool:
        """Return whether everybody who can give this signature can give `other` too."""
        if other.is_anybodys or self.is_anybodys:
            return other.is_anybodys
        # Everybody with a specialty is registered in a health profession.
        if other.professions == _CLINICIANS:
            return True
        return {*self.professions} <= {*other.professions} and {*self.specialties} <= {*other.specialties}


MODERATOR: Final = Need("one moderator")
# Everybody who is registered in a health profession.
CLINICIAN: Final = Need("one clinician with a verified registration", _CLINICIANS)
GENETICIST: Final = Need(
    "one clinical geneticist or genetic counsellor",
    (Profession.GENETIC_COUNSELLOR,),
    (Specialty.CLINICAL_GENETICS,),
)
# Specialties that prescribe for the subjects of this wiki, or check prescriptions. General practitioners
# carry on what these began: they sign as clinicians.
TREATING: Final = Need(
    "one pharmacist or treating specialist",
    (Profession.PHARMACIST,),
    (
        Specialty.CLINICAL_PHARMACOLOGY,
        Specialty.EMERGENCY_MEDICINE,
        Specialty.ENDOCRINOLOGY,
        Specialty.INFECTIOUS_DISEASES,
        Specialty.INTERNAL_MEDICINE,
        Specialty.NEPHROLOGY,
        Specialty.NEUROLOGY,
        Specialty.NEUROSURGERY,
        Specialty.OBSTETRICS,
        Specialty.ONCOLOGY,
        Specialty.PAEDIATRIC_NEUROLOGY,
        Specialty.PAEDIATRICS,
        Specialty.PSYCHIATRY,
        Specialty.RHEUMATOLOGY,
        Specialty.TOXICOLOGY,
    ),
)
TREATING_INFECTIONS: Final = Need(
    "one pharmacist or infectious diseases specialist",
    (Profession.PHARMACIST,),
    (Specialty.CLINICAL_PHARMACOLOGY, Specialty.INFECTIOUS_DISEASES),
)
