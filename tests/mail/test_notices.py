"""Who hears of what, on the site and by mail."""

from django.core import mail

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.acts.writing import submission
from wiki.audit import log
from wiki.mail import notices
from wiki.models import Event, Notice


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician, summary="A new summary."))


def test_moderators_hear_of_submissions_except_their_own(published, moderator, second_moderator):
    Notice.objects.all().delete()

    cast.submit(cast.make_edit(published, moderator))

    assert {notice.recipient for notice in Notice.objects.all()} == {second_moderator}


def test_a_mail_goes_out_when_the_act_is_committed(
    published, clinician, moderator, waiting, django_capture_on_commit_callbacks
):
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        review.reject(waiting.pk, by=moderator, reason="The source says less.")

    (letter,) = mail.outbox
    assert letter.to == ["clinician@example.org"]
    assert letter.subject == "Rejected: Hypoparathyroidism"
    assert "The source says less." in letter.body
    assert f"/review/{waiting.pk}/" in letter.body


def test_a_mail_server_that_fails_undoes_nothing(
    waiting, moderator, settings, caplog, django_capture_on_commit_callbacks
):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1},
        }
    }

    with django_capture_on_commit_callbacks(execute=True):
        review.reject(waiting.pk, by=moderator, reason="No.")

    assert "the mail server does not answer" in caplog.text
    assert Event.objects.filter(act="reject").exists()


def test_people_without_an_address_or_an_account_in_use_get_no_mail(
    waiting, clinician, moderator, django_capture_on_commit_callbacks
):
    type(clinician).objects.filter(pk=clinician.pk).update(email="")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        review.reject(waiting.pk, by=moderator, reason="No.")

    assert mail.outbox == []
    assert Notice.objects.of_person(clinician).exists()


def test_silence_suppresses_notices(published, clinician, moderator):
    Notice.objects.all().delete()

    with notices.silence():
        cast.submit(cast.make_edit(published, clinician))

    assert not Notice.objects.exists()


def test_marking_notices_as_seen_counts_each_once(waiting, moderator):
    unseen = Notice.objects.of_person(moderator).unseen().count()

    assert notices.mark_seen(moderator) == unseen > 0
    assert notices.mark_seen(moderator) == 0


def test_a_letter_about_a_new_role_links_to_the_wiki(
    reader, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        accounts.grant_role(reader, "clinician", by=administrator)

    (letter,) = mail.outbox
    assert letter.subject == "Your role on Causeway has changed"
    assert "you are now a clinician" in letter.body


def test_an_event_without_a_page_is_put_into_words(db):
    event = log.write("demo", by=None)

    assert (event.actor_name, notices.subject_of(event)) == ("Causeway", "a page")


def test_a_letter_names_person_act_reason_and_link(
    published, clinician, moderator, settings, django_capture_on_commit_callbacks
):
    draft = cast.make_edit(published, clinician, summary="Too little hormone.")
    with django_capture_on_commit_callbacks(execute=True):
        waiting = submission.submit(draft, by=clinician, note="Plainer words.", impact="wording")
    with django_capture_on_commit_callbacks(execute=True):
        review.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    sent, answered = mail.outbox[-2:]
    assert "Dr Ines Albrecht sent in version 2 of “Hypoparathyroidism”." in sent.body
    assert "Note to the reviewer:\n  Plainer words." in sent.body
    assert "Dr Amara Osei asks for changes to version 2 of “Hypoparathyroidism”." in answered.body
    assert "Reason:\n  Name the population." in answered.body
    assert f"Read it here: {settings.SITE_URL}/review/{waiting.pk}/" in answered.body


def test_a_letter_about_a_new_role_uses_the_right_article(
    reader, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        accounts.grant_role(reader, "administrator", by=administrator)

    assert "you are now an administrator" in mail.outbox[-1].body
