"""Searches that found nothing are counted by day and words."""

import pytest

from wiki import failed_searches
from wiki.models import FailedSearch

pytestmark = pytest.mark.django_db


def test_the_same_words_count_together():
    for words in ("Zyzzyva", "zyzzyva ", "gout"):
        failed_searches.count(words)

    assert dict(FailedSearch.objects.values_list("words", "times")) == {"zyzzyva": 2, "gout": 1}


def test_long_words_are_cut():
    failed_searches.count("a" * 5000)

    assert FailedSearch.objects.get().words == "a" * 200
