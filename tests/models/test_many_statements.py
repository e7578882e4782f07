"""A page of which very many others make statements shows the surest, and lists all of them in parts."""

import pytest
from django.db import connection

from tests import cast
from tests.models.many_rows import copy_row, many_rows, rows_read
from tests.reviewing import words
from wiki.models import Statement
from wiki.models.lists.keyset import ROWS_A_PART
from wiki.models.statements import MOST_OF_OTHERS


@pytest.fixture(scope="module")
def long_lists(django_db_setup, django_db_blocker):
    """Return who is there, and the page of which others are to tell."""
    with many_rows(django_db_blocker) as made:
        yield made


def test_a_page_of_which_many_others_tell_shows_the_surest_and_lists_all_in_parts(long_lists, db, client):
    page = long_lists.page
    teller = cast.make_page(
        long_lists.clinician, long_lists.moderator, "Teller", statements=(cast.statement(page),)
    )
    copy_row(
        "statement",
        teller.statements.get().pk,
        "'id', 100000 + n, 'subject_id', 100000 + n, 'rank', mod(n, 3)",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    shown, has_more = Statement.objects.about(page.pk)

    assert (len(shown), has_more) == (MOST_OF_OTHERS, True)
    assert min(one.rank for one in shown) == 2
    assert rows_read(lambda: Statement.objects.about(page.pk)) < 10 * MOST_OF_OTHERS
    for path in ("/wiki/zebra/", "/wiki/zebra/around/"):
        assert "Other pages make more statements about it" in words(client.get(path))
    parts: list[int] = []
    address = "/wiki/zebra/links/"
    while len(parts) < 3 * ROWS_A_PART:
        answer = client.get(address)
        parts += [one.pk for one in answer.context["statements"]]
        address = f"/wiki/zebra/links/?statements-after={answer.context['statements'].next}"
    assert len(parts) == len(set(parts)) == 3 * ROWS_A_PART
