"""A record is corrected and verified by comparing it with the work; where a page rests on it, two sign."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.library import source_checks, source_merging, sources
from wiki.acts.people import accounts
from wiki.models import Checked, Event, Notice, Role, Source, SourceCheck
from wiki.policy.checks.load import cited_by_key
from wiki.policy.refusal import Refused
from wiki.published import rebuild
from wiki.text.sources.identifiers import parse

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


def test_a_record_that_no_page_cites_is_verified_at_once(source, colleague):
    said = cast.make_source_check(source, colleague, right(source))

    source.refresh_from_db()
    assert not said.waits
    assert (source.checked, source.checked_how) == (Checked.FULL, "The article itself.")
    assert source.title == "A study of calcium, corrected"
    assert "A study of calcium, corrected" in source.text
    assert said.before["csl"]["title"] == "A study of calcium"


def test_a_check_by_the_person_who_added_the_record_waits_for_a_signature(source, clinician, moderator):
    said = cast.make_source_check(source, clinician)
    source.refresh_from_db()
    assert said.waits
    assert source.checked == Checked.PARTIAL

    source_checks.confirm(said.pk, by=moderator)

    source.refresh_from_db()
    assert source.checked == Checked.FULL


def test_a_check_of_a_cited_record_waits_for_another_signature(citing, source, colleague, moderator):
    said = cast.make_source_check(source, colleague, right(source))
    source.refresh_from_db()
    assert source.title == "A study of calcium"

    source_checks.confirm(said.pk, by=moderator)

    source.refresh_from_db()
    assert source.title == "A study of calcium, corrected"
    assert [one.event.act for one in Notice.objects.of_person(colleague)] == ["check_source"]
    list(rebuild.rebuild())


def test_nobody_signs_or_declines_their_own_source_check(citing, source, moderator):
    said = cast.make_source_check(source, moderator, right(source))

    with pytest.raises(Refused, match="Another moderator signs"):
        source_checks.confirm(said.pk, by=moderator)
    with pytest.raises(Refused, match="Another moderator signs"):
        source_checks.decline(said.pk, by=moderator, reason="No.")


def test_a_clinician_cannot_sign_a_source_check(citing, source, clinician, colleague):
    said = cast.make_source_check(source, clinician)

    with pytest.raises(Refused, match="Only a moderator"):
        source_checks.confirm(said.pk, by=colleague)


def test_a_declined_check_leaves_the_record_and_tells_its_author(citing, source, colleague, moderator):
    said = cast.make_source_check(source, colleague, right(source))

    source_checks.decline(said.pk, by=moderator, reason="The volume is 11.")

    source.refresh_from_db()
    assert source.checked == Checked.PARTIAL
    assert Event.objects.get(act="decline_source_check").data["reason"] == "The volume is 11."
    assert [one.event.act for one in Notice.objects.of_person(colleague)] == ["decline_source_check"]
    cast.make_source_check(source, colleague)


def test_a_second_check_is_refused_while_one_waits(citing, source, clinician, colleague):
    cast.make_source_check(source, clinician)

    with pytest.raises(Refused, match="has compared this record already"):
        cast.make_source_check(source, colleague)


def test_a_check_of_an_outdated_record_is_refused(source, colleague, moderator):
    old = Source.objects.get(pk=source.pk)
    cast.make_source_check(source, colleague, right(source))

    with pytest.raises(Refused, match="changed meanwhile"):
        cast.make_source_check(old, moderator, right(old, volume="13"))


@pytest.mark.parametrize("changes", [{"title": " "}, {"volume": "1\u200b2"}])
def test_a_correction_to_an_invalid_record_is_refused(source, colleague, changes):
    with pytest.raises(Refused):
        cast.make_source_check(source, colleague, right(source, **changes))


def test_readers_cannot_check_sources(source, reader):
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
def test_the_database_refuses_changes_without_a_source_check(source, clinician, colleague, sql):
    other = cast.make_source(clinician, "pmid:1", "Another study")
    cast.make_source_check(other, colleague, right(other))

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_removed_account_is_anonymised_in_its_source_checks(source, colleague, db):
    cast.make_source_check(source, colleague)
    accounts.introduce(colleague, name="Dr Tomás Rey", profession="", about="", shown="nobody")
    root = cast.make_user("root", Role.ADMINISTRATOR)

    accounts.remove_account(colleague, by=root)

    said = SourceCheck.objects.get()
    assert (said.asked_by, said.decided_by) == (None, None)
    assert "Rey" not in f"{said.asked_by_name} {said.decided_by_name}"


def keys_of(source):
    return [str(one) for one in Source.objects.get(pk=source.pk).ids.all()]


def test_a_corrected_identifier_replaces_the_wrong_one_and_texts_still_lead_to_the_source(
    citing, source, colleague, moderator
):
    asked = cast.make_source_check(source, colleague, ids={"pmid": "7"})
    assert keys_of(source) == ["pmid:22327515"]

    source_checks.confirm(asked.pk, by=moderator)

    assert keys_of(source) == ["pmid:7"]
    assert asked.changed_ids == [("PMID", "22327515", "7")]
    assert Source.objects.by_key(["pmid:22327515", "pmid:7"]) == {
        "pmid:22327515": source.pk,
        "pmid:7": source.pk,
    }
    assert Source.objects.mentioning("22327515").get() == source
    list(rebuild.rebuild())


def test_a_text_that_cites_a_former_identifier_is_told_the_new_one(source, colleague):
    cast.make_source(colleague, "10.1000/a", "Another study")
    cast.make_source_check(source, colleague, ids={"pmid": "7"})

    known = cited_by_key(["pmid:22327515", "pmid:7", "doi:10.1000/a"])

    assert {key: one.instead for key, one in known.items()} == {
        "pmid:22327515": "pmid:7",
        "pmid:7": "",
        "doi:10.1000/a": "",
    }


def test_a_former_identifier_names_no_other_work(source, colleague):
    cast.make_source_check(source, colleague, ids={"pmid": "7"})

    with pytest.raises(Refused, match=r"until it was corrected.*\[@pmid:7\]"):
        cast.make_source(colleague, title="Another study")
    other = sources.add(
        [parse("pmid:22327515"), parse("10.1000/other")],
        {"title": "Another study"},
        type="cohort",
        by=colleague,
    )

    assert other != source
    assert keys_of(other) == ["doi:10.1000/other"]


def test_an_identifier_is_corrected_back(source, colleague):
    cast.make_source_check(source, colleague, ids={"pmid": "7"})
    source = Source.objects.get(pk=source.pk)
    cast.make_source_check(source, colleague, ids={"pmid": "22327515", "doi": "10.1000/a"})

    assert keys_of(source) == ["pmid:22327515", "doi:10.1000/a"]
    assert Source.objects.by_key(["pmid:7"]) == {"pmid:7": source.pk}


def test_the_number_that_a_doi_implies_is_corrected_with_it(clinician, colleague):
    source = cast.make_source(clinician, "10.1016/S0140-6736(99)00001-1")
    both = dict(source.ids.values_list("scheme", "value"))

    cast.make_source_check(source, colleague, ids={**both, "doi": "10.1016/s0140-6736(20)30183-5"})

    assert keys_of(source) == ["doi:10.1016/s0140-6736(20)30183-5", "pii:S0140673620301835"]


def test_an_identifier_of_another_source_is_refused(source, clinician, colleague):
    cast.make_source(clinician, "pmid:7", "Another study")

    with pytest.raises(Refused, match="identifier of another source, “Another study”"):
        cast.make_source_check(source, colleague, ids={"pmid": "7"})
    with pytest.raises(Refused, match="at least one identifier"):
        cast.make_source_check(source, colleague, ids={})


def test_an_identifier_of_a_record_that_was_merged_into_this_one_is_refused(
    source, clinician, colleague, moderator
):
    other = cast.make_source(clinician, "pmid:7", "The same study")
    source_merging.merge_sources(other.pk, into=source.pk, by=moderator)

    with pytest.raises(Refused, match="pmid:7 leads here already"):
        cast.make_source_check(source, colleague, ids={"pmid": "7"})
    with pytest.raises(Refused, match="Another record stands for this one"):
        cast.make_source_check(other, colleague)


def test_the_same_number_in_two_schemes_names_two_works(source, clinician, colleague):
    cast.make_source(clinician, "pmid:7", "Another study")

    cast.make_source_check(source, colleague, ids={"pmid": "22327515", "nct": "7"})

    assert keys_of(source) == ["pmid:22327515", "nct:7"]


def test_an_identifier_given_away_at_the_same_moment_is_refused(source, clinician, colleague, monkeypatch):
    cast.make_source(clinician, "pmid:7", "Another study")
    # As if the other record had come between the question and the answer.
    monkeypatch.setattr(source_checks, "_refuse_ids", lambda source, ids: None)

    with pytest.raises(Refused, match="pmid:7 was just given to another source"):
        cast.make_source_check(source, colleague, ids={"pmid": "7"})
    assert keys_of(source) == ["pmid:22327515"]


def test_what_is_not_there_is_neither_checked_nor_signed(source, colleague, moderator):
    said = {"csl": source.csl, "shown": source.csl, "compared_with": "It.", "by": colleague}
    with pytest.raises(Refused, match="no such source"):
        source_checks.check(source.pk + 1, type="cohort", **said)
    with pytest.raises(Refused, match="“rumour” is not a type of evidence"):
        source_checks.check(source.pk, type="rumour", **said)
    with pytest.raises(Refused, match="no longer there"):
        source_checks.confirm(1, by=moderator)


def test_an_identifier_given_away_while_the_check_waited_is_refused(
    citing, source, clinician, colleague, moderator
):
    asked = cast.make_source_check(source, colleague, ids={"pmid": "7"})
    cast.make_source(clinician, "pmid:7", "Another study")

    with pytest.raises(Refused, match="identifier of another source"):
        source_checks.confirm(asked.pk, by=moderator)
    assert keys_of(source) == ["pmid:22327515"]


def test_an_identifier_learned_while_the_check_waited_is_not_dropped(
    citing, source, clinician, colleague, moderator
):
    asked = cast.make_source_check(source, colleague, ids={"pmid": "7"})
    sources.learn(source, [parse("10.1000/a")], title=source.title, by=clinician)

    with pytest.raises(Refused, match="changed meanwhile"):
        source_checks.confirm(asked.pk, by=moderator)


@pytest.mark.parametrize("change", ["is_former = true", "is_former = true, value = '7'", "position = 9"])
def test_the_database_refuses_former_identifiers_without_a_check(source, colleague, change):
    cast.make_source_check(source, colleague)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE wiki_sourceid SET {change}")
