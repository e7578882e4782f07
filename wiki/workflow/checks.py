"""What software can say about the reviewer's checklist. It never decides: a person signs every answer."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from wiki.checklist import items_for
from wiki.text.diff import Comparison, compare
from wiki.text.document import Document, Row
from wiki.text.markdown import outline, plain
from wiki.text.paragraphs import paragraphs_of
from wiki.text.personal import looks_personal
from wiki.text.readability import reading_grade
from wiki.vocabulary import PRIMARY_STUDIES, RELATIONS, Basis, Grade, Stance
from wiki.workflow.refusal import Problem

type Result = Literal["pass", "look", "stop"]

YEARS_FRESH: Final = 5
HARDEST_SUMMARY: Final = 9
SHORTEST_FACT: Final = 4
WELL_FOUNDED: Final = frozenset({Basis.GUIDELINE, Basis.SYSTEMATIC_REVIEW, Basis.FAMILY_GENETICS})
ONE_CASE_OR_NONE: Final = frozenset({Basis.CASE_REPORT, Basis.MECHANISM})
_PERCENT: Final = re.compile(r"\d\s?(?:%|per cent\b|percent\b)")
# An amount to take, and not a concentration in blood: 5 mg, 0.5 mg/kg, 400 units, but not 8 mg/dl.
_DOSE: Final = re.compile(
    r"\b\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?(?:mg|mcg|micrograms?|milligrams?|µg|μg|ml|mL|IU|units?|drops|tablets?)"
    r"(?:/kg)?\b(?!\s?/\s?d?[lL]\b)(?!\s?per\s(?:deci)?lit)"
)
_URGENT: Final = re.compile(r"^:{3,}\s*urgent\b", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """What was found about one item: it passes, somebody must look, or nothing can be approved like this.

    `item` is "" for what no item of the checklist asks.
    """

    item: str
    result: Result
    sentence: str


@dataclass(frozen=True)
class Cited:
    """What the checks need to know of a source."""

    type: str
    year: int | None
    verified: bool


@dataclass(frozen=True)
class Passage:
    """One paragraph that says something: where it stands, its words, whether it cites."""

    place: str
    words: str
    cites: bool


@dataclass(frozen=True)
class Findings:
    """All that the checks look at."""

    document: Document
    before: Document | None
    problems: Sequence[Problem]
    sources: Mapping[str, Cited]
    titles: Mapping[int, str]
    today: dt.date
    due_on: dt.date
    professions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def comparison(self) -> Comparison:
        """Return what differs from before."""
        return compare(self.before, self.document)

    @cached_property
    def passages(self) -> list[Passage]:
        """Return the paragraphs of the body that state something."""
        return list(passages_of(self.document.body))

    @cached_property
    def new_rows(self) -> list[Row]:
        """Return the statements that are new or changed."""
        return [one.new for one in self.comparison.rows if one.new and one.change != "same"]

    @cached_property
    def new_keys(self) -> list[str]:
        """Return the sources that were not cited before."""
        old = keys_of(self.before) if self.before else []
        return [key for key in keys_of(self.document) if key not in old]

    def named(self, row: Row) -> str:
        """Return a statement in words."""
        label = RELATIONS[row.relation].label if row.relation in RELATIONS else row.relation
        return f"{label} {self.titles.get(row.object, 'a page that is not there')}"

    def stops(self, *endings: str) -> str:
        """Return the gate's problems at fields that end so, as one sentence."""
        found = [one.message for one in self.problems if one.field.endswith(endings)]
        return ". ".join(found)


def keys_of(document: Document) -> list[str]:
    """Return the keys of all that a document rests on, in its text and its statements."""
    rows = (key for row in document.statements for key in row.sources)
    return list(dict.fromkeys((*outline(document.body).citations, *rows)))


def passages_of(body: str) -> Iterator[Passage]:
    """Yield the paragraphs that state something, each with where it stands. Boxes and headings do not."""
    section, number, boxed = "the opening", 0, False
    for paragraph in paragraphs_of(body):
        if paragraph.title is not None:
            section, number = f"“{paragraph.title}”", 0
            continue
        boxed = boxed or paragraph.text.startswith(":::")
        if not boxed and len((words := plain(paragraph.text)).split()) >= SHORTEST_FACT:
            number += 1
            yield Passage(f"{section}, paragraph {number}", words, bool(outline(paragraph.text).citations))
        boxed = boxed and not paragraph.text.rstrip().endswith(":::")


def run(findings: Findings) -> list[Check]:
    """Return what software found, in the order of the checklist; what belongs to no item comes first."""
    mine = [item.id for item in items_for(findings.document.kind) if item.id in CHECKS]
    return [*_elsewhere(findings), *(Check(one, *CHECKS[one](findings)) for one in mine)]


type Finding = tuple[Result, str]

_PLACED: Final = ("-sources", "-object", "-relation", "-stance", "-grade", "-basis", "codes", "body")


def _elsewhere(found: Findings) -> list[Check]:
    others = [one for one in found.problems if not one.field.endswith(_PLACED)]
    return [Check("", "stop", f"{one.message}.") for one in others]


def _listed(things: Iterable[str], most: int = 3) -> str:
    """Return the things with "and" before the last; of many the first, and how many more."""
    names = list(things)
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _stated_with_references(found: Findings) -> Finding:
    bare = [one.place for one in found.passages if not one.cites]
    if bare:
        return "look", f"No reference in {_listed(bare)}."
    return "pass", "Every paragraph and every statement has a reference."


def _treatment_well_founded(found: Findings) -> Finding:
    thin = [
        row
        for row in found.document.statements
        if row.relation in ("treats", "prevents")
        and row.stance == Stance.ASSERTED
        and {found.sources[key].type for key in row.sources if key in found.sources} <= PRIMARY_STUDIES
    ]
    if thin:
        return "look", f"Rests on single studies alone: {_listed(map(found.named, thin))}."
    return "pass", "Nothing is said to treat or prevent on single studies alone."


def _sources_looked_at(found: Findings) -> Finding:
    if stopped := found.stops("-sources", "body"):
        return "stop", f"{stopped}."
    unsure = sum(not one.verified for one in found.sources.values())
    said = [f"{_counted(unsure)} not fully verified; each is marked as such."] if unsure else []
    if new := len(found.new_keys):
        said.append(f"{_counted(new)} new here: open each.")
    return ("look", " ".join(said)) if said else ("pass", "Every source is verified, and none is new here.")


def _counted(number: int) -> str:
    return "One source is" if number == 1 else f"{number} sources are"


def _sources_recent(found: Findings) -> Finding:
    years = [one.year for one in found.sources.values() if one.year]
    if not years:
        return "look", "No source has a year."
    if max(years) < found.today.year - YEARS_FRESH:
        return "look", f"The newest source is from {max(years)}."
    return "pass", f"The newest source is from {max(years)}."


def _no_single_case_as_fact(found: Findings) -> Finding:
    high = [
        row
        for row in found.document.statements
        if row.basis in ONE_CASE_OR_NONE and row.grade in Grade.values and Grade(row.grade).rank > 1
    ]
    if high:
        return "look", f"Graded above very low on one case or a mechanism: {_listed(map(found.named, high))}."
    return "pass", "No statement is graded above very low on one case or a mechanism."


def _relations_right(found: Findings) -> Finding:
    if stopped := found.stops("-relation", "-object"):
        return "stop", f"{stopped}."
    if found.new_rows:
        return "look", f"Read the relation and its direction: {_listed(map(found.named, found.new_rows))}."
    return "pass", "No statement is new or changed."


def _grades_fit(found: Findings) -> Finding:
    if stopped := found.stops("-grade", "-basis", "-stance"):
        return "stop", f"{stopped}."
    bold = [
        row for row in found.document.statements if row.grade == Grade.HIGH and row.basis not in WELL_FOUNDED
    ]
    if bold:
        return "look", f"High without a guideline, a review or genetics: {_listed(map(found.named, bold))}."
    return "pass", "Every graded statement has a grade and a basis that can carry it."


def _conflict_shown(found: Findings) -> Finding:
    silent = [
        row for row in found.document.statements if row.stance != Stance.ASSERTED and not row.note.strip()
    ]
    if silent:
        return "look", f"No note says why: {_listed(map(found.named, silent))}."
    stances: dict[int, set[str]] = {}
    for row in found.document.statements:
        stances.setdefault(row.object, set()).add(row.stance)
    torn = [found.titles.get(one, "a page") for one, said in stances.items() if len(said) > 1]
    if torn:
        return "look", f"Both supported and not, in different statements: {_listed(torn)}."
    return "pass", "No statement contradicts another, and each doubt has its note."


def _numbers_cited(found: Findings) -> Finding:
    bare = [one.place for one in found.passages if _PERCENT.search(one.words) and not one.cites]
    if bare:
        return "look", f"A percentage without a reference in {_listed(bare)}."
    if any(_PERCENT.search(block_words) for block_words in _new_words(found)):
        return "look", "Percentages are new or changed: compare each with its source."
    return "pass", "Every percentage has a reference beside it, and none is new."


def _new_words(found: Findings) -> Iterator[str]:
    for block in found.comparison.blocks:
        yield from (piece.text for piece in block.pieces if piece.op == "added")


def _codes_match(found: Findings) -> Finding:
    if stopped := found.stops("codes"):
        return "stop", f"{stopped}."
    if new := found.comparison.codes_added:
        return "look", f"Look up what is new: {_listed(f'{one.system} {one.code}' for one in new)}."
    return "pass", "No code is new, and each has the form of its system."


def _no_dose(found: Findings) -> Finding:
    said = [found.document.summary, *(one.words for one in found.passages)]
    said += [row.note for row in found.document.statements]
    doses = [match[0] for text in said for match in _DOSE.finditer(text)]
    if doses:
        return "look", f"This looks like a dose: {_listed(f'“{dose}”' for dose in doses)}."
    return "pass", "Nothing looks like a dose."


def _plain_summary(found: Findings) -> Finding:
    grade = reading_grade(found.document.summary)
    said = f"The summary reads like school year {max(round(grade), 1)}"
    if round(grade) > HARDEST_SUMMARY:
        return "look", f"{said}; aim for {HARDEST_SUMMARY} or less."
    return "pass", f"{said}."


def _headings_in_order(found: Findings) -> Finding:
    return "pass", "Headings are put in order when the page is made, and images are not shown."


def _people_qualified(found: Findings) -> Finding:
    bare = [name for name, profession in found.professions.items() if not profession]
    if bare:
        return "look", f"No profession is given for {_listed(bare)}."
    return "pass", "Everybody is shown with their profession."


def _dates_set(found: Findings) -> Finding:
    return "pass", f"Approving dates the text and sets its next review for {found.due_on:%B %Y}."


def _notice_shown(found: Findings) -> Finding:
    return "pass", "The notice stands at the foot of every page."


def _warning_signs(found: Findings) -> Finding:
    if _URGENT.search(found.document.body):
        return "pass", "There is a box for what needs urgent care."
    return "look", "There is no box for what needs urgent care."


def _nobody_identified(found: Findings) -> Finding:
    said = [found.document.summary, plain(found.document.body)]
    said += [row.note for row in found.document.statements]
    marks = [mark for text in said for mark in looks_personal(text)]
    if marks:
        return "look", f"This could identify somebody: {_listed(f'“{mark}”' for mark in marks)}."
    return "pass", "No telephone number, e-mail, date of birth or patient number."


CHECKS: Final[dict[str, Callable[[Findings], Finding]]] = {
    "S1": _stated_with_references,
    "S2": _treatment_well_founded,
    "S3": _sources_looked_at,
    "S4": _sources_recent,
    "S5": _no_single_case_as_fact,
    "A1": _relations_right,
    "A2": _grades_fit,
    "A3": _conflict_shown,
    "A4": _numbers_cited,
    "A5": _codes_match,
    "T4": _no_dose,
    "R1": _plain_summary,
    "R3": _headings_in_order,
    "P1": _people_qualified,
    "P3": _dates_set,
    "P4": _notice_shown,
    "D1": _warning_signs,
    "D2": _nobody_identified,
}
