"""Two people at once: every act waits for the page, and sees what happened while it waited."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from tests import cast, pictures
from tests.acts.races import RACES, Scene, approve
from tests.remembered import forget_state, remembered
from tests.threads import kept_threads
from wiki.acts.library import images
from wiki.acts.reviewing import diff_views, remarks
from wiki.acts.safety import corrections, suppression
from wiki.acts.writing import drafts, retirement, submission
from wiki.domain.lifecycle import State
from wiki.models import Page, PublishedPage, Revision, Source, Statement, User
from wiki.models.locks import lock_names, lock_site
from wiki.policy.refusal import Refused
from wiki.text.document import Retirement

SECONDS = 20


@remembered
def scene(transactional_db, published, clinician, colleague, moderator, second_moderator):
    withdrawn = cast.submit(cast.make_edit(published, clinician, summary="Taken back."))
    submission.withdraw(withdrawn, by=clinician)
    hidden = cast.submit(cast.make_edit(published, clinician, summary="A name."))
    submission.withdraw(hidden, by=clinician)
    suppression.suppress(hidden.pk, by=moderator, reason="A name.")
    waiting = cast.submit(cast.make_edit(published, clinician, summary="A new summary."))
    draft = cast.make_edit(published, colleague, summary="A draft.")
    live = PublishedPage.objects.get(page=published).publication.revision
    for person in (moderator, second_moderator):
        diff_views.open_comparison(waiting, by=person)
    withdrawn.refresh_from_db()
    other = cast.make_page(clinician, moderator, "Another page")
    people = clinician, colleague, moderator, second_moderator
    told = {"passage": "A third paragraph.", "replacement": "", "reason": "Wrong."}
    proposed = corrections.propose(published, by=moderator, **told)
    thread = remarks.remark(waiting.pk, by=moderator, at=remarks.WHOLE.key, text="Why?")
    return Scene(published, *people, draft, waiting, withdrawn, live, other, proposed, thread, hidden)


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


@contextmanager
def everything_held(page: Page) -> Iterator[None]:
    """Hold all that an act on a page can need, in the order of acts, until the block ends."""
    with transaction.atomic():
        lock_site()
        lock_names(exclusive=True)
        Page.objects.locked(page.pk)
        yield


@pytest.mark.parametrize("name", RACES)
def test_an_act_waits_for_the_page(scene, name):
    with somebody_else_holds(scene.page), pytest.raises(OperationalError, match="lock timeout"):
        act_impatiently(RACES[name].act, scene)


@transaction.atomic
def act_impatiently[Where](act: Callable[[Where], Any], scene: Where) -> None:
    """Do an act, but wait for no lock longer than a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20ms'")
    act(scene)


class Meanwhile:
    """Does an act on a connection of its own and keeps what came of it."""

    thread: ThreadPoolExecutor

    def __init__(self, act: Callable[[], Any]) -> None:
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
        except Refused as refusal:
            self.refused = str(refusal)

    def start(self) -> None:
        forget_state()
        self.done = self.thread.submit(self.run)

    def join(self, seconds: float) -> None:
        """Wait until it is done, or that long; what went wrong in it is raised here."""
        with suppress(TimeoutError):
            self.done.result(seconds)

    def is_alive(self) -> bool:
        return not self.done.done()

    def start_and_wait_for_the_lock(self) -> None:
        self.start()
        assert self.connected.wait(SECONDS)
        deadline = time.monotonic() + SECONDS
        with connection.cursor() as cursor:
            while time.monotonic() < deadline:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [self.pid])
                if cursor.fetchone()[0]:
                    return
                time.sleep(0.002)  # or asking keeps the act from going on
        raise AssertionError("It never waited.")


@pytest.fixture(scope="module", autouse=True)
def _thread(django_db_setup) -> Iterator[None]:
    with kept_threads(1) as (Meanwhile.thread,):
        yield


@pytest.mark.parametrize("name", RACES)
def test_an_act_sees_what_happened_while_it_waited(scene, name):
    race = RACES[name]
    late = Meanwhile(lambda: race.act(scene))

    with everything_held(scene.page):
        late.start_and_wait_for_the_lock()
        race.meanwhile(scene)
    late.join(SECONDS)

    assert late.came is None
    assert re.search(race.sentence, late.refused), late.refused


def test_the_later_of_two_simultaneous_approvals_is_refused_with_the_reason(scene):
    late = Meanwhile(lambda: approve(scene, scene.second))

    with everything_held(scene.page):
        late.start_and_wait_for_the_lock()
        approve(scene)
    late.join(SECONDS)

    assert late.refused.startswith("Dr Amara Osei was first: approved on ")
    assert scene.waiting.verdicts.get().reviewer == scene.moderator
    assert PublishedPage.objects.get(page=scene.page).publication.revision == scene.waiting


def test_the_same_approval_sent_twice_at_once_counts_once(scene):
    late = Meanwhile(lambda: approve(scene))

    with everything_held(scene.page):
        late.start_and_wait_for_the_lock()
        publication = approve(scene)
    late.join(SECONDS)

    assert late.came == publication
    assert scene.waiting.verdicts.count() == 1


def test_a_role_lost_while_an_approval_waits_for_the_lock_refuses_it(scene):
    late = Meanwhile(lambda: approve(scene))

    with everything_held(scene.page):
        late.start_and_wait_for_the_lock()
        User.objects.filter(pk=scene.moderator.pk).update(role="clinician")
    late.join(SECONDS)

    assert "Your right to do so is not there any more" in late.refused
    assert Revision.objects.get(pk=scene.waiting.pk).state == State.SUBMITTED


def test_opening_the_editor_twice_at_once_gives_one_draft(scene):
    late = Meanwhile(lambda: drafts.edit(scene.page, author=scene.second))

    with everything_held(scene.page):
        late.start_and_wait_for_the_lock()
        draft = drafts.edit(scene.page, author=scene.second)
    late.join(SECONDS)

    assert late.came == draft


def test_discarding_a_draft_twice_at_once_refuses_the_second(scene):
    draft = drafts.propose(cast.document(), author=scene.clinician)
    late = Meanwhile(lambda: drafts.discard(draft, by=scene.clinician))

    with everything_held(draft.page):
        late.start_and_wait_for_the_lock()
        drafts.discard(Revision.objects.get(pk=draft.pk), by=scene.clinician)
    late.join(SECONDS)

    assert late.refused == "This draft is no longer there."


def test_pages_that_name_each_other_can_be_approved_at_the_same_time(scene):
    cast.make_source(scene.clinician)
    other = cast.make_page(scene.clinician, scene.moderator, "Seizures", kind="symptom")
    revision = cast.submit(
        drafts.save(
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


def test_withdrawing_a_picture_waits_for_an_approval_that_shows_it(scene):
    image = pictures.make_image(scene.clinician)
    text = cast.document("Hypoparathyroidism", body=f"## What it is\n\n![White patches](image:{image.name})")
    waiting = cast.submit(drafts.save(scene.draft, text, by=scene.colleague))
    *others, last = [cast.specialist_for(need) for need in cast.needs_left(waiting)]
    for one in others:
        cast.sign(waiting, one)
    withdrawal = Meanwhile(lambda: images.withdraw(image, by=scene.moderator, reason="Consent has ended."))

    with transaction.atomic():
        assert cast.sign(waiting, last) is not None
        withdrawal.start_and_wait_for_the_lock()
    withdrawal.join(SECONDS)

    assert "A picture stood here. It has been withdrawn." in PublishedPage.objects.get(page=waiting.page).html


def test_two_pages_retired_into_each_other_at_once_leave_one_published(scene):
    first, second = (
        retirement.retire(goes, by=scene.second, retirement=Retirement("The same.", stays.pk))
        for goes, stays in ((scene.page, scene.other), (scene.other, scene.page))
    )
    for need in first.requirements.all():
        cast.specialist_for(need)  # two transactions would each make their own
    late = Meanwhile(lambda: cast.approve(second, scene.moderator))

    with everything_held(first.page):
        cast.approve(first, scene.moderator)
        late.start_and_wait_for_the_lock()
    late.join(SECONDS)

    assert "is not published, or is retired" in late.refused
    assert [published_page.page for published_page in PublishedPage.objects.all()] == [scene.other]


def test_two_people_adding_the_same_source_at_once_get_one_record(scene):
    late = Meanwhile(lambda: cast.make_source(scene.colleague, title="In other words"))

    with transaction.atomic():
        source = cast.make_source(scene.clinician)
        late.start_and_wait_for_the_lock()
    late.join(SECONDS)

    assert late.came == source
    assert Source.objects.get().title == "A study of calcium"


def test_approving_two_new_pages_of_one_title_at_once_leaves_one_waiting(scene):
    first, second = (
        cast.submit(drafts.propose(cast.document("Twins"), author=scene.clinician)) for _ in "ab"
    )
    late = Meanwhile(lambda: cast.approve(second, scene.second))

    with everything_held(first.page):
        cast.approve(first, scene.moderator)
        late.start_and_wait_for_the_lock()
    late.join(SECONDS)

    assert "There is already a page at /wiki/twins/" in late.refused
    assert Revision.objects.get(pk=second.pk).state == State.SUBMITTED
