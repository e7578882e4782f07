"""Checks: what software can find in a page before a person reviews it, shown to author and reviewer.

A rule is one function over `Findings` and one row of the table: `page`, `statements`, `sources`, `text` and
`wording` hold the functions, `table_page`, `table_evidence` and `table_text` the rows. What a rule needs to
know from the database is read in `load`.
"""

from wiki.policy.checks.drafts import draft_report
from wiki.policy.checks.load import kinds_of, load_findings, titles_of
from wiki.policy.checks.report import BrokenRule, Check, CheckReport, examine, run
from wiki.policy.checks.subject import (
    LIMITS,
    CheckRule,
    Cited,
    Depicted,
    Finding,
    Findings,
    Linked,
    Namesake,
    keys_of,
)
from wiki.policy.checks.table import IN_ORDER, RULES

__all__ = [
    "IN_ORDER",
    "LIMITS",
    "RULES",
    "BrokenRule",
    "Check",
    "CheckReport",
    "CheckRule",
    "Cited",
    "Depicted",
    "Finding",
    "Findings",
    "Linked",
    "Namesake",
    "draft_report",
    "examine",
    "keys_of",
    "kinds_of",
    "load_findings",
    "run",
    "titles_of",
]
