"""Letters and digests that come late: they say what is true now, or are not sent."""

import datetime as dt

from django.core import mail

from tests import cast
from tests.remembered import remembered
from tests.reviewing import signed_in, words
from wiki.acts.reviewing import remarks, review
from wiki.acts.safety import corrections, suppression
from wiki.mail import digests, outbox
from wiki.models import Letter, Mailing, Sending, clock


def test_letters_about_one_submission_are_one_thread_for_a_mail_program(published, clinician, moderator):
    sent = cast.propose_change(published, clinician)
    other = cast.propose_change(published, moderator)
    said = remarks.remark(sent.pk, by=moderator, at=remarks.WHOLE.key, text="Which figure?")
    remarks.answer(sent.pk, said.pk, by=clinician, text="The second.")

    threads = [one.headers["References"] for one in Letter.objects.filter(event__revision=sent)]
    apart = [one.headers["References"] for one in Letter.objects.filter(event__revision=other)]

    assert len(threads) >= 3
    assert len({*threads}) == 1
    assert not {*threads} & {*apart}
    for one in Letter.objects.filter(event__revision=sent):
        assert one.headers["In-Reply-To"] == one.headers["References"]
    assert len({one.headers["Message-ID"] for one in Letter.objects.all()}) == Letter.objects.count()


def test_a_letter_about_a_remark_holds_what_was_said(published, clinician, moderator):
    sent = cast.propose_change(published, clinician)
    Letter.objects.update(state=Sending.DROPPED)
    remarks.remark(sent.pk, by=moderator, at=remarks.WHOLE.key, text="Which figure?\nThe second one?")

    outbox.send_due()

    (letter,) = mail.outbox
    assert "  Which figure?\n  The second one?" in letter.body


def test_no_letter_holds_a_suppressed_text(published, clinician, moderator, second_moderator):
    clinician.mailing = Mailing.DAILY
    clinician.save(update_fields=["mailing"])
    sent = cast.propose_change(published, clinician, title="Named patient")
    remarks.remark(sent.pk, by=moderator, at=remarks.WHOLE.key, text="Named patient, really?")
    review.reject(sent.pk, by=moderator, reason="It names somebody.")
    digests.write_due(clock.now() + dt.timedelta(days=1))
    assert "Named patient" in Letter.objects.get(recipient=clinician, event=None).body
    suppression.suppress(sent.pk, by=moderator, reason="A name.")
    outbox.send_due()

    assert not [one for one in mail.outbox if "Named" in f"{one.subject} {one.body}"]
    assert [one for one in mail.outbox if "hidden for now" in one.subject]


def test_a_delayed_letter_states_the_present_state_or_is_dropped(
    published, clinician, colleague, moderator, second_moderator
):
    sent = cast.propose_change(published, clinician)
    asked = Letter.objects.get(event__act="submit", event__revision=sent, recipient=second_moderator)
    review.reject(sent.pk, by=moderator, reason="Too little.")
    approved = cast.approve(cast.propose_change(published, colleague, summary="Other."), moderator)
    told = Letter.objects.get(event__act="approve", event__revision=approved.revision, recipient=colleague)
    review.unapprove(approved.revision_id, by=moderator, reason="Wrong.")

    outbox.send_due()

    asked.refresh_from_db()
    told.refresh_from_db()
    assert (asked.state, told.state) == (Sending.DROPPED, Sending.SENT)
    (letter,) = [one for one in mail.outbox if one.extra_headers["Message-ID"] == told.headers["Message-ID"]]
    assert letter.body.startswith("Since then the approval was reverted.")


def test_a_delayed_letter_to_the_author_states_the_verdict(dosed_for_a_specialist, clinician, moderator):
    Letter.objects.exclude(event__act="sign").update(state=Sending.DROPPED)
    review.reject(dosed_for_a_specialist.pk, by=moderator, reason="Too much.")
    Letter.objects.exclude(event__act="sign").update(state=Sending.DROPPED)

    outbox.send_due()

    (letter,) = [one for one in mail.outbox if one.to == [clinician.email]]
    assert letter.body.startswith("Since then it was rejected: nothing waits for you here.")


@remembered
def dosed_for_a_specialist(published, clinician, moderator):
    """Return a change that one moderator has signed and a specialist has not."""
    sent = cast.propose_change(published, clinician, body="## Treatment\n\nTake 5 mg once a day.")
    cast.sign(sent, moderator)
    return sent


def test_a_letter_about_a_correction_that_was_decided_is_not_sent(published, moderator, second_moderator):
    told = {"passage": "A second paragraph.", "replacement": "", "reason": "Wrong."}
    one = corrections.propose(published, by=moderator, **told)
    letter = Letter.objects.get(event__act="correct", recipient=second_moderator)
    corrections.lift(one.pk, by=moderator, reason="It was right.")

    outbox.send_due()

    letter.refresh_from_db()
    assert letter.state == Sending.DROPPED


def test_a_digest_omits_submissions_decided_meanwhile(published, clinician, moderator, second_moderator):
    second_moderator.mailing = Mailing.DAILY
    second_moderator.save(update_fields=["mailing"])
    settled = cast.propose_change(published, clinician, title="Settled")
    review.reject(settled.pk, by=moderator, reason="Too little.")
    cast.propose_change(published, clinician, title="Still waiting")

    digests.write_due(clock.now() + dt.timedelta(days=1))
    outbox.send_due()

    (letter,) = [one for one in mail.outbox if one.to == [second_moderator.email]]
    assert "“Still waiting”" in letter.body
    assert "“Settled”" not in letter.body


def test_the_news_state_the_verdict_on_waiting_work(published, clinician, moderator, second_moderator):
    sent = cast.propose_change(published, clinician)
    desk = signed_in(second_moderator)
    assert "Since then it was rejected" not in words(desk.get("/notices/"))

    review.reject(sent.pk, by=moderator, reason="Too little.")

    assert "Since then it was rejected: nothing waits for you here." in words(desk.get("/notices/"))
