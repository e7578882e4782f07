"""Safety corrections: two moderators replace one passage at once; the full review follows."""

import datetime as dt
from typing import Any, Final

from django.db import transaction

from wiki.acts.context import ActContext
from wiki.acts.locking import lock_page
from wiki.acts.upkeep import tasks
from wiki.acts.writing.submission import into_queue, tell_if_unmet
from wiki.audit import log
from wiki.domain.professions import Impact
from wiki.mail import notices
from wiki.models import Cause, Correction, Page, Revision, Task, User, clock
from wiki.models.locks import lock_names
from wiki.models.publications import live_revision
from wiki.models.queries.text_authors import is_among_authors
from wiki.policy import interests, reasons, reviewer_standing
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused
from wiki.published import derive
from wiki.text.redaction.passages import (
    StandIn,
    can_stand_instead,
    holds,
    holds_passage,
    passages,
    width_of_row,
    without,
)

HOURS: Final = 72
LONGEST_REPLACEMENT: Final = 2_000
GONE: Final = "This passage does not stand in what readers see any more. Look at the page as it is now."
NO_REGISTRATION: Final = (
    "Readers get other words only from two moderators who each have a registration as a health professional "
    "that an administrator has verified and that holds today; yours is missing or has run out. Withholding "
    "the passage asks for none: propose that, with no words in its place."
)
NO_PARAGRAPH: Final = (
    "Write one paragraph of running words: no heading, list, table, box or blank line. "
    "All else goes into the full review."
)

NO_ROW: Final = (
    "Write one row of the table, as it stands in the text: {} cells, with a | at each end and between them. "
    "All else goes into the full review."
)


@transaction.atomic
def propose(page: Page, *, passage: str, replacement: str, reason: str, by: User) -> Correction:
    """Propose that readers get `replacement` instead of `passage` at once; a second moderator must agree.

    An empty replacement withholds the passage. Nothing changes for readers yet.
    """
    page = lock_page(page.pk)
    live = _live(page)
    _refuse_who_may_not("correct", by, live, replacement=replacement)
    passage, replacement = passage.strip(), "\n".join(replacement.strip().splitlines())
    if passage not in passages(live.document):
        raise Refused(GONE)
    _refuse_words(passage, replacement, reason, width=width_of_row(live.document.body, passage))
    _refuse_twice(page, passage)
    made = Correction.objects.create(
        page=page,
        revision=live,
        passage=passage,
        replacement=replacement,
        reason=reason.strip(),
        proposed_by=by,
        proposed_by_name=str(by),
        proposed_at=clock.now(),
    )
    more = _log_data(made)
    event = log.write("correct", by=by, revision=live, at=made.proposed_at, reason=made.reason, **more)
    notices.tell(event, User.objects.moderators())
    return made


def _log_data(one: Correction) -> dict[str, Any]:
    """Return what the log keeps of a correction: its id and the digest of its words."""
    return {"correction": one.pk, "digest": one.digest}


def _live(page: Page) -> Revision:
    live = live_revision(page)
    if live is None or live.document.retirement is not None:
        raise Refused("Readers see no text of this page, so there is nothing to correct.")
    return live


def _refuse_who_may_not(act: str, by: User, live: Revision, *, replacement: str) -> None:
    """Refuse people who may not review the page. Authors may act here: a wrong dose must not wait.

    Who puts other words before readers must be qualified like whoever approves them; who withholds need not.
    """
    require_moderator(by, "corrects what readers see")
    standing = reviewer_standing.ReviewerStanding(by, clock.now())
    standing.refuse_undeclared()
    if replacement.strip() and standing.lacks_registration:
        raise Refused(NO_REGISTRATION)
    interests.refuse(act, by, [live])


def _refuse_words(passage: str, replacement: str, reason: str, *, width: int) -> None:
    if holds(replacement, passage):
        raise Refused("What should stand there instead still holds the passage.")
    if not can_stand_instead(replacement, width):
        raise Refused(NO_ROW.format(width) if width else NO_PARAGRAPH)
    reasons.refuse_unseen(replacement)
    reasons.refuse_too_long(replacement, LONGEST_REPLACEMENT)
    reasons.required_reason(reason, who_reads=reasons.READERS, longest=reasons.LONGEST_REASON)


def _refuse_twice(page: Page, passage: str) -> None:
    for one in Correction.objects.of_page(page).filter(lifted_at=None):
        if one.passage == passage and one.is_proposed:
            raise Refused(f"{one.proposed_by_name} was first: the correction waits for a second moderator.")
        if one.passage == passage:
            raise Refused("This passage is corrected already.")


@transaction.atomic
def second(correction_id: int, *, by: User, digest: str) -> Correction:
    """Agree to exactly the correction that was shown: it takes effect at once, and goes to full review."""
    lock_names(exclusive=False)
    one = _lock(correction_id)
    if not one.is_proposed:
        raise Refused(_too_late(one))
    live = _live(one.page)
    _refuse_who_may_not("second", by, live, replacement=one.replacement)
    if one.proposed_by_id == by.pk:
        raise Refused("You proposed this correction, so another moderator has to agree to it.")
    proposer = one.proposed_by
    if proposer is None or not proposer.can_review:
        raise Refused(f"{one.proposed_by_name} may not review any more. Propose it yourself, if it is right.")
    if one.digest != digest:
        raise Refused("What you were shown is not what was proposed. Look at it again.")
    if not holds_passage(live.document, one.passage):
        raise Refused(GONE)
    one.seconded_by, one.seconded_by_name, one.seconded_at = by, str(by), clock.now()
    one.lapses_at = one.seconded_at + dt.timedelta(hours=HOURS)
    one.follow_up = _send_in(one, live, author=proposer)
    one.save(update_fields=["seconded_by", "seconded_by_name", "seconded_at", "lapses_at", "follow_up"])
    _show(one.page)
    event = log.write("second", by=by, revision=live, at=one.seconded_at, reason=one.reason, **_log_data(one))
    notices.tell(event, [one.proposed_by, live.author, *User.objects.moderators()])
    return one


def _lock(correction_id: int) -> Correction:
    page_id = Correction.objects.filter(pk=correction_id).values_list("page_id", flat=True).first()
    if page_id is None:
        raise Refused("There is no such correction.")
    page = lock_page(page_id)
    one = Correction.objects.locked(correction_id)
    one.page = page
    return one


def _too_late(one: Correction) -> str:
    """Return the refusal that says who decided on the correction before."""
    if one.lifted_at is not None:
        return f"{one.lifted_by_name} was first: this correction was taken away."
    return f"{one.seconded_by_name} was first: this correction is in effect already."


def _send_in(one: Correction, live: Revision, *, author: User) -> Revision:
    """Submit a revision with the correction for full review, in the name of the person who proposed it.

    It does not pass through a draft: its author may be in the middle of another one.
    """
    made = Revision(page=one.page, author=author, author_name=one.proposed_by_name, parent=live)
    made.hold(without(live.document, [StandIn(one.passage, one.replacement)]))
    made.impact, made.meaning = Impact.SAFETY, one.reason
    made.created_at = made.saved_at = clock.now()
    act = ActContext(made, by=author)
    sent = into_queue(act, note=f"Corrected for safety. {one.reason}")
    tell_if_unmet(act)
    return sent


def _show(page: Page) -> None:
    """Derive the published page again with the corrections in effect. Title and address stay the same."""
    derive.derive_live(page)


@transaction.atomic
def lift(correction_id: int, *, by: User, reason: str) -> Correction:
    """Lift a correction: readers get the original passage again.

    One that is in effect is lifted by a third person, who wrote nothing of what is published.
    """
    lock_names(exclusive=False)
    one = _lock(correction_id)
    require_moderator(by, "does this")
    if one.lifted_at is not None:
        raise Refused(_too_late(one))
    if one.is_in_effect:
        _refuse_reinstating(one, by)
    one.lifted_reason = reasons.required_reason(
        reason, who_reads=reasons.HISTORY, longest=reasons.LONGEST_REASON
    )
    one.lifted_by, one.lifted_by_name, one.lifted_at = by, str(by), clock.now()
    one.save(update_fields=["lifted_by", "lifted_by_name", "lifted_at", "lifted_reason"])
    _show(one.page)
    event = log.write(
        "lift", by=by, revision=one.revision, at=one.lifted_at, reason=one.lifted_reason, **_log_data(one)
    )
    notices.tell(event, [one.proposed_by, one.seconded_by])
    return one


def _refuse_reinstating(one: Correction, by: User) -> None:
    if by.pk in (one.proposed_by_id, one.seconded_by_id):
        raise Refused("You stand for this correction, so a third moderator has to decide that it was wrong.")
    reviewer_standing.refuse_undeclared(by, clock.now())
    live = live_revision(one.page)
    if live is None:
        return
    interests.refuse("lift", by, [live])
    if is_among_authors(by, live):
        raise Refused("You are among the authors of what is published, so somebody else has to decide this.")


def update_tasks_of_lapsed() -> int:
    """Open a task for each correction that expired while its passage is published; close tasks that are
    settled.
    """
    lapsed = {one.pk: one for one in Correction.objects.lapsed(clock.now()).select_related("page")}
    live = {one.page_id: live_revision(one.page) for one in lapsed.values()}
    standing = {
        pk
        for pk, one in lapsed.items()
        if (text := live[one.page_id]) and holds_passage(text.document, one.passage)
    }
    known = {task.data["correction"]: task for task in Task.objects.filter(cause=Cause.LAPSED)}
    for pk in standing - known.keys():
        _open_task(lapsed[pk])
    over = [task for pk, task in known.items() if pk not in standing and not task.is_closed]
    for task in over:
        _close_task(task)
    return len(standing - known.keys()) + len(over)


@transaction.atomic
def _open_task(one: Correction) -> None:
    page = lock_page(one.page_id)
    tasks.open_task(Cause.LAPSED, page, ref=f"correction-{one.pk}", correction=one.pk)


@transaction.atomic
def _close_task(task: Task) -> None:
    outcome = "The passage is no longer in what readers see, or the correction was lifted."
    page = lock_page(task.page_id)
    tasks.close_all([Task.objects.locked(task.pk)], page, by=None, outcome=outcome, settled=True)
