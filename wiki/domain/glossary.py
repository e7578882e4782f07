"""Terms of art that explain themselves to readers: a reviewed list, and the kinds of page that do.

Each row says in plain words what a term means, and where that is read: the page of this wiki whose text
says so, or a glossary elsewhere. An abbreviation stands here only if it means one thing in this wiki.
"""

from dataclasses import dataclass
from typing import Final

from wiki.domain.kinds import ANATOMY, EXPOSURE, FINDING, TEST

# Pages of these kinds explain their names on the pages that link to them.
EXPLAINED_KINDS: Final = frozenset({ANATOMY.value, TEST.value, FINDING.value, EXPOSURE.value})
_NICE_H: Final = "https://www.nice.org.uk/glossary?letter=h"
_NICE_O: Final = "https://www.nice.org.uk/Glossary?letter=O"


@dataclass(frozen=True)
class GlossaryRow:
    """A term, other names of it, its meaning, and where the meaning is read: a page's slug or an address."""

    term: str
    meaning: str
    read_in: str
    others: tuple[str, ...] = ()


GLOSSARY: Final = (
    GlossaryRow(
        "antibodies",
        "Substances of the immune system. They fight germs, and in some illnesses the body itself.",
        "systemic-lupus-erythematosus",
    ),
    GlossaryRow("astrocytes", "Helper cells of the brain.", "myorg"),
    GlossaryRow(
        "atherosclerosis",
        "The build-up of fatty material in the walls of arteries.",
        "intracranial-artery-calcification",
    ),
    GlossaryRow(
        "autoimmune",
        "Of an illness: the immune system attacks the body’s own tissues.",
        "systemic-lupus-erythematosus",
    ),
    GlossaryRow("cerebellum", "The part of the brain that fine-tunes movement.", "ataxia-and-slurred-speech"),
    GlossaryRow(
        "dominant",
        "One changed copy of a gene is enough. A child of somebody with it has a 50% chance of that copy.",
        "genetic-counselling",
    ),
    GlossaryRow(
        "encephalopathy", "The brain as a whole does not work as it should.", "aicardi-goutieres-syndrome"
    ),
    GlossaryRow("falx", "A sheet between the two halves of the brain.", "choroid-plexus"),
    GlossaryRow("glaucoma", "Raised pressure in the eye that can destroy sight.", "sturge-weber-syndrome"),
    GlossaryRow(
        "gyriform",
        "Like a ribbon, along the folds of the outer layer of the brain.",
        "how-to-read-a-ct-report",
    ),
    GlossaryRow(
        "hazard ratio",
        "Compares how often something happens over time in two groups. 1 means equally often; more than 1, "
        "more often in the first group.",
        _NICE_H,
        ("hazard ratios",),
    ),
    GlossaryRow("idiopathic", "Without a known cause.", "basal-ganglia-calcification"),
    GlossaryRow(
        "leukoencephalopathy",
        "Damage to the white matter, the wiring of the brain.",
        "leukoencephalopathy-with-calcifications-and-cysts",
    ),
    GlossaryRow(
        "lumbar puncture",
        "A test in which a little of the fluid around the brain and spine is taken.",
        "neurosyphilis",
    ),
    GlossaryRow(
        "matched controls",
        "People without the illness, chosen to be alike in age and sex, for comparison.",
        "basal-ganglia-calcification",
    ),
    GlossaryRow(
        "median",
        "The middle value: half of the people lie below it, half above.",
        "ataxia-and-slurred-speech",
    ),
    GlossaryRow(
        "meningitis", "Inflammation of the lining of the brain.", "tuberculosis-of-the-central-nervous-system"
    ),
    GlossaryRow("mitochondria", "The power stations of cells.", "cmpk2"),
    GlossaryRow(
        "odds ratio",
        "Compares how likely something is in two groups. 1 means equally likely; more than 1, more likely in "
        "the first group; less than 1, less likely.",
        _NICE_O,
    ),
    GlossaryRow(
        "parathyroid hormone",
        "The hormone of small glands in the neck that controls calcium.",
        "calcium-phosphate-and-parathyroid-hormone-blood-test",
    ),
    GlossaryRow("PCR", "A test for the virus itself.", "brain-calcification"),
    GlossaryRow("pericytes", "Helper cells of small blood vessels.", "pdgfb"),
    GlossaryRow("periventricular", "Next to the fluid spaces of the brain.", "how-to-read-a-ct-report"),
    GlossaryRow(
        "recessive",
        "Both copies of a gene have to be changed, mostly one from each parent.",
        "genetic-counselling",
    ),
    GlossaryRow("retina", "The layer at the back of the eye that sees.", "hydroxychloroquine"),
    GlossaryRow(
        "shunt", "A thin tube that leads fluid from the brain to another part of the body.", "hydrocephalus"
    ),
    GlossaryRow(
        "somatic",
        "Of a gene change: it arises in some cells of the body and is not passed on.",
        "sturge-weber-syndrome",
    ),
    GlossaryRow("ventricles", "The fluid spaces inside the brain.", "hydrocephalus"),
    GlossaryRow(
        "white matter",
        "The wiring of the brain.",
        "leukoencephalopathy-with-calcifications-and-cysts",
    ),
)
