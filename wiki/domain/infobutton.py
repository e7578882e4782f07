"""Terms of HL7's Context-Aware Knowledge Retrieval ("infobutton"): what is asked, in which section it stands.

Sub-topics are the qualifiers of MeSH and the concepts of SNOMED CT that its implementation guides list, tasks
are those of HL7's ActTaskCode.
"""

import re
from collections.abc import Mapping
from typing import Final

_USE: Final = ("What it is used for",)
_NOT: Final = ("Who should not have it",)
_HARM: Final = ("Benefits and risks", "Limits and risks")
_OTHERS: Final = ("Other medicines and food",)
_CAUSES: Final = ("Causes", "How it is inherited", "What changes in it cause")
_TESTS: Final = ("Tests", "What it shows", "Symptoms")
_TREATMENT: Final = ("Treatment", "Other options")
_OUTLOOK: Final = ("Outlook", "What the chances are", "What happens next", "Without treatment")
_IS: Final = ("What it is", "What the gene does")
_NOW: Final = ("When to get help now",)
_CHILD: Final = ("Pregnancy and breast-feeding", "Pregnancy")

# A sub-topic by its code, and by its name in small letters → headings that may tell it, the best first.
_BY_CODE: Final[Mapping[str, tuple[str, ...]]] = {
    "Q000008": _USE,
    "Q000744": _NOT,
    "Q000009": _HARM,
    "D004347": _OTHERS,
    "Q000145": _IS,
    "Q000209": _CAUSES,
    "Q000175": _TESTS,
    "Q000628": _TREATMENT,
    "D011379": _OUTLOOK,
    "Q000627": _USE,
    "Q000493": _IS,
    "Q000494": _IS,
    "Q000633": _HARM,
    "Q000506": _NOW,
    "79899007": _OTHERS,
    "404204005": _OTHERS,
    "95907004": _OTHERS,
    "95906008": _OTHERS,
    "47965005": _TESTS,
}
_BY_NAME: Final[Mapping[str, tuple[str, ...]]] = {
    "administration & dosage": _USE,
    "contraindications": _NOT,
    "adverse effects": _HARM,
    "drug interaction": _OTHERS,
    "drug interactions": _OTHERS,
    "classification": _IS,
    "etiology": _CAUSES,
    "causes": _CAUSES,
    "diagnosis": _TESTS,
    "differential diagnosis": _TESTS,
    "symptoms and signs": ("Symptoms",),
    "therapy": _TREATMENT,
    "treatment": _TREATMENT,
    "therapeutic use": _USE,
    "prognosis": _OUTLOOK,
    "pharmacokinetics": _IS,
    "pharmacology": _IS,
    "toxicity": _HARM,
    "poisoning": _NOW,
    "pregnancy": _CHILD,
}
# What whoever does a task wants to know, where no sub-topic says it; reviewing a list asks for it all.
_BY_TASK: Final[Mapping[str, tuple[str, ...]]] = {
    "MEDOE": _NOT,
    "MEDADM": _HARM,
    "LABOE": ("What it shows", "Limits and risks"),
    "LABRREV": ("What it shows",),
    "DIAGLISTE": _TESTS,
    "DISCHINSTE": _NOW,
}
# Code systems that requests name by OID and pages have no codes of, by what people call them.
_OTHER_SYSTEMS: Final[Mapping[str, str]] = {
    "2.16.840.1.113883.6.103": "ICD-9-CM",
    "2.16.840.1.113883.6.104": "ICD-9-CM",
    "2.16.840.1.113883.6.4": "ICD-10-PCS",
    "2.16.840.1.113883.6.69": "NDC",
    "2.16.840.1.113883.6.12": "CPT",
    "2.16.840.1.113883.6.285": "HCPCS",
    "2.16.840.1.113883.12.292": "CVX",
    "2.16.840.1.113883.4.9": "UNII",
}
# How much of a drug there is and in which form it is taken, as RxNorm and the lists of NDC name products:
# "24 HR Levetiracetam 500 MG Extended Release Oral Tablet [Keppra]".
_STRENGTH: Final = re.compile(
    r"\b[\d.,]+ ?(?:%|(?:mg|mcg|ug|g|ml|l|hr|unt|iu|units?|meq|mmol|actuat|day)\b)"
    r"(?:/(?:[\d.,]+ ?)?(?:mg|g|ml|l|hr|actuat|day)\b)?|\[[^\]]*\]",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"\b(?:(?:oral|chewable|disintegrating|effervescent|extended|delayed|modified|release|coated|enteric|film|"
    r"injectable|injection|intravenous|topical|transdermal|rectal|nasal|ophthalmic|sublingual|prefilled)\s+)*"
    r"(?:tablets?|capsules?|solution|suspension|syrup|injection|powder|granules|cream|ointment|gel|patch|spray|"
    r"inhaler|drops|suppository|syringe|pill|product|kit|pack)\b",
    re.IGNORECASE,
)
# What ICD adds where no more is known, and SNOMED CT to say of which sort a concept is.
_QUALIFIER: Final = re.compile(
    r",? (?:unspecified|nos)$|^unspecified |"
    r" \((?:disorder|finding|procedure|situation|observable entity|substance|product|body structure)\)$",
    re.IGNORECASE,
)


def bare_name(name: str) -> str:
    """Return the name of a drug without its strength, form and brand, of others without such an addition."""
    bare, strengths = _STRENGTH.subn(" ", _QUALIFIER.sub("", name))
    return " ".join((_FORM.sub(" ", bare) if strengths else bare).split()).strip(" /") or name


def headings_of_topic(code: str, name: str) -> tuple[str, ...]:
    """Return the headings that tell a sub-topic, the best first; none for one that is not known."""
    return _BY_CODE.get(code.upper()) or _BY_NAME.get(" ".join(name.lower().split()), ())


def headings_of_task(task: str) -> tuple[str, ...]:
    """Return the headings that a clinician wants at a task, the best first; none for the whole page."""
    return _BY_TASK.get(task.upper(), ())


def other_system(name: str) -> str:
    """Return what people call a code system that no page has codes of; the name itself if it is not known."""
    return _OTHER_SYSTEMS.get(re.sub(r"(?i)^urn:oid:", "", name.strip()), name)
