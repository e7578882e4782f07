"""A record is corrected and verified by comparing it with the work; where a page rests on it, two sign."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.library import source_checks
from wiki.acts.people import accounts
from wiki.models import Checked, Event, Notice, Role, Source, SourceCheck
from wiki.policy.refusal import Refused
from wiki.published import rebuild

BODY = "## What it is\n\nCalcium falls.[@pmid:22327515]"


@remembered
def source(clinician):
    return cast.make_source(clinician)


@remembered
def citing(source, clinician, moderator):
    """Return a page in force that rests on the source."""
    return cast.make_page(clinician, moderator, "Gout", body=BODY)


def right(source, **changes):
    return {**source.csl, "title": "A study of calcium, corrected", "volume": "12", **changes}


def test_where_no_page_rests_on_it_a_record_is_verified_at_once(source, colleague):
    said = cast.make_source_check(source, colleague, right(source))

    source.refresh_from_db()
    assert not said.waits
    assert (source.checked, source.checked_how) == (Checked.FULL, "The article itself.")
    assert source.title == "A study of calcium, corrected"
    assert "A study of calcium, corrected" in source.text
    assert said.before["csl"]["title"] == "A study of calcium"


def test_whoever_added_a_record_does_not_verify_it_alone(source, clinician, moderator):
    said = cast.make_source_check(source, clinician)
    source.refresh_from_db()
    assert said.waits
    assert source.checked == Checked.PARTIAL

    source_checks.confirm(said.pk, by=moderator)

    source.refresh_from_db()
    assert source.checked == Checked.FULL


def test_where_a_page_rests_on_it_another_person_signs(citing, source, colleague, moderator):
    said = cast.make_source_check(source, colleague, right(source))
    source.refresh_from_db()
    assert source.title == "A study of calcium"

    source_checks.confirm(said.pk, by=moderator)

    source.refresh_from_db()
    assert source.title == "A study of calcium, corrected"
    assert [one.event.act for one in Notice.objects.of_person(colleague)] == ["check_source"]
    list(rebuild.rebuild())


def test_nobody_signs_what_they_compared_themselves(citing, source, moderator):
    said = cast.make_source_check(source, moderator, right(source))

    with pytest.raises(Refused, match="Another moderator signs"):
        source_checks.confirm(said.pk, by=moderator)
    with pytest.raises(Refused, match="Another moderator signs"):
        source_checks.decline(said.pk, by=moderator, reason="No.")


def test_whoever_may_not_review_signs_nothing(citing, source, clinician, colleague):
    said = cast.make_source_check(source, clinician)

    with pytest.raises(Refused, match="Only a moderator"):
        source_checks.confirm(said.pk, by=colleague)


def test_a_declined_one_leaves_the_record_and_its_person_hears_why(citing, source, colleague, moderator):
    said = cast.make_source_check(source, colleague, right(source))

    source_checks.decline(said.pk, by=moderator, reason="The volume is 11.")

    source.refresh_from_db()
    assert source.checked == Checked.PARTIAL
    assert Event.objects.get(act="decline_source_check").data["reason"] == "The volume is 11."
    assert [one.event.act for one in Notice.objects.of_person(colleague)] == ["decline_source_check"]
    cast.make_source_check(source, colleague)


def test_one_at_a_time(citing, source, clinician, colleague):
    cast.make_source_check(source, clinician)

    with pytest.raises(Refused, match="has compared this record already"):
        cast.make_source_check(source, colleague)


def test_what_was_compared_with_an_older_record_is_refused(source, colleague, moderator):
    old = Source.objects.get(pk=source.pk)
    cast.make_source_check(source, colleague, right(source))

    with pytest.raises(Refused, match="changed meanwhile"):
        cast.make_source_check(old, moderator, right(old, volume="13"))


@pytest.mark.parametrize("changes", [{"title": " "}, {"volume": "1\u200b2"}])
def test_a_record_that_could_not_be_added_is_not_made_either(source, colleague, changes):
    with pytest.raises(Refused):
        cast.make_source_check(source, colleague, right(source, **changes))


def test_readers_check_nothing(source, reader):
    with pytest.raises(Refused, match="Only clinicians and moderators"):
        cast.make_source_check(source, reader)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE wiki_source SET text = 'Another', checked = 'full', checked_how = 'The article itself.'",
        "UPDATE wiki_source SET checked = 'full'",
        "UPDATE wiki_sourcecheck SET csl = '{}'",
        "UPDATE wiki_sourcecheck SET is_applied = true, decided_at = NULL",
        "DELETE FROM wiki_sourcecheck",
    ],
)
def test_the_database_refuses_what_no_check_says(source, clinician, colleague, sql):
    other = cast.make_source(clinician, "pmid:1", "Another study")
    cast.make_source_check(other, colleague, right(other))

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_removed_account_leaves_the_name_that_it_chose(source, colleague, db):
    cast.make_source_check(source, colleague)
    accounts.introduce(colleague, name="Dr Tomás Rey", profession="", about="", shown="nobody")
    root = cast.make_user("root", Role.ADMINISTRATOR)

    accounts.remove_account(colleague, by=root)

    said = SourceCheck.objects.get()
    assert (said.asked_by, said.decided_by) == (None, None)
    assert "Rey" not in f"{said.asked_by_name} {said.decided_by_name}"
