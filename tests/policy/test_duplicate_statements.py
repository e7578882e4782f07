"""Two pages that state the same tie are told so: who writes it, and who reviews it."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.domain.relations import RELATIONS
from wiki.policy import submission_problems
from wiki.policy.duplicate_statements import (
    FAMILIES,
    Likeness,
    alike,
    duplicates_in,
    likeness,
    statements_about,
)

SAME, NEAR, OPPOSITE = Likeness


@pytest.mark.parametrize(
    ("mine", "theirs", "how"),
    [
        ("associated_with", "associated_with", SAME),
        ("differential_of", "differential_of", SAME),
        ("see_also", "see_also", SAME),
        ("causes", "causes", OPPOSITE),
        ("subtype_of", "subtype_of", OPPOSITE),
        ("causes", "risk_factor_for", OPPOSITE),
        ("genetic_basis_of", "has_complication", OPPOSITE),
        ("part_of", "subtype_of", OPPOSITE),
        ("causes", "associated_with", NEAR),
        ("associated_with", "has_manifestation", NEAR),
        ("causes", "see_also", None),
        ("causes", "differential_of", None),
        ("treats", "associated_with", None),
        ("treats", "diagnoses", None),
        ("causes", "nonsense", None),
        ("", "causes", None),
    ],
)
def test_likeness_of_two_statements_is_symmetric(mine, theirs, how):
    assert likeness(mine, theirs) is how
    assert likeness(theirs, mine) is how


def test_every_family_holds_known_relations():
    assert set().union(*FAMILIES) <= set(RELATIONS)


def test_advice_differs_between_near_and_opposite_statements():
    assert len({SAME.advice, NEAR.advice, OPPOSITE.advice}) == 2


@remembered
def cause(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, "Hypomagnesaemia")


def says(author, page, other, *relations, **changes):
    """Return a draft of `page` with statements about `other`."""
    return cast.make_edit(
        page, author, statements=tuple(cast.statement(other, one, **changes) for one in relations)
    )


def test_a_published_duplicate_is_reported_with_its_evidence(published, cause, clinician, moderator):
    row = cast.statement(published, "associated_with", stance="disputed", grade="moderate")
    cast.approve(cast.submit(cast.make_edit(cause, clinician, statements=(row,))), moderator)

    mine = cast.document(statements=(cast.statement(cause, "see_also"), cast.statement(cause, "causes")))

    assert duplicates_in(mine, published.pk) == [
        (
            1,
            "The page “Hypomagnesaemia” says nearly the same already: “is associated with” "
            "(Evidence conflicts, Moderate certainty, 1 source; what readers see now)",
        )
    ]
    assert (
        duplicates_in(mine, None)
        == duplicates_in(mine, cause.pk)
        == duplicates_in(cast.document(), published.pk)
        == []
    )


def test_near_duplicates_within_one_page_are_reported(cause, moderator):
    other = cast.make_page(cause.created_by, moderator, "Seizures")
    relations = [(cause, "causes"), (other, "causes"), (cause, "risk_factor_for"), (cause, "see_also")]
    document = cast.document(statements=[cast.statement(*one) for one in relations])

    assert duplicates_in(document, None) == [(2, "Statement 1 says nearly the same of that page: “causes”")]


def test_duplicates_in_waiting_work_are_shown_to_all_and_in_drafts_to_the_author(
    published, cause, clinician, colleague
):
    draft = says(clinician, cause, published, "causes")
    other = {cause.pk}

    def states(reader):
        return [one.state for one in statements_about(published.pk, other, reader=reader)]

    before = states(clinician), states(colleague), states(None)
    cast.submit(draft)
    after = states(clinician), states(colleague), states(None)

    assert before == (["draft"], [], [])
    assert after == (["submitted"], ["submitted"], ["submitted"])


def test_each_duplicate_is_reported_once_from_its_most_public_version(
    published, cause, clinician, colleague, moderator
):
    cast.approve(cast.submit(says(clinician, cause, published, "associated_with")), moderator)
    cast.submit(says(colleague, cause, published, "associated_with", "causes"))
    says(
        clinician, cause, published, "associated_with", "causes", "risk_factor_for", grade="high", sources=()
    )

    found = statements_about(published.pk, {cause.pk}, reader=clinician)

    assert [(one.relation, one.state, one.place, one.impact) for one in found] == [
        ("associated_with", "approved", "what readers see now", "Low certainty, 1 source"),
        ("causes", "submitted", "waiting for review", "Low certainty, 1 source"),
        ("risk_factor_for", "draft", "in your draft", "High certainty, no sources"),
    ]
    assert [one.address.split("/")[1] for one in found] == ["wiki", "review", "drafts"]


def test_the_closest_duplicate_comes_first(published, cause, clinician, colleague):
    cast.submit(says(colleague, cause, published, "causes", "associated_with", "differential_of"))
    sayings = statements_about(published.pk, {cause.pk}, reader=clinician)

    found = [(how, one.relation) for how, one in alike("associated_with", cause.pk, sayings)]

    assert found == [(SAME, "associated_with"), (NEAR, "causes")]
    assert alike("associated_with", published.pk, sayings) == []


def test_a_duplicate_in_an_incomplete_draft_is_described_partly(published, cause, clinician):
    row = cast.statement(published, "befriends", stance="", grade="")
    cast.make_edit(cause, clinician, statements=(cast.statement(cause), row))

    (one,) = statements_about(published.pk, {cause.pk}, reader=clinician)

    assert (one.label, one.impact) == ("befriends", "1 source")


def test_a_duplicate_statement_is_a_warning_that_stops_nothing(
    published, cause, clinician, colleague, moderator
):
    cast.approve(cast.submit(says(colleague, cause, published, "causes")), moderator)
    draft = says(clinician, published, cause, "causes")

    warnings = [
        one.message for one in submission_problems.problems(draft.document, published.pk) if one.warning
    ]

    assert any("says it the other way round: “causes”" in one for one in warnings)
    assert cast.submit(draft).state == "submitted"


def test_looking_for_duplicates_takes_a_fixed_number_of_queries(
    published, cause, clinician, moderator, django_assert_max_num_queries
):
    others = [cast.make_page(clinician, moderator) for _ in range(3)]
    for one in others:
        cast.approve(cast.submit(says(clinician, one, published, "associated_with")), moderator)

    with django_assert_max_num_queries(2):
        found = statements_about(published.pk, {one.pk for one in others}, reader=clinician)

    assert len(found) == 3
