"""Letters go to a real mail server: once each, late if need be, never twice."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as ours
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from tests import cast
from tests.mail.office import hours_go_by
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.mail import outbox
from wiki.models import Letter, Sending


def test_a_letter_is_sent_once_with_an_unsubscribe_header(office, letter, clinician, settings):
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
    assert taken["List-Unsubscribe"].startswith(f"<{ours.SITE_URL}/unsubscribe/{clinician.pk}.own:")
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


def test_a_letter_about_the_account_has_no_unsubscribe_link(office, reader, administrator):
    accounts.grant_role(reader, "clinician", by=administrator)

    outbox.send_due()

    (taken,) = office.taken
    assert "List-Unsubscribe" not in taken
    assert "/unsubscribe/" not in taken.get_content()


def test_a_letter_is_sent_later_if_the_mail_server_is_down(office, letter, caplog):
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
def test_a_temporarily_refused_letter_is_retried_with_the_same_message_id(office, letter, place):
    setattr(office, place, ["451 Try again later"])

    assert outbox.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Sending.WAITING, 1)
    assert letter.trouble == "The mail server said 451: Try again later"
    assert outbox.send_due() == 0  # not before its time

    hours_go_by()
    assert outbox.send_due() == 1
    assert [one["Message-ID"] for one in office.taken] == [letter.headers["Message-ID"]]


def test_a_letter_fails_after_five_tries(office, letter):
    office.at_recipient = ["451 Try again later"] * 9

    for _ in range(7):
        outbox.send_due()
        hours_go_by()

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Sending.FAILED, 5)
    assert not office.taken


@pytest.mark.parametrize("place", ["at_recipient", "at_text"])
def test_a_permanently_refused_letter_fails_at_once(office, letter, place):
    setattr(office, place, ["550 No such person"])

    outbox.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (Sending.FAILED, "The mail server said 550: No such person")
    hours_go_by()
    assert outbox.send_due() == 0


def test_a_connection_closed_before_the_text_is_retried(office, letter):
    office.hangs_up = True

    outbox.send_due()
    hours_go_by()
    outbox.send_due()

    assert len(office.taken) == 1


def test_a_letter_cut_off_during_sending_is_never_sent_again(office, letter):
    office.cuts = True

    assert outbox.send_due() == 0

    letter.refresh_from_db()
    assert letter.state == Sending.UNKNOWN
    hours_go_by()
    assert outbox.send_due() == 0
    assert len(office.taken) == 1


def test_a_letter_to_an_invalid_address_fails(office, waiting, clinician, moderator):
    type(clinician).objects.filter(pk=clinician.pk).update(email="ärztin@example.org")
    Letter.objects.update(state=Sending.DROPPED)
    review.reject(waiting.pk, by=moderator, reason="No.")

    outbox.send_due()

    letter = Letter.objects.latest("pk")
    assert (letter.state, letter.trouble[:20]) == (Sending.FAILED, "This cannot be sent:")


@pytest.mark.parametrize("change", [{"is_active": False}, {"mailing": "never"}])
def test_a_letter_no_longer_wanted_is_dropped(office, letter, clinician, change):
    type(clinician).objects.filter(pk=clinician.pk).update(**change)

    assert outbox.send_due() == 0

    letter.refresh_from_db()
    assert (letter.state, office.taken) == (Sending.DROPPED, [])


def test_a_letter_about_work_no_longer_visible_is_not_sent(office, published, colleague, moderator):
    Letter.objects.update(state=Sending.DROPPED)
    cast.submit(cast.make_edit(published, colleague))
    type(moderator).objects.filter(pk=moderator.pk).update(role="reader")

    outbox.send_due()

    assert not office.taken


def test_the_database_refuses_changes_of_a_sent_letter(office, letter):
    outbox.send_due()

    for change in ({"state": Sending.WAITING}, {"body": "Something else."}, {"address": "x@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)


def test_only_the_mail_package_sends_mail():
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


def test_a_letter_of_a_killed_worker_is_never_sent_again(
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
