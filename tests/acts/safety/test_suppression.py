"""A text hidden for good: from readers, from its author, from every door; the row stays as proof."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.remembered import remembered
from tests.reviewing import signed_in, words
from wiki.acts.people import disclosures
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections
from wiki.acts.safety.suppression import confirm, show_again, suppress
from wiki.acts.writing import drafts
from wiki.audit import verify
from wiki.mail import outbox
from wiki.models import (
    Event,
    Letter,
    Notice,
    Publication,
    PublishedPage,
    Revision,
    Sending,
    Suppression,
    User,
    clock,
)
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.review import open_review_screen


@remembered
def versions(published, clinician, moderator):
    """Return three versions that were published one after the other; the last one is."""
    first = PublishedPage.objects.get(page=published).publication.revision
    more = [
        cast.approve(cast.propose_change(published, clinician, summary=words), moderator).revision
        for words in ("The second.", "The third.")
    ]
    return [first, *more]


def seen_by(person):
    return set(Revision.objects.visible_to(person))


def test_an_old_version_is_hidden_from_all_but_moderators_and_administrators(
    versions, reader, clinician, moderator, administrator
):
    suppress(versions[0].pk, by=moderator, reason="A patient’s name.")

    assert [versions[0] in seen_by(one) for one in (AnonymousUser(), reader, clinician)] == [False] * 3
    assert [versions[0] in seen_by(one) for one in (moderator, administrator)] == [True, True]
    assert PublishedPage.objects.get().publication.revision == versions[2]


def test_a_comparison_shows_a_suppressed_text_to_moderators_only(versions, published, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="Waits.")
    suppress(versions[2].pk, by=moderator, reason="A patient’s name.")

    assert open_review_screen(waiting, by=clinician).before is None
    assert open_review_screen(waiting, by=moderator).before == versions[2].document


def test_suppressing_keeps_row_and_digest_and_is_logged(versions, clinician, moderator):
    suppress(versions[0].pk, by=moderator, reason="A patient’s name.")

    kept = Revision.objects.get(pk=versions[0].pk)
    assert (kept.digest, kept.document.digest()) == (versions[0].digest, versions[0].digest)
    assert Event.objects.filter(act="suppress", revision=kept, actor=moderator).exists()
    assert Notice.objects.filter(recipient=clinician, event__act="suppress").exists()


def test_edge_17_suppressing_what_is_published_takes_it_back_to_one_that_is_not_suppressed(
    versions, moderator
):
    suppress(versions[1].pk, by=moderator, reason="The same name.")

    instead = suppress(versions[2].pk, by=moderator, reason="A patient’s name.")

    assert instead is not None
    assert instead.revision == versions[0]
    assert PublishedPage.objects.get().summary == versions[0].document.summary


def test_edge_17_with_nothing_left_the_page_is_under_review_and_no_edit_begins_with_it(
    published, clinician, moderator
):
    only = PublishedPage.objects.get(page=published).publication.revision

    assert suppress(only.pk, by=moderator, reason="A libel.") is None
    assert not PublishedPage.objects.filter(page=published).exists()
    assert drafts.begins_with(published) is None
    with pytest.raises(Refused, match="was suppressed"):
        drafts.revert(Revision.objects.get(pk=only.pk), author=clinician)


def test_a_suppressed_returned_text_cannot_be_resumed(published, clinician, moderator):
    sent = cast.propose_change(published, clinician)
    review.reject(sent.pk, by=moderator, reason="A name.")
    suppress(sent.pk, by=moderator, reason="A name.")

    with pytest.raises(Refused, match="was suppressed"):
        drafts.resume(sent, author=clinician)


def test_an_invalid_suppression_is_refused_with_its_reason(versions, published, clinician, moderator):
    draft = cast.make_edit(published, clinician, summary="Begun.")
    waiting = cast.submit(cast.make_edit(published, moderator, summary="Waiting."))
    suppress(versions[0].pk, by=moderator, reason="A name.")

    for revision, by, reason, sentence in (
        (versions[1], clinician, "Why.", "Only a moderator"),
        (versions[0], moderator, "Why.", "suppressed already"),
        (draft, moderator, "Why.", "only its author sees it"),
        (waiting, moderator, "Why.", "Reject it first"),
        (versions[1], moderator, " ", "Say why"),
        (versions[1], moderator, "x" * 402, "Shorten this by 2 characters"),
    ):
        with pytest.raises(Refused, match=sentence):
            suppress(revision.pk, by=by, reason=reason)


def test_a_reason_that_repeats_what_is_hidden_is_refused(published, clinician, moderator):
    """Everybody reads it, in the record and in what programs follow, for good."""
    named = cast.propose_change(published, clinician, summary="Mrs Kowalskaja of Leeds had low calcium.")
    cast.approve(named, moderator)

    for reason in ("It names Kowalskaja.", "It says that she is of leeds"):
        with pytest.raises(Refused, match="which only the hidden text says"):
            suppress(named.pk, by=moderator, reason=reason)
    suppress(named.pk, by=moderator, reason="It names a patient, and where she lives.")
    with pytest.raises(Refused, match="which only the hidden text says"):
        show_again(named.pk, by=moderator, reason="Kowalskaja agreed.")

    assert "Kowalskaja" not in str(list(Event.objects.values_list("data", flat=True)))


def test_the_database_refuses_an_invalid_suppression(versions, moderator):
    live = Publication.objects.open().get()
    suppress(versions[0].pk, by=moderator, reason="A name.")

    with pytest.raises(IntegrityError, match="cannot be published"), transaction.atomic():
        Publication.objects.create(
            page=live.page,
            revision=versions[0],
            verdict=versions[0].verdicts.get(),
            in_force=live.in_force,
        )
    with pytest.raises(IntegrityError, match="published or waits"), transaction.atomic():
        Suppression.objects.create(
            revision=versions[2], by=moderator, by_name="Dr", reason="Why.", at=live.since
        )
    with pytest.raises(IntegrityError, match="stays as it was proposed"), transaction.atomic():
        Suppression.objects.update(reason="Other.")
    with pytest.raises(IntegrityError, match="suppression_needs_two_moderators"), transaction.atomic():
        Suppression.objects.update(confirmed_by=moderator, confirmed_by_name="Dr", confirmed_at=clock.now())


def test_the_author_is_told_of_a_suppression_without_the_hidden_words(
    versions, clinician, moderator, second_moderator, mailoutbox
):
    Letter.objects.update(state=Sending.DROPPED)
    hidden = versions[1].pk
    suppress(hidden, by=moderator, reason="A name.")
    confirm(hidden, by=second_moderator)

    outbox.send_due()
    letters = [one.body for one in mailoutbox if one.to == [clinician.email]]
    news = signed_in(clinician).get("/notices/")

    assert len(letters) == 2
    for told in (*letters, words(news)):
        assert "A name." in told
        assert "The second." not in told
        assert f"/review/{hidden}/" not in told
    assert f"{moderator} hid the text of version 2 of “a page” for now." in words(news)
    assert f"{second_moderator} confirmed that the text of version 2 of “a page” is hidden." in words(news)


def test_a_suppression_confirmed_by_another_moderator_is_permanent(
    versions, clinician, moderator, second_moderator
):
    hidden = versions[0].pk
    suppress(hidden, by=moderator, reason="A name.")
    told = Notice.objects.filter(event__act="suppress").values_list("recipient", flat=True)
    assert second_moderator.pk in told

    one = confirm(hidden, by=second_moderator)

    assert (one.is_confirmed, one.confirmed_by_name) == (True, str(second_moderator))
    assert versions[0] not in seen_by(clinician)
    assert Event.objects.filter(act="confirm_suppression", actor=second_moderator).exists()
    with pytest.raises(IntegrityError, match="confirmed suppression is kept"), transaction.atomic():
        Suppression.objects.all().delete()
    with pytest.raises(IntegrityError, match="stays as it was proposed"), transaction.atomic():
        Suppression.objects.update(confirmed_at=None, confirmed_by=None, confirmed_by_name="")
    for again in (
        lambda: show_again(hidden, by=moderator, reason="No."),
        lambda: confirm(hidden, by=second_moderator),
    ):
        with pytest.raises(Refused, match="was first: this text is hidden for good"):
            again()
    with pytest.raises(Refused, match="suppressed already"):
        suppress(hidden, by=second_moderator, reason="Again.")


def test_any_moderator_can_undo_an_unconfirmed_suppression(versions, clinician, moderator, second_moderator):
    suppress(versions[2].pk, by=moderator, reason="A name.")

    show_again(versions[2].pk, by=second_moderator, reason="It names nobody.")

    assert versions[2] in seen_by(clinician)
    assert PublishedPage.objects.get().publication.revision == versions[1]
    assert Event.objects.get(act="show_again").data["reason"] == "It names nobody."
    with pytest.raises(Refused, match="is not hidden any more"):
        confirm(versions[2].pk, by=second_moderator)


def test_a_suppression_is_confirmed_by_another_moderator_with_a_declaration(
    versions, clinician, moderator, second_moderator
):
    suppress(versions[0].pk, by=moderator, reason="A name.")

    for by, sentence in ((moderator, "another moderator has to"), (clinician, "Only a moderator")):
        with pytest.raises(Refused, match=sentence):
            confirm(versions[0].pk, by=by)
    undeclared = User.objects.create_user("undeclared", role="moderator")
    with pytest.raises(Refused, match="interests"):
        confirm(versions[0].pk, by=undeclared)
    for reason in (" ", "x" * 402):
        with pytest.raises(Refused):
            show_again(versions[0].pk, by=second_moderator, reason=reason)
    assert not Suppression.objects.get().is_confirmed


@pytest.mark.parametrize("ends", ["role", "interest"])
def test_a_suppression_cannot_be_confirmed_once_its_moderator_lost_the_right(
    ends, versions, published, clinician, moderator, second_moderator
):
    suppress(versions[0].pk, by=moderator, reason="A name.")
    if ends == "role":
        User.objects.filter(pk=moderator.pk).update(role="reader")
    else:
        disclosures.declare(moderator, [disclosures.Declared("employment", "A firm", pages=[published])])

    with pytest.raises(Refused, match="may not stand for this any more"):
        confirm(versions[0].pk, by=second_moderator)
    suppress(versions[0].pk, by=second_moderator, reason="A name still.")

    assert Suppression.objects.get().by == second_moderator
    assert versions[0] not in seen_by(clinician)


def test_verification_finds_a_suppression_missing_in_the_log(versions, moderator, second_moderator):
    suppress(versions[0].pk, by=moderator, reason="A name.")
    suppress(versions[1].pk, by=moderator, reason="A name.")
    confirm(versions[1].pk, by=second_moderator)
    suppress(versions[2].pk, by=moderator, reason="A name.")
    show_again(versions[2].pk, by=second_moderator, reason="None.")
    connection.check_constraints()
    assert [*verify.Proof().troubles()] == []

    Suppression.objects.filter(revision=versions[0]).delete()
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        undone = "confirmed_at = NULL, confirmed_by_name = '', confirmed_by_id = NULL"
        cursor.execute(f"UPDATE wiki_suppression SET {undone}")
        cursor.execute("SET LOCAL session_replication_role = origin")

    told = "\n".join(map(str, verify.Proof().troubles()))
    assert f"The text of revision {versions[0].pk} is not hidden as the log says." in told
    assert f"The text of revision {versions[1].pk} is not hidden as the log says." in told
    assert "“confirmed_at”" in told


def test_a_correction_of_a_page_without_published_text_is_refused(published, moderator, second_moderator):
    one = corrections.propose(
        published, passage="A second paragraph.", replacement="", reason="Why.", by=moderator
    )
    suppress(
        PublishedPage.objects.get(page=published).publication.revision_id, by=moderator, reason="A libel."
    )

    with pytest.raises(Refused, match="nothing to correct"):
        corrections.second(one.pk, by=second_moderator, digest=one.digest)
