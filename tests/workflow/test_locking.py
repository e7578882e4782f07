"""Two people at once: every act waits for the page, and sees what happened while it waited."""

import datetime as dt
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from tests import cast
from tests.reviewing import draw
from wiki import workflow
from wiki.lifecycle import State
from wiki.models import (
    Cause,
    Correction,
    Page,
    Reading,
    Remark,
    Revision,
    SecondRead,
    Source,
    Statement,
    User,
    clock,
)
from wiki.text.document import Retirement
from wiki.workflow import claims, corrections, looking_again, openings, remarks, second_reads, tasks
from wiki.workflow.protection import protect
from wiki.workflow.suppression import suppress

SECONDS = 20


@dataclass
class Scene:
    """A page in force with what the acts need: people, a draft, a waiting and a withdrawn revision."""

    page: Page
    clinician: User
    colleague: User
    moderator: User
    second: User
    draft: Revision
    waiting: Revision
    withdrawn: Revision
    live: Revision
    other: Page
    proposed: Correction
    thread: Remark


@pytest.fixture
def scene(transactional_db, page, clinician, colleague, moderator, second_moderator):
    withdrawn = cast.submit(cast.make_edit(page, clinician, summary="Taken back."))
    workflow.withdraw(withdrawn, by=clinician)
    waiting = cast.submit(cast.make_edit(page, clinician, summary="It waits."))
    draft = cast.make_edit(page, colleague, summary="A draft.")
    live = Reading.objects.get(page=page).publication.revision
    for person in (moderator, second_moderator):
        openings.open_comparison(waiting, by=person)
    withdrawn.refresh_from_db()
    other = cast.make_page(clinician, moderator, "Another page")
    people = clinician, colleague, moderator, second_moderator
    told = {"passage": "A third paragraph.", "replacement": "", "reason": "Wrong."}
    proposed = corrections.propose(page, by=moderator, **told)
    thread = remarks.remark(waiting.pk, by=moderator, at=remarks.WHOLE.key, text="Why?")
    return Scene(page, *people, draft, waiting, withdrawn, live, other, proposed, thread)


@dataclass(frozen=True)
class Race:
    """One act, what somebody else does while it waits, and the sentence that comes of it."""

    act: Callable[[Scene], Any]
    meanwhile: Callable[[Scene], Any]
    sentence: str


def approve(scene: Scene, by: User | None = None) -> Any:
    return workflow.approve(scene.waiting.pk, by=by or scene.moderator, shown=cast.shown(scene.waiting))


def unapprove(scene: Scene, by: User) -> Any:
    return workflow.unapprove(scene.live.pk, by=by, reason="Wrong.")


def discard(scene: Scene) -> Any:
    return workflow.discard(scene.draft, by=scene.colleague)


def withdraw(scene: Scene) -> Any:
    return workflow.withdraw(scene.waiting, by=scene.clinician)


def close_task(scene: Scene, by: User) -> Any:
    task = tasks.open_task(Cause.SECOND_READ, scene.page, ref="1")
    return tasks.close_task(task.pk, by=by, outcome="Both are right.")


def read_again(scene: Scene) -> Any:
    drawn = SecondRead.objects.filter(revision=scene.live).first() or draw(scene.live.publications.get())
    return second_reads.decide(drawn.pk, by=scene.second, decision="approve")


def limit(scene: Scene, by: User) -> Any:
    return protect(scene.page, until=clock.now().date() + dt.timedelta(days=9), reason="War.", by=by)


WORDS = cast.document("Other words")
CORRECTION = {"passage": "A second paragraph.", "replacement": "", "reason": "Wrong."}
CHECKED = "Compared with the guideline of 2025."
RACES = {
    "edit": Race(
        lambda s: workflow.edit(s.page, author=s.second, document=WORDS),
        lambda s: workflow.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "revert": Race(
        lambda s: workflow.revert(s.live, author=s.second),
        lambda s: workflow.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "retire": Race(
        lambda s: workflow.retire(s.page, by=s.second, retirement=Retirement("Why.")),
        lambda s: workflow.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "bring_back": Race(
        lambda s: workflow.bring_back(s.page, by=s.second, note="Why."),
        lambda s: unapprove(s, s.moderator),
        "This page is not retired",
    ),
    "merge_pages": Race(
        lambda s: workflow.merge_pages(s.page, s.other, by=s.second),
        lambda s: workflow.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "save": Race(lambda s: workflow.save(s.draft, WORDS, by=s.colleague), discard, "no longer there"),
    "discard": Race(discard, lambda s: cast.submit(s.draft), "it is waiting for review"),
    "submit": Race(lambda s: cast.submit(s.draft), discard, "no longer there"),
    "settle": Race(lambda s: workflow.settle(s.draft, WORDS, by=s.colleague), discard, "no longer there"),
    "build_on": Race(lambda s: workflow.build_on(s.waiting, author=s.second), withdraw, "it is withdrawn"),
    "resume": Race(
        lambda s: workflow.resume(s.withdrawn, author=s.clinician),
        lambda s: workflow.edit(s.page, author=s.clinician),
        "You have a draft of this page already",
    ),
    "withdraw": Race(withdraw, approve, "Dr Amara Osei was first: approved"),
    "rebase": Race(lambda s: workflow.rebase(s.waiting.pk, by=s.second), withdraw, "it is withdrawn"),
    "settle_conflict": Race(
        lambda s: workflow.settle_conflict(s.waiting, by=s.clinician), approve, "Dr Amara Osei was first"
    ),
    "approve": Race(lambda s: approve(s, s.second), withdraw, "it is withdrawn"),
    "request_changes": Race(
        lambda s: workflow.request_changes(s.waiting.pk, by=s.second, reason="More."),
        approve,
        "Dr Amara Osei was first: approved on .* Nothing was changed by you",
    ),
    "reject": Race(
        lambda s: workflow.reject(s.waiting.pk, by=s.second, reason="No."),
        approve,
        "Dr Amara Osei was first: approved",
    ),
    "propose_correction": Race(
        lambda s: corrections.propose(s.page, by=s.second, **CORRECTION),
        lambda s: corrections.propose(s.page, by=s.moderator, **CORRECTION),
        "Dr Amara Osei was first: the correction waits",
    ),
    "second": Race(
        lambda s: corrections.second(s.proposed.pk, by=s.second, digest=s.proposed.digest),
        lambda s: corrections.lift(s.proposed.pk, by=s.moderator, reason="No."),
        "Dr Amara Osei was first: this correction was taken away",
    ),
    "lift": Race(
        lambda s: corrections.lift(s.proposed.pk, by=s.second, reason="No."),
        lambda s: corrections.lift(s.proposed.pk, by=s.moderator, reason="No."),
        "Dr Amara Osei was first: this correction was taken away",
    ),
    "suppress": Race(
        lambda s: suppress(s.withdrawn.pk, by=s.second, reason="A name."),
        lambda s: suppress(s.withdrawn.pk, by=s.moderator, reason="A name."),
        "suppressed already",
    ),
    "edit a limited page": Race(
        lambda s: workflow.edit(s.page, author=s.clinician),
        lambda s: limit(s, s.moderator),
        "Only moderators may edit this page until",
    ),
    "protect": Race(
        lambda s: limit(s, s.second),
        lambda s: User.objects.filter(pk=s.second.pk).update(role="clinician"),
        "Only a moderator limits who may edit",
    ),
    "unapprove": Race(
        lambda s: unapprove(s, s.second),
        lambda s: unapprove(s, s.moderator),
        "Dr Amara Osei was first: approval taken back",
    ),
    "verify_page": Race(
        lambda s: looking_again.verify_page(s.page, by=s.second, digest=s.live.digest, checked=CHECKED),
        approve,
        "Another version went live while you were reading",
    ),
    "hand_over": Race(
        lambda s: looking_again.hand_over(s.page, to=s.second, by=s.second),
        lambda s: looking_again.hand_over(s.page, to=s.second, by=s.moderator),
        "Dr Lena Fischer looks after this page already",
    ),
    "remark": Race(
        lambda s: remarks.remark(s.waiting.pk, by=s.second, at=remarks.WHOLE.key, text="And?"),
        withdraw,
        "The discussion of this version is closed: it is withdrawn",
    ),
    "answer": Race(
        lambda s: remarks.answer(s.waiting.pk, s.thread.pk, by=s.clinician, text="So."),
        withdraw,
        "The discussion of this version is closed: it is withdrawn",
    ),
    "resolve": Race(
        lambda s: remarks.resolve(s.waiting.pk, s.thread.pk, by=s.second),
        lambda s: remarks.resolve(s.waiting.pk, s.thread.pk, by=s.moderator),
        "Dr Amara Osei has resolved this already",
    ),
    "reopen": Race(
        lambda s: remarks.reopen(s.waiting.pk, s.thread.pk, by=s.second),
        withdraw,
        "The discussion of this version is closed: it is withdrawn",
    ),
    "claim": Race(
        lambda s: claims.claim(s.waiting.pk, by=s.second),
        lambda s: claims.claim(s.waiting.pk, by=s.moderator),
        "Dr Amara Osei is looking at this until",
    ),
    "release": Race(
        lambda s: claims.release(s.waiting.pk, by=s.second), withdraw, "You had not claimed this"
    ),
    "second_read": Race(read_again, read_again, "Somebody else has read this meanwhile"),
    "close_task": Race(
        lambda s: close_task(s, s.second), lambda s: close_task(s, s.moderator), "Dr Amara Osei was first"
    ),
}


@contextmanager
def somebody_else_holds(page: Page) -> Iterator[None]:
    """Hold the page's row on a second connection."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM wiki_page WHERE id = %s FOR NO KEY UPDATE", [page.pk])
        yield
        other.rollback()
    finally:
        other.close()


@pytest.mark.parametrize("name", RACES)
def test_an_act_waits_for_the_page(scene, name):
    with somebody_else_holds(scene.page), pytest.raises(OperationalError, match="lock timeout"):
        act_impatiently(RACES[name].act, scene)


@transaction.atomic
def act_impatiently[Where](act: Callable[[Where], Any], scene: Where) -> None:
    """Do an act, but wait for no lock longer than a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '100ms'")
    act(scene)


class Meanwhile(threading.Thread):
    """Does an act on a connection of its own and keeps what came of it."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__()
        self.act, self.refused = act, ""
        self.came: Any = None
        self.connected = threading.Event()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.pid = cursor.fetchone()[0]
            self.connected.set()
            self.came = self.act()
        except workflow.Refused as refusal:
            self.refused = str(refusal)
        finally:
            connection.close()

    def start_and_wait_for_the_lock(self) -> None:
        self.start()
        assert self.connected.wait(SECONDS)
        deadline = time.monotonic() + SECONDS
        with connection.cursor() as cursor:
            while time.monotonic() < deadline:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [self.pid])
                if cursor.fetchone()[0]:
                    return
        raise AssertionError("It never waited.")


@pytest.mark.parametrize("name", RACES)
def test_an_act_sees_what_happened_while_it_waited(scene, name):
    race = RACES[name]
    late = Meanwhile(lambda: race.act(scene))

    with transaction.atomic():
        Page.objects.locked(scene.page.pk)
        late.start_and_wait_for_the_lock()
        race.meanwhile(scene)
    late.join(SECONDS)

    assert late.came is None
    assert re.search(race.sentence, late.refused), late.refused


def test_of_two_approvals_at_once_one_wins_and_the_other_reads_why(scene):
    late = Meanwhile(lambda: approve(scene, scene.second))

    with transaction.atomic():
        Page.objects.locked(scene.page.pk)
        late.start_and_wait_for_the_lock()
        approve(scene)
    late.join(SECONDS)

    assert late.refused.startswith("Dr Amara Osei was first: approved on ")
    assert scene.waiting.verdicts.get().reviewer == scene.moderator
    assert Reading.objects.get(page=scene.page).publication.revision == scene.waiting


def test_the_same_approval_sent_twice_at_once_counts_once(scene):
    late = Meanwhile(lambda: approve(scene))

    with transaction.atomic():
        Page.objects.locked(scene.page.pk)
        late.start_and_wait_for_the_lock()
        publication = approve(scene)
    late.join(SECONDS)

    assert late.came == publication
    assert scene.waiting.verdicts.count() == 1


def test_a_right_that_goes_while_an_approval_waits_is_gone(scene):
    late = Meanwhile(lambda: approve(scene))

    with transaction.atomic():
        Page.objects.locked(scene.page.pk)
        late.start_and_wait_for_the_lock()
        User.objects.filter(pk=scene.moderator.pk).update(role="clinician")
    late.join(SECONDS)

    assert "Your right to do so is not there any more" in late.refused
    assert Revision.objects.get(pk=scene.waiting.pk).state == State.SUBMITTED


def test_opening_the_editor_twice_at_once_gives_one_draft(scene):
    late = Meanwhile(lambda: workflow.edit(scene.page, author=scene.second))

    with transaction.atomic():
        Page.objects.locked(scene.page.pk)
        late.start_and_wait_for_the_lock()
        draft = workflow.edit(scene.page, author=scene.second)
    late.join(SECONDS)

    assert late.came == draft


def test_a_draft_discarded_twice_at_once_with_its_page_is_said_to_be_gone(scene):
    draft = workflow.propose(cast.document(), author=scene.clinician)
    late = Meanwhile(lambda: workflow.discard(draft, by=scene.clinician))

    with transaction.atomic():
        Page.objects.locked(draft.page_id)
        late.start_and_wait_for_the_lock()
        workflow.discard(Revision.objects.get(pk=draft.pk), by=scene.clinician)
    late.join(SECONDS)

    assert late.refused == "This page is no longer there."


def test_pages_that_name_each_other_can_be_approved_at_the_same_time(scene):
    cast.make_source(scene.clinician)
    other = cast.make_page(scene.clinician, scene.moderator, "Seizures", kind="symptom")
    revision = cast.submit(
        workflow.save(
            scene.draft,
            cast.document("Hypoparathyroidism", statements=(cast.statement(other),)),
            by=scene.colleague,
        )
    )
    at_once = Meanwhile(lambda: cast.approve(revision, scene.moderator))

    with transaction.atomic():
        Page.objects.locked(other.pk)
        at_once.start()
        at_once.join(SECONDS / 4)
        waited = at_once.is_alive()
    at_once.join(SECONDS)

    assert not waited
    assert Statement.objects.get().object == other


def test_of_two_pages_retired_into_each_other_at_once_one_stays(scene):
    first, second = (
        workflow.retire(goes, by=scene.second, retirement=Retirement("The same.", stays.pk))
        for goes, stays in ((scene.page, scene.other), (scene.other, scene.page))
    )
    late = Meanwhile(lambda: cast.approve(second, scene.moderator))

    with transaction.atomic():
        cast.approve(first, scene.moderator)
        late.start_and_wait_for_the_lock()
    late.join(SECONDS)

    assert "is not in force, or is retired" in late.refused
    assert [reading.page for reading in Reading.objects.all()] == [scene.other]


def test_two_who_add_the_same_source_at_once_get_the_same(scene):
    late = Meanwhile(lambda: cast.make_source(scene.colleague, title="In other words"))

    with transaction.atomic():
        source = cast.make_source(scene.clinician)
        late.start_and_wait_for_the_lock()
    late.join(SECONDS)

    assert late.came == source
    assert Source.objects.get().title == "A study of calcium"


def test_two_new_pages_of_one_title_at_once_leave_one_of_them_waiting(scene):
    first, second = (
        cast.submit(workflow.propose(cast.document("Twins"), author=scene.clinician)) for _ in "ab"
    )
    late = Meanwhile(lambda: cast.approve(second, scene.second))

    with transaction.atomic():
        cast.approve(first, scene.moderator)
        late.start_and_wait_for_the_lock()
    late.join(SECONDS)

    assert "Another page has the address /wiki/twins/" in late.refused
    assert Revision.objects.get(pk=second.pk).state == State.SUBMITTED
