"""What software can say of a page before a person looks: one list for the author and the reviewer.

A rule is one function over `Findings` and one row of the table: `form`, `statements`, `sources`, `text` and
`wording` hold the functions, `rows_form`, `rows_evidence` and `rows_text` the rows. What a rule needs to
know from the database is read in `gathering`.
"""

from wiki.policy.checks.drafts import draft_report
from wiki.policy.checks.load import gather, kinds_of, titles_of
from wiki.policy.checks.report import Broken, Check, CheckReport, examine, run
from wiki.policy.checks.subject import LIMITS, CheckRule, Cited, Depicted, Finding, Findings, Linked, keys_of
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
    "draft_report",
    "examine",
    "gather",
    "keys_of",
    "kinds_of",
    "run",
    "titles_of",
]
