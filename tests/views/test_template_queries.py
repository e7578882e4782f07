"""No tag and no filter of ours asks the database: what a page shows, its view has loaded.

`tests/journeys/test_every_page.py` looks at every page; here is what finds them.
"""

import pkgutil
from http import HTTPStatus
from threading import Thread

import pytest
from django.db import connection
from django.template import Context, Template

from tests.tag_queries import CODES, asked_by_tags, asked_by_tags_of_a_server
from wiki import templatetags
from wiki.models import Disclosure

QUERYING = Template("{% load causeway %}{{ declarations|by_system }}")


def test_no_template_tag_queries_the_database_on_the_conflict_page(desk, clashing):
    with asked_by_tags() as asked:
        answer = desk.post(f"/review/{clashing.pk}/rebase/")

    assert answer.status_code == HTTPStatus.CONFLICT
    assert asked == []


def test_a_template_tag_that_queries_is_detected(db):
    with asked_by_tags() as asked:
        QUERYING.render(Context({"declarations": Disclosure.objects.all()}))

    assert [one.partition(":")[0] for one in asked] == ["by_system"]


@pytest.mark.django_db(transaction=True)
def test_a_template_tag_that_queries_in_a_server_is_detected():
    def answer():
        QUERYING.render(Context({"declarations": Disclosure.objects.all()}))
        connection.close()

    with asked_by_tags_of_a_server() as asked:
        server = Thread(target=answer)
        server.start()
        server.join()

    assert [one.partition(":")[0] for one in asked] == ["by_system"]


def test_every_tag_library_is_watched_for_queries():
    assert {"comparison", "causeway", "people"} <= {
        one.name for one in pkgutil.iter_modules(templatetags.__path__)
    }
    assert {"day", "within", "talk_of", "people_links"} <= {*CODES.values()}
