"""Mail about accounts, as letters."""

import datetime as dt
import re

from django.urls import reverse

from tests.mail.office import hours_go_by
from wiki.mail import notices, outbox
from wiki.models import Letter, Sending, clock


def links_in(text):
    return re.findall(r"https?://\S+/accounts/\S+", text)


def test_a_password_letter_waits_in_the_outbox_and_is_erased_once_sent(
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


def test_an_unknown_address_gets_a_letter_that_it_has_no_account(
    office, client, db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})

    assert [one["To"] for one in office.taken] == ["nobody@example.com"]
    letter = Letter.objects.get()
    assert (letter.recipient, letter.address, letter.body) == (None, "", "")


def test_password_letters_do_not_count_towards_the_hourly_limit(clinician):
    for number in range(notices.MOST_AN_HOUR):
        mail = outbox.letter_to_address(
            clinician.email, subject="", body="", ref=f"{number}", person=clinician
        )
        outbox.post([mail])

    hour_ago = clock.now() - dt.timedelta(hours=1)
    assert Letter.objects.filter(made_at__gt=hour_ago).count() == notices.MOST_AN_HOUR
    assert not Letter.objects.busy([clinician.pk], hour_ago, notices.MOST_AN_HOUR)


def test_administrators_see_a_waiting_letter_without_address_and_text(client, administrator, clinician):
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
