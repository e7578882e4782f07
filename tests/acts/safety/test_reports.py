"""What readers report: it arrives, is taken up, is answered; and who hears of a page."""

import pytest
from django.core import mail

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import subscriptions
from wiki.acts.reviewing import review
from wiki.acts.safety import reports
from wiki.acts.writing import drafts
from wiki.models import Event, Letter, Notice, ReportState, Watch, publications
from wiki.policy.refusal import Refused


@remembered
def live(published):
    """Return the revision that readers see."""
    return publications.live_revision(published)


@remembered
def report(live):
    """Return what a reader found wrong."""
    return reports.report(live, wrong=" The figure is 25%, not 52%. ", source="PMID 1", email="r@example.org")


def heard(person):
    return [notice.event.act for notice in Notice.objects.of_person(person)]


def test_a_report_reaches_the_moderators_and_those_who_watch_the_page_and_may_answer(
    live, moderator, reader, colleague
):
    subscriptions.watch(live.page, by=colleague, wanted=True)
    subscriptions.watch(live.page, by=reader, wanted=True)

    made = reports.report(live, wrong=" The figure is wrong. ")

    assert made.wrong == "The figure is wrong."
    assert made.state == ReportState.OPEN
    assert "report" in heard(moderator)
    assert "report" in heard(colleague)
    assert "report" not in heard(reader)


def test_the_mail_about_a_report_leads_to_it(live, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = reports.report(live, wrong="The figure is wrong.")

    (letter,) = mail.outbox
    assert letter.subject == "A reader reports a mistake: Hypoparathyroidism"
    assert f"/reports/{made.pk}/" in letter.body


def test_an_unpublished_revision_cannot_be_reported(published, clinician):
    waiting = cast.submit(cast.make_edit(published, clinician))

    with pytest.raises(Refused, match="Only what readers have seen"):
        reports.report(waiting, wrong="The figure is wrong.")


def test_a_report_is_taken_up_in_a_draft(report, clinician):
    draft = reports.take_up(report.pk, by=clinician)

    report.refresh_from_db()
    assert draft.note == "Puts right what a reader reported: "
    assert (report.draft, report.standing, report.handled_by) == (draft, "Being put right", clinician)


def test_an_open_draft_is_used_and_its_note_stays(report, published, clinician):
    draft = cast.make_edit(published, clinician)
    drafts.save(draft, draft.document, by=clinician, note="Mine.")

    assert reports.take_up(report.pk, by=clinician) == draft

    draft.refresh_from_db()
    assert draft.note == "Mine."


def test_a_report_taken_up_by_one_person_cannot_be_taken_by_another(report, clinician, colleague):
    reports.take_up(report.pk, by=clinician)

    with pytest.raises(Refused, match="Dr Ines Albrecht is putting this right already"):
        reports.take_up(report.pk, by=colleague)


def test_a_report_whose_draft_was_discarded_is_open_again(report, clinician, colleague):
    drafts.discard(reports.take_up(report.pk, by=clinician), by=clinician)

    report.refresh_from_db()
    assert report.standing == "Open"
    assert reports.take_up(report.pk, by=colleague).author == colleague


def test_an_answer_is_mailed_and_the_address_is_removed(
    report, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        reports.close(report.pk, by=moderator, answer=" It is put right in version 2. ")

    report.refresh_from_db()
    (letter,) = mail.outbox
    assert letter.to == ["r@example.org"]
    assert "It is put right in version 2." in letter.body
    assert "/wiki/hypoparathyroidism/" in letter.body
    assert (report.email, report.standing, report.handled_by_name) == ("", "Answered", "Dr Amara Osei")
    assert Event.objects.filter(act="close_report", data__report=report.pk).exists()


def test_a_reader_who_left_no_address_gets_no_mail(live, moderator, django_capture_on_commit_callbacks):
    made = reports.report(live, wrong="The figure is wrong.")

    with django_capture_on_commit_callbacks(execute=True):
        reports.close(made.pk, by=moderator, answer="It is right.")

    assert not mail.outbox


def test_a_report_without_an_address_is_answered_without_a_letter(live, moderator):
    made = reports.report(live, wrong="The figure is wrong.")

    reports.close(made.pk, by=moderator, answer="It is right.")

    assert Letter.objects.answering(made) is None


def test_answering_a_report_needs_a_moderator_and_text_and_happens_once(
    report, clinician, moderator, second_moderator
):
    with pytest.raises(Refused, match="Only a moderator"):
        reports.close(report.pk, by=clinician, answer="Done.")
    with pytest.raises(Refused, match="Say in a sentence"):
        reports.close(report.pk, by=moderator, answer=" ")

    reports.close(report.pk, by=moderator, answer="Done.")

    with pytest.raises(Refused, match="Dr Amara Osei was first"):
        reports.close(report.pk, by=second_moderator, answer="Done.")
    with pytest.raises(Refused, match="Dr Amara Osei was first"):
        reports.take_up(report.pk, by=clinician)


def test_acts_on_an_unknown_report_are_refused(clinician, moderator):
    with pytest.raises(Refused, match="no longer there"):
        reports.take_up(1, by=clinician)
    with pytest.raises(Refused, match="no longer there"):
        reports.close(1, by=moderator, answer="Done.")


def test_watchers_hear_of_approvals_and_reverts_by_others(
    published, clinician, reader, moderator, second_moderator
):
    for person in (reader, moderator):
        subscriptions.watch(published, by=person, wanted=True)

    approved = cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    review.unapprove(approved.revision_id, by=second_moderator, reason="A wrong figure.")

    assert heard(reader) == ["unapprove", "approve"]
    assert "approve" not in heard(moderator)
    assert "unapprove" in heard(moderator)


def test_watching_twice_stores_one_watch_which_can_end(published, reader):
    subscriptions.watch(published, by=reader, wanted=True)
    subscriptions.watch(published, by=reader, wanted=True)
    assert Watch.objects.is_watched(published, reader)

    subscriptions.watch(published, by=reader, wanted=False)

    assert not Watch.objects.is_watched(published, reader)
