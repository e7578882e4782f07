"""What is derived is made of known words, counts once, and outlives the accounts of those who wrote it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.models.raw import refused, run
from wiki.models import Event, Publication, PublishedPage, Revision, Statement, User, Verdict


@pytest.fixture
def live(published):
    return PublishedPage.objects.get(page=published).publication.revision


STATE = """INSERT INTO wiki_statement
    (revision_id, subject_id, relation, object_id, stance, grade, basis, rank, note, source_ids,
     strength, population, frequency, effect, onset, inheritance, penetrance, check_by)
    VALUES (%s, %s, %s, %s, %s, %s, %s, 1, '', '{}', '', '', '', '', '', '', '', '')"""


@pytest.mark.parametrize(
    ("place", "value", "name"),
    [
        ("relation", "cures", "relation_is_known"),
        ("stance", "sure", "stance_is_known"),
        ("grade", "best", "grade_is_known"),
        ("basis", "rumour", "basis_is_known"),
    ],
)
def test_a_statement_has_a_known_relation_stance_grade_and_basis(
    published, live, clinician, moderator, place, value, name
):
    other = cast.make_page(clinician, moderator)
    words = {"relation": "causes", "stance": "asserted", "grade": "low", "basis": "cohort"} | {place: value}

    refused(
        STATE,
        live.pk,
        published.pk,
        words["relation"],
        other.pk,
        words["stance"],
        words["grade"],
        words["basis"],
        by=name,
    )


def test_a_statement_is_made_once_and_never_about_the_page_itself(published, live, clinician, moderator):
    other = cast.make_page(clinician, moderator)
    words = (live.pk, published.pk, "causes"), ("asserted", "low", "cohort")

    refused(STATE, *words[0], published.pk, *words[1], by="no_statement_about_itself")
    run(STATE, *words[0], other.pk, *words[1])
    refused(STATE, *words[0], other.pk, *words[1], by="statement_is_made_once")


def test_a_statement_is_made_once_for_each_population(published, live, clinician, moderator):
    other = cast.make_page(clinician, moderator)
    row = {"revision": live, "subject": published, "object": other, "relation": "causes", "rank": 1}
    weight = {"stance": "asserted", "grade": "low", "basis": "cohort"}
    Statement.objects.create(**row, **weight)
    Statement.objects.create(**row, **weight, population="children")

    with pytest.raises(IntegrityError, match="statement_is_made_once"), transaction.atomic():
        Statement.objects.create(**row, **weight, population="Children")
    assert Statement.objects.filter(subject=published, object=other).count() == 2


@pytest.mark.parametrize(
    ("name", "value", "constraint"),
    [
        ("strength", "certain", "strength_is_known"),
        ("onset", "HP:0000001", "onset_is_known"),
        ("inheritance", "HP:0000001", "inheritance_is_known"),
        ("share_low", Decimal(5), "share_is_between_nothing_and_all"),
    ],
)
def test_the_details_of_a_statement_are_from_the_lists(
    published, live, clinician, moderator, name, value, constraint
):
    other = cast.make_page(clinician, moderator)
    row = {"revision": live, "subject": published, "object": other, "relation": "causes", "rank": 1}
    weight = {"stance": "asserted", "grade": "low", "basis": "cohort", name: value}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Statement.objects.create(**row, **weight)


def test_a_source_counts_once_for_a_page(published, clinician):
    source = cast.make_source(clinician)
    cite = "INSERT INTO wiki_citation (page_id, source_id) VALUES (%s, %s)"

    run(cite, published.pk, source.pk)
    refused(cite, published.pk, source.pk, by="citation_counts_once")


def test_an_identifier_names_one_source_and_a_source_has_one_of_a_scheme(clinician):
    first = cast.make_source(clinician)
    second = cast.make_source(clinician, "pmid:2", "Another")
    add = "INSERT INTO wiki_sourceid (source_id, scheme, value, position) VALUES (%s, %s, %s, 1)"

    refused(add, second.pk, "pmid", "22327515", by="identifier_names_one_source")
    refused(add, first.pk, "pmid", "3", by="source_has_one_id_of_a_scheme")


def test_a_source_is_of_a_known_type(db):
    refused(
        "INSERT INTO wiki_source (csl, text, type, checked, checked_how)"
        " VALUES ('{}', '', 'rumour', 'full', '')",
        by="source_type_is_known",
    )


def test_an_address_leads_to_one_page(published, clinician, moderator):
    other = cast.make_page(clinician, moderator)

    refused("INSERT INTO wiki_address (slug, page_id) VALUES ('hypoparathyroidism', %s)", other.pk, by="slug")


def test_a_mention_a_requirement_and_a_notice_count_once(published, live, moderator):
    event = Event.objects.filter(act="submit").first()
    assert event is not None

    run("INSERT INTO wiki_mention (page_id, slug, title) VALUES (%s, 'x', 'X')", published.pk)
    refused(
        "INSERT INTO wiki_mention (page_id, slug, title) VALUES (%s, 'x', 'X')",
        published.pk,
        by="mention_counts_once",
    )
    refused(
        "INSERT INTO wiki_requirement (revision_id, role, label, reason, professions, specialties)"
        " VALUES (%s, 'moderator', %s, '', '{}', '{}')",
        live.pk,
        live.requirements.values_list("label", flat=True)[0],
        by="requirement_is_named_once",
    )
    refused(
        "INSERT INTO wiki_notice (recipient_id, event_id) VALUES (%s, %s)",
        moderator.pk,
        event.pk,
        by="person_hears_of_an_event_once",
    )


def test_a_role_is_a_known_role(reader):
    refused("UPDATE wiki_user SET role = 'emperor' WHERE id = %s", reader.pk, by="role_is_known")


def test_removing_accounts_keeps_every_name_in_the_history(published, clinician, moderator):
    cast.make_source(clinician)
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    kept = {model: rows(model) for model in (Revision, Verdict, Event, Publication, Statement)}

    clinician.delete()
    moderator.delete()

    assert not User.objects.exists()
    for model, before in kept.items():
        assert rows(model) == before
    for revision in Revision.objects.all():
        assert (revision.author, revision.author_name) == (None, "Dr Ines Albrecht")
    for verdict in Verdict.objects.all():
        assert (verdict.author, verdict.reviewer) == (None, None)
        assert verdict.reviewer_name == "Dr Amara Osei"
    assert set(Event.objects.values_list("actor_id", flat=True)) == {None}


def rows(model):
    """Return every row as it is, but for the keys that lead to accounts."""
    people = {"author_id", "reviewer_id", "actor_id", "person_id"}
    return [
        {name: value for name, value in row.items() if name not in people}
        for row in model.objects.order_by("pk").values()
    ]


def test_a_page_with_history_is_not_removed(published):
    refused("DELETE FROM wiki_page", by="foreign key")
