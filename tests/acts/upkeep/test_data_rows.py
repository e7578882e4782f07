"""Rows of data sets as sources: a page that rests on one gets a task when the row changes or goes."""

import pytest

from tests import cast
from tests.made_up_data_set import MadeUpFiles
from tests.reviewing import signed_in
from wiki.importing.data_sets.loading import load
from wiki.models import Cause, DataRow, Revision, Source, Task


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
