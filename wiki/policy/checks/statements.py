"""Rules about statements: the pages they connect, their grades, and whether their sources support these."""

from collections.abc import Iterator
from typing import Final

from wiki.domain.evidence import GRADES_TO_CHOOSE, PRIMARY_STUDIES, Basis, Grade, Stance
from wiki.domain.kinds import KINDS
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import DETAIL_FIELDS, StatementField
from wiki.domain.statement_values.lines import BadValue
from wiki.policy.checks.subject import Finding, Findings
from wiki.text.document import RowKey

WELL_FOUNDED: Final = frozenset({Basis.GUIDELINE, Basis.SYSTEMATIC_REVIEW, Basis.FAMILY_GENETICS})
ONE_CASE_OR_NONE: Final = frozenset({Basis.CASE_REPORT, Basis.MECHANISM})
TREATING: Final = ("treats", "prevents", "first_line_for")
# For each basis, the types of source that support it: studies of that type, or reviews of them.
CARRIES: Final = {
    Basis.GUIDELINE: frozenset({Basis.GUIDELINE}),
    Basis.SYSTEMATIC_REVIEW: frozenset({Basis.SYSTEMATIC_REVIEW, Basis.GUIDELINE}),
    Basis.RANDOMIZED_TRIAL: frozenset({Basis.RANDOMIZED_TRIAL, Basis.SYSTEMATIC_REVIEW, Basis.GUIDELINE}),
}
# Types of source that are weak evidence: on these alone no grade above low is possible.
TOO_WEAK: Final = frozenset(
    {
        Basis.CASE_REPORT,
        Basis.CONFERENCE_ABSTRACT,
        Basis.TRIAL_PROTOCOL,
        Basis.EXPERT_OPINION,
        Basis.MECHANISM,
        Basis.NONE,
    }
)


def page_named(found: Findings) -> Iterator[Finding]:
    """Find statements about no page, or about the page itself."""
    for number, row in found.rows:
        if row.object not in found.kinds:
            yield found.in_row(number, "object", "There is no such page")
        elif row.object == found.page_id:
            yield found.in_row(number, "object", "A page cannot make a statement about itself")


def relation_chosen(found: Findings) -> Iterator[Finding]:
    """Find statements without a relation."""
    for number, row in found.rows:
        if row.relation not in RELATIONS:
            yield found.in_row(number, "relation", "Choose how the two pages are linked")


def kinds_fit(found: Findings) -> Iterator[Finding]:
    """Find relations that cannot connect pages of these kinds."""
    kind = found.document.kind
    for number, row in found.rows:
        relation = RELATIONS.get(row.relation)
        there = row.object in found.kinds and row.object != found.page_id
        if relation is None or not there or kind not in KINDS:
            continue
        other = found.kinds[row.object]
        if not relation.fits(kind, other):
            message = (
                f"A page of kind {kind} cannot say “{relation.label}” of one of kind {other or 'unknown'}"
            )
            yield found.in_row(number, "relation", message)


def made_once(found: Findings) -> Iterator[Finding]:
    """Find statements that are made twice."""
    seen: set[RowKey] = set()
    for number, row in found.rows:
        if row.key in seen:
            message = (
                "This statement is already made above; put the sources together, or say in both of whom "
                "each is true"
            )
            yield found.in_row(number, "object", message)
        seen.add(row.key)


def stance_given(found: Findings) -> Iterator[Finding]:
    """Find statements without a stance."""
    for number, row in found.rows:
        if row.stance not in Stance.values:
            yield found.in_row(number, "stance", "Say what the evidence says")


def grade_given(found: Findings) -> Iterator[Finding]:
    """Find statements without a grade, and definitional statements with one."""
    for number, row in found.rows:
        graded = _is_graded(row.relation)
        if graded and row.grade not in GRADES_TO_CHOOSE:
            yield found.in_row(number, "grade", "Say how certain this is")
        if not graded and row.grade != Grade.NOT_APPLICABLE:
            yield found.in_row(number, "grade", "This is a matter of definition; it takes no grade")


def basis_given(found: Findings) -> Iterator[Finding]:
    """Find statements without a basis."""
    for number, row in found.rows:
        if row.basis not in Basis.values:
            yield found.in_row(number, "basis", "Say what kind of evidence this rests on")


def source_given(found: Findings) -> Iterator[Finding]:
    """Find graded statements without a source."""
    for number, row in found.rows:
        if _is_graded(row.relation) and not row.sources:
            message = "Add a source: a statement cannot be reviewed without one"
            yield found.in_row(number, "sources", message)


def details_readable(found: Findings) -> Iterator[Finding]:
    """Find details that are no value of their field."""
    for number, row in found.rows:
        for detail in DETAIL_FIELDS:
            value = str(getattr(row, detail.name))
            if value and (told := _unreadable(detail, value)):
                yield found.in_row(number, detail.name, told)


def _unreadable(detail: StatementField, value: str) -> str:
    """Return what is wrong with the value of a detail, "" for nothing."""
    if detail.choices is not None:
        return "" if value in detail.choices.values else "Choose one from the list"
    try:
        usual = detail.usual_form(value)
    except BadValue as error:
        return str(error)
    return "" if usual == value else f"Write it as “{usual}”"


def details_belong(found: Findings) -> Iterator[Finding]:
    """Find details that say nothing of a statement of such a relation, or about such pages."""
    for number, row in found.rows:
        ends = {found.document.kind, found.kinds.get(row.object, "")}
        for detail in DETAIL_FIELDS:
            if not getattr(row, detail.name):
                continue
            if detail.relations and row.relation not in detail.relations:
                yield found.in_row(number, detail.name, f"“{detail.label}” is for statements on treatment")
            if detail.end and detail.end not in ends:
                told = f"“{detail.label}” is for statements about a {detail.end}"
                yield found.in_row(number, detail.name, told)


def treatment_well_founded(found: Findings) -> Iterator[Finding]:
    """Find claims of benefit that are supported by single studies only."""
    for number, row in found.rows:
        if (
            row.relation in TREATING
            and row.stance == Stance.ASSERTED
            and _types(found, row.sources) <= PRIMARY_STUDIES
        ):
            message = f"Rests on single studies alone: {found.named(row)}"
            yield found.in_row(number, "sources", message)


def basis_carried(found: Findings) -> Iterator[Finding]:
    """Find a basis that none of the statement's sources has."""
    for number, row in found.rows:
        types = _types(found, row.sources)
        wanted = CARRIES.get(Basis(row.basis)) if row.basis in Basis.values else None
        if wanted and types and not types & wanted:
            label = Basis(row.basis).label.lower()
            message = f"No source is a {label}: {found.named(row)}"
            yield found.in_row(number, "basis", message)


def grade_carried(found: Findings) -> Iterator[Finding]:
    """Find grades above low whose sources are all weak evidence."""
    for number, row in found.rows:
        types = _types(found, row.sources)
        if types and types <= TOO_WEAK and _rank(row.grade) > Grade.LOW.rank:
            message = f"{Grade(row.grade).label} on sources that cannot carry it: {found.named(row)}"
            yield found.in_row(number, "grade", message)


def high_well_founded(found: Findings) -> Iterator[Finding]:
    """Find high grades on a basis that rarely justifies one."""
    for number, row in found.rows:
        if row.grade == Grade.HIGH and row.basis not in WELL_FOUNDED:
            message = f"High without a guideline, a review or genetics: {found.named(row)}"
            yield found.in_row(number, "grade", message)


def no_single_case_as_fact(found: Findings) -> Iterator[Finding]:
    """Find single cases or mechanisms that are stated as facts about people."""
    for number, row in found.rows:
        if row.basis in ONE_CASE_OR_NONE and _rank(row.grade) > Grade.VERY_LOW.rank:
            message = f"Graded above very low on one case or a mechanism: {found.named(row)}"
            yield found.in_row(number, "grade", message)


def doubt_explained(found: Findings) -> Iterator[Finding]:
    """Find doubtful statements without a note that explains the doubt."""
    for number, row in found.rows:
        if row.stance not in ("", Stance.ASSERTED) and not row.note.strip():
            yield found.in_row(number, "note", f"No note says why: {found.named(row)}")


def not_torn(found: Findings) -> Iterator[Finding]:
    """Find pages on which one statement supports a claim and another one refutes it."""
    stances: dict[tuple[int, str], set[str]] = {}
    for number, row in found.rows:
        said = stances.setdefault((row.object, row.population.casefold()), set())
        if said and row.stance not in said:
            title = found.title_of(row.object)
            message = f"Both supported and not, in different statements: {title}"
            yield found.in_row(number, "stance", message, words=title)
        said.add(row.stance)


def about_retired(found: Findings) -> Iterator[Finding]:
    """Find statements about pages that are retired."""
    for number, row in found.rows:
        if page := found.retired.get(row.object):
            instead = f"; “{page.replaced_by}” replaces it" if page.replaced_by else ""
            message = f"“{page.title}” is retired{instead}"
            yield found.in_row(number, "object", message, words=page.title)


def rows_new(found: Findings) -> Iterator[Finding]:
    """Find the statements that are new or changed."""
    same = {one.new for one in found.comparison.rows if one.change == "same"}
    for number, row in found.rows:
        if row not in same:
            message = f"Read the relation and its direction: {found.named(row)}"
            yield found.in_row(number, "relation", message)


def _is_graded(relation: str) -> bool:
    return relation not in RELATIONS or RELATIONS[relation].graded


def _rank(grade: str) -> int:
    return Grade(grade).rank if grade in Grade.values else 0


def _types(found: Findings, keys: tuple[str, ...]) -> set[str]:
    return {found.sources[key].type for key in keys if key in found.sources}


def made_elsewhere(found: Findings) -> Iterator[Finding]:
    """Find statements that the other page makes already from its side."""
    for number, message in found.made_twice:
        yield found.in_row(number, "object", message, words=message)
