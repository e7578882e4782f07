"""The rules asked of one document, and their answers as one list. They never decide: people do."""

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

# All that counts of a page that is retired. What is wrong with its text never keeps it from being retired:
# readers do not see it then.
OF_A_RETIRED_PAGE = ("title", "kind", "summary", "aliases", "retirement")
# What is said of one rule before the rest is only counted.
MOST_SAID = 3
MOST_SHOWN = 5


@dataclass(frozen=True)
class Broken:
    """A rule, and every place where it is not kept: what is new in this version comes first."""

    rule: CheckRule
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """Return how much it weighs: what may stay wherever it was found stops nothing."""
        return "look" if all(one.allowed for one in self.findings) else self.rule.severity

    @property
    def new(self) -> list[Finding]:
        """Return what this version brings."""
        return [one for one in self.findings if not one.is_old]

    @property
    def new_first(self) -> list[Finding]:
        """Return of what this version brings the places that a reviewer sees at once."""
        return self.new[:MOST_SHOWN]

    @property
    def new_more(self) -> list[Finding]:
        """Return of what this version brings the places that a reviewer unfolds."""
        return self.new[MOST_SHOWN:]

    @property
    def old(self) -> list[Finding]:
        """Return what the version before had too."""
        return [one for one in self.findings if one.is_old]

    @property
    def first(self) -> tuple[Finding, ...]:
        """Return the places to show at once."""
        return self.findings[:MOST_SHOWN]

    @property
    def rest(self) -> tuple[Finding, ...]:
        """Return the places to show when they are asked for."""
        return self.findings[MOST_SHOWN:]

    @property
    def sentence(self) -> str:
        """Return what was found as one short text; of many places the first ones."""
        said = list(dict.fromkeys(one.message for one in self.findings))
        rest = f" And {len(said) - MOST_SAID} more." if len(said) > MOST_SAID else ""
        return " ".join(f"{one.removesuffix('.')}." for one in said[:MOST_SAID]) + rest


@dataclass(frozen=True)
class CheckReport:
    """All that the rules found in one document: what stops it first."""

    broken: tuple[Broken, ...]

    def moved(self, place: Callable[[str], str]) -> "CheckReport":
        """Return the report with each field called as `place` calls it."""
        return CheckReport(
            tuple(
                replace(one, findings=tuple(replace(at, field=place(at.field)) for at in one.findings))
                for one in self.broken
            )
        )

    def of_severity(self, severity: Severity) -> list[Broken]:
        """Return the rules of one severity that are not kept."""
        return [one for one in self.broken if one.severity == severity]

    @property
    def stops(self) -> list[Broken]:
        """Return what must be put right before anything else."""
        return self.of_severity("stop")

    @property
    def looks(self) -> list[Broken]:
        """Return what is worth a look."""
        return self.of_severity("look")

    @property
    def problems(self) -> list[Problem]:
        """Return what was found as problems at the fields of a form, warnings last."""
        return [
            Problem(found.field, found.message, warning=one.severity == "look" or found.allowed)
            for one in self.broken
            for found in one.findings
        ]

    @property
    def sentence(self) -> str:
        """Return how much was found, in words."""
        stops, looks = (
            sum(len(one.findings) for one in self.of_severity(severity)) for severity in ("stop", "look")
        )
        must = f"{_counted(stops)} must be put right before this can be reviewed."
        may = f"{_counted(looks)} {'is' if looks == 1 else 'are'} worth a look; this stops nothing."
        said = [must] * bool(stops) + [may] * bool(looks)
        return " ".join(said) or "The checks found nothing to put right."


def _counted(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    count = words[number] if number < len(words) else str(number)
    return f"{count.capitalize()} thing{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Check:
    """What was found about one item: it passes, somebody must look, or nothing can be approved like this.

    `item` is "" for what no item of the checklist asks.
    """

    item: str
    result: Result
    sentence: str
    broken: tuple[Broken, ...] = ()


def examine(findings: Findings, *, reviewing: bool = False, only: Severity | None = None) -> CheckReport:
    """Return what the rules find, and what of it the version before had too, and so may stay.

    What is only new, and nothing to mend, is told to reviewers alone.
    """
    rules = [
        rule
        for rule in RULES.values()
        if only in (None, rule.severity) and (reviewing or not rule.for_reviewers)
    ]
    before = _as_it_was(findings, findings.before) if findings.before else None
    broken = [Broken(rule, _told_apart(rule, findings, before)) for rule in rules]
    found = [one for one in broken if one.findings]
    return CheckReport(tuple(sorted(found, key=lambda one: one.severity == "look")))


def _as_it_was(findings: Findings, before: Document) -> Findings:
    return replace(findings, document=before, before=None, title_taken=False, told_twice=())


def _told_apart(rule: CheckRule, findings: Findings, before: Findings | None) -> tuple[Finding, ...]:
    """Return what a rule finds, marked where it was found before: as often as it was there."""
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
    """Return the findings of a rule, each marked if it may stay as it is.

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
    """Return what software can tell a reviewer, in the order of the checklist; what no item asks is first."""
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
