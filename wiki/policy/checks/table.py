"""The table of all rules. To add one, write its function and its row; nothing else needs to know of it."""

from collections.abc import Callable
from typing import Final

from wiki.policy.checks.subject import CheckRule, Findings
from wiki.policy.checks.table_evidence import OF_EVIDENCE
from wiki.policy.checks.table_page import OF_THE_FORM
from wiki.policy.checks.table_text import OF_THE_TEXT
from wiki.text.days import month_in_words
from wiki.text.language.readability import reading_grade

RULES: Final[dict[str, CheckRule]] = {rule.id: rule for rule in (*OF_THE_FORM, *OF_EVIDENCE, *OF_THE_TEXT)}


def _newest(found: Findings) -> str:
    return f"The newest source is from {max(years)}." if (years := _years(found)) else "No source has a year."


def _years(found: Findings) -> list[int]:
    return [one.year for one in found.cited if one.year]


def _school_year(found: Findings) -> str:
    return f"The summary has a reading age of {max(round(reading_grade(found.document.summary)), 1) + 5}."


def _dates(found: Findings) -> str:
    when = f" for {month_in_words(found.due_on)}" if found.due_on else ""
    return f"Approving dates the change; a review of the whole page sets the next one{when}."


# The message for a checklist item whose rules found nothing. Software never answers items that are missing
# here.
IN_ORDER: Final[dict[str, str | Callable[[Findings], str]]] = {
    "S1": "Every paragraph and every statement has a reference.",
    "S2": "Nothing is said to treat or prevent on single studies alone.",
    "S3": "Every source is verified, none is new here, and none is retracted or corrected.",
    "S4": _newest,
    "S5": "No statement is graded above very low on one case or a mechanism.",
    "A1": "No statement is new or changed.",
    "A2": "Every graded statement has a grade and a basis that can carry it.",
    "A3": "No statement contradicts another, and each doubt has its note.",
    "A4": "Every percentage has a reference beside it, and none is new.",
    "A5": "No code is new, and each has the form of its system.",
    "T4": "Nothing looks like a dose, or speaks to one reader.",
    "R1": _school_year,
    "R3": "Headings are in order and have words, and every picture says what it shows.",
    "P1": "Everybody is shown with their profession.",
    "P3": _dates,
    "P4": "The notice stands at the foot of every page.",
    "P5": "Every report of a reader on this page is answered.",
    "D1": "There is a box for what cannot wait, and no emergency is told as less.",
    "D2": "No address, number, date or initials of a patient.",
}
