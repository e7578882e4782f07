"""The index of search: with and without word vectors, counted when it is due, asked by ranges."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from wiki.models import CommonWord, PageVector, Posting, SearchStatistics
from wiki.models.search import ranking
from wiki.models.search.at_once import ranked_at_once
from wiki.models.search.ranking import count_words_if_due, ranked
from wiki.models.search.suggestions import names_beginning
from wiki.text.search import word_vectors
from wiki.text.search.question import read

LETTER = "Hello, my father shakes and trembles, his hands tremble all day. What helps against a tremor?"


@pytest.fixture
def without_vectors(monkeypatch):
    """Leave the word vectors out, as by the one line in their module."""
    monkeypatch.setattr(word_vectors, "PACKAGE", "")
    word_vectors._model.cache_clear()
    yield
    word_vectors._model.cache_clear()


def asked(question):
    """Return the titles of the pages found for a question."""
    titles = dict(Posting.objects.values_list("page", "page__title").distinct())
    return [titles[page] for page, _ in ranked(read(question)).pages]


def make(clinician, moderator):
    """Publish two pages, of which one answers the letter."""
    cast.make_page(clinician, moderator, "Tremor", body="Hands shake. A tremor of the hands.")
    cast.make_page(clinician, moderator, "Headache", body="A day with pain of the head helps nobody.")


def test_a_long_question_is_answered_without_word_vectors(without_vectors, clinician, moderator):
    make(clinician, moderator)

    assert not PageVector.objects.exists()
    assert asked(LETTER)[0] == "Tremor"
    assert asked("qwxz") == []


def test_a_long_question_is_ranked_by_word_vectors(clinician, moderator, monkeypatch):
    make(clinician, moderator)
    assert PageVector.objects.count() == 2
    monkeypatch.setattr(ranking, "ranked_at_once", _backwards)

    assert asked(LETTER)[0] == "Tremor"


def _backwards(asked):
    """Return the pages as if the worst were nearly as good as the best."""
    found = ranked_at_once(asked)
    pages = [(page, 1 - place / 1000) for place, (page, _) in enumerate(reversed(found.pages))]
    return found._replace(pages=pages)


def test_similar_texts_have_similar_stored_vectors():
    page = word_vectors.page_vectors("Heart attack", "An infarction of the muscle of the heart.")
    another = word_vectors.page_vectors("Cat litter", "Litter for a cat.")

    assert page
    assert another
    (text, title), (other, _) = page, another
    assert len(text) == len(title) == 256
    near, far = word_vectors.similarities("heart attack", [text, other])
    assert near > 0.3 > far
    assert word_vectors.similarities("heart attack", []) == []


def test_words_are_counted_only_when_due(clinician, moderator, monkeypatch):
    make(clinician, moderator)
    assert count_words_if_due() == 2

    monkeypatch.setattr(ranking, "_SMALL", 1)
    assert count_words_if_due() == 0
    cast.make_page(clinician, moderator, "Dystonia")
    assert count_words_if_due() == 3
    assert SearchStatistics.objects.get().pages == 3
    assert not CommonWord.objects.exists()


def test_name_suggestions_use_an_index_range(clinician, moderator):
    make(clinician, moderator)
    with CaptureQueriesContext(connection) as queries:
        assert [name.text for name in names_beginning("tre")] == ["Tremor"]
    (statement,) = (one["sql"] for one in queries if "wiki_nameword" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "name_word_beginning" in plan
    assert "Index Cond: (((rest)" in plan
    assert "Sort" not in plan[plan.rindex("Limit") :]  # what is read is not sorted first
    assert "LIMIT 1000" in statement


def test_whoever_does_not_say_of_what_gets_what_others_link_to_first(clinician, moderator):
    for title in ("Alpha", "Beta"):
        cast.make_page(clinician, moderator, title, body="It may be dangerous.")
    assert asked("is it dangerous") == ["Alpha", "Beta"]

    for title in ("Gamma", "Delta"):
        cast.make_page(clinician, moderator, title, body="See [[Beta]].")

    assert asked("is it dangerous") == ["Beta", "Alpha"]
    assert asked("is alpha dangerous")[0] == "Alpha"


@pytest.mark.parametrize("word", ["statins", "gepant", "anthracyclines", "antiemetics"])
def test_what_kinds_of_drugs_are_called_is_not_mended(clinician, moderator, word):
    cast.make_page(clinician, moderator, "Near words", body="Stations, giant, tetracyclines, antibiotics.")

    assert not ranked(read(word)).mending
    assert ranked(read("statoins")).mending == {"statoins": "stations"}
