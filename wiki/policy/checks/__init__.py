"""Checks: what software can say of a page before a person looks, for author and reviewer alike.

A rule is one function over `Findings` and one row of the table: `page`, `statements`, `sources`, `text` and
`wording` hold the functions, `table_page`, `table_evidence` and `table_text` the rows. What a rule needs to
know from the database is read in `load`.
"""

from wiki.policy.checks.drafts import draft_report
from wiki.policy.checks.load import gather, kinds_of, titles_of
from wiki.policy.checks.report import Broken, Check, CheckReport, examine, run
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
    "Broken",
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
    "gather",
    "keys_of",
    "kinds_of",
    "run",
    "titles_of",
]
