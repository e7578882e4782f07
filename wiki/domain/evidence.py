"""Evidence of a statement, as closed lists: stance, grade, basis."""

from typing import Final

from django.db.models import TextChoices


class Stance(TextChoices):
    """What the evidence says about a statement."""

    ASSERTED = "asserted", "Supported"
    DISPUTED = "disputed", "Evidence conflicts"
    UNSUPPORTED = "unsupported", "Claimed, but no reliable evidence found"
    REFUTED = "refuted", "Evidence against"

    @property
    def meaning(self) -> str:
        """Return what the stance tells a reader."""
        return STANCE_MEANINGS[self]


# Stances that themselves say that the evidence is against the statement.
DOUBTED: Final = frozenset({Stance.UNSUPPORTED, Stance.REFUTED})

STANCE_MEANINGS: Final = {
    Stance.ASSERTED: "The sources say so; the grade tells how surely.",
    Stance.DISPUTED: "Good sources disagree; the note says how.",
    Stance.UNSUPPORTED: "Often said, but no reliable evidence was found.",
    Stance.REFUTED: "Studied, and found not to hold.",
}


class Grade(TextChoices):
    """How certain a statement is, after GRADE (Guyatt et al., BMJ 2008;336:924)."""

    HIGH = "high", "High certainty"
    MODERATE = "moderate", "Moderate certainty"
    LOW = "low", "Low certainty"
    VERY_LOW = "very_low", "Very low certainty"
    UNGRADED = "ungraded", "Not yet graded"
    NOT_APPLICABLE = "not_applicable", "No grade needed"

    @property
    def rank(self) -> int:
        """Return 4 for high down to 0 for ungraded or no grade needed."""
        return {"high": 4, "moderate": 3, "low": 2, "very_low": 1}.get(self.value, 0)

    @property
    def meaning(self) -> str:
        """Return what the grade tells a reader."""
        return GRADE_MEANINGS[self]


GRADE_MEANINGS: Final = {
    Grade.HIGH: "More research is very unlikely to change it.",
    Grade.MODERATE: "Likely right, but the size may change.",
    Grade.LOW: "May change.",
    Grade.VERY_LOW: "Very uncertain.",
    Grade.UNGRADED: "Taken from a data set and not yet weighed by a reviewer.",
    Grade.NOT_APPLICABLE: "A matter of definition, not of evidence.",
}

# The grades that a person can choose; the wiki sets the other two itself.
GRADES_TO_CHOOSE: Final = (Grade.HIGH, Grade.MODERATE, Grade.LOW, Grade.VERY_LOW)


class Basis(TextChoices):
    """What kind of evidence a statement or a source is."""

    GUIDELINE = "guideline", "Guideline"
    SYSTEMATIC_REVIEW = "systematic_review", "Systematic review"
    RANDOMIZED_TRIAL = "randomized_trial", "Randomised trial"
    COHORT = "cohort", "Cohort"
    CASE_CONTROL = "case_control", "Case-control"
    CROSS_SECTIONAL = "cross_sectional", "Cross-sectional"
    DIAGNOSTIC_ACCURACY = "diagnostic_accuracy", "Diagnostic accuracy"
    FAMILY_GENETICS = "family_genetics", "Family genetics"
    CASE_SERIES = "case_series", "Case series"
    AUTOPSY_SERIES = "autopsy_series", "Autopsy series"
    CASE_REPORT = "case_report", "Case report"
    NARRATIVE_REVIEW = "narrative_review", "Narrative review"
    REFERENCE_BOOK = "reference_book", "Reference book"
    TRIAL_PROTOCOL = "trial_protocol", "Trial protocol"
    CONFERENCE_ABSTRACT = "conference_abstract", "Conference abstract"
    DATASET = "dataset", "Data set"
    MECHANISM = "mechanism", "Mechanism"
    EXPERT_OPINION = "expert_opinion", "Expert opinion"
    DEFINITION = "definition", "Definition"
    NONE = "none", "None"


PRIMARY_STUDIES: Final = frozenset(
    {
        Basis.RANDOMIZED_TRIAL,
        Basis.COHORT,
        Basis.CASE_CONTROL,
        Basis.CROSS_SECTIONAL,
        Basis.DIAGNOSTIC_ACCURACY,
        Basis.FAMILY_GENETICS,
        Basis.CASE_SERIES,
        Basis.AUTOPSY_SERIES,
        Basis.CASE_REPORT,
        Basis.TRIAL_PROTOCOL,
        Basis.CONFERENCE_ABSTRACT,
    }
)
