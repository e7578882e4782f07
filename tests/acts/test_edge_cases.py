"""Numbered edge cases of pre-publication review, known from other systems."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from tests import cast
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import (
    Address,
    Citation,
    Event,
    Mention,
    Name,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Source,
    Statement,
    User,
    Verdict,
    clock,
)
from wiki.policy.refusal import NotReady, Refused

FOURTH = "\n\nA fourth paragraph."


def live_of(page):
    return PublishedPage.objects.get(page=page).publication.revision


def test_edge_01_approving_a_child_accepts_the_combined_change_and_names_every_author(
    published, clinician, colleague, moderator
):
    parent = cast.propose_change(published, clinician, summary="Of the first.")
    child = cast.build(parent, colleague, body=cast.document().body + FOURTH)
    assert child.parent == parent

    cast.approve(child, moderator)

    published_page = PublishedPage.objects.get(page=published)
    assert (published_page.summary, "fourth" in published_page.plain) == ("Of the first.", True)
    assert [one["username"] for one in published_page.authors] == ["clinician", "colleague"]
    assert Revision.objects.get(pk=parent.pk).state == State.INCLUDED


def test_edge_01_every_author_is_named_on_the_page_in_its_history_its_citation_and_the_log(
    published, clinician, colleague, moderator, client
):
    slug = PublishedPage.objects.get(page=published).slug
    parent = cast.propose_change(published, colleague, summary="Of the first.")
    child = cast.build(parent, clinician, body=cast.document().body + FOURTH)

    cast.approve(child, moderator)

    event = Event.objects.get(act="approve", revision=child)
    assert event.data["authors"] == sorted([clinician.pk, colleague.pk])
    for door in ("", "history/", "cite/", "cite/?format=bibtex"):
        shown = client.get(f"/wiki/{slug}/{door}").content.decode()
        assert clinician.name in shown, door
        assert colleague.name in shown, door


def test_edge_02_an_older_revision_is_approved_while_newer_ones_wait(
    published, clinician, colleague, moderator
):
    older = cast.propose_change(published, clinician, summary="Older.")
    child = cast.build(older, colleague, aliases=("HP",))
    sibling = cast.propose_change(published, colleague, body=cast.document().body + FOURTH)

    cast.approve(older, moderator)
    with pytest.raises(Refused, match="must be rebased"):
        cast.approve(sibling, moderator)
    cast.approve(child, moderator)

    assert live_of(published) == child


def test_edge_03_a_version_older_than_the_published_one_comes_back_by_a_revert_only(
    published, clinician, moderator
):
    first = live_of(published)
    cast.approve(cast.propose_change(published, clinician), moderator)

    assert review.approve(first.pk, by=moderator, shown=cast.shown(first)) == first.publications.get()
    assert live_of(published) != first
    with pytest.raises(Refused, match="Dr Amara Osei was first: approved"):
        cast.approve(first, cast.make_user("third", "moderator"))
    reverted = cast.approve(cast.submit(drafts.revert(first, author=clinician)), moderator)

    assert reverted.revision.document == first.document


def test_edge_04_taking_back_shows_the_last_version_that_nobody_took_back(published, clinician, moderator):
    versions = [live_of(published)]
    for word in ("Second.", "Third."):
        versions.append(
            cast.approve(cast.propose_change(published, clinician, summary=word), moderator).revision
        )
    waiting = cast.propose_change(published, clinician, summary="Never shown.")

    for version in reversed(versions):
        assert live_of(published) == version
        review.unapprove(version.pk, by=moderator, reason="Wrong.")

    assert not PublishedPage.objects.filter(page=published).exists()
    assert Revision.objects.get(pk=waiting.pk).state == State.SUBMITTED


def test_edge_05_rejecting_the_middle_of_a_chain_leaves_what_was_built_on_it_to_be_rebased(
    published, clinician, colleague, moderator
):
    middle = cast.propose_change(published, clinician, summary="Rejected words.")
    child = cast.build(middle, colleague, aliases=("HP",))

    review.reject(middle.pk, by=moderator, reason="No.")

    assert colleague.notices.filter(event__act="reject").exists()
    with pytest.raises(Refused, match="must be rebased"):
        cast.approve(child, moderator)
    cast.approve(review.rebase(child.pk, by=moderator), moderator)
    published_page = PublishedPage.objects.get(page=published)
    assert (published_page.aliases, published_page.summary) == (["HP"], "What it is, in plain words.")


def test_edge_06_the_first_of_two_approvals_counts_and_a_repeat_changes_nothing(
    published, clinician, moderator, second_moderator
):
    revision = cast.propose_change(published, clinician)
    publication = cast.approve(revision, moderator)

    assert cast.approve(revision, moderator) == publication
    with pytest.raises(Refused, match="Dr Amara Osei was first: approved"):
        cast.approve(revision, second_moderator)
    with pytest.raises(IntegrityError, match="reviewer_decides_once"), transaction.atomic():
        Verdict.objects.bulk_create([_copy(revision.verdicts.get())])


def _copy(verdict):
    verdict.pk = None
    return verdict


def test_edge_07_a_rejection_after_an_approval_is_refused_naming_the_approver(
    published, clinician, moderator, second_moderator
):
    revision = cast.propose_change(published, clinician)
    cast.approve(revision, moderator)

    with pytest.raises(Refused, match=r"Dr Amara Osei was first: approved on .* Nothing was changed"):
        review.reject(revision.pk, by=second_moderator, reason="No.")

    assert live_of(published) == revision


def test_edge_08_a_submitted_revision_cannot_change(published, clinician, moderator, second_moderator):
    revision = cast.propose_change(published, clinician, summary="Under review.")
    shown = cast.shown(revision)
    with pytest.raises(Refused, match="it is waiting for review"):
        drafts.save(revision, cast.document(), by=clinician)
    newer = cast.build(revision, clinician, summary="Newer words.")

    with pytest.raises(Refused, match="not what was submitted"):
        review.approve(newer.pk, by=moderator, shown=shown)

    assert not newer.verdicts.exists()
    assert Revision.objects.get(pk=revision.pk).document.summary == "Under review."


def test_edge_09_nobody_approves_their_own_work_alone_or_in_a_chain(
    published, moderator, second_moderator, clinician
):
    own = cast.propose_change(published, moderator, summary="Of a moderator.")
    chain = cast.build(own, clinician, aliases=("HP",))

    for revision in (own, chain):
        with pytest.raises(Refused, match="You are among the authors"):
            cast.approve(revision, moderator)
    with pytest.raises(IntegrityError, match="nobody_reviews_their_own_work"), transaction.atomic():
        Verdict.objects.create(
            revision=own,
            author=moderator,
            reviewer=moderator,
            decision="approve",
            digest=own.digest,
            decided_at=clock.now(),
        )
    cast.approve(chain, second_moderator)


def test_edge_11_a_change_that_changes_nothing_is_refused(published, clinician, colleague):
    with pytest.raises(Refused, match="says exactly what readers see now"):
        cast.submit(drafts.edit(published, author=clinician))
    waiting = cast.propose_change(published, clinician)

    with pytest.raises(Refused, match="says exactly what the version it builds on says"):
        cast.submit(drafts.build_on(waiting, author=colleague))


def test_edge_13_a_rename_keeps_the_old_address_and_waiting_changes(
    published, clinician, colleague, moderator
):
    waiting = cast.propose_change(published, colleague, body=cast.document().body + FOURTH)

    cast.approve(cast.propose_change(published, clinician, title="Low parathyroid hormone"), moderator)
    cast.approve(review.rebase(waiting.pk, by=moderator), moderator)

    published_page = PublishedPage.objects.get(page=published)
    assert (published_page.slug, "fourth" in published_page.plain) == ("low-parathyroid-hormone", True)
    assert Address.objects.get(slug="hypoparathyroidism").page == published


def test_edge_14_an_old_address_is_never_given_to_another_page(published, clinician, moderator):
    waiting = drafts.propose(cast.document("Low parathyroid hormone"), author=clinician)
    waiting = cast.submit(waiting)
    cast.approve(cast.propose_change(published, clinician, title="Low parathyroid hormone"), moderator)
    cast.approve(cast.propose_change(published, clinician, title="Parathyroid failure"), moderator)

    for title in ("Hypoparathyroidism", "low parathyroid hormone"):
        with pytest.raises(NotReady, match=r"There is already a page at .*now called “Parathyroid failure”"):
            cast.submit(drafts.propose(cast.document(title), author=clinician))
    with pytest.raises(NotReady, match="There is already a page at"):
        cast.approve(waiting, moderator)


@pytest.mark.parametrize("ending", ["waiting", "draft", "rejected", "taken back"])
def test_edge_19_an_unpublished_revision_derives_no_statements_links_or_sources(clinician, moderator, ending):
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    words = {"body": "See [[Seizures]] [@pmid:22327515].", "statements": (cast.statement(other),)}
    revision = drafts.propose(cast.document("Hidden", aliases=("Concealed",), **words), author=clinician)
    if ending != "draft":
        cast.submit(revision)
    if ending == "rejected":
        review.reject(revision.pk, by=moderator, reason="No.")
    if ending == "taken back":
        cast.approve(revision, moderator)
        review.unapprove(revision.pk, by=moderator, reason="Wrong.")

    for model in (PublishedPage, Name, Mention, Citation):
        assert not model.objects.filter(page=revision.page).exists()
    assert not Statement.objects.about(other)[0]
    assert not Source.objects.visible_to(AnonymousUser()).exists()
    assert not Page.objects.published().filter(pk=revision.page_id).exists()


def test_edge_20_each_role_sees_only_its_revisions(
    published, clinician, colleague, moderator, reader, administrator
):
    live = live_of(published)
    rejected = cast.propose_change(published, clinician, summary="Rejected.")
    review.reject(rejected.pk, by=moderator, reason="No.")
    withdrawn = cast.propose_change(published, clinician, summary="Withdrawn.")
    submission.withdraw(withdrawn, by=clinician)
    waiting = cast.propose_change(published, clinician, summary="Waiting.")
    draft = cast.make_edit(published, clinician, summary="Draft.")
    everybody = {live}

    def seen(user):
        return set(Revision.objects.visible_to(user))

    assert seen(AnonymousUser()) == seen(reader) == seen(administrator) == everybody
    assert seen(colleague) == everybody | {waiting}
    assert seen(clinician) == everybody | {waiting, rejected, withdrawn, draft}
    assert seen(moderator) == everybody | {waiting, rejected, withdrawn}


def test_edge_20_a_reverted_revision_stays_visible(published, moderator):
    live = live_of(published)

    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    assert list(Revision.objects.visible_to(AnonymousUser())) == [live]


def test_edge_21_numbers_follow_each_other_on_each_page(published, clinician, colleague, moderator):
    other = cast.make_page(clinician, moderator)
    numbers = [
        cast.propose_change(published, person, summary=f"{person}.").number
        for person in (clinician, colleague)
    ]

    assert numbers == [2, 3]
    assert live_of(other).number == 1
    with pytest.raises(IntegrityError, match="revision_number_is_unique"), transaction.atomic():
        Revision.objects.bulk_create(
            [
                Revision(
                    page=published, state="submitted", number=3, content={}, submitted_at=published.created_at
                )
            ]
        )


def test_edge_22_an_approval_without_the_shown_digest_is_refused(published, clinician, moderator):
    revision = cast.propose_change(published, clinician)

    with pytest.raises(TypeError, match="shown"):
        review.approve(revision.pk, by=moderator)  # type: ignore[call-arg]  # that is the point
    for shown in (ShownComparison("", None), ShownComparison(revision.digest, None)):
        with pytest.raises(Refused):
            review.approve(revision.pk, by=moderator, shown=shown)


def test_edge_23_the_database_refuses_an_approval_without_digest(published, clinician, moderator):
    revision = cast.propose_change(published, clinician)

    with pytest.raises(IntegrityError, match="exact words"), transaction.atomic():
        Verdict.objects.create(
            revision=revision,
            author=clinician,
            reviewer=moderator,
            decision="approve",
            digest="",
            decided_at=clock.now(),
        )


@pytest.mark.parametrize("ending", ["waits", "rejected", "withdrawn", "discarded"])
def test_edge_24_an_unpublished_edit_never_changes_the_published_page(
    published, clinician, moderator, ending
):
    before = PublishedPage.objects.filter(page=published).values().get()
    draft = cast.make_edit(published, clinician, title="Another title")
    if ending == "discarded":
        drafts.discard(draft, by=clinician)
    else:
        cast.submit(draft)
    if ending == "rejected":
        review.reject(draft.pk, by=moderator, reason="No.")
    if ending == "withdrawn":
        submission.withdraw(draft, by=clinician)

    assert PublishedPage.objects.filter(page=published).values().get() == before
    assert Publication.objects.get(page=published).until is None


def test_edge_26_a_verdict_keeps_the_reviewers_name_and_role_of_its_day(published, moderator, administrator):
    verdict = live_of(published).verdicts.get()
    accounts.grant_role(moderator, "reader", by=administrator)
    User.objects.filter(pk=moderator.pk).update(name="Amara New-Name", profession="retired")

    kept = Verdict.objects.get(pk=verdict.pk)
    assert (kept.reviewer_name, kept.reviewer_profession, kept.reviewer_role, kept.decision_label) == (
        "Dr Amara Osei",
        "neuroradiologist",
        "Moderator",
        "Approved",
    )


def test_edge_28_removed_accounts_leave_their_names_and_their_work_can_be_approved(
    published, clinician, colleague, moderator, second_moderator
):
    waiting = cast.propose_change(published, clinician, summary="Waits for ever?")
    clinician.delete()
    moderator.delete()
    connection.check_constraints()

    waiting = Revision.objects.get(pk=waiting.pk)
    assert (waiting.author, waiting.author_name) == (None, "Dr Ines Albrecht")
    assert set(Event.objects.filter(actor=None).values_list("actor_name", flat=True)) >= {"Dr Ines Albrecht"}
    cast.approve(waiting, second_moderator)
    assert PublishedPage.objects.get(page=published).authors == [{"name": "Dr Ines Albrecht", "username": ""}]


def test_edge_30_a_statement_is_visible_only_while_both_pages_are_published(clinician, moderator):
    cast.make_source(clinician)
    other = drafts.propose(cast.document("Seizures", kind="symptom"), author=clinician)
    page = cast.make_page(clinician, moderator, statements=(cast.statement(other.page),))

    assert not Statement.objects.about(page)[0]
    assert [one.subject for one in Statement.objects.half_visible()] == [page]
    cast.approve(cast.submit(other), moderator)
    assert [one.object.published_page.title for one in Statement.objects.about(page)[0]] == ["Seizures"]
    assert [one.subject for one in Statement.objects.about(other.page)[0]] == [page]
    assert not Statement.objects.half_visible().exists()

    review.unapprove(other.pk, by=moderator, reason="Wrong.")
    assert not Statement.objects.about(page)[0]
    assert [one.subject for one in Statement.objects.half_visible()] == [page]
