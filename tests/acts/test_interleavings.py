"""Every pair of acts at once, on one page and on two that name each other: no deadlock.

PostgreSQL tells of a circle of waits as a deadlock. `Refused` is an answer like any other.
"""

import datetime as dt
import itertools
import threading
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from tests import cast, pictures
from tests.remembered import remembered
from wiki.acts.library import images, source_merging
from wiki.acts.people import accounts, suspension
from wiki.acts.reviewing import claims, diff_views, remarks, review, whole_page_review
from wiki.acts.safety import corrections, reports, suppression
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import Correction, Image, Page, PublishedPage, Report, Revision, Source, User, clock
from wiki.policy.refusal import Refused

SECONDS = 30


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
        cast.approve(cast.propose_change(page, clinician, title=title, body=text), moderator)
    waiting = tuple(
        cast.propose_change(page, clinician, title=f"{title} of the brain", summary="It waits.")
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


class AtOnce(threading.Thread):
    """Does an act on a connection of its own when all are ready; keeps what went wrong."""

    def __init__(self, name: str, scene: LinkedPages, place: int, start: threading.Barrier) -> None:
        super().__init__()
        self.act, self.scene, self.place, self.begin = ACTS[name], scene, place, start
        self.trouble: Exception | None = None

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.begin.wait(SECONDS)
            self.act(self.scene, self.place)
        except Refused:
            pass
        except Exception as trouble:
            self.trouble = trouble
        finally:
            connection.close()


def both(scene: LinkedPages, first: str, second: str, place: int) -> None:
    start = threading.Barrier(2)
    threads = [AtOnce(first, scene, 0, start), AtOnce(second, scene, place, start)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(SECONDS)
    assert not any(one.is_alive() for one in threads)
    assert [repr(one.trouble) for one in threads if one.trouble] == []


PAIRS = list(itertools.combinations_with_replacement(ACTS, 2))


@pytest.mark.parametrize("place", [0, 1], ids=["one page", "two pages"])
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a}, {b}" for a, b in PAIRS])
def test_no_two_acts_deadlock(linked, first, second, place):
    both(linked, first, second, place)


@pytest.mark.parametrize("_round", range(3))
def test_the_withdrawal_of_a_picture_wins_over_an_approval_of_its_page(linked, _round):
    both(linked, "withdraw a picture", "approve a new title", 0)

    assert Image.objects.get().withdrawn_at is not None
    assert Revision.objects.get(pk=linked.waiting[0].pk).state == State.APPROVED
    for page in PublishedPage.objects.all():
        assert "withdrawn" in page.html
        assert f"/{linked.image.name}/" not in page.html
