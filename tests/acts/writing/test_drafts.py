"""Private work: begin, save, continue, discard."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import Event, Page, PublishedPage, Revision, User
from wiki.policy.refusal import Refused


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician, summary="A new summary."))


def lose_the_role(person):
    User.objects.filter(pk=person.pk).update(role="reader")


def test_a_new_page_begins_as_its_authors_draft(clinician):
    draft = drafts.propose(cast.document("Seizures"), author=clinician)

    assert (draft.state, draft.number, draft.author_name) == (State.DRAFT, None, "Dr Ines Albrecht")
    assert draft.page.created_by == clinician
    assert not draft.page.addresses.exists()


@pytest.mark.parametrize("begin", ["propose", "edit", "build_on"])
def test_readers_cannot_begin_drafts(reader, published, waiting, begin):
    acts = {
        "propose": lambda: drafts.propose(cast.document(), author=reader),
        "edit": lambda: drafts.edit(published, author=reader),
        "build_on": lambda: drafts.build_on(waiting, author=reader),
    }

    with pytest.raises(Refused, match="Only clinicians and moderators may write"):
        acts[begin]()

    assert not Revision.objects.filter(author=reader).exists()


def test_a_role_lost_since_sign_in_is_refused(published, clinician):
    lose_the_role(clinician)

    with pytest.raises(Refused, match="An administrator can grant the role"):
        drafts.edit(published, author=clinician)


def test_an_account_removed_since_sign_in_is_refused(published, colleague):
    User.objects.filter(pk=colleague.pk).delete()

    with pytest.raises(Refused, match="This account is no longer there"):
        drafts.edit(published, author=colleague)


def test_an_edit_begins_from_what_readers_see(published, colleague):
    live = PublishedPage.objects.get(page=published).publication.revision

    draft = drafts.edit(published, author=colleague)

    assert (draft.parent, draft.document) == (live, live.document)


def test_editing_again_continues_the_same_draft(published, colleague):
    draft = cast.make_edit(published, colleague)

    assert drafts.edit(published, author=colleague) == draft


def test_editing_a_never_published_page_is_refused(clinician, colleague):
    draft = drafts.propose(cast.document(), author=clinician)

    with pytest.raises(Refused, match="has not been published yet"):
        drafts.edit(draft.page, author=colleague)


def test_editing_a_removed_page_is_refused(clinician, colleague):
    draft = drafts.propose(cast.document(), author=clinician)
    gone = Page(pk=draft.page_id)
    drafts.discard(draft, by=clinician)

    with pytest.raises(Refused, match="This page is no longer there"):
        drafts.edit(gone, author=colleague)


def test_a_page_under_review_is_begun_from_its_last_text(published, colleague, moderator):
    live = PublishedPage.objects.get(page=published).publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    draft = drafts.edit(published, author=colleague)

    assert (draft.parent, draft.second_parent, draft.document) == (None, live, live.document)


def test_reverting_with_an_open_draft_is_refused_and_keeps_the_draft(published, colleague):
    draft = cast.make_edit(published, colleague, summary="Not to be lost.")
    live = PublishedPage.objects.get(page=published).publication.revision

    with pytest.raises(Refused, match="You have a draft of this page already"):
        drafts.revert(live, author=colleague)

    draft.refresh_from_db()
    assert draft.document.summary == "Not to be lost."


def test_a_revert_begins_a_draft_with_the_earlier_text(published, clinician, colleague, moderator):
    first = PublishedPage.objects.get(page=published).publication.revision
    second = cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator).revision

    draft = drafts.revert(first, author=colleague)

    assert (draft.parent, draft.document) == (second, first.document)


def test_any_writer_can_build_on_a_waiting_change(waiting, colleague):
    draft = drafts.build_on(waiting, author=colleague)

    assert (draft.parent, draft.document, draft.author) == (waiting, waiting.document, colleague)
    assert drafts.build_on(waiting, author=colleague) == draft


def test_building_on_a_change_with_an_open_draft_is_refused(published, waiting, colleague):
    cast.make_edit(published, colleague)

    with pytest.raises(Refused, match="You have a draft of this page already"):
        drafts.build_on(waiting, author=colleague)


@pytest.mark.parametrize("ending", ["request_changes", "reject", "withdraw"])
def test_an_author_can_resume_a_withdrawn_or_declined_text(waiting, clinician, moderator, ending):
    if ending == "withdraw":
        submission.withdraw(waiting, by=clinician)
    else:
        getattr(review, ending)(waiting.pk, by=moderator, reason="Say more.")

    draft = drafts.resume(waiting, author=clinician)

    assert (draft.second_parent, draft.document, draft.note) == (waiting, waiting.document, waiting.note)
    assert drafts.resume(waiting, author=clinician) == draft


def test_only_its_author_can_resume_a_declined_text(waiting, colleague, moderator):
    review.reject(waiting.pk, by=moderator, reason="No.")

    with pytest.raises(Refused, match="Only its author may do that"):
        drafts.resume(waiting, author=colleague)


def test_resuming_with_an_open_draft_is_refused(published, waiting, clinician, moderator):
    review.reject(waiting.pk, by=moderator, reason="No.")
    drafts.edit(published, author=clinician)

    with pytest.raises(Refused, match="You have a draft of this page already"):
        drafts.resume(waiting, author=clinician)


def test_saving_keeps_typed_values_that_no_document_can_hold(published, clinician):
    draft = drafts.edit(published, author=clinician)
    typed = {"statements": [{"page": "Not a pa"}]}

    drafts.save(draft, cast.document("Saved"), by=clinician, note="Why.", typed=typed)

    kept = Revision.objects.get(pk=draft.pk)
    assert (kept.title, kept.note, kept.typed) == ("Saved", "Why.", typed)
    assert kept.digest == cast.document("Saved").digest()
    assert kept.saved_at > kept.created_at


def test_a_too_long_title_is_kept_in_the_draft(published, clinician):
    draft = drafts.edit(published, author=clinician)
    document = cast.document("x" * 400, kind="y" * 40)

    drafts.save(draft, document, by=clinician)

    kept = Revision.objects.get(pk=draft.pk)
    assert kept.document == document
    assert (len(kept.title), len(kept.kind)) == (120, 20)


def test_nobody_saves_another_persons_draft(published, clinician, moderator):
    draft = cast.make_edit(published, clinician, summary="Mine.")

    with pytest.raises(Refused, match="Only its author may do that"):
        drafts.save(draft, cast.document(), by=moderator)

    assert Revision.objects.get(pk=draft.pk).document.summary == "Mine."


def test_saving_over_a_submitted_text_is_refused(waiting, clinician):
    with pytest.raises(Refused, match="not open to that any more: it is waiting for review"):
        drafts.save(waiting, cast.document(), by=clinician)


def test_an_author_who_lost_the_role_cannot_save_or_submit(published, clinician):
    draft = cast.make_edit(published, clinician)
    lose_the_role(clinician)

    for act in (lambda: drafts.save(draft, cast.document(), by=clinician), lambda: cast.submit(draft)):
        with pytest.raises(Refused, match="Only clinicians and moderators may write"):
            act()


def test_discarding_the_only_draft_removes_its_page(clinician):
    draft = drafts.propose(cast.document(), author=clinician)

    drafts.discard(draft, by=clinician)

    assert not Revision.objects.exists()
    assert not Page.objects.exists()
    assert Event.objects.get(act="discard").actor == clinician


def test_discarding_a_draft_keeps_a_published_page(published, colleague):
    drafts.discard(cast.make_edit(published, colleague), by=colleague)

    assert PublishedPage.objects.filter(page=published).exists()


def test_discarding_locks_out_others_only_where_the_page_may_go(published, clinician, colleague):
    edit = cast.make_edit(published, colleague)
    first = drafts.propose(cast.document("New"), author=clinician)

    for draft, by, is_exclusive in ((edit, colleague, False), (first, clinician, True)):
        with CaptureQueriesContext(connection) as queries:
            drafts.discard(draft, by=by)
        asked = " ".join(one["sql"] for one in queries)
        assert ("pg_advisory_xact_lock_shared" not in asked) is is_exclusive


def test_discarding_the_only_draft_keeps_a_page_named_by_others(published, clinician, colleague):
    cast.make_source(clinician)
    draft = drafts.propose(cast.document("Seizures", kind="symptom"), author=clinician)
    cast.make_edit(published, colleague, statements=(cast.statement(draft.page),))

    drafts.discard(draft, by=clinician)

    assert Page.objects.filter(pk=draft.page_id).exists()


def test_nobody_discards_another_persons_draft(published, clinician, colleague):
    draft = cast.make_edit(published, clinician)

    with pytest.raises(Refused, match="Only its author may do that"):
        drafts.discard(draft, by=colleague)


def test_saving_a_discarded_draft_is_refused(published, clinician):
    draft = cast.make_edit(published, clinician)
    key = draft.pk
    drafts.discard(draft, by=clinician)

    with pytest.raises(Refused, match="This draft is no longer there"):
        drafts.save(Revision(pk=key), cast.document(), by=clinician)
