"""Suspending an account: what its person may still do, and who carries on."""

import datetime as dt

import pytest
import time_machine
from django.db import OperationalError, connection, transaction

from tests import cast
from tests.acts.test_locking import act_impatiently, somebody_else_holds
from wiki.acts.people import open_work, suspension
from wiki.acts.reviewing import review
from wiki.acts.safety import reports
from wiki.acts.writing import drafts
from wiki.models import Claim, Event, Notice, Page, Report, Role, User, clock
from wiki.policy.refusal import Refused

REASON = "It is being asked whether the registration is real."


def until(days=30):
    return dt.date.today() + dt.timedelta(days=days)


def suspend(person, by, **changes):
    return suspension.suspend(person, by=by, **{"reason": REASON, "until": until(), **changes})


def now(person):
    return User.objects.get(pk=person.pk)


def test_a_suspended_person_is_told_why_and_until_when_and_every_act_is_refused(
    published, clinician, administrator
):
    draft = cast.make_edit(published, clinician)

    suspend(clinician, administrator)

    for act in (lambda: cast.submit(draft), lambda: drafts.propose(cast.document(), author=clinician)):
        with pytest.raises(Refused, match=f"suspended until .*: {REASON[:-1]}. Until then you can"):
            act()
    assert Notice.objects.of_person(clinician)[0].event.act == "suspend"
    assert Event.objects.get(act="suspend").data == {"reason": REASON, "until": f"{until()}"}


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/New_York"])
def test_a_suspension_shows_its_last_day_in_any_time_zone(clinician, administrator, settings, zone):
    settings.TIME_ZONE = zone
    day = dt.date.today() + dt.timedelta(days=30)

    suspend(clinician, administrator, until=day)

    assert f"suspended until {day.day} {day:%B %Y}:" in now(clinician).suspension


def test_a_suspended_moderator_decides_nothing(published, colleague, moderator, administrator):
    change = cast.propose_change(published, colleague)
    suspend(moderator, administrator)

    with pytest.raises(Refused, match="Your account is suspended"):
        review.reject(change.pk, by=moderator, reason="No.")


def test_a_suspension_ends_after_its_last_day(clinician, administrator):
    suspend(clinician, administrator, until=until(1))

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
        assert now(clinician).can_write
        assert now(clinician).suspension == ""


def test_a_suspension_is_lifted_early_with_a_reason(clinician, administrator):
    suspend(clinician, administrator)
    with pytest.raises(Refused, match="Say why"):
        suspension.lift(clinician, by=administrator, reason=" ")

    suspension.lift(clinician, by=administrator, reason="The registration is real.")

    assert now(clinician).can_write
    assert Event.objects.get(act="lift_suspension").person == clinician
    with pytest.raises(Refused, match="is not suspended"):
        suspension.lift(clinician, by=administrator, reason="Again.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": until(0)}, "between tomorrow and a year"),
        ({"until": until(500)}, "between tomorrow and a year"),
    ],
)
def test_a_suspension_without_reason_or_end_is_refused(clinician, administrator, words, sentence):
    with pytest.raises(Refused, match=sentence):
        suspend(clinician, administrator, **words)


def test_only_another_administrator_suspends(clinician, moderator, administrator):
    with pytest.raises(Refused, match="Only an administrator"):
        suspend(clinician, moderator)
    with pytest.raises(Refused, match="You cannot suspend your own account"):
        suspend(administrator, administrator)


def test_a_suspended_administrator_cannot_suspend_the_other(administrator):
    other = cast.make_user("other", Role.ADMINISTRATOR)
    suspend(other, administrator)

    with pytest.raises(Refused, match="Only an administrator"):
        suspend(administrator, other)


def test_suspending_ends_claims_and_reopens_reports_taken_up(published, clinician, colleague, administrator):
    change = cast.propose_change(published, colleague)
    Claim.objects.create(revision=change, person=clinician, since=clock.now(), until="2099-01-01T00:00Z")
    reported = reports.report(published.publications.get().revision, wrong="A number.")
    reports.take_up(reported.pk, by=clinician)

    suspend(clinician, administrator)

    kept = Report.objects.get(pk=reported.pk)
    assert not Claim.objects.exists()
    assert (kept.state, kept.draft) == ("open", None)
    assert reports.take_up(reported.pk, by=colleague).author == colleague


def test_pages_of_a_suspended_owner_go_to_the_named_colleague_or_nobody(
    published, clinician, colleague, administrator
):
    Page.objects.filter(pk=published.pk).update(owner=clinician)

    suspend(clinician, administrator, to=colleague)
    assert Page.objects.get(pk=published.pk).owner == colleague
    assert "change_owner" in {one.event.act for one in Notice.objects.of_person(colleague)}

    suspend(colleague, administrator)
    assert Page.objects.get(pk=published.pk).owner is None


def test_a_colleague_continues_returned_work_and_both_are_named_as_authors(
    published, clinician, colleague, moderator, second_moderator, administrator
):
    returned = cast.propose_change(published, colleague, summary="Half said.")
    review.request_changes(returned.pk, by=moderator, reason="Say it in full.")

    handed = suspend(colleague, administrator, to=clinician)

    draft = handed.drafts[0]
    assert (draft.author, draft.second_parent, draft.document.summary) == (clinician, returned, "Half said.")
    assert str(handed) == "Now drafts of Dr Ines Albrecht: “Hypoparathyroidism”."
    assert "hand_over_work" in {one.event.act for one in Notice.objects.of_person(clinician)}
    changed = drafts.save(draft, cast.document("Hypoparathyroidism", summary="Said in full."), by=clinician)
    live = cast.approve(cast.submit(changed), second_moderator)
    assert {one["name"] for one in live.published_page.authors} == {"Dr Ines Albrecht", "Dr Tomás Rey"}


def test_handing_on_waits_while_the_colleague_has_a_draft_of_the_page(
    published, clinician, colleague, moderator, administrator
):
    returned = cast.propose_change(published, colleague, summary="Half said.")
    review.request_changes(returned.pk, by=moderator, reason="Say it in full.")
    mine = cast.make_edit(published, clinician)
    handed = suspend(colleague, administrator, to=clinician)

    assert (handed.drafts, handed.left) == ([], [returned])
    assert "Not handed on" in str(handed)
    drafts.discard(mine, by=clinician)
    assert open_work.work_of(colleague).is_any
    assert len(suspension.hand_over_work(colleague, by=administrator, to=clinician).drafts) == 1
    assert not open_work.work_of(colleague).is_any


def test_handing_on_work_of_a_person_not_suspended_is_refused(clinician, colleague, administrator):
    with pytest.raises(Refused, match="is not suspended and carries on alone"):
        suspension.hand_over_work(clinician, by=administrator, to=colleague)


@pytest.mark.parametrize("who", ["reader", "clinician"])
def test_work_cannot_be_handed_to_a_person_who_cannot_write(reader, clinician, administrator, who):
    with pytest.raises(Refused, match="cannot carry this on"):
        suspend(clinician, administrator, to=User.objects.get(username=who))


def test_a_suspension_locks_the_pages_that_it_hands_on(transactional_db, published, clinician, administrator):
    Page.objects.filter(pk=published.pk).update(owner=clinician)

    with somebody_else_holds(published), pytest.raises(OperationalError, match="lock timeout"):
        act_impatiently(lambda scene: suspend(clinician, administrator), None)
    assert not now(clinician).is_suspended


def test_the_database_refuses_a_suspension_without_reason(clinician):
    with (
        pytest.raises(Exception, match="suspension_has_a_reason"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute("UPDATE wiki_user SET suspended_until = now()")
