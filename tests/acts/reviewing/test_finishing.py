"""A change that has all its signatures can always be published: by itself, or by whoever signed it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests import cast
from tests.moderating import behind_its_back
from tests.remembered import remembered
from tests.reviewing import at, signed_in, verdict_on, words
from wiki.acts.people import accounts, suspension
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.models import PublishedPage, Revision, Role, User, Verdict, clock
from wiki.policy.refusal import NotReady, Refused
from wiki.policy.signatures import signatures_of

DOSED = "## Treatment\n\nTake 5 mg once a day."


@remembered
def waiting(published, clinician):
    """Return a change that two people have to sign, a specialist among them."""
    return cast.propose_change(published, clinician, body=DOSED)


def specialist(revision: Revision) -> User:
    return cast.specialist_for(next(need for need in revision.requirements.all() if need.specialties))


def suspend(person, administrator):
    until = clock.now().date() + dt.timedelta(days=9)
    suspension.suspend(person, by=administrator, reason="Absent.", until=until)


def lose_and_regain(
    how: str, person: User, administrator: User
) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Return what takes a right from somebody, and what gives it back."""
    if how == "suspension":
        return (
            lambda: suspend(person, administrator),
            lambda: suspension.lift(person, by=administrator, reason="Back."),
        )
    return (
        lambda: accounts.grant_role(person, Role.CLINICIAN, by=administrator),
        lambda: accounts.grant_role(person, Role.MODERATOR, by=administrator),
    )


@pytest.fixture(params=["suspension", "role"])
def complete(request, waiting, moderator, administrator):
    """Return a change whose second signature came while the first did not count, which counts again now."""
    lose, regain = lose_and_regain(request.param, moderator, administrator)
    cast.sign(waiting, moderator)
    lose()
    assert cast.sign(waiting, specialist(waiting)) is None
    regain()
    assert not signatures_of(waiting).missing
    return waiting


def is_live(revision: Revision) -> bool:
    return PublishedPage.objects.get(page=revision.page_id).publication.revision_id == revision.pk


def test_a_signer_can_publish_a_fully_signed_change(complete, moderator):
    publication = review.finish(complete.pk, by=moderator, shown=cast.shown(complete))

    assert is_live(complete)
    assert publication.verdict is not None
    assert publication.verdict.reviewer == moderator
    assert Verdict.objects.filter(revision=complete).count() == 2


def test_the_publish_button_is_shown_to_signers_and_publishes(complete, moderator):
    browser = signed_in(specialist(complete))

    said = words(browser.get(at("review", complete)))
    browser.post(at("publish", complete), verdict_on(complete))

    assert "All signatures are there." in said
    assert f"Publish version {complete.number}" in said
    assert "Readers see it when all signatures are there" not in said
    assert is_live(complete)


def test_a_moderator_who_has_not_signed_publishes_by_signing(complete, second_moderator):
    said = words(signed_in(second_moderator).get(at("review", complete)))
    with pytest.raises(Refused, match="You have not signed this version"):
        review.finish(complete.pk, by=second_moderator, shown=cast.shown(complete))

    cast.sign(complete, second_moderator)

    assert "or another moderator, can publish it now" in said
    assert is_live(complete)


def test_nobody_publishes_while_a_signature_is_missing(waiting, moderator):
    cast.sign(waiting, moderator)

    with pytest.raises(Refused, match="It still needs one pharmacist or treating specialist"):
        review.finish(waiting.pk, by=moderator, shown=cast.shown(waiting))
    assert "Publish version" not in words(signed_in(moderator).get(at("review", waiting)))


def test_who_could_sign_as_a_specialist_only_later_reads_the_way_and_it_is_open(
    waiting, moderator, clinician
):
    cast.sign(waiting, moderator)
    before = words(signed_in(moderator).get(at("review", waiting)))
    cast.make_qualified(moderator, "neurology")

    after = words(signed_in(moderator).get(at("review", waiting)))

    told = "You could not sign as a pharmacist or treating specialist then, and can now."
    assert told not in before
    assert told in after
    draft = drafts.resume(
        submission.withdraw(waiting, by=clinician, reason="Sent in again."), author=clinician
    )
    again = cast.submit(draft)
    cast.sign(again, moderator)
    cast.sign(again, cast.make_user("another", Role.MODERATOR))
    assert is_live(again)


def test_a_suspended_signer_cannot_publish(complete, moderator, administrator):
    suspend(moderator, administrator)

    with pytest.raises(Refused):
        review.finish(complete.pk, by=moderator, shown=cast.shown(complete))


def test_a_signer_whose_registration_ran_out_publishes_only_with_one_that_holds_today(complete, moderator):
    behind_its_back(
        "UPDATE wiki_credential SET valid_until = DATE '2020-01-01' WHERE person_id = %s", moderator.pk
    )

    with pytest.raises(Refused, match="Nobody approves here without a registration"):
        review.finish(complete.pk, by=moderator, shown=cast.shown(complete))
    said = words(signed_in(moderator).get(at("review", complete)))
    assert "Nobody approves here without a registration" in said
    assert f"Publish version {complete.number}" not in said
    assert not is_live(complete)
    # The signature stands: it was given while the registration held.
    assert signatures_of(complete).are_complete
    cast.make_qualified(moderator)
    review.finish(complete.pk, by=moderator, shown=cast.shown(complete))
    assert is_live(complete)


def test_publishing_with_another_digest_than_shown_is_refused(complete, moderator):
    stale = review.ShownComparison(digest="0" * 64, compared_with=cast.shown(complete).compared_with)

    with pytest.raises(Refused, match="not what was submitted"):
        review.finish(complete.pk, by=moderator, shown=stale)


def test_publishing_is_refused_when_a_check_fails(published, clinician, moderator, administrator):
    source = cast.make_source(clinician)
    waiting = cast.propose_change(published, clinician, body=f"{DOSED}\n\nA study says so [@pmid:22327515].")
    cast.sign(waiting, moderator)
    suspend(moderator, administrator)
    cast.sign(waiting, specialist(waiting))
    suspension.lift(moderator, by=administrator, reason="Back.")
    source.notices.create(nature="retraction")

    with pytest.raises(NotReady):
        review.finish(waiting.pk, by=moderator, shown=cast.shown(waiting))
