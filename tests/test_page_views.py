"""How often pages are read: counted in memory, written together, nothing about who."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client

from wiki import page_views
from wiki.models import PageViews

TODAY = dt.date(2026, 3, 29)


def read(page_id, *, times=1):
    for _ in range(times):
        page_views.count(page_id)


@time_machine.travel("2026-03-29 12:00", tick=False)
def test_new_counts_are_added_to_stored_ones(published):
    read(published.pk, times=3)
    page_views.write()
    read(published.pk, times=2)

    page_views.write()

    assert list(PageViews.objects.values_list("page", "day", "number")) == [(published.pk, TODAY, 5)]


def test_writing_counts_takes_one_query(published, django_assert_num_queries):
    read(published.pk)
    read(published.pk + 1000)

    with django_assert_num_queries(1):
        page_views.write()
    with django_assert_num_queries(0):
        page_views.write()

    assert PageViews.objects.count() == 1


def test_the_weekly_number_is_the_mean_of_four_weeks(published):
    PageViews.objects.add({(published.pk, TODAY): 30, (published.pk, TODAY - dt.timedelta(27)): 10})
    PageViews.objects.add({(published.pk, TODAY - dt.timedelta(28)): 1000})

    assert PageViews.objects.a_week([published.pk], TODAY) == {published.pk: 10}


def test_get_requests_are_counted_and_head_requests_are_not(published, django_assert_num_queries):
    browser = Client()
    browser.get("/wiki/hypoparathyroidism/")

    browser.get("/wiki/hypoparathyroidism/")
    browser.head("/wiki/hypoparathyroidism/")
    browser.get("/wiki/nowhere/")

    assert list(page_views.forget().values()) == [2]
    assert not PageViews.objects.exists()


@pytest.mark.parametrize(("oldest", "most", "written"), [(60.0, 1000, 0), (0.0, 1000, 1), (60.0, 1, 1)])
def test_counts_are_written_when_they_are_old_or_many(published, monkeypatch, oldest, most, written):
    monkeypatch.setattr(page_views, "OLDEST", oldest)
    monkeypatch.setattr(page_views, "MOST", most)

    Client().get("/wiki/hypoparathyroidism/")

    assert PageViews.objects.count() == written


def test_a_failing_database_loses_only_counts(transactional_db, published, caplog):
    read(published.pk, times=4)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wiki_pageviews RENAME TO wiki_elsewhere")

    page_views.write()

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wiki_elsewhere RENAME TO wiki_pageviews")
    assert "lost 4 counts of readers" in caplog.text
    assert not PageViews.objects.exists()
