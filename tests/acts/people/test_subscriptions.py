"""Who hears of what: for what they watch, once, and never of what they may not see."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import accounts, subscriptions
from wiki.acts.people.subscriptions import SubscriptionChoice
from wiki.acts.reviewing import review
from wiki.acts.safety import reports
from wiki.audit import log
from wiki.mail import notices, unsubscribe
from wiki.mail.audience import MAIL
from wiki.models import Letter, Mailing, Notice, Requirement, Revision, Sending, Watch
from wiki.policy.refusal import Refused

NOTHING = SubscriptionChoice(mailing="at_once", queue=False, kinds=(), specialties=(), pages=())


def heard(person):
    """Return what a person heard of, the newest first, with the reason."""
    return [(one.event.act, one.why) for one in Notice.objects.of_person(person)]


def letters_to(person):
    return Letter.objects.filter(recipient=person)


@remembered
def follower(reader):
    Watch.objects.create(person=reader, kind="condition")
    return reader


def test_watchers_of_a_kind_hear_of_approvals_and_reverts(follower, clinician, moderator, second_moderator):
    page = cast.make_page(clinician, moderator)
    cast.make_page(clinician, moderator, kind="gene")
    review.unapprove(page.publications.get().revision_id, by=second_moderator, reason="Wrong.")

    assert heard(follower) == [("unapprove", "kind:condition"), ("approve", "kind:condition")]


def test_several_matching_watches_give_one_notice_with_the_nearest_reason(
    published, follower, clinician, moderator
):
    subscriptions.watch(published, by=follower, wanted=True)
    Notice.objects.all().delete()

    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    assert heard(follower) == [("approve", f"page:{published.pk}")]
    assert letters_to(follower).filter(event__act="approve").count() == 1


def test_a_notice_of_ones_own_work_comes_before_a_watched_page(published, clinician, moderator):
    subscriptions.watch(published, by=clinician, wanted=True)

    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    assert heard(clinician)[0] == ("approve", "own")


def test_telling_an_event_twice_gives_one_notice(published, clinician, moderator):
    Notice.objects.all().delete()
    waiting = cast.submit(cast.make_edit(published, clinician))

    notices.tell(waiting.events.get(act="submit"), [moderator])

    assert heard(moderator) == [("submit", "queue")]


def test_specialty_watchers_hear_of_submissions_and_readers_of_approvals(
    published, reader, colleague, clinician, moderator
):
    for person in (reader, colleague):
        Watch.objects.create(person=person, specialty="clinical_genetics")
    waiting = cast.submit(cast.make_edit(published, clinician))
    Requirement.objects.create(
        revision=waiting, role="moderator", specialties=["clinical_genetics"], label="one geneticist"
    )
    Notice.objects.all().delete()
    Letter.objects.all().delete()

    waiting = Revision.objects.get(pk=waiting.pk)
    notices.tell(waiting.events.get(act="submit"))
    assert heard(colleague) == [("submit", "specialty:clinical_genetics")]
    assert heard(reader) == []

    cast.approve(waiting, moderator)
    assert heard(reader) == [("approve", "specialty:clinical_genetics")]


def test_queue_events_reach_only_moderators_who_watch_the_queue(
    published, clinician, moderator, second_moderator
):
    Watch.objects.create(person=clinician, queue=True)
    subscriptions.choose(second_moderator, NOTHING)
    Notice.objects.all().delete()

    cast.submit(cast.make_edit(published, clinician))
    reports.report(published.publications.get().revision, wrong="The figure is wrong.")

    assert heard(moderator) == [("report", "queue"), ("submit", "queue")]
    assert heard(second_moderator) == heard(clinician) == []


def test_a_new_moderator_watches_the_queue(reader, administrator):
    accounts.grant_role(reader, "moderator", by=administrator)

    assert Watch.objects.filter(person=reader, queue=True).exists()


def test_letters_over_the_hourly_limit_go_into_the_next_digest(published, moderator, clinician):
    Letter.objects.update(state=Sending.DROPPED)
    event = cast.submit(cast.make_edit(published, clinician)).events.get()
    had = letters_to(moderator).count()
    for number in range(notices.MOST_AN_HOUR - had):
        notices.tell(log.write("submit", by=clinician, revision=event.revision, n=number))

    notices.tell(log.write("submit", by=clinician, revision=event.revision))

    assert letters_to(moderator).count() == notices.MOST_AN_HOUR
    last = Notice.objects.filter(recipient=moderator).latest("pk")
    assert (last.letter, last.by_mail) == (None, True)


@pytest.mark.parametrize(("mailing", "by_mail"), [("daily", True), ("weekly", True), ("never", False)])
def test_the_chosen_mailing_decides_how_a_notice_is_mailed(
    published, follower, clinician, moderator, mailing, by_mail
):
    subscriptions.choose(follower, SubscriptionChoice(mailing, False, ["condition"], (), ()))

    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    notice = Notice.objects.filter(recipient=follower).latest("pk")
    assert (notice.letter, notice.by_mail) == (None, by_mail)


def test_choosing_subscriptions_replaces_the_watches(published, moderator):
    subscriptions.watch(published, by=moderator, wanted=True)
    chosen = SubscriptionChoice(
        "weekly", True, ["gene", "drug"], ["neurology"], [published.pk, published.pk + 1]
    )

    subscriptions.choose(moderator, chosen)
    assert {one.why for one in Watch.objects.all_of(moderator)} == {
        "queue",
        "kind:gene",
        "kind:drug",
        "specialty:neurology",
        f"page:{published.pk}",
    }

    subscriptions.choose(moderator, NOTHING)
    assert not Watch.objects.all_of(moderator).exists()
    moderator.refresh_from_db()
    assert moderator.mailing == Mailing.AT_ONCE


def test_only_a_moderator_watches_the_queue(clinician):
    subscriptions.choose(clinician, SubscriptionChoice("daily", True, (), (), ()))

    assert not Watch.objects.all_of(clinician).exists()


def test_choosing_never_drops_notices_kept_for_the_digest(published, follower, clinician, moderator):
    subscriptions.choose(follower, SubscriptionChoice("weekly", False, ["condition"], (), ()))
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    subscriptions.choose(follower, SubscriptionChoice("never", False, ["condition"], (), ()))

    assert not Notice.objects.of_person(follower).filter(by_mail=True, letter=None).exists()


# --- One click ---------------------------------------------------------------------------------------------


def ticket_for(person, why):
    return unsubscribe.ticket(unsubscribe.address_to_stop(person, why).split("/")[2])


@pytest.mark.parametrize("why", ["queue", "kind:gene", "specialty:neurology", "page"])
def test_an_unsubscribe_link_ends_one_watch_and_can_be_undone(published, moderator, why):
    subscriptions.watch(published, by=moderator, wanted=True)
    subscriptions.choose(
        moderator, SubscriptionChoice("at_once", True, ["gene"], ["neurology"], [published.pk])
    )
    before = {one.why for one in Watch.objects.all_of(moderator)}
    why = f"page:{published.pk}" if why == "page" else why
    ticket = ticket_for(moderator, why)

    subscriptions.unsubscribe(ticket)
    subscriptions.unsubscribe(ticket)
    assert {one.why for one in Watch.objects.all_of(moderator)} == before - {why}

    subscriptions.resume(ticket)
    subscriptions.resume(ticket)
    assert {one.why for one in Watch.objects.all_of(moderator)} == before


def test_unsubscribing_drops_unsent_letters(published, follower, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    assert letters_to(follower).filter(state=Sending.WAITING).exists()

    subscriptions.unsubscribe(ticket_for(follower, "kind:condition"))

    assert set(letters_to(follower).values_list("state", flat=True)) == {Sending.DROPPED}


def test_a_digest_link_ends_all_mail_and_undoing_restores_the_choice(follower):
    subscriptions.choose(follower, SubscriptionChoice("weekly", False, ["condition"], (), ()))
    follower.refresh_from_db()
    ticket = ticket_for(follower, MAIL)

    subscriptions.unsubscribe(ticket)
    follower.refresh_from_db()
    assert follower.mailing == Mailing.NEVER

    subscriptions.resume(ticket)
    follower.refresh_from_db()
    assert follower.mailing == Mailing.WEEKLY


@pytest.mark.parametrize(("why", "kept"), [("own", "signer:pharmacist"), ("signer:pharmacist", "own")])
def test_the_link_of_a_personal_letter_ends_only_that_sort(published, clinician, moderator, why, kept):
    revision = published.publications.get().revision
    Notice.objects.all().delete()
    Letter.objects.all().delete()

    def told(reason):
        """Return whether the moderator is written to for this reason, and whether a digest would tell it."""
        again = log.write("approve", by=clinician, revision=revision)
        if reason == "own":
            notices.tell(again, [moderator])
        else:
            notices.tell(again, signers={moderator: "pharmacist"})
        notice = Notice.objects.get(event=again, recipient=moderator)
        return notice.letter is not None, notice.by_mail

    assert told(why) == told(kept) == (True, True)
    subscriptions.unsubscribe(ticket_for(moderator, why))
    moderator.refresh_from_db()

    states = letters_to(moderator).values_list("notices__why", "state")
    assert set(states) == {(why, Sending.DROPPED), (kept, Sending.WAITING)}
    assert told(why) == (False, False)
    assert told(kept) == (True, True)
    assert moderator.mailing == Mailing.AT_ONCE

    subscriptions.resume(ticket_for(moderator, why))
    moderator.refresh_from_db()
    assert told(why) == (True, True)


def test_an_unsubscribe_link_names_what_it_ends(published, moderator, clinician):
    said = [
        ticket_for(moderator, why).what
        for why in (
            *("queue", "kind:gene", "specialty:neurology", f"page:{published.pk}", "page:0"),
            *("own", "signer:pharmacist", MAIL),
        )
    ]

    assert said == [
        "what waits for review",
        "pages about genes",
        "changes for neurology",
        "“Hypoparathyroidism”",
        "“a page”",
        "your own work by email",
        "changes that need your signature by email",
        "all notifications by email",
    ]


def test_an_invalid_link_or_one_of_a_removed_person_has_no_ticket(reader):
    token = unsubscribe.address_to_stop(reader, "queue").split("/")[2]

    assert unsubscribe.ticket(token) is not None
    assert unsubscribe.ticket(token[:-1]) is None
    assert unsubscribe.ticket(f"{reader.pk}.queue") is None
    reader.delete()
    assert unsubscribe.ticket(token) is None


def test_a_page_that_is_gone_cannot_be_watched_again(reader):
    with pytest.raises(Refused, match="no longer there"):
        subscriptions.resume(ticket_for(reader, "page:0"))
