"""Results of the checks on a submission, as its review screen shows them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wiki.policy import checks
from wiki.policy.submission_problems import is_correction

if TYPE_CHECKING:
    from wiki.screens.reviewing.review import ReviewScreen


@dataclass(frozen=True)
class ReviewChecks:
    """The results of the checks, by what they ask of a reviewer."""

    results: tuple[checks.Check, ...] = ()

    @property
    def stops(self) -> list[checks.Check]:
        """Return the results that block an approval."""
        return [one for one in self.results if one.result == "stop"]

    @property
    def looks(self) -> list[checks.Check]:
        """Return the results that a person should look at."""
        return [one for one in self.results if one.result == "look"]

    @property
    def passes(self) -> list[checks.Check]:
        """Return the checks that passed."""
        return [one for one in self.results if one.result == "pass"]


def checks_of(case: "ReviewScreen") -> ReviewChecks:
    """Return the results of the checks on a submission, and of a merge what blocks its other half."""
    wrote = case.family.authors_of(case.revision)
    people = {one.author_name: one.author.profession if one.author else "" for one in wrote}
    if case.can_decide:
        people[str(case.reviewer)] = case.reviewer.profession
    found = checks.run(
        checks.load_findings(
            case.after,
            case.revision.page_id,
            before=case.before,
            reader=case.reviewer,
            retires=case.merging.revision.page_id if case.merging else None,
            professions=people,
            is_correction=is_correction(case.family.carried(case.revision)),
        )
    )
    if (half := case.merging) is not None:
        retired = half.revision.document
        findings = checks.load_findings(
            retired, half.revision.page_id, before=half.before, reader=case.reviewer
        )
        found += [one for one in checks.run(findings) if one.result == "stop"]
    return ReviewChecks(tuple(found))
