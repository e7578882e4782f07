"""Every pair of acts at once, on one page and on two that name each other: no deadlock.

PostgreSQL tells of a circle of waits as a deadlock. `Refused` is an answer like any other.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests import cast, pictures
from tests.remembered import forget_state, remembered
from tests.threads import SECONDS, kept_threads
from wiki.acts.library import images, source_merging
from wiki.acts.people import accounts, credentials, suspension
from wiki.acts.reviewing import claims, diff_views, remarks, review, whole_page_review
from wiki.acts.safety import corrections, reports, suppression
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import Correction, Image, Page, PublishedPage, Report, Revision, Source, User, clock
from wiki.policy.refusal import Refused

# A name that each page has, so that one signature lets it become the title.
RENAMED = "{} of the brain"


@dataclass
class LinkedPages:
    """Two published pages that name each other, with a common source and picture, and what waits on them."""

    pages: tuple[Page, ...]
    people: dict[str, User]
    image: Image
    works: tuple[Source, ...]
    waiting: tuple[Revision, ...]
    drafts: tuple[Revision, ...]
    live: tuple[Revision, ...]
    proposed: tuple[Correction, ...]
    reports: tuple[Report, ...]


@remembered
def linked(transactional_db, clinician, colleague, moderator, second_moderator, administrator):
    people = {one.username: one for one in (clinician, colleague, moderator, second_moderator, administrator)}
    works = cast.make_source(clinician), cast.make_source(clinician, "doi:10.1000/1")
    image = pictures.make_image(clinician)
    titles = ("Seizures", "Epilepsy")
    body = (
        "Both cite it [@pmid:22327515].\n\nA second paragraph, on {other}.\n\n"
        + f"![White patches](image:{image.name})"
    )
    pages = [
        cast.make_page(clinician, moderator, title, kind="symptom", body="## What it is\n\nFirst.")
        for title in titles
    ]
    for page, title, other in zip(pages, titles, reversed(titles), strict=True):
        text = body.replace("{other}", f"[[{other}]]")
        cast.approve(
            cast.propose_change(page, clinician, title=title, body=text, aliases=(RENAMED.format(title),)),
            moderator,
        )
    waiting = tuple(
        cast.propose_change(
            page, clinician, title=RENAMED.format(title), aliases=(), summary="A new summary."
        )
        for page, title in zip(pages, titles, strict=True)
    )
    for one, who in itertools.product(waiting, (moderator, second_moderator)):
        diff_views.open_comparison(one, by=who)
    told = {"passage": "A second paragraph, on [[{}]].", "replacement": "", "reason": "Wrong."}
    proposed = tuple(
        corrections.propose(page, by=moderator, **{**told, "passage": told["passage"].format(other)})
        for page, other in zip(pages, reversed(titles), strict=True)
    )
    live = tuple(PublishedPage.objects.get(page=page).publication.revision for page in pages)
    return LinkedPages(
        tuple(pages),
        people,
        image,
        works,
        waiting,
        tuple(cast.make_edit(page, colleague, summary="A draft.") for page in pages),
        live,
        proposed,
        tuple(reports.report(one, wrong="It is wrong.", source="", email="") for one in live),
    )


def approve(s: LinkedPages, n: int) -> Any:
    return review.approve(s.waiting[n].pk, by=s.people["moderator"], shown=cast.shown(s.waiting[n]))


def second(s: LinkedPages, n: int) -> Any:
    one = s.proposed[n]
    return corrections.second(one.pk, by=s.people["second-moderator"], digest=one.digest)


def suspend(s: LinkedPages, n: int) -> Any:
    until = clock.now().date() + dt.timedelta(days=9)
    who, to = s.people["clinician"], s.people["colleague"]
    return suspension.suspend(who, by=s.people["admin"], reason="Absent.", until=until, to=to)


# What each does on the page of that number.
ACTS = {
    "approve a new title": approve,
    "take back": lambda s, n: review.unapprove(s.live[n].pk, by=s.people["moderator"], reason="Wrong."),
    "reject": lambda s, n: review.reject(s.waiting[n].pk, by=s.people["moderator"], reason="Wrong."),
    "send in": lambda s, n: cast.submit(s.drafts[n]),
    "discard": lambda s, n: drafts.discard(s.drafts[n], by=s.people["colleague"]),
    "withdraw": lambda s, n: submission.withdraw(s.waiting[n], by=s.people["clinician"]),
    "agree to a correction": second,
    "suppress": lambda s, n: suppression.suppress(
        s.pages[n].revisions.get(number=1).pk, by=s.people["moderator"], reason="A patient’s name."
    ),
    "withdraw a picture": lambda s, n: images.withdraw(
        s.image, by=s.people["second-moderator"], reason="Consent has ended."
    ),
    "merge sources": lambda s, n: source_merging.merge_sources(
        s.works[n].pk, into=s.works[1 - n].pk, by=s.people["moderator"]
    ),
    "notice": lambda s, n: source_merging.give_notice(
        s.works[0].pk, nature="retraction", reference=f"{n}", by=s.people["moderator"]
    ),
    "suspend": suspend,
    "remove an account": lambda s, n: accounts.remove_account(s.people["colleague"], by=s.people["admin"]),
    "review the whole page": lambda s, n: whole_page_review.review_whole_page(
        s.pages[n], by=s.people["second-moderator"], reading=cast.reading(s.live[n])
    ),
    "answer a report": lambda s, n: reports.close(s.reports[n].pk, by=s.people["moderator"], answer="Done."),
    "remark": lambda s, n: remarks.remark(
        s.waiting[n].pk, by=s.people["moderator"], at=remarks.WHOLE.key, text="Why?"
    ),
    "claim": lambda s, n: claims.claim(s.waiting[n].pk, by=s.people["second-moderator"]),
}


@pytest.fixture(scope="module")
def threads(django_db_setup) -> Iterator[list[ThreadPoolExecutor]]:
    with kept_threads(2) as threads:
        yield threads


@pytest.fixture
def both(threads) -> Callable[[LinkedPages, str, str, int], None]:
    """Return what does two acts at once, the second on the page of the number given."""

    def at_once(scene: LinkedPages, first: str, second: str, place: int) -> None:
        start = Barrier(2)
        acts = ((first, 0), (second, place))
        forget_state()
        done = [
            thread.submit(when_both_are_ready, ACTS[name], scene, number, start)
            for thread, (name, number) in zip(threads, acts, strict=True)
        ]
        wait(done, SECONDS)
        for one in done:
            one.result(0)

    return at_once


def when_both_are_ready(act: Callable[[LinkedPages, int], Any], scene: LinkedPages, n: int, start: Barrier):
    connection.ensure_connection()
    start.wait(SECONDS)
    with suppress(Refused):
        act(scene, n)


# These are done on no page, so that the second of a pair is done beside the first alike on either.
ON_NO_PAGE = {"withdraw a picture", "suspend", "remove an account"}
PAIRS = [
    (first, second, place)
    for first, second in itertools.combinations_with_replacement(ACTS, 2)
    for place in (0, 1)
    if not (place and second in ON_NO_PAGE)
]
# What holds rows beside the chain of the site; who lets the order go is named by `OutOfOrder` in every test.
ACTS |= {
    "check a source": lambda s, n: cast.make_source_check(s.works[n], s.people["second-moderator"]),
    "revoke a registration": lambda s, n: credentials.revoke(
        s.people["second-moderator"].credentials.get().pk, by=s.people["admin"], reason="It has ended."
    ),
}
PAIRS += [
    ("merge sources", "check a source", 0),
    ("notice", "check a source", 0),
    ("suspend", "revoke a registration", 0),
]


@pytest.mark.parametrize(
    ("first", "second", "place"),
    PAIRS,
    ids=[f"{a}, {b}, {'two pages' if n else 'one page'}" for a, b, n in PAIRS],
)
def test_no_two_acts_deadlock(both, linked, first, second, place):
    both(linked, first, second, place)


@pytest.mark.parametrize("_round", range(3))
def test_the_withdrawal_of_a_picture_wins_over_an_approval_of_its_page(both, linked, _round):
    both(linked, "withdraw a picture", "approve a new title", 0)

    assert Image.objects.get().withdrawn_at is not None
    assert Revision.objects.get(pk=linked.waiting[0].pk).state == State.APPROVED
    for page in PublishedPage.objects.all():
        assert "withdrawn" in page.html
        assert f"/{linked.image.name}/" not in page.html
