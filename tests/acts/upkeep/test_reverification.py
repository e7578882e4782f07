"""A statement looked at again, unchanged: by whom, and on which words."""

import pytest
from django.db import connection

from tests import cast
from tests.models.raw import refused
from tests.remembered import remembered
from tests.reviewing import declare_an_interest, lose_the_declaration, lose_the_right
from wiki.acts.reviewing import review
from wiki.acts.upkeep import reverification
from wiki.models import (
    Page,
    Publication,
    PublishedPage,
    Verification,
)
from wiki.policy.refusal import Refused

CHECKED = "Compared with the guideline of 2025; searched PubMed until today."


def digest_of(page: Page) -> str:
    """Return what stands for the words that readers see."""
    return Publication.objects.open().get(page=page).revision.digest


def check(statement, by, checked=CHECKED, **changes):
    """Return what comes of looking at one statement again."""
    words = {"digest": digest_of(statement.subject), "checked": checked} | changes
    return reverification.verify_statement(
        statement.subject, statement.relation, statement.object_id, by=by, **words
    )


@remembered
def statement(published, clinician, moderator):
    """Return a published statement that the page is caused by something."""
    cast.make_source(clinician)
    cause = cast.make_page(
        clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(published),)
    )
    return cause.statements.get()


def test_verifying_a_statement_does_not_renew_the_page_review(statement, second_moderator):
    made = check(statement, second_moderator)

    assert (made.relation, made.object) == ("causes", statement.object)
    assert PublishedPage.objects.get(page=statement.subject).standing.whole is None


@pytest.mark.parametrize(
    ("before", "changes", "sentence"),
    [
        (None, {"digest": "0" * 64}, "Another version went live"),
        (None, {"checked": "It is fine."}, "Say in a sentence what you checked"),
        (lose_the_right, {}, "Only a moderator may do this"),
        (lose_the_declaration, {}, "A declaration of interests"),
        (declare_an_interest, {}, "Calcium plc"),
    ],
)
def test_an_invalid_verification_is_refused_with_its_reason(
    published, statement, second_moderator, before, changes, sentence
):
    if before:
        before(second_moderator)

    with pytest.raises(Refused, match=sentence):
        check(statement, second_moderator, **changes)

    assert not Verification.objects.exists()


def test_a_statement_on_treatment_is_verified_by_who_may_sign_for_it(
    published, clinician, moderator, second_moderator
):
    cast.make_source(clinician)
    told = (cast.statement(published, "treats"),)
    drug = cast.make_page(clinician, moderator, "Calcitriol", kind="drug", statements=told)

    with pytest.raises(Refused, match=r"pharmacist.* with a registration that an administrator has verified"):
        check(drug.statements.get(), second_moderator)
    assert not Verification.objects.exists()

    cast.make_qualified(second_moderator, profession="pharmacist")
    assert check(drug.statements.get(), second_moderator).relation == "treats"


def test_an_author_of_the_page_cannot_verify_its_statement(published, clinician, second_moderator, moderator):
    cast.make_source(clinician)
    page = cast.make_page(
        second_moderator, moderator, "Surgery", kind="exposure", statements=(cast.statement(published),)
    )

    with pytest.raises(Refused, match="You are among those who wrote this page"):
        check(page.statements.get(), second_moderator)


def test_words_that_do_not_have_their_digest_cannot_be_verified(statement, second_moderator):
    """Somebody who changed them in the database, past its triggers, gets no signature on them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE wiki_revision SET content = jsonb_set(content, '{summary}', %s) WHERE page_id = %s",
            ['"Another."', statement.subject_id],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")

    with pytest.raises(Refused, match="Another version went live"):
        check(statement, second_moderator)


def test_a_statement_of_an_unpublished_page_cannot_be_verified(statement, moderator):
    page, said = statement.subject, {"digest": "", "checked": CHECKED}
    review.unapprove(page.published_page.publication.revision_id, by=moderator, reason="Wrong.")

    with pytest.raises(Refused, match="there is nothing to look at again"):
        reverification.verify_statement(page, "causes", statement.object_id, by=moderator, **said)


def test_a_statement_absent_from_the_page_cannot_be_verified(published, statement, second_moderator):
    with pytest.raises(Refused, match="does not say that any more"):
        reverification.verify_statement(
            published,
            "causes",
            statement.subject_id,
            by=second_moderator,
            digest=digest_of(published),
            checked=CHECKED,
        )


def test_the_database_refuses_changed_or_unpublished_verifications(statement, clinician, second_moderator):
    made = check(statement, second_moderator)

    refused("UPDATE wiki_verification SET checked = 'All.'", by="append-only")
    refused("DELETE FROM wiki_verification", by="append-only")
    refused("TRUNCATE wiki_verification CASCADE", by="cannot be emptied")
    copy = """INSERT INTO wiki_verification (page_id, revision_id, digest, relation, checked, by_id, by_name,
        by_profession, standing, verified_at, object_id)
        SELECT page_id, revision_id, {}, relation, checked, {}, by_name, '', '{{}}', now(), object_id
        FROM wiki_verification WHERE id = %s"""
    for changed in (("repeat('0', 64)", "by_id"), ("digest", "NULL"), ("digest", f"{clinician.pk}")):
        refused(copy.format(*changed), made.pk, by="exact published words")
