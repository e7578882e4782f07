"""Answers to readers without an account, as letters."""

import pytest

from tests.mail.office import Office, hours_go_by
from tests.shown import html_of
from wiki.mail import outbox
from wiki.models import Letter, Sending


def test_the_answer_to_a_reader_waits_until_the_mail_server_is_up(office, report, answer):
    office.close()
    assert outbox.send_due() == 0
    answer.refresh_from_db()
    report.refresh_from_db()
    assert (answer.recipient, answer.state, answer.address) == (None, Sending.WAITING, "reader@example.com")
    assert report.email == ""

    office.open()
    hours_go_by()
    assert outbox.send_due() == 1
    assert [one["To"] for one in office.taken] == ["reader@example.com"]
    assert "It is put right." in office.taken[0].get_content()
    assert "List-Unsubscribe" not in office.taken[0]


def refuse(office):
    office.at_recipient = ["550 reader@example.com is not known here"]


def put_off(office):
    office.at_recipient = ["451 Try again later, reader@example.com"] * 9


def cut(office):
    office.cuts = True


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (lambda office: None, Sending.SENT),
        (refuse, Sending.FAILED),
        (put_off, Sending.FAILED),
        (cut, Sending.UNKNOWN),
    ],
    ids=["sent", "refused", "put off too often", "cut off"],
)
def test_the_address_of_a_reader_is_erased_once_the_letter_is_sent_or_failed(
    office, answer, trouble, state, caplog
):
    trouble(office)

    for _ in range(6):
        outbox.send_due()
        hours_go_by()

    answer.refresh_from_db()
    assert (answer.state, answer.address, answer.body) == (state, "", "")
    logged = [one.getMessage() for one in caplog.records if one.name.startswith("wiki")]
    assert "reader@example.com" not in " ".join([answer.trouble, *logged])


def test_a_dropped_letter_has_no_address_or_text(letter, clinician):
    Letter.objects.update(state=Sending.DROPPED)

    letter.refresh_from_db()
    assert (letter.address, letter.body) == ("", "")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (lambda office: None, "Email to the reader: taken by the mail server."),
        (Office.close, "Email to the reader: to be sent."),
        (refuse, "Email to the reader: given up."),
        (cut, "Email to the reader: cut off while it was sent; not sent again."),
    ],
    ids=["sent", "down", "refused", "cut off"],
)
def test_a_moderator_sees_the_state_of_the_mail_to_a_reader(
    office, client, report, moderator, trouble, words, django_capture_on_commit_callbacks
):
    trouble(office)
    client.force_login(moderator)

    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(f"/reports/{report.pk}/", {"answer": "It is put right."})

    assert shown.status_code == 302
    assert words in html_of(client.get(f"/reports/{report.pk}/"))
