"""Dependents: tasks on statements of other pages, opened when the page that they rest on changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from wiki.acts.upkeep import data_rows, tasks
from wiki.audit import log
from wiki.domain.professions import Impact
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import COLUMNS, PREMISES, STATEMENT_FIELDS
from wiki.mail import notices
from wiki.models import ANYBODY, Cause, Page, Publication, Revision, Statement, Succession, Task, User
from wiki.text.compare.sentences import changed_sentences
from wiki.text.document import Document, Row

# A relation and the other page; one page may say it for several populations.
type Key = tuple[str, int]
type Said = tuple[object, ...]

GONE = "This page says this no longer."


@dataclass(frozen=True)
class Dependents:
    """The statements at both ends of a page before it changes: its own, and those of others about it."""

    own: dict[Key, frozenset[Said]]
    about: list[Statement]


def dependents_of(page: Page) -> Dependents:
    """Return what a page says of others and others of it, as readers have it now."""
    return Dependents(_statements_of(page), Statement.objects.said_of(page.pk))


def _statements_of(page: Page) -> dict[Key, frozenset[Said]]:
    found: dict[Key, set[Said]] = {}
    for one in Statement.objects.own_of(page.pk):
        said = (*(getattr(one, name) for name in COLUMNS), *one.source_ids)
        found.setdefault((one.relation, one.object_id), set()).add(said)
    return {key: frozenset(rows) for key, rows in found.items()}


def update_tasks(
    before: Dependents,
    old: Revision,
    publication: Publication | None,
    *,
    by: User | None,
    impact: str,
    meaning: str = "",
) -> None:
    """Open and close tasks on dependent statements, now that `publication` replaces `old` on its page.

    What readers see must be derived already. `impact` and `meaning` say what the change means for a patient.
    """
    _close_what_was_changed(old.page, before.own, publication, by=by)
    if publication is None or not before.about:
        return
    if told := _difference(old.document, publication.revision.document, impact, meaning):
        _open(before.about, publication, *told, by=by)


def _difference(old: Document, new: Document, impact: str, meaning: str) -> tuple[str, str] | None:
    """Return the old and the new sentence of a change that matters to dependents; None if it does
    not matter.
    """
    if new.retirement is not None:
        return None if old.retirement else (old.summary, f"Retired: {new.retirement.reason}")
    changed = next(_changed(old, new), None)
    if impact not in (Impact.ACTION, Impact.SAFETY) and changed is None:
        return None
    if old.summary != new.summary:
        return old.summary, new.summary
    return changed or changed_sentences(old.body, new.body) or (old.summary, meaning or new.summary)


def _changed(old: Document, new: Document) -> Iterator[tuple[str, str]]:
    """Yield in words each statement of the page that was removed or whose evidence changed."""
    rows = {row.key: row for row in new.statements}
    for row in old.statements:
        now = rows.get(row.key)
        if now is None:
            yield _in_words(row), GONE
        elif any(getattr(now, name) != getattr(row, name) for name in PREMISES):
            yield _in_words(row), _in_words(now)


def _in_words(row: Row) -> str:
    """Return a statement in words: "treats Seizures: Supported, High certainty"."""
    title = Revision.objects.visible_to(ANYBODY).titles_of([row.object]).get(row.object, "a page")
    said = (one.in_words(getattr(row, one.name)) for one in STATEMENT_FIELDS if one.is_premise)
    impact = ", ".join(filter(None, said))
    return f"{RELATIONS[row.relation].label} {title}: {impact}"


def _open(about: list[Statement], publication: Publication, old: str, new: str, *, by: User | None) -> None:
    """Open a task for each statement of another page about this page, or about the page that replaces it."""
    page = publication.page
    shown = Succession([page.pk]).shown_for(page.pk)
    into = shown.page_id if shown else page.pk
    there = set(Statement.objects.public().filter(object=into).values_list("subject", "relation"))
    for one in about:
        object_id = into if (one.subject_id, one.relation) in there else page.pk
        tasks.open_task(
            Cause.PREMISE,
            one.subject,
            ref=f"publication:{publication.pk}:{one.relation}",
            relation=one.relation,
            object=Page.objects.get(pk=object_id),
            within=page,
            by=by,
            quietly=True,
            before=old,
            after=new,
            title=publication.revision.title,
        )
    event = log.write("premise", by=by, revision=publication.revision, statements=len(about))
    notices.tell_moderators(event)


def _close_what_was_changed(
    page: Page, before: dict[Key, frozenset[Said]], publication: Publication | None, *, by: User | None
) -> None:
    """Close the tasks on statements that the page no longer makes, or makes differently."""
    open_ = Task.objects.on_statements_of(page.pk)
    if not open_:
        return
    now = _statements_of(page)
    number = publication.revision.number if publication else None
    for one in open_:
        if one.cause == Cause.DATA_ROW:
            said = data_rows.what_became_of(one, page, _resting(before), _resting(now))
        else:
            said = _what_became_of((one.relation, one.object_id or 0), before, now)
        if said:
            outcome = f"Version {number} {said}." if number else "Nothing of the page is published."
            tasks.close_all([one], page, by=by, outcome=outcome, settled=True)


def _what_became_of(key: Key, before: dict[Key, frozenset[Said]], now: dict[Key, frozenset[Said]]) -> str:
    """Return in words how a statement changed, "" if it did not."""
    if now.get(key) == before.get(key):
        return ""
    return "says it differently" if key in now else "says it no longer"


def _resting(statements: dict[Key, frozenset[Said]]) -> Iterator[tuple[frozenset[object], object]]:
    """Yield statements, each behind the sources that it rests on."""
    for key, some in statements.items():
        yield from ((frozenset(said[len(COLUMNS) :]), (key, said)) for said in some)
