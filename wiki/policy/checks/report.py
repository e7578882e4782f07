"""The report of the checks: all rules run on one document. It decides nothing; people decide."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from wiki.domain.checklist import items_for
from wiki.policy.checks.subject import CheckRule, Finding, Findings, Severity
from wiki.policy.checks.table import IN_ORDER, RULES
from wiki.policy.refusal import Problem
from wiki.text.document import Document

type Result = Literal["pass", "look", "stop"]

# The only fields that are checked when a page is retired: readers will not see its text.
OF_A_RETIRED_PAGE = ("title", "kind", "summary", "aliases", "retirement")
# How many messages of one rule are shown in full before the rest is only counted.
MOST_LISTED = 3
MOST_SHOWN = 5


@dataclass(frozen=True)
class BrokenRule:
    """A rule that is broken, with every finding; those that are new in this version come first."""

    rule: CheckRule
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """Return the severity; a rule whose every finding is allowed to stay only asks for a look."""
        return "look" if all(one.allowed for one in self.findings) else self.rule.severity

    @property
    def new(self) -> list[Finding]:
        """Return the findings that this version brings."""
        return [one for one in self.findings if not one.is_old]

    @property
    def new_first(self) -> list[Finding]:
        """Return the new findings that a reviewer sees at once."""
        return self.new[:MOST_SHOWN]

    @property
    def new_more(self) -> list[Finding]:
        """Return the new findings that a reviewer has to unfold."""
        return self.new[MOST_SHOWN:]

    @property
    def old(self) -> list[Finding]:
        """Return the findings that the version before had too."""
        return [one for one in self.findings if one.is_old]

    @property
    def first(self) -> tuple[Finding, ...]:
        """Return the findings that are shown at once."""
        return self.findings[:MOST_SHOWN]

    @property
    def rest(self) -> tuple[Finding, ...]:
        """Return the findings that are shown on demand."""
        return self.findings[MOST_SHOWN:]

    @property
    def sentence(self) -> str:
        """Return the messages as one short text; of many, only the first ones."""
        said = list(dict.fromkeys(one.message for one in self.findings))
        rest = f" And {len(said) - MOST_LISTED} more." if len(said) > MOST_LISTED else ""
        return " ".join(f"{one.removesuffix('.')}." for one in said[:MOST_LISTED]) + rest


@dataclass(frozen=True)
class CheckReport:
    """All broken rules of one document, those that stop it first."""

    broken: tuple[BrokenRule, ...]

    def moved(self, place: Callable[[str], str]) -> "CheckReport":
        """Return the report with each field renamed by `place`."""
        return CheckReport(
            tuple(
                replace(one, findings=tuple(replace(at, field=place(at.field)) for at in one.findings))
                for one in self.broken
            )
        )

    def of_severity(self, severity: Severity) -> list[BrokenRule]:
        """Return the broken rules of one severity."""
        return [one for one in self.broken if one.severity == severity]

    @property
    def stops(self) -> list[BrokenRule]:
        """Return the broken rules that block submission or approval."""
        return self.of_severity("stop")

    @property
    def looks(self) -> list[BrokenRule]:
        """Return the broken rules that a person should look at."""
        return self.of_severity("look")

    @property
    def problems(self) -> list[Problem]:
        """Return the findings as problems at the fields of a form, warnings last."""
        return [
            Problem(found.field, found.message, warning=one.severity == "look" or found.allowed)
            for one in self.broken
            for found in one.findings
        ]

    @property
    def sentence(self) -> str:
        """Return how many findings there are, in words."""
        stops, looks = (
            sum(len(one.findings) for one in self.of_severity(severity)) for severity in ("stop", "look")
        )
        must = f"{_counted(stops)} must be fixed before this can be reviewed."
        may = f"{_counted(looks)} {'is' if looks == 1 else 'are'} worth a look; this stops nothing."
        said = [must] * bool(stops) + [may] * bool(looks)
        return " ".join(said) or "The checks found no problems."


def _counted(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    count = words[number] if number < len(words) else str(number)
    return f"{count.capitalize()} thing{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Check:
    """The result for one checklist item: it passes, somebody must look, or it blocks approval.

    `item` is "" for what no item of the checklist asks.
    """

    item: str
    result: Result
    sentence: str
    broken: tuple[BrokenRule, ...] = ()


def examine(findings: Findings, *, reviewing: bool = False, only: Severity | None = None) -> CheckReport:
    """Run the rules; mark the findings that the version before had too, which may be allowed to stay.

    What is only new, and nothing to mend, is told to reviewers alone.
    """
    rules = [
        rule
        for rule in RULES.values()
        if only in (None, rule.severity) and (reviewing or not rule.for_reviewers)
    ]
    before = _as_it_was(findings, findings.before) if findings.before else None
    broken = [BrokenRule(rule, _marked_old_or_new(rule, findings, before)) for rule in rules]
    found = [one for one in broken if one.findings]
    return CheckReport(tuple(sorted(found, key=lambda one: one.severity == "look")))


def _as_it_was(findings: Findings, before: Document) -> Findings:
    return replace(findings, document=before, before=None, title_taken=False, made_twice=())


def _marked_old_or_new(rule: CheckRule, findings: Findings, before: Findings | None) -> tuple[Finding, ...]:
    """Return a rule's findings, each marked as old if the version before had it, as often as it had it."""
    found = list(rule.find(findings))
    if findings.document.retirement:
        found = [one for one in found if one.field in OF_A_RETIRED_PAGE]
    if not found or before is None or rule.for_reviewers:
        return tuple(found)
    was = list(rule.find(before))
    left = Counter(one.key for one in was)
    told: list[Finding] = []
    for one in found:
        told.append(replace(one, is_old=left[one.key] > 0))
        left[one.key] -= 1
    if rule.may_stay:
        told = _weighed(told, was, is_correction=findings.is_correction)
    return tuple(sorted(told, key=lambda one: one.is_old))


def _weighed(found: list[Finding], was: list[Finding], *, is_correction: bool) -> list[Finding]:
    """Return the findings of a rule, each marked as allowed if it may stay.

    It may where nobody touched the passage, and wherever there are fewer of its kind than there were:
    whoever mends one of eight places need not mend all. A correction for safety may touch a passage, too.
    """
    now, then = _counted_by_topic(found), _counted_by_topic(was)
    untouched = Counter((one.key, one.around) for one in was)
    weighed: list[Finding] = []
    for one in found:
        most = then[one.topic] if is_correction else then[one.topic] - 1
        weighed.append(replace(one, allowed=now[one.topic] <= most or untouched[one.key, one.around] > 0))
        untouched[one.key, one.around] -= 1
    return weighed


def _counted_by_topic(found: list[Finding]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.topic] += one.times
    return counts


def run(findings: Findings) -> list[Check]:
    """Return the results for a reviewer in the order of the checklist; those without an item come first."""
    report = examine(findings, reviewing=True)
    items = [item.id for item in items_for(findings.document.kind)]
    elsewhere = [one for one in report.broken if one.rule.item not in items]
    checks = [Check("", one.severity, one.sentence, (one,)) for one in elsewhere]
    for item in items:
        mine = tuple(one for one in report.broken if one.rule.item == item)
        if mine:
            said = " ".join(one.sentence for one in mine)
            checks.append(Check(item, mine[0].severity, said, mine))
        elif item in IN_ORDER:
            clear = IN_ORDER[item]
            checks.append(Check(item, "pass", clear if isinstance(clear, str) else clear(findings)))
    return checks
