"""Who somebody is to a revision, and whose words it carries."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import Actor
from wiki.models import Family, PublishedPage, Revision, User, actors_of
from wiki.policy.refusal import Refused
from wiki.text.document import Document

FOURTH = "\n\nA fourth paragraph."


def above(revision, author, **changes):
    """Return a submission of `author` built on a waiting revision."""
    draft = drafts.build_on(revision, author=author)
    words = {**vars(draft.document), **changes}
    return cast.submit(drafts.save(draft, Document(**words), by=author))


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician, summary="A new summary."))


def move_on(page, author, moderator):
    """Let another change of the page go live."""
    body = PublishedPage.objects.get(page=page).publication.revision.document.body
    cast.approve(cast.submit(cast.make_edit(page, author, body=body + FOURTH)), moderator)


@pytest.mark.parametrize(
    ("username", "actors"),
    [
        ("clinician", {Actor.AUTHOR, Actor.WRITER}),
        ("colleague", {Actor.WRITER}),
        ("moderator", {Actor.WRITER, Actor.MODERATOR, Actor.REVIEWER}),
        ("reader", set()),
        ("admin", set()),
    ],
)
def test_actors_follow_from_role_and_authorship(waiting, colleague, reader, administrator, username, actors):
    assert actors_of(User.objects.get(username=username), waiting) == actors


def test_nobody_has_a_role_towards_the_retiring_half_of_a_merge():
    """What is done to it is done to the half that takes its text over."""
    person = User(pk=1, username="moderator", role="moderator")

    assert actors_of(person, Revision(author_id=1), Family(0, ()))
    assert actors_of(person, Revision(author_id=1, retired_with_id=2), Family(0, ())) == set()


def test_a_moderator_who_wrote_a_revision_is_also_its_author(published, moderator):
    revision = cast.submit(cast.make_edit(published, moderator))

    assert actors_of(moderator, revision) == {Actor.AUTHOR, Actor.WRITER, Actor.MODERATOR}


def test_a_visitor_or_closed_account_has_no_actors(waiting, clinician):
    clinician.is_active = False

    assert actors_of(AnonymousUser(), waiting) == set()
    assert actors_of(clinician, waiting) == set()


def test_nobody_is_the_author_of_a_revision_of_a_removed_account(waiting, clinician, colleague):
    clinician.delete()
    orphan = Revision.objects.get(pk=waiting.pk)

    assert Actor.AUTHOR not in actors_of(colleague, orphan)
    assert Actor.AUTHOR not in actors_of(AnonymousUser(), orphan)


def test_a_child_of_a_waiting_revision_has_both_authors(published, waiting, colleague):
    revision = above(waiting, colleague, summary="Above.")
    family = Family(published.pk)

    assert family.carried(revision) == [waiting, revision]
    assert [one.author for one in family.authors_of(revision)] == [waiting.author, colleague]
    assert family.begun_from(revision) == PublishedPage.objects.get(page=published).publication.revision


def test_a_child_of_a_rejected_revision_drops_its_text_on_rebase(published, waiting, colleague, moderator):
    revision = above(waiting, colleague, aliases=("HP",))
    review.reject(waiting.pk, by=moderator, reason="No.")
    family = Family(published.pk)

    assert family.begun_from(revision) == waiting
    merged = review.rebase(revision.pk, by=moderator)
    assert merged.document.aliases == ("HP",)
    assert merged.document.summary != "A new summary."


@pytest.mark.parametrize("ending", ["withdraw", "reject", "request_changes"])
def test_authors_of_carried_over_text_stay_authors(
    published, clinician, colleague, moderator, second_moderator, ending
):
    beneath = cast.submit(cast.make_edit(published, second_moderator, summary="Of the second moderator."))
    revision = above(beneath, colleague, aliases=("HP",))
    move_on(published, clinician, moderator)
    merged = review.rebase(revision.pk, by=moderator)
    assert merged.document.summary == "Of the second moderator."

    if ending == "withdraw":
        submission.withdraw(beneath, by=second_moderator)
    else:
        getattr(review, ending)(beneath.pk, by=moderator, reason="No.")

    with pytest.raises(Refused, match="You are among the authors of this change"):
        cast.approve(merged, second_moderator)
    cast.approve(merged, moderator)
    names = [author["username"] for author in PublishedPage.objects.get(page=published).authors]
    assert "second-moderator" in names


def test_authors_of_a_reverted_text_stay_authors_when_it_returns(
    published, clinician, colleague, moderator, second_moderator
):
    beneath = cast.submit(cast.make_edit(published, second_moderator, summary="Of the second moderator."))
    revision = above(beneath, colleague, aliases=("HP",))
    cast.approve(revision, moderator)
    first = Revision.objects.get(page=published, number=1)
    for one in (revision, first):
        review.unapprove(one.pk, by=moderator, reason="Wrong.")

    again = cast.submit(drafts.edit(published, author=clinician))

    with pytest.raises(Refused, match="You are among the authors of this change"):
        cast.approve(again, second_moderator)
    cast.approve(again, moderator)
