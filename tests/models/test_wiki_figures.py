"""Figures of the whole wiki: counted at once while it is small, by a job once it is large."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.reviewing import words
from wiki.models import KeptFigures, StoredAnswer
from wiki.models.queries import wiki_figures


def test_a_small_wiki_is_counted_for_each_answer(published, clinician, moderator, client):
    assert wiki_figures.count_if_due() == 0
    cast.make_page(clinician, moderator)

    said = words(client.get("/"))

    assert "2 pages, 0 graded statements, 0 sources. 2 pages have not yet been reviewed as a whole" in said
    assert "Counted on" not in said


def test_a_large_wiki_is_counted_by_the_job_and_says_when(
    published, clinician, moderator, client, monkeypatch
):
    monkeypatch.setattr(wiki_figures, "SMALL", 0)
    assert wiki_figures.count_if_due() == 1
    cast.make_page(clinician, moderator)

    said = words(client.get("/"))

    assert "1 page, 0 graded statements" in said
    assert "Counted on" in said
    assert wiki_figures.count_if_due() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1, minutes=1), tick=False):
        assert wiki_figures.count_if_due() == 2
    assert wiki_figures.WikiFigures.now().kinds == wiki_figures.WikiFigures.counted().kinds


def test_a_wiki_that_is_small_again_is_counted_for_each_answer(published, monkeypatch):
    monkeypatch.setattr(wiki_figures, "SMALL", 0)
    wiki_figures.count_if_due()
    monkeypatch.undo()

    with time_machine.travel(timezone.now() + dt.timedelta(hours=2), tick=False):
        wiki_figures.count_if_due()

    assert not KeptFigures.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_counting_drops_the_stored_home_page_and_no_page(published, client, monkeypatch, settings):
    settings.STORES_ANSWERS = True
    client.get("/")
    client.get("/wiki/hypoparathyroidism/")
    monkeypatch.setattr(wiki_figures, "SMALL", 0)
    wiki_figures.count_if_due()

    assert [one.shows for one in StoredAnswer.objects.all() if published.pk in one.shows]
    assert not StoredAnswer.objects.filter(shows__contains=[0])
    assert "Counted on" in words(client.get("/"))
