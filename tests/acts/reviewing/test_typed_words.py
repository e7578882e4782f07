"""The index of who typed which words: rows that nobody alters, and the versions that it leads to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.models.raw import refused
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import TypedWords
from wiki.policy import own_words
from wiki.text.compare.word_numbers import METHOD

NEW = "Never give bisphosphonates to a person whose kidneys do not work well."


def test_the_database_refuses_a_later_version_without_the_words_that_it_brings(
    published, clinician, colleague
):
    cast.make_edit(published, colleague, summary="Other words.")
    cast.propose_change(published, clinician, body=NEW)

    sends_in = "UPDATE wiki_revision SET state = 'submitted', number = 9, submitted_at = now()"
    refused(f"{sends_in} WHERE state = 'draft'", by="without the words")
    refused("DELETE FROM wiki_typedwords", by="append-only")
    refused("UPDATE wiki_typedwords SET numbers = '{}'", by="append-only")
    refused("TRUNCATE wiki_typedwords", by="cannot be emptied")


def test_a_later_method_alone_may_replace_the_words_of_a_version(published, clinician):
    cast.propose_change(published, clinician, body=NEW)
    kept = TypedWords.objects.get()

    refused("UPDATE wiki_typedwords SET numbers = '{}', method = method - 1", by="append-only")
    refused("UPDATE wiki_typedwords SET revision_id = -1, method = method + 1", by="append-only")
    kept.numbers, kept.method = [7], kept.method + 1
    kept.save()

    assert TypedWords.objects.get().numbers == [7]


@pytest.mark.parametrize(("method", "is_read"), [(METHOD - 1, True), (METHOD, False), (METHOD + 1, True)])
def test_a_version_whose_words_were_computed_in_another_way_is_read_itself(
    method, is_read, published, moderator, clinician, colleague
):
    review.reject(cast.propose_change(published, colleague, body=NEW).pk, by=moderator, reason="It is wrong.")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE wiki_typedwords SET numbers = '{}', method = %s", [method])
        cursor.execute("SET LOCAL session_replication_role = origin")

    stems = own_words.stems_of(
        cast.propose_change(published, clinician, body=NEW), drafts.begins_with(published)
    )

    assert ([colleague] == [one.revision.author for one in stems][:1]) is is_read


def test_only_versions_that_may_have_brought_a_new_word_are_read(published, moderator, clinician, colleague):
    for number in range(3):
        cast.approve(
            cast.propose_change(
                published, clinician, body=f"It was seen in year {number} of the long study."
            ),
            moderator,
        )
    review.reject(cast.propose_change(published, colleague, body=NEW).pk, by=moderator, reason="It is wrong.")
    waiting = cast.propose_change(
        published, clinician, body=f"It was seen in year 2 of the long study. {NEW}"
    )

    with CaptureQueriesContext(connection) as queries:
        stems = own_words.stems_of(waiting, drafts.begins_with(published))

    assert [one.revision.author for one in stems] == [colleague, clinician]
    (asked,) = [one["sql"] for one in queries if "causeway_versions_with" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert len(cursor.fetchall()) == len(
            {published.revisions.get(number=1), *(one.revision for one in stems)}
        )
