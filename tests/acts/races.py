"""Acts of two people at once on one page: what is done, what happens before it, what the second reads."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests import cast
from tests.reviewing import draw
from wiki.acts.reviewing import claims, remarks, review, second_reads, whole_page_review
from wiki.acts.safety import corrections
from wiki.acts.safety.protection import protect
from wiki.acts.safety.suppression import confirm, show_again, suppress
from wiki.acts.upkeep import reverification, tasks
from wiki.acts.writing import drafts, page_merge, retirement, submission
from wiki.models import Cause, Correction, Page, Remark, Revision, SecondRead, User, clock
from wiki.text.document import Retirement


@dataclass
class Scene:
    """A published page with what the acts need: people, a draft, a waiting and a withdrawn revision."""

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
    hidden: Revision


@dataclass(frozen=True)
class Race:
    """One act, what somebody else does while it waits, and the sentence that comes of it."""

    act: Callable[[Scene], Any]
    meanwhile: Callable[[Scene], Any]
    sentence: str


def approve(scene: Scene, by: User | None = None) -> Any:
    return review.approve(scene.waiting.pk, by=by or scene.moderator, shown=cast.shown(scene.waiting))


def unapprove(scene: Scene, by: User) -> Any:
    return review.unapprove(scene.live.pk, by=by, reason="Wrong.")


def discard(scene: Scene) -> Any:
    return drafts.discard(scene.draft, by=scene.colleague)


def withdraw(scene: Scene) -> Any:
    return submission.withdraw(scene.waiting, by=scene.clinician)


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
        lambda s: drafts.edit(s.page, author=s.second, document=WORDS),
        lambda s: drafts.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "revert": Race(
        lambda s: drafts.revert(s.live, author=s.second),
        lambda s: drafts.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "retire": Race(
        lambda s: retirement.retire(s.page, by=s.second, retirement=Retirement("Why.")),
        lambda s: drafts.edit(s.page, author=s.second),
        "You have a draft of this page already",
    ),
    "bring_back": Race(
        lambda s: retirement.bring_back(s.page, by=s.second, note="Why."),
        lambda s: unapprove(s, s.moderator),
        "This page is not retired",
    ),
    "merge_pages": Race(
        lambda s: page_merge.merge_pages(s.page, s.other, by=s.second),
        lambda s: unapprove(s, s.moderator),
        "one of the two is not published",
    ),
    "save": Race(lambda s: drafts.save(s.draft, WORDS, by=s.colleague), discard, "no longer there"),
    "discard": Race(discard, lambda s: cast.submit(s.draft), "it is waiting for review"),
    "submit": Race(lambda s: cast.submit(s.draft), discard, "no longer there"),
    "settle": Race(lambda s: submission.settle(s.draft, WORDS, by=s.colleague), discard, "no longer there"),
    "build_on": Race(lambda s: drafts.build_on(s.waiting, author=s.second), withdraw, "it is withdrawn"),
    "resume": Race(
        lambda s: drafts.resume(s.withdrawn, author=s.clinician),
        lambda s: drafts.edit(s.page, author=s.clinician),
        "You have a draft of this page already",
    ),
    "withdraw": Race(withdraw, approve, "Dr Amara Osei was first: approved"),
    "rebase": Race(lambda s: review.rebase(s.waiting.pk, by=s.second), withdraw, "it is withdrawn"),
    "settle_conflict": Race(
        lambda s: review.settle_conflict(s.waiting, by=s.clinician), approve, "Dr Amara Osei was first"
    ),
    "approve": Race(lambda s: approve(s, s.second), withdraw, "it is withdrawn"),
    "request_changes": Race(
        lambda s: review.request_changes(s.waiting.pk, by=s.second, reason="More."),
        approve,
        "Dr Amara Osei was first: approved on .* Nothing was changed by you",
    ),
    "reject": Race(
        lambda s: review.reject(s.waiting.pk, by=s.second, reason="No."),
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
    "confirm_suppression": Race(
        lambda s: confirm(s.hidden.pk, by=s.second),
        lambda s: show_again(s.hidden.pk, by=s.moderator, reason="No name."),
        "is not hidden any more",
    ),
    "show_again": Race(
        lambda s: show_again(s.hidden.pk, by=s.moderator, reason="No name."),
        lambda s: confirm(s.hidden.pk, by=s.second),
        "was first: this text is hidden for good",
    ),
    "edit a limited page": Race(
        lambda s: drafts.edit(s.page, author=s.clinician),
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
        "Dr Amara Osei was first: approval reverted",
    ),
    "review_whole_page": Race(
        lambda s: whole_page_review.review_whole_page(s.page, by=s.second, reading=cast.reading(s.live)),
        approve,
        "Another version went live while you were reading",
    ),
    "change_owner": Race(
        lambda s: reverification.change_owner(s.page, to=s.second, by=s.second),
        lambda s: reverification.change_owner(s.page, to=s.second, by=s.moderator),
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
