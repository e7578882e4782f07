"""One mail instead of many: what it holds, when it is due, and that it holds everything once."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import subscriptions
from wiki.acts.writing import submission
from wiki.mail import digests, outbox
from wiki.models import Letter, Mailing, Notice, Watch, clock


@remembered
def follower(reader):
    """Return somebody who hears once a day of a page and of its kind."""
    reader.mailing = Mailing.DAILY
    reader.save(update_fields=["mailing"])
    Watch.objects.create(person=reader, kind="condition")
    return reader


@remembered
def news(follower, clinician, moderator):
    """Return two pages of which the follower heard, one of them twice over."""
    pages = [cast.make_page(clinician, moderator, title) for title in ("Hypoparathyroidism", "Seizures")]
    subscriptions.watch(pages[0], by=follower, wanted=True)
    cast.approve(cast.submit(cast.make_edit(pages[0], clinician)), moderator)
    return pages


def tomorrow(days=1):
    return clock.now() + dt.timedelta(days=days)


def sent_to(person):
    outbox.send_due()
    return [one for one in mail.outbox if one.to == [person.email]]


def test_a_digest_holds_each_event_once(news, follower):
    assert sent_to(follower) == []
    assert digests.write_due(tomorrow()) == 1
    assert digests.write_due(tomorrow()) == 0
    assert digests.write_due(tomorrow(2)) == 0

    (letter,) = sent_to(follower)
    assert letter.subject == "Your day on Causeway: 3 pieces of news"
    assert letter.body.count("approved version 1 of “Hypoparathyroidism”") == 1
    assert letter.body.count("approved version 2 of “Hypoparathyroidism”") == 1
    assert letter.body.count("approved version 1 of “Seizures”") == 1
    assert f"/unsubscribe/{follower.pk}.mail:daily:" in letter.extra_headers["List-Unsubscribe"]


def test_no_digest_is_due_before_the_next_morning(news, follower):
    assert digests.write_due() == 0


def test_later_events_are_in_the_next_digest(news, follower, clinician, moderator):
    digests.write_due(tomorrow())
    cast.approve(cast.submit(cast.make_edit(news[1], clinician)), moderator)

    assert digests.write_due(tomorrow(2)) == 1

    first, second = sent_to(follower)
    assert "version 2 of “Seizures”" not in first.body
    assert second.subject == "Your day on Causeway: 1 piece of news"
    assert "version 2 of “Seizures”" in second.body


def test_a_digest_lists_safety_changes_first(news, follower, clinician, moderator):
    draft = cast.make_edit(news[1], clinician, summary="Stop it at once.")
    told = {"impact": "safety", "meaning": "Nobody should take it."}
    cast.approve(submission.submit(draft, by=clinician, note="Grave.", **told), moderator)

    digests.write_due(tomorrow())

    (letter,) = sent_to(follower)
    safety, wording = letter.body.index("SAFETY"), letter.body.index("WORDING")
    assert safety < letter.body.index("What it means for a patient: Nobody should take it.") < wording


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}, {"mailing": "never"}])
def test_a_person_without_mail_gets_no_digest(news, follower, change):
    type(follower).objects.filter(pk=follower.pk).update(**change)

    assert digests.write_due(tomorrow()) == 0

    assert not Notice.objects.to_mail(tomorrow()).filter(recipient=follower).exists()
    assert Notice.objects.of_person(follower).count() == 3


def test_a_digest_omits_changes_no_longer_visible_to_the_person(
    published, colleague, moderator, second_moderator
):
    type(moderator).objects.update(mailing=Mailing.DAILY)
    cast.submit(cast.make_edit(published, colleague))
    type(moderator).objects.filter(pk=moderator.pk).update(role="reader")

    digests.write_due(tomorrow())

    assert Letter.objects.filter(subject__startswith="Your day", recipient=second_moderator).exists()
    told = Letter.objects.filter(subject__startswith="Your day", recipient=moderator)
    assert not any("It waits for review" in one.body for one in told)


AT = dt.datetime
TABLE = [  # 23 November 2026 is a Monday
    ("daily", AT(2026, 11, 24, 6, 59), AT(2026, 11, 23, 7)),
    ("daily", AT(2026, 11, 24, 7, 0), AT(2026, 11, 24, 7)),
    ("at_once", AT(2026, 11, 24, 12, 0), AT(2026, 11, 24, 7)),
    ("weekly", AT(2026, 11, 23, 6, 59), AT(2026, 11, 16, 7)),
    ("weekly", AT(2026, 11, 23, 7, 0), AT(2026, 11, 23, 7)),
    ("weekly", AT(2026, 11, 29, 23, 0), AT(2026, 11, 23, 7)),
]


@pytest.mark.parametrize(("mailing", "now", "due"), TABLE)
def test_a_digest_is_due_at_seven_and_the_weekly_one_on_monday(mailing, now, due):
    zone = timezone.get_current_timezone()

    assert digests.last_due(mailing, now.replace(tzinfo=zone)) == due.replace(tzinfo=zone)


def test_without_a_second_step_a_moderator_is_mailed_what_readers_see(
    follower, news, clinician, colleague, moderator, settings
):
    settings.MFA_REQUIRED = True
    waiting = cast.submit(
        cast.make_edit(news[0], colleague, summary="Newer words."), note="Two tablets, not three."
    )
    told = Letter.objects.filter(recipient=moderator, event__revision=waiting)
    assert told.exists()

    outbox.send_due()

    assert {one.state for one in told} == {"dropped"}
    assert "Two tablets" not in str([one.body for one in mail.outbox if one.to == [moderator.email]])
    moderator.mailing = Mailing.DAILY
    moderator.save(update_fields=["mailing"])
    cast.submit(cast.make_edit(news[1], colleague), note="Three tablets, not two.")
    digests.write_due(tomorrow())
    assert "Three tablets" not in str([one.body for one in Letter.objects.filter(recipient=moderator)])
