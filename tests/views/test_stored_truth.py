"""Stored answers are true: after every transaction, what is stored is what would be made now.

The races are few here; `CAUSEWAY_RACES=1000` runs as many as a night allows.
"""

import datetime as dt
import gzip
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory

from tests import cast
from wiki.acts.library import source_merging
from wiki.acts.people import credentials, disclosures
from wiki.acts.safety import corrections, protection, suppression
from wiki.acts.upkeep import reverification
from wiki.acts.writing import retirement
from wiki.models import Page, PublishedPage, Role, StoredAnswer, User, clock
from wiki.text.document import Retirement
from wiki.views import stored_answers

pytestmark = pytest.mark.django_db(transaction=True)

RACES = int(os.environ.get("CAUSEWAY_RACES", "6"))
PAGE = "/wiki/hypoparathyroidism/"


class Readers:
    """Readers who are answered from the store, and one who is answered anew."""

    def __init__(self, settings):
        self.settings, self.checks = settings, 0
        settings.STORES_ANSWERS = True
        self.stores = Client()
        self.stores.get("/healthz")
        settings.STORES_ANSWERS = False
        self.fresh = Client()
        self.fresh.get("/healthz")
        settings.STORES_ANSWERS = True
        self.signed_in = Client()

    def paths(self) -> list[str]:
        """Return the addresses that are read: all that there are, by and large."""
        found = ["/", "/index/", "/latest/", "/sources/", "/sitemap.xml", "/feeds/approvals/", "/about/"]
        found += ["/recalls/", "/feeds/recalls/", "/api/v1/recalls"]
        for page in PublishedPage.objects.all():
            found += [f"/wiki/{page.slug}/{part}" for part in ("", "history/", "cite/", "links/", "compare/")]
            found += [f"/wiki/{page.slug}/revisions/{page.number}/"]
        found += [
            "/sources/1/",
            *(f"/people/{person.username}/" for person in User.objects.order_by("pk")[:2]),
        ]
        return found

    def read_all(self):
        for path in self.paths():
            self.stores.get(path)

    def differing_for(self, person) -> list[str]:
        """Return the pages that somebody signed in gets otherwise than they would be made now."""
        self.signed_in.force_login(person)
        wrong = []
        for slug in PublishedPage.objects.values_list("slug", flat=True):
            given = self.signed_in.get(f"/wiki/{slug}/").text
            self.settings.STORES_ANSWERS = False
            if given != self.signed_in.get(f"/wiki/{slug}/").text:
                wrong.append(f"signed in: {slug}")
            self.settings.STORES_ANSWERS = True
        return wrong

    def differing(self) -> list[str]:
        """Return the addresses at which something else is stored than what would be made now."""
        wrong = []
        for path in self.paths():
            key = stored_answers._key_of(RequestFactory().get(path).META)
            if key and (found := StoredAnswer.objects.at(key, brotli=False)) and found.body:
                self.checks += 1
                if gzip.decompress(found.body) != self.fresh.get(path).content:
                    wrong.append(path)
        return wrong


@pytest.fixture
def readers(settings):
    return Readers(settings)


def _is_about_to_commit_rows(problem: tuple[object, ...]) -> bool:
    """Return whether the block that ends is a whole transaction that wrote: only that changes what is true.

    PostgreSQL gives a transaction a number when it first writes or locks a row.
    """
    if problem[0] is not None or connection.savepoint_ids or connection.needs_rollback:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


@contextmanager
def compared_after_each_commit(readers) -> Iterator[list[str]]:
    """Compare whenever a transaction has been committed."""
    wrong: list[str] = []
    leave = transaction.Atomic.__exit__
    inside: list[bool] = []

    def leaves(self, *problem):
        is_compared = not inside and _is_about_to_commit_rows(problem)
        answer = leave(self, *problem)
        if is_compared:
            inside.append(True)
            wrong.extend(readers.differing())
            inside.clear()
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction.Atomic, "__exit__", leaves)
        yield wrong


def acts(published, clinician, moderator, second_moderator, administrator):
    """Yield the name of each act, then do it."""
    source = cast.make_source(clinician)
    yield "a new page"
    other = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    yield "a statement between two pages"
    row = cast.statement(other, "has_manifestation")
    cast.approve(cast.propose_change(published, clinician, statements=(row,)), moderator)
    yield "a new name of the neighbour"
    cast.approve(cast.propose_change(other, clinician, title="Epileptic fits"), moderator)
    yield "a link in the text"
    body = "## About\n\nSee [[Hypoparathyroidism]] for more of it, and [[Nothing yet]]."
    cast.approve(cast.propose_change(other, clinician, body=body), moderator)
    yield "a page where a link led nowhere"
    third = cast.make_page(clinician, moderator, "Nothing yet")
    yield "a new name of what a link leads to"
    cast.approve(cast.propose_change(published, clinician, title="Low parathyroid hormone"), moderator)
    yield "a notice about a source"
    source_merging.give_notice(source.pk, nature="correction", by=moderator, reference="doi:10.1/a")
    yield "a registration"
    entered = credentials.enter(
        moderator, profession="physician", specialties=[], body="General Medical Council", number="1234567"
    )
    yield "a registration that is verified"
    until = clock.now().date() + dt.timedelta(days=300)
    credentials.verify(entered.pk, by=administrator, how="The register says so.", until=until)
    yield "a declaration"
    disclosures.declare(second_moderator)
    yield "a review of the whole page"
    cast.review_whole(published, moderator)
    yield "a protection"
    protection.protect(published, until=until, reason="An edit war.", by=moderator)
    protection.lift_protection(published, reason="It is over.", by=moderator)
    yield "an owner"
    reverification.change_owner(published, to=clinician, by=moderator)
    yield "a correction"
    passage = published.publications.order_by("-pk")[0].revision.document.summary
    told = {"replacement": "Something safe.", "reason": "It was wrong."}
    proposed = corrections.propose(published, passage=passage, by=moderator, **told)
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)
    yield "a correction that is lifted"
    third_moderator = cast.make_user("third-moderator", Role.MODERATOR, "Dr Noor Haddad")
    corrections.lift(proposed.pk, by=third_moderator, reason="It was right.")
    yield "a version that is suppressed"
    old = other.publications.order_by("pk")[0].revision
    suppression.suppress(old.pk, by=moderator, reason="A name of a patient.")
    yield "a name that changes"
    User.objects.filter(pk=clinician.pk).update(name="Dr Ines Albrecht-Maier")
    yield "a page that is retired"
    gone = Retirement("The same subject.", replaced_by=other.pk)
    cast.approve(retirement.retire(third, by=clinician, retirement=gone), moderator)


def test_stored_answers_equal_new_ones_after_every_act(
    readers, published, clinician, moderator, second_moderator, administrator
):
    wrong: dict[str, list[str]] = {}
    steps = acts(published, clinician, moderator, second_moderator, administrator)
    step = next(steps)
    while step:
        readers.read_all()
        with compared_after_each_commit(readers) as found:
            done, step = step, next(steps, "")
        found += readers.differing_for(moderator)
        if found:
            wrong[done] = sorted(set(found))
    assert readers.checks > 100
    assert wrong == {}


def test_a_slow_rendering_is_never_stored_after_an_approval(readers, published, clinician, moderator):
    key = stored_answers._key_of(RequestFactory().get(PAGE).META)
    stored = 0
    for number in range(RACES):
        waiting = cast.propose_change(published, clinician, summary=f"Words number {number}.")
        over = Event()
        slow = [Thread(target=_render_slowly, args=(readers, key, over)) for _ in range(2)]
        for thread in slow:
            thread.start()
        time.sleep(random.random() / 20)  # noqa: S311  # where in the render the approval falls
        cast.approve(waiting, moderator)
        over.set()
        for thread in slow:
            thread.join()
        if key and (found := StoredAnswer.objects.at(key, brotli=False)) and found.body:
            stored += 1
            said = gzip.decompress(found.body).decode()
            assert f"Words number {number}." in said
    assert stored or RACES < 10


def _render_slowly(readers, key: str, over: Event) -> None:
    """Render again and again, each time for as long as chance will have it, and store what came of it."""
    try:
        while not over.is_set():
            moment = StoredAnswer.objects.moment()
            answer = readers.fresh.get(PAGE)
            time.sleep(random.random() / 50)  # noqa: S311
            kept = stored_answers.to_be_stored(key, answer)
            StoredAnswer.objects.put(key, kept, moment, slug="hypoparathyroidism")
    finally:
        connection.close()


def test_a_404_answer_is_not_stored(readers, published):
    readers.stores.get("/wiki/nothing/")

    assert not StoredAnswer.objects.exists()
    assert Page.objects.count() == 1
