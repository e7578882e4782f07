"""Looked at again, unchanged: by whom, on which words, and what it means for readers."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.models.raw import refused
from tests.remembered import remembered
from wiki.acts.people import disclosures
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections
from wiki.acts.upkeep import reverification
from wiki.acts.writing import drafts
from wiki.models import (
    Disclosure,
    Event,
    Notice,
    Origin,
    Page,
    Publication,
    PublishedPage,
    User,
    Verification,
)
from wiki.models.credentials import InterestNature
from wiki.policy.refusal import Refused
from wiki.published import rebuild

CHECKED = "Compared with the guideline of 2025; searched PubMed until today."


def digest_of(page: Page) -> str:
    """Return what stands for the words that readers see."""
    return Publication.objects.open().get(page=page).revision.digest


def verify(page, by, checked=CHECKED, **changes):
    """Return what comes of looking at all of a page again."""
    words = {"digest": digest_of(page), "checked": checked} | changes
    return reverification.verify_page(page, by=by, **words)


def check(statement, by, checked=CHECKED, **changes):
    """Return what comes of looking at one statement again."""
    words = {"digest": digest_of(statement.subject), "checked": checked} | changes
    return reverification.verify_statement(
        statement.subject, statement.relation, statement.object_id, by=by, **words
    )


@remembered
def statement(published, clinician, moderator):
    """Return a statement in force that the page is caused by something."""
    cast.make_source(clinician)
    cause = cast.make_page(
        clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(published),)
    )
    return cause.statements.get()


def test_a_page_is_due_again_from_the_day_on_which_somebody_looked(published, second_moderator):
    later = timezone.now() + dt.timedelta(days=800)
    first = PublishedPage.objects.get(page=published).standing
    with time_machine.travel(later):
        assert PublishedPage.objects.get(page=published).standing.code == "overdue"
        made = verify(published, second_moderator)
        standing = PublishedPage.objects.for_page().get(page=published).standing

    # The database's clock is not ours to move: it is due from the day that it tells.
    assert (standing.on, standing.number, standing.by) == (first.on, 1, first.by)
    assert standing.again
    assert (standing.again.by, standing.again.username) == ("Dr Lena Fischer", "second-moderator")
    assert standing.due == made.due_on
    assert standing.last_on == made.on
    assert standing.reviewers == ["Dr Amara Osei", "Dr Lena Fischer"]
    assert "· looked at again, unchanged, by Dr Lena Fischer" in standing.sentence


def test_it_is_no_edit_and_stands_in_the_record(published, clinician, moderator, second_moderator):
    reverification.change_owner(published, to=clinician, by=moderator)
    before = list(Publication.objects.values_list("pk", "revision", "due_on"))

    made = verify(published, second_moderator, f"  {CHECKED} ")

    assert list(Publication.objects.values_list("pk", "revision", "due_on")) == before
    assert (made.checked, made.by_name, made.standing["role"]) == (CHECKED, "Dr Lena Fischer", "moderator")
    event = Event.objects.get(act="verify")
    assert (event.page, event.revision, event.actor) == (published, made.revision, second_moderator)
    assert Notice.objects.get(event=event).recipient == clinician


def test_deriving_everything_again_changes_nothing(published, second_moderator):
    made = verify(published, second_moderator)
    before = PublishedPage.objects.filter(page=published).values().get()

    list(rebuild.rebuild())

    assert PublishedPage.objects.filter(page=published).values().get() == before
    assert before["verification_id"] == made.pk


def test_a_new_version_is_not_vouched_for_by_who_looked_at_the_old_one(
    published, clinician, moderator, second_moderator
):
    made = verify(published, second_moderator)
    changed = cast.approve(cast.propose_change(published, clinician), moderator)
    assert PublishedPage.objects.get(page=published).standing.again is None

    review.unapprove(changed.revision_id, by=moderator, reason="Wrong.")

    assert PublishedPage.objects.get(page=published).verification == made


def test_one_statement_is_looked_at_without_renewing_its_page(statement, second_moderator):
    made = check(statement, second_moderator)

    assert (made.relation, made.object, made.due_on) == ("causes", statement.object, None)
    assert PublishedPage.objects.get(page=statement.subject).standing.again is None


def lose_the_right(person):
    User.objects.filter(pk=person.pk).update(role="clinician")


def lose_the_declaration(person):
    Disclosure.objects.create(person=person, declared_at=timezone.now(), expires_on=dt.date(2020, 1, 1))


def declare_an_interest(person):
    page = PublishedPage.objects.get(slug="hypoparathyroidism").page
    disclosures.declare(person, [disclosures.Declared(InterestNature.SHARES, "Calcium plc", pages=[page])])


@pytest.mark.parametrize(
    ("before", "changes", "sentence"),
    [
        (None, {"digest": "0" * 64}, "Another version went live"),
        (None, {"checked": "It is fine."}, "Say in a sentence what you checked"),
        (lose_the_right, {}, "Only a moderator may do this"),
        (lose_the_declaration, {}, "Nobody reviews without a declaration"),
        (declare_an_interest, {}, "Calcium plc"),
    ],
)
def test_who_may_not_vouch_for_a_page_or_a_statement_reads_why(
    published, statement, second_moderator, before, changes, sentence
):
    if before:
        before(second_moderator)

    for act, what in ((verify, published), (check, statement)):
        with pytest.raises(Refused, match=sentence):
            act(what, second_moderator, **changes)

    assert not Verification.objects.exists()


def test_whoever_wrote_the_page_does_not_vouch_for_it(second_moderator, moderator):
    page = cast.make_page(second_moderator, moderator)

    with pytest.raises(Refused, match="You are among those who wrote this page"):
        verify(page, second_moderator)


def test_what_readers_do_not_see_cannot_be_looked_at_again(published, moderator):
    review.unapprove(published.published_page.publication.revision_id, by=moderator, reason="Wrong.")

    with pytest.raises(Refused, match="there is nothing to look at again"):
        reverification.verify_page(published, by=moderator, digest="", checked=CHECKED)


def test_the_same_words_do_not_renew_one_page_after_another(
    published, clinician, moderator, second_moderator
):
    other = cast.make_page(clinician, moderator)
    verify(published, second_moderator)

    for again in (published, other):
        with pytest.raises(Refused, match="word for word what you wrote"):
            verify(again, second_moderator, CHECKED.upper())

    assert verify(other, moderator).by == moderator


def test_a_page_that_nobody_has_reviewed_cannot_be_looked_at_again(clinician, moderator, second_moderator):
    draft = drafts.propose(cast.document(), author=clinician, origin=Origin.STARTER)
    page = cast.approve(cast.submit(draft), moderator).page

    with pytest.raises(Refused, match="No clinician has reviewed this text yet"):
        verify(page, second_moderator)


def test_a_page_on_which_a_passage_is_corrected_for_safety_is_not_vouched_for(
    published, moderator, second_moderator
):
    words = {"passage": "A second paragraph.", "replacement": "", "reason": "It could do harm."}
    one = corrections.propose(published, **words, by=moderator)
    corrections.second(one.pk, by=second_moderator, digest=one.digest)

    with pytest.raises(Refused, match="is being corrected for safety"):
        verify(published, second_moderator)


def test_a_statement_that_is_not_said_cannot_be_looked_at(published, statement, second_moderator):
    with pytest.raises(Refused, match="does not say that any more"):
        reverification.verify_statement(
            published,
            "causes",
            statement.subject_id,
            by=second_moderator,
            digest=digest_of(published),
            checked=CHECKED,
        )


def test_what_takes_a_training_takes_it_again(clinician, moderator, second_moderator):
    gene = cast.make_page(clinician, moderator, kind="gene")
    with pytest.raises(Refused, match="This takes one clinical geneticist"):
        verify(gene, second_moderator)
    cast.make_qualified(second_moderator, "clinical_genetics")

    made = verify(gene, second_moderator)

    assert made.standing["specialties"] == ["clinical_genetics", "neuropathology"]


def test_the_database_keeps_it_as_it_was_and_only_of_what_is_in_force(published, clinician, second_moderator):
    made = verify(published, second_moderator)

    refused("UPDATE wiki_verification SET checked = 'All.'", by="append-only")
    refused("DELETE FROM wiki_verification", by="append-only")
    refused("TRUNCATE wiki_verification CASCADE", by="cannot be emptied")
    copy = """INSERT INTO wiki_verification (page_id, revision_id, digest, relation, checked, by_id, by_name,
        by_profession, standing, verified_at, due_on)
        SELECT page_id, revision_id, {}, '', checked, {}, by_name, '', '{{}}', now(), due_on
        FROM wiki_verification WHERE id = %s"""
    for changed in (("repeat('0', 64)", "by_id"), ("digest", "NULL"), ("digest", f"{clinician.pk}")):
        refused(copy.format(*changed), made.pk, by="exact words in force")
