"""Rows of data sets as sources: a page that rests on one gets a task when the row changes or goes."""

from typing import Any

import pytest

from tests import cast
from tests.made_up_data_set import MadeUpFiles
from tests.reviewing import signed_in
from wiki.acts.reviewing import review
from wiki.acts.upkeep import data_rows
from wiki.acts.upkeep import tasks as upkeep
from wiki.acts.writing import retirement
from wiki.importing.data_sets.loading import load
from wiki.models import Cause, DataRow, Page, Revision, Source, Task
from wiki.text.document import Retirement


class Release(MadeUpFiles):
    """A release in which the first row says something else, or is gone."""

    def __init__(self, version: str, *, share: int | None = 50) -> None:
        super().__init__(1)
        self.version, self.digests = version, {"version": version}
        first = min(self.shows[0])
        if share is None:
            del self.shows[0][first]
        else:
            self.shows[0][first] = share


@pytest.fixture
def cited(clinician, moderator):
    """Return a row that a statement of a published page cites."""
    load(Release("2020-01-01"), progress=print)
    row = DataRow.objects.get(object__code=f"HP:{min(Release('x').shows[0]):07}")
    signed_in(clinician).post(f"/data/rows/{row.key}/cite/")
    other = cast.make_page(clinician, moderator, "Other")
    rows = (cast.statement(other, sources=(row.citation,)),)
    cast.make_page(clinician, moderator, "Resting", statements=rows)
    return row


def tasks() -> list[Task]:
    return list(Task.objects.of_cause(Cause.DATA_ROW))


def test_a_cited_row_becomes_a_source_that_links_to_the_row(cited, client):
    source = Source.objects.get(ids__scheme="row")

    assert f"/data/rows/{cited.key}/" in client.get(source.get_absolute_url()).content.decode()
    assert f"/data/rows/{cited.key}/" in client.get("/wiki/resting/").content.decode()


def test_a_release_without_changes_opens_no_task(cited):
    load(Release("2021-01-01"), progress=print)

    assert tasks() == []


@pytest.mark.parametrize(("share", "says"), [(10, "10%"), (None, "")])
def test_a_changed_or_removed_row_opens_a_task_on_the_citing_page(cited, moderator, share, says):
    loaded = load(Release("2021-01-01", share=share), progress=print)

    (task,) = tasks()
    assert loaded.tasks == 1
    assert task.page.published_page.title == "Resting"
    assert "50%" in task.data["before"]
    assert says in task.data["after"]
    assert bool(task.data["after"]) == (share is not None)
    assert signed_in(moderator).get(f"/tasks/{task.pk}/").status_code == 200


def test_a_cited_row_that_is_gone_is_told_apart_from_one_that_never_was(cited, client):
    load_release("2021-01-01", None)
    for key, status in ((cited.key, 410), ("0" * 64, 404)):
        page, told = client.get(f"/data/rows/{key}/"), client.get(f"/api/v1/data-rows/{key}")
        assert (page.status_code, told.status_code, told.json()["status"]) == (status, status, status)
        assert ("No longer in the data set" in page.content.decode()) is (status == 410)


def load_release(version: str, share: int | None) -> None:
    load(Release(version, share=share), progress=print)


def states() -> list[tuple[str, str, str]]:
    """Return of each task what the row said, what it says, and how the task ended."""
    found = Task.objects.of_cause(Cause.DATA_ROW).order_by("pk")
    return [(share_in(one.data["before"]), share_in(one.data["after"]), one.outcome) for one in found]


def share_in(words: str) -> str:
    return next((one for one in ("10%", "20%", "50%") if one in words), "")


@pytest.mark.parametrize("share", [10, None])
def test_a_row_that_says_again_what_it_said_closes_its_task(cited, share):
    load_release("2021-01-01", share)
    load_release("2022-01-01", 50)

    (task,) = tasks()
    assert (task.outcome, task.closed_by_name, task.settled) == (data_rows.BACK, "Causeway", False)


@pytest.mark.parametrize("share", [10, None])
def test_a_row_that_changes_twice_leaves_one_task_that_tells_both_ends(cited, share):
    load_release("2021-01-01", share)
    load_release("2022-01-01", 20)

    last = f"{share}%" if share else ""
    assert states() == [("50%", last, data_rows.CHANGED_AGAIN), ("50%", "20%", "")]


def test_a_settled_row_that_comes_back_opens_no_task(cited, moderator):
    load_release("2021-01-01", 10)
    upkeep.close_task(tasks()[0].pk, by=moderator, outcome="The statement holds as it is.")
    load_release("2022-01-01", 10)

    assert states() == [("50%", "10%", "The statement holds as it is.")]


def statement_citing(page, *sources, **words):
    return cast.statement(page, sources=sources, **words)


# What the next version of the page does, and whether that settles a row that changed, and one that is gone.
EDITS = {
    "another text": (False, False),
    "another frequency": (True, False),
    "another source beside": (True, False),
    "another source instead": (True, True),
    "no statement": (True, True),
    "another statement": (False, False),
    "retired": (True, True),
}


@pytest.mark.parametrize("share", [10, None])
@pytest.mark.parametrize("edit", EDITS)
def test_a_new_version_closes_the_task_if_it_says_otherwise_what_rests_on_the_row(
    cited, clinician, moderator, share, edit
):
    load_release("2021-01-01", share)
    page = tasks()[0].page
    other = Page.objects.get(published_page__title="Other")
    cast.make_source(clinician)
    row, work = cited.citation, "pmid:22327515"
    more = cast.statement(other, "associated_with", sources=(work,))
    kept = statement_citing(other, row)
    changes: dict[str, dict[str, Any]] = {
        "another text": {"summary": "Other words.", "statements": (kept,)},
        "another frequency": {"statements": (statement_citing(other, row, frequency="10%"),)},
        "another source beside": {"statements": (statement_citing(other, row, work),)},
        "another source instead": {"statements": (statement_citing(other, work),)},
        "no statement": {"statements": ()},
        "another statement": {"statements": (kept, more)},
    }
    if edit == "retired":
        change = retirement.retire(page, by=clinician, retirement=Retirement("Nothing of use.", None))
    else:
        change = cast.propose_change(page, clinician, **changes[edit])
    cast.approve(change, moderator)

    (task,) = tasks()
    assert task.is_closed is EDITS[edit][share is None]
    if task.is_closed:
        assert task.outcome.startswith("Version 2 ")


def test_the_task_closes_when_nothing_of_the_page_is_published(cited, moderator):
    load_release("2021-01-01", None)
    review.unapprove(tasks()[0].page.revisions.get().pk, by=moderator, reason="Wrong.")

    assert tasks()[0].outcome == "Nothing of the page is published."


def test_an_entry_is_proposed_as_a_page_with_its_names_and_codes(clinician, reader):
    load(Release("2020-01-01"), progress=print)
    address = "/data/hpo/HP:0000121/propose/"

    assert signed_in(reader).get(address).status_code == 403
    assert "Begin the draft" in signed_in(clinician).get(address).content.decode()
    signed_in(clinician).post(address)

    draft = Revision.objects.get(title="Finding 121")
    assert draft.kind == "finding"
    assert [one.code for one in draft.document.codes] == ["HP:0000121"]
    assert draft.document.summary == ""
