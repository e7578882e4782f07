"""A signature that nobody can give today: who should know is told at once, and every list says so."""

import datetime as dt

import pytest
import time_machine
from django.core import mail

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, queries_of, signed_in, words
from wiki.acts import unmet
from wiki.acts.people import accounts, credentials, disclosures, suspension
from wiki.acts.writing import drafts
from wiki.mail import notices
from wiki.models import Event, Notice, PublishedPage, Role, User, clock
from wiki.policy.eligibility import TodaysModerators, WaitingSubmission
from wiki.policy.needs import GENETICIST
from wiki.policy.signatures import Signatures
from wiki.screens import statistics
from wiki.screens.reviewing.queue_rows import waiting_for

NEED = "one pharmacist or treating specialist"
DOSED = "## Treatment\n\nTake 5 mg once a day."


@remembered
def dosed(published, clinician, moderator, second_moderator, administrator):
    """Return a change that a specialist has to sign, where there is none."""
    return cast.propose_change(published, clinician, body=DOSED)


def declare_interest(person, page):
    disclosures.declare(person, [disclosures.Declared("speaker", "Acme", pages=[page])])


def told(person):
    return [
        notices.sentence_of(one.event)
        for one in Notice.objects.of_person(person).filter(event__act="unmet").visible_to(person)
    ]


def test_an_unmet_requirement_notifies_author_moderators_and_administrators(
    dosed, clinician, moderator, administrator
):
    for person in (clinician, moderator):
        assert told(person) == [
            f"Nobody can sign a change of “Hypoparathyroidism” today as {NEED}. It waits until somebody can."
        ]
    assert told(administrator) == [
        f"Nobody can sign a change of “a page” today as {NEED}. It waits until somebody can."
    ]
    assert "Nobody can sign a change" in words(signed_in(administrator).get("/notices/"))


def test_review_screen_queue_and_public_waits_show_an_unmet_requirement(dosed, clinician, moderator, client):
    with time_machine.travel(clock.now() + dt.timedelta(days=9)):
        for person in (clinician, moderator):
            browser = signed_in(person)
            assert f"Nobody can sign this today as {NEED}." in words(browser.get(at("review", dosed)))
            assert f"Nobody can sign today as {NEED}" in words(browser.get("/review/"))
        public = words(client.get("/about/waits/"))

    assert "1 submission waits on a signature that nobody can give today, the oldest for" in public
    assert "Hypoparathyroidism" not in public


def test_an_author_reads_on_sending_in_what_nobody_can_sign(dosed, clinician, django_assert_num_queries):
    other = cast.propose_change(dosed.page, clinician, summary="Other plain words of the summary.")

    said = statistics.sentence_when_sent(dosed)

    with django_assert_num_queries(1):
        assert unmet.last_told(dosed) == unmet.Unmet(dosed, (NEED,))
    assert said.endswith(f"Nobody can sign it today as {NEED}; moderators and administrators have been told.")
    assert "Nobody" not in statistics.sentence_when_sent(other)


def test_no_unmet_notice_while_somebody_can_sign(published, clinician, moderator):
    cast.make_qualified(moderator, "neurology")
    cast.make_user("third", Role.MODERATOR)

    sent = cast.propose_change(published, clinician, body=DOSED)

    assert unmet.unmet() == []
    assert not Event.objects.filter(act="unmet").exists()
    assert "Nobody can sign" not in words(signed_in(moderator).get(at("review", sent)))


def test_one_person_cannot_meet_two_requirements(published, clinician, moderator):
    cast.make_qualified(moderator, "neurology")

    cast.propose_change(published, clinician, body=DOSED)

    assert [one.needs for one in unmet.unmet()] == [("one moderator",)]


def test_an_author_does_not_count_as_a_signer_of_their_own_work(published, moderator, second_moderator):
    cast.propose_change(published, second_moderator, summary="Mine.")
    assert unmet.unmet() == []
    cast.propose_change(published, moderator, summary="Mine too.")
    second_moderator.is_active = False
    second_moderator.save()

    assert [one.revision.author for one in unmet.unmet()] == [moderator]


def test_a_moderator_with_an_interest_does_not_count_as_a_signer(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="Hypoparathyroidism, once more.")
    assert unmet.unmet() == []

    declare_interest(moderator, published)

    assert [one.revision for one in unmet.unmet()] == [waiting]


def test_the_daily_job_reports_a_later_unmet_requirement_once(
    published, clinician, moderator, second_moderator, administrator
):
    held = cast.make_qualified(moderator, "neurology")
    cast.propose_change(published, clinician, body=DOSED)
    assert told(clinician) == []

    credentials.revoke(held.pk, by=administrator, reason="It lapsed.")

    assert unmet.catch_up() == 1
    assert unmet.catch_up() == 0
    assert len(told(clinician)) == 1


def in_a_year():
    return clock.now().date() + dt.timedelta(days=200)


LOSSES = {
    "revoked": lambda one, held, admin: credentials.revoke(held.pk, by=admin, reason="It lapsed."),
    "taken back": lambda one, held, admin: credentials.withdraw(held.pk, by=one),
    "suspended": lambda one, held, admin: suspension.suspend(one, by=admin, reason="Why.", until=in_a_year()),
    "another role": lambda one, held, admin: accounts.grant_role(one, "clinician", by=admin),
    "removed": lambda one, held, admin: accounts.remove_account(one, by=admin),
    "closed": lambda one, held, admin: accounts.correct_account(
        one, by=admin, reason="Left.", name=one.name, profession="", about="", is_active=False
    ),
    "interest": lambda one, held, admin: declare_interest(one, PublishedPage.objects.get().page),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_losing_the_only_specialist_notifies_at_once(
    loss, published, clinician, moderator, administrator, django_capture_on_commit_callbacks
):
    specialist = cast.make_user("pharmacist", Role.MODERATOR)
    held = cast.make_qualified(specialist, profession="pharmacist")
    cast.make_user("third", Role.MODERATOR)
    cast.propose_change(published, clinician, body=DOSED)
    assert told(clinician) == []

    with django_capture_on_commit_callbacks(execute=True):
        LOSSES[loss](specialist, held, administrator)

    assert len(told(clinician)) == len(told(moderator)) == len(told(administrator)) == 1
    assert NEED in told(moderator)[0]


def test_the_missing_specialist_is_notified_after_the_other_signatures(
    published, clinician, moderator, django_capture_on_commit_callbacks
):
    pharmacist, barred, writer = (cast.make_user(name, Role.MODERATOR) for name in ("ph", "barred", "writer"))
    for one in (pharmacist, barred, writer):
        cast.make_qualified(one, profession="pharmacist")
    declare_interest(barred, published)
    waiting = cast.propose_change(published, writer, body=DOSED)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        cast.sign(waiting, moderator)

    called = Notice.objects.filter(event__act="sign", why__startswith="signer")
    assert [one.recipient for one in called] == [pharmacist]
    (letter,) = [one for one in mail.outbox if one.to == [pharmacist.email]]
    assert "It still needs one pharmacist or treating specialist." in letter.body
    assert "because it needs you as pharmacist or treating specialist." in letter.body
    assert "it needs you as pharmacist" in words(signed_in(pharmacist).get("/notices/"))


def test_the_page_of_signers_shows_when_each_registration_ends(
    dosed, moderator, second_moderator, administrator
):
    until = clock.now().date() + dt.timedelta(days=20)
    cast.make_qualified(moderator, "clinical_genetics", until=until)
    User.objects.create_user("undeclared", role=Role.MODERATOR)

    for person, title in ((moderator, "Hypoparathyroidism, version 2"), (administrator, "A change")):
        said = words(signed_in(person).get("/review/signers/"))
        assert "Nobody can give this signature today." in said
        assert f"Dr Amara Osei, until {until:%-d %B %Y} runs out soon" in said
        assert "undeclared: no declaration of interests from the last year" in said
        assert f"{title}" in said
        assert f"needs {NEED}; waits" in said


def test_a_signer_can_sign_until_the_last_of_their_registrations_ends(moderator):
    """By the first one a colleague would be looked for while nobody is missing."""
    day = clock.now().date()
    for days in (60, 20):
        cast.make_qualified(moderator, "clinical_genetics", until=day + dt.timedelta(days=days))

    (signer,) = TodaysModerators.today().able

    assert signer.until(GENETICIST) == day + dt.timedelta(days=60)


def test_a_moderator_without_declaration_does_not_count_as_a_signer(published, second_moderator, moderator):
    undeclared = User.objects.create_user("undeclared", role=Role.MODERATOR)

    bench = TodaysModerators.today()

    assert {one.person for one in bench.able} == {moderator, second_moderator}
    assert [one.person for one in bench.people if one.why_not] == [undeclared]
    assert "no declaration of interests" in next(one for one in bench.people if one.why_not).remark


@pytest.mark.parametrize("is_theirs", [False, True])
def test_a_specialist_is_asked_unless_their_interest_is_in_the_change(
    published, clinician, moderator, second_moderator, is_theirs
):
    held = cast.make_qualified(moderator, "neurology").person
    declare_interest(held, published if is_theirs else cast.make_page(clinician, second_moderator))
    sent = cast.propose_change(published, clinician, body=DOSED)
    needs = list(sent.requirements.all())
    asked = WaitingSubmission(sent, None, Signatures(needs, []), {clinician.pk})

    found = TodaysModerators.today().specialists_for(asked, needs)

    assert (held in found) is not is_theirs


def test_nobody_signs_on_the_bench_of_one_who_may_not_review(clinician, moderator):
    assert TodaysModerators.of_person(clinician, clock.now()).people == []
    assert [one.person for one in TodaysModerators.of_person(moderator, clock.now()).people] == [moderator]


def test_the_queue_takes_a_fixed_number_of_queries(published, clinician, colleague, moderator):
    disclosures.declare(moderator)
    declare_interest(moderator, cast.make_page(clinician, cast.make_user("m3", Role.MODERATOR)))
    desk = signed_in(moderator)
    cast.propose_change(published, clinician, summary="It waits for [[Hypoparathyroidism]].")
    desk.get("/review/")
    few = queries_of(desk, "/review/")
    for number in range(6):
        cast.propose_change(
            cast.make_page(clinician, cast.make_user(f"n{number}", Role.MODERATOR)),
            colleague,
            summary=f"It is like [[Hypoparathyroidism]] in way {number}.",
        )

    assert queries_of(desk, "/review/") == few
    assert sum(one.can_sign for one in waiting_for(moderator)) == 7
    for one in TodaysModerators.today().people:
        declare_interest(one.person, cast.make_page(clinician, moderator))
    all_bound = queries_of(desk, "/review/")
    for number in range(3):
        cast.submit(drafts.propose(cast.document(f"New {number}"), author=colleague))

    assert queries_of(desk, "/review/") == all_bound
