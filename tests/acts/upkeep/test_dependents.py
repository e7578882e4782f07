"""A page changes in a way that others rest on: their statements about it are marked and looked at again."""

import pytest

from tests import cast
from tests.acts.upkeep.test_reverification import CHECKED, check
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.upkeep import dependents, reverification, tasks
from wiki.acts.writing import retirement, submission
from wiki.domain.professions import Impact
from wiki.models import Cause, Event, Notice, Statement, Task
from wiki.text.document import Retirement

NEW = "Calcium falls, and that can kill."


@remembered
def surgery(published, clinician, moderator):
    """Return a page that says that it causes the other one."""
    cast.make_source(clinician)
    return cast.make_page(
        clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(published),)
    )


def change(page, author, moderator, impact=Impact.SAFETY, meaning="Act at once.", **changes):
    """Return the publication of a change of this impact."""
    draft = cast.make_edit(page, author, **changes)
    revision = submission.submit(draft, by=author, note="Why.", impact=impact, meaning=meaning)
    return cast.approve(revision, moderator)


def marks(page):
    """Return which statements about a page, or of it, are marked."""
    return [one.relation for one in Statement.objects.about(page)[0] if one.premise_changed_at]


def test_a_safety_change_opens_tasks_on_statements_about_the_page(
    published, surgery, colleague, clinician, moderator, second_moderator
):
    reverification.change_owner(surgery, to=clinician, by=moderator)

    changed = change(published, colleague, moderator, summary=NEW)

    task = Task.objects.get()
    assert (task.cause, task.page, task.relation, task.object) == (
        Cause.PREMISE,
        surgery,
        "causes",
        published,
    )
    assert task.data == {
        "before": "What it is, in plain words.", "after": NEW, "title": "Hypoparathyroidism",
    }  # fmt: skip
    assert marks(published) == marks(surgery) == ["causes"]
    assert Event.objects.get(act="recheck").page == changed.page
    assert Notice.objects.get(event__act="recheck").recipient == clinician
    assert second_moderator in {one.recipient for one in Notice.objects.filter(event__act="premise")}


@pytest.mark.parametrize("impact", [Impact.NONE, Impact.WORDING])
def test_a_change_of_wording_opens_no_task(published, surgery, clinician, moderator, impact):
    change(published, clinician, moderator, impact, "", summary=NEW)

    assert not Task.objects.exists()


def test_a_task_quotes_the_changed_sentences_if_the_summary_stays(published, surgery, clinician, moderator):
    change(
        published, clinician, moderator, body=cast.document().body + "\n\nGive 1 g a day. [@pmid:22327515]"
    )
    change(
        published, clinician, moderator, body=cast.document().body + "\n\nGive 2 g a day. [@pmid:22327515]"
    )

    first, then = (task.data for task in Task.objects.order_by("pk"))
    assert (first["before"], first["after"]) == ("", "Give 1 g a day.")
    assert (then["before"], then["after"]) == ("Give 1 g a day.", "Give 2 g a day.")


def test_a_task_quotes_the_meaning_if_no_sentence_changes(published, surgery, clinician, moderator):
    change(published, clinician, moderator, aliases=("Low parathyroid hormone",))

    assert Task.objects.get().data["after"] == "Act at once."


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ([{"grade": "very_low"}], "can cause Seizures: Supported, Very low certainty"),
        ([{"stance": "refuted"}], "can cause Seizures: Evidence against, Low certainty"),
        ([], dependents.GONE),
        ([{"note": "In one of four."}], None),
    ],
)
def test_a_weakened_or_removed_statement_opens_a_task(
    published, surgery, clinician, moderator, changes, after
):
    sign = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(sign, "has_manifestation")
    change(published, clinician, moderator, Impact.WORDING, "", statements=(row,))

    rows = tuple(cast.statement(sign, "has_manifestation", **one) for one in changes)
    change(published, clinician, moderator, Impact.WORDING, "", statements=rows)

    found = Task.objects.filter(page=surgery).first()
    assert (found and found.data["after"]) == after
    if found:
        assert found.data["before"] == "can cause Seizures: Supported, Low certainty"


def test_verifying_the_statement_closes_the_task(published, surgery, colleague, moderator, second_moderator):
    change(published, colleague, moderator, summary=NEW)

    check(surgery.statements.get(), second_moderator)

    task = Task.objects.get()
    assert task.outcome == f"Re-reviewed, unchanged: {CHECKED}"
    assert task.settled
    assert marks(published) == []


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [([{"grade": "very_low"}], "Version 2 says it differently."), ([], "Version 2 says it no longer.")],
)
def test_a_version_that_changes_or_drops_the_statement_closes_the_task(
    published, surgery, clinician, moderator, rows, outcome
):
    change(published, clinician, moderator, summary=NEW)

    statements = tuple(cast.statement(published, **one) for one in rows)
    change(surgery, clinician, moderator, Impact.WORDING, "", statements=statements)

    assert Task.objects.get().outcome == outcome


def test_a_version_that_keeps_the_statement_leaves_the_task_open(published, surgery, clinician, moderator):
    change(published, clinician, moderator, summary=NEW)

    change(surgery, clinician, moderator, Impact.WORDING, "")

    assert Task.objects.open().exists()


def test_each_safety_change_opens_its_own_task(published, surgery, clinician, moderator):
    change(published, clinician, moderator, summary=NEW)
    change(published, clinician, moderator, summary="Otherwise again.")

    assert Task.objects.open().count() == 2


def test_taking_an_approval_back_opens_tasks_on_dependent_statements(
    published, surgery, clinician, moderator
):
    changed = change(published, clinician, moderator, Impact.WORDING, "", summary=NEW)
    review.unapprove(changed.revision_id, by=moderator, reason="Wrong.")

    assert Task.objects.get().data["before"] == NEW


def test_a_task_closes_when_nothing_of_the_page_is_published(published, surgery, moderator):
    tasks.open_task(Cause.PREMISE, surgery, ref="x", relation="causes", object=published)

    for gone in (published, surgery):
        review.unapprove(gone.published_page.publication.revision_id, by=moderator, reason="Wrong.")

    assert Task.objects.get().outcome == "Nothing of the page is published."


@pytest.mark.parametrize("led", [True, False])
def test_retiring_a_page_opens_tasks_on_statements_moved_to_its_successor(
    published, surgery, clinician, moderator, led
):
    other = cast.make_page(clinician, moderator, "Low parathyroid hormone")
    told = Retirement("The same.", other.pk if led else None)
    revision = retirement.retire(published, by=clinician, retirement=told)

    cast.approve(revision, moderator)

    task = Task.objects.get()
    assert task.object == (other if led else published)
    assert task.data["after"] == "Retired: The same."
    assert marks(surgery) == (["causes"] if led else [])
