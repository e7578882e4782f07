"""Letters go to a real mail server: once each, late if need be, never twice."""

import asyncio
import datetime as dt
import email
import email.message
import os
import re
import signal
import socket
import subprocess
import sys
from email.policy import default
from pathlib import Path
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as ours
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests import cast
from tests.remembered import remembered
from tests.shown import said
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.acts.safety import reports
from wiki.mail import notices, outbox
from wiki.models import Letter, Sending, clock
from wiki.settings import mailer_at

LATER = dt.timedelta(hours=4)


class Office:
    """A mail server that takes what it gets, unless it was told to answer otherwise."""

    def __init__(self) -> None:
        self.taken: list[email.message.EmailMessage] = []
        self.lines: list[bytes] = []
        self.at_recipient: list[str] = []
        self.at_text: list[str] = []
        self.cuts = False
        self.hangs_up = False
        self.kills = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.open()

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        self.is_open = True

    def close(self) -> None:
        if self.is_open:
            self.controller.stop()
        self.is_open = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  its name there
        if self.hangs_up:
            self.hangs_up = False
            server.transport.abort()
        if self.at_recipient:
            return self.at_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  its name there
        if self.kills:
            os.kill(self.kills, signal.SIGKILL)
            await asyncio.sleep(60)
        if self.at_text:
            return self.at_text.pop(0)
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        self.lines += envelope.content.splitlines()
        if self.cuts:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def office(settings):
    """Return the mail server that the wiki sends to."""
    office = Office()
    settings.MAILERS = {"default": mailer_at(f"smtp://127.0.0.1:{office.port}")}
    yield office
    office.close()


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician))


@remembered
def letter(waiting, moderator, second_moderator):
    """Return the letter that tells an author of a verdict; nothing else is in the box."""
    Letter.objects.update(state=Sending.DROPPED)
    review.reject(waiting.pk, by=moderator, reason="The source says less.")
    return Letter.objects.get(state=Sending.WAITING)


def hours_go_by():
    """Let time pass for the box: the clock of the acts is the database's own."""
    Letter.objects.update(send_at=F("send_at") - LATER, tried_at=F("tried_at") - LATER)
    cache.clear()


def test_a_letter_is_taken_once_with_its_way_out(office, letter, clinician, settings):
    settings.UNSUBSCRIBE_EMAIL = "stop@example.org"

    assert (outbox.send_due(), outbox.send_due()) == (1, 0)

    (taken,) = office.taken
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.trouble) == (Sending.SENT, 1, "")
    assert taken["To"] == "clinician@example.org"
    assert taken["Subject"] == "Rejected: Hypoparathyroidism"
    assert taken["Message-ID"] == letter.headers["Message-ID"]
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["List-Unsubscribe"] == letter.headers["List-Unsubscribe"]
    assert taken["List-Unsubscribe"].startswith(f"<{ours.SITE_URL}/unsubscribe/{clinician.pk}.mail:at_once:")
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # Letter for letter on the wire: no mail program looks for an address in an encoded word.
    assert f"List-Unsubscribe: {letter.headers['List-Unsubscribe']}".encode() in office.lines
    assert "The source says less." in taken.get_content()


def test_a_letter_goes_out_when_its_act_is_committed(
    office, waiting, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        review.reject(waiting.pk, by=moderator, reason="No.")
        assert not office.taken

    assert [one["To"] for one in office.taken] == ["clinician@example.org"]


def test_what_is_about_the_account_itself_has_no_way_out(office, reader, administrator):
    accounts.grant_role(reader, "clinician", by=administrator)

    outbox.send_due()

    (taken,) = office.taken
    assert "List-Unsubscribe" not in taken
    assert "/unsubscribe/" not in taken.get_content()


def test_a_mail_server_that_is_down_delays_nothing_and_gets_the_letter_later(office, letter, caplog):
    office.close()

    assert outbox.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Sending.WAITING, 0)
    assert "the mail server does not answer" in caplog.text

    office.open()
    assert outbox.send_due() == 0  # nobody waits for it again so soon
    hours_go_by()
    assert outbox.send_due() == 1
    assert len(office.taken) == 1


@pytest.mark.parametrize("place", ["at_recipient", "at_text"])
def test_what_is_not_taken_now_is_tried_again_under_the_same_name(office, letter, place):
    setattr(office, place, ["451 Try again later"])

    assert outbox.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Sending.WAITING, 1)
    assert letter.trouble == "The mail server said 451: Try again later"
    assert outbox.send_due() == 0  # not before its time

    hours_go_by()
    assert outbox.send_due() == 1
    assert [one["Message-ID"] for one in office.taken] == [letter.headers["Message-ID"]]


def test_after_five_times_a_letter_is_given_up(office, letter):
    office.at_recipient = ["451 Try again later"] * 9

    for _ in range(7):
        outbox.send_due()
        hours_go_by()

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Sending.FAILED, 5)
    assert not office.taken


@pytest.mark.parametrize("place", ["at_recipient", "at_text"])
def test_what_will_never_be_taken_is_given_up_at_once(office, letter, place):
    setattr(office, place, ["550 No such person"])

    outbox.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (Sending.FAILED, "The mail server said 550: No such person")
    hours_go_by()
    assert outbox.send_due() == 0


def test_a_server_that_hangs_up_before_the_text_gets_it_later(office, letter):
    office.hangs_up = True

    outbox.send_due()
    hours_go_by()
    outbox.send_due()

    assert len(office.taken) == 1


def test_what_was_cut_off_while_it_was_sent_is_never_sent_again(office, letter):
    office.cuts = True

    assert outbox.send_due() == 0

    letter.refresh_from_db()
    assert letter.state == Sending.UNKNOWN
    hours_go_by()
    assert outbox.send_due() == 0
    assert len(office.taken) == 1


def test_an_address_that_cannot_be_written_to_is_given_up(office, waiting, clinician, moderator):
    type(clinician).objects.filter(pk=clinician.pk).update(email="ärztin@example.org")
    Letter.objects.update(state=Sending.DROPPED)
    review.reject(waiting.pk, by=moderator, reason="No.")

    outbox.send_due()

    letter = Letter.objects.latest("pk")
    assert (letter.state, letter.trouble[:20]) == (Sending.FAILED, "This cannot be sent:")


@pytest.mark.parametrize("change", [{"is_active": False}, {"mailing": "never"}])
def test_what_is_not_wanted_any_more_is_not_sent(office, letter, clinician, change):
    type(clinician).objects.filter(pk=clinician.pk).update(**change)

    assert outbox.send_due() == 0

    letter.refresh_from_db()
    assert (letter.state, office.taken) == (Sending.DROPPED, [])


def test_who_may_no_longer_see_what_it_tells_of_gets_no_letter(office, published, colleague, moderator):
    Letter.objects.update(state=Sending.DROPPED)
    cast.submit(cast.make_edit(published, colleague))
    type(moderator).objects.filter(pk=moderator.pk).update(role="reader")

    outbox.send_due()

    assert not office.taken


def test_the_database_refuses_to_send_again_or_to_change_what_is_said(office, letter):
    outbox.send_due()

    for change in ({"state": Sending.WAITING}, {"body": "Something else."}, {"address": "x@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)


# --- To readers without an account --------------------------------------------------------------------------


@pytest.fixture
def report(published):
    """Return what a reader reported who left an address."""
    live = published.publications.get(in_force__upper_inf=True).revision
    made = reports.report(live, wrong="The figure is wrong.", email="reader@example.com")
    Letter.objects.update(state=Sending.DROPPED)
    return made


@pytest.fixture
def answer(report, moderator):
    """Return the letter with the answer to a report."""
    reports.close(report.pk, by=moderator, answer="It is put right.")
    return Letter.objects.answering(report)


def test_the_answer_to_a_reader_is_a_letter_that_waits_for_the_mail_server(office, report, answer):
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
def test_the_address_of_a_reader_is_kept_until_the_letter_is_done_with_and_no_longer(
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


def test_what_is_no_longer_wanted_keeps_neither_address_nor_text(letter, clinician):
    Letter.objects.update(state=Sending.DROPPED)

    letter.refresh_from_db()
    assert (letter.address, letter.body) == ("", "")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (lambda office: None, "Mail to the reader: taken by the mail server."),
        (Office.close, "Mail to the reader: to be sent."),
        (refuse, "Mail to the reader: given up."),
        (cut, "Mail to the reader: cut off while it was sent; not sent again."),
    ],
    ids=["sent", "down", "refused", "cut off"],
)
def test_a_moderator_reads_what_became_of_the_mail_to_the_reader(
    office, client, report, moderator, trouble, words, django_capture_on_commit_callbacks
):
    trouble(office)
    client.force_login(moderator)

    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(f"/reports/{report.pk}/", {"answer": "It is put right."})

    assert shown.status_code == 302
    assert words in said(client.get(f"/reports/{report.pk}/"))


# --- About accounts -----------------------------------------------------------------------------------------


def links_in(text):
    return re.findall(r"https?://\S+/accounts/\S+", text)


def test_a_link_for_a_new_password_waits_in_the_box_and_is_removed_once_it_is_sent(
    office, client, clinician, django_capture_on_commit_callbacks
):
    office.close()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": clinician.email})
    letter = Letter.objects.get(ref__startswith="password_reset_key")
    assert (letter.state, letter.recipient) == (Sending.WAITING, clinician)
    assert links_in(letter.body)

    office.open()
    hours_go_by()
    assert outbox.send_due() == 1

    (link,) = links_in(office.taken[0].get_content())
    assert client.get(link, follow=True).status_code == 200
    letter.refresh_from_db()
    assert (letter.state, letter.address, letter.body) == (Sending.SENT, "", "")


def test_whoever_has_no_account_is_told_so_by_a_letter_too(
    office, client, db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})

    assert [one["To"] for one in office.taken] == ["nobody@example.com"]
    letter = Letter.objects.get()
    assert (letter.recipient, letter.address, letter.body) == (None, "", "")


def test_asking_for_somebodys_password_again_and_again_does_not_hold_back_their_news(clinician):
    for number in range(notices.MOST_AN_HOUR):
        mail = outbox.letter_to_address(
            clinician.email, subject="", body="", ref=f"{number}", person=clinician
        )
        outbox.post([mail])

    hour_ago = clock.now() - dt.timedelta(hours=1)
    assert Letter.objects.filter(made_at__gt=hour_ago).count() == notices.MOST_AN_HOUR
    assert not Letter.objects.busy([clinician.pk], hour_ago, notices.MOST_AN_HOUR)


def test_administrators_see_that_a_letter_waits_and_neither_where_to_nor_what_it_says(
    client, administrator, clinician
):
    client.force_login(administrator)
    client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    client.post(reverse("account_reset_password"), {"email": clinician.email})

    for letter in Letter.objects.all():
        assert letter.state == Sending.WAITING
        for path in ("/admin/wiki/letter/", f"/admin/wiki/letter/{letter.pk}/change/"):
            html = client.get(path).text
            assert "To be sent" in html
            assert letter.address not in html
            assert not links_in(html)


def test_no_other_code_than_that_of_mail_sends_mail():
    names = re.compile(
        r"send_mail\(|send_mass_mail|EmailMessage\(|EmailMultiAlternatives|mail_admins|mail_managers"
    )
    # The adapter of allauth is asked under this name, and puts what it is given into the box.
    allowed = {"wiki/views/people/accounts.py": ["send_mail("]}
    root = Path(ours.BASE_DIR)

    found = {
        str(path.relative_to(root)): names.findall(path.read_text(encoding="utf-8"))
        for path in (root / "wiki").rglob("*.py")
        if "mail" not in path.relative_to(root).parts
    }

    assert {path: calls for path, calls in found.items() if calls} == allowed


def worker(port):
    """Start the worker as a place would that runs one, against the database of this test."""
    place = connection.settings_dict
    query = f"host={quote(place['HOST'])}&port={place['PORT']}"
    user = f"{quote(place['USER'])}:{quote(place['PASSWORD'] or '')}"
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{user}@/{place['NAME']}?{query}",
        "CAUSEWAY_TASKS": "worker",
        "CAUSEWAY_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay"]
    root = Path(ours.BASE_DIR)
    return subprocess.Popen([*command, "--no-reload"], cwd=root, env=environment, stderr=subprocess.PIPE)


def test_a_worker_that_is_killed_leaves_what_nobody_sends_twice(
    transactional_db, office, settings, clinician, reader, administrator
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    accounts.grant_role(reader, "clinician", by=administrator)
    assert DBTaskResult.objects.count() == 1
    assert Letter.objects.get().state == Sending.WAITING

    with worker(office.port) as running:
        office.kills = running.pid
        assert running.wait(timeout=60) == -signal.SIGKILL
    office.kills = 0
    letter = Letter.objects.get()
    accounts.grant_role(clinician, "moderator", by=administrator)

    assert letter.state == Sending.SENDING
    assert outbox.send_due() == 1
    assert [one["To"] for one in office.taken] == ["clinician@example.org"]
    hours_go_by()
    assert outbox.send_due() == 0
    letter.refresh_from_db()
    assert letter.state == Sending.UNKNOWN
