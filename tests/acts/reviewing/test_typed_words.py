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

THEIRS = "Never give bisphosphonates to a person whose kidneys do not work well."
MORE = "Those who had a stroke before are looked after by a specialist."
REASON = "Wrong and dangerous."


@pytest.fixture
def topic(published):
    return published


@pytest.fixture
def writer(moderator):
    """Return the moderator whose words come back."""
    return moderator


def sent_in(topic, author, body):
    return cast.propose_change(topic, author, body=body)


def test_the_database_refuses_a_later_version_without_the_words_that_it_brings(topic, clinician, colleague):
    cast.make_edit(topic, colleague, summary="Other words.")
    sent_in(topic, clinician, THEIRS)

    sends_in = "UPDATE wiki_revision SET state = 'submitted', number = 9, submitted_at = now()"
    refused(f"{sends_in} WHERE state = 'draft'", by="without the words")
    refused("DELETE FROM wiki_typedwords", by="append-only")
    refused("UPDATE wiki_typedwords SET numbers = '{}'", by="append-only")
    refused("TRUNCATE wiki_typedwords", by="cannot be emptied")


def test_a_later_method_alone_may_replace_the_words_of_a_version(topic, clinician):
    sent_in(topic, clinician, THEIRS)
    kept = TypedWords.objects.get()

    refused("UPDATE wiki_typedwords SET numbers = '{}', method = method - 1", by="append-only")
    refused("UPDATE wiki_typedwords SET revision_id = -1, method = method + 1", by="append-only")
    kept.numbers, kept.method = [7], kept.method + 1
    kept.save()

    assert TypedWords.objects.get().numbers == [7]


@pytest.mark.parametrize(("method", "is_read"), [(METHOD - 1, True), (METHOD, False), (METHOD + 1, True)])
def test_a_version_whose_words_were_computed_in_another_way_is_read_itself(
    method, is_read, topic, writer, clinician, colleague
):
    review.reject(sent_in(topic, colleague, THEIRS).pk, by=writer, reason=REASON)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE wiki_typedwords SET numbers = '{}', method = %s", [method])
        cursor.execute("SET LOCAL session_replication_role = origin")

    stems = own_words.stems_of(sent_in(topic, clinician, THEIRS), drafts.begins_with(topic))

    assert ([colleague] == [one.revision.author for one in stems][:1]) is is_read


def test_only_versions_that_may_have_brought_a_new_word_are_read(topic, writer, clinician, colleague):
    for number in range(3):
        cast.approve(sent_in(topic, clinician, f"It was seen in year {number} of the long study."), writer)
    review.reject(sent_in(topic, colleague, THEIRS).pk, by=writer, reason=REASON)
    waiting = sent_in(topic, clinician, f"It was seen in year 2 of the long study. {THEIRS} {MORE}")

    with CaptureQueriesContext(connection) as queries:
        stems = own_words.stems_of(waiting, drafts.begins_with(topic))

    assert [one.revision.author for one in stems] == [colleague, clinician]
    (asked,) = [one["sql"] for one in queries if "causeway_versions_with" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert len(cursor.fetchall()) == len(
            {topic.revisions.get(number=1), *(one.revision for one in stems)}
        )
