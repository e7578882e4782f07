"""Pages that link to a page that leads elsewhere: few are updated by the act, many by a job."""

import pytest
from django.urls import reverse

from tests import cast
from wiki.acts.writing import retirement
from wiki.models import NeighbourUpdate, PublishedPage, Statement
from wiki.published import neighbours, rebuild
from wiki.text.document import Retirement


@pytest.fixture
def hub(clinician, moderator, monkeypatch):
    """Return a page to which two others link, and about which one of them says something."""
    monkeypatch.setattr(neighbours, "AT_ONCE", 1)
    cast.make_source(clinician)
    hub = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    text = "## Signs\n\nIt goes with [[Seizures]]."
    says = cast.statement(hub, "has_manifestation")
    cast.make_page(clinician, moderator, "Epilepsy", body=text, statements=(says,))
    cast.make_page(clinician, moderator, "Tetany", body=text)
    return hub


def rename(page, author, moderator, title):
    return cast.approve(cast.propose_change(page, author, title=title), moderator)


def told_of(differences):
    return [(str(page), found) for page, found in differences if found]


def linked(slug):
    return PublishedPage.objects.filter(html__contains=f'href="{reverse("page", args=[slug])}"').count()


def test_many_pages_that_link_to_a_renamed_page_are_left_to_the_job(hub, clinician, moderator, client):
    rename(hub, clinician, moderator, "Fits")

    assert linked("seizures") == 2
    assert client.get("/wiki/seizures/").headers["Location"] == "/wiki/fits/"
    assert told_of(rebuild.differences()) == []

    assert neighbours.update_waiting() == 2
    assert (linked("seizures"), linked("fits")) == (0, 2)
    assert not NeighbourUpdate.objects.exists()
    assert told_of(rebuild.differences()) == []


def test_few_pages_are_updated_by_the_act_itself(hub, clinician, moderator, monkeypatch):
    monkeypatch.setattr(neighbours, "AT_ONCE", 2)

    rename(hub, clinician, moderator, "Fits")

    assert linked("fits") == 2
    assert not NeighbourUpdate.objects.exists()


def test_statements_about_a_page_that_was_retired_follow_with_the_job(hub, clinician, moderator):
    other = cast.make_page(clinician, moderator, "Fits", kind="symptom")
    told = Retirement("Another page says it.", other.pk)
    cast.approve(retirement.retire(hub, by=clinician, retirement=told), moderator)
    assert Statement.objects.get().object_id == hub.pk

    neighbours.update_waiting()

    assert Statement.objects.get().object_id == other.pk
    assert linked("fits") == 2


def test_a_job_that_was_stopped_goes_on_where_it_was(hub, clinician, moderator):
    rename(hub, clinician, moderator, "Fits")
    first = PublishedPage.objects.get(slug="epilepsy").page_id
    NeighbourUpdate.objects.get().note(done=first)

    assert neighbours.update_waiting() == 1
    assert (linked("seizures"), linked("fits")) == (1, 1)


def test_where_a_page_leads_elsewhere_again_meanwhile_all_its_neighbours_wait_anew(
    hub, clinician, moderator, monkeypatch
):
    rename(hub, clinician, moderator, "Fits")
    first, update, updated = [hub.pk], neighbours._update, []

    def update_while_it_leads_elsewhere(pages):
        update(pages)
        updated.extend(pages)
        NeighbourUpdate.objects.begin([first.pop()] if first else [])

    monkeypatch.setattr(neighbours, "_update", update_while_it_leads_elsewhere)

    assert neighbours.update_waiting() == 3
    assert updated == [updated[0], *sorted(set(updated))]
    assert linked("fits") == 2
