"""Reports by readers, and the answers to them."""

from django.conf import settings
from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.writing import drafts
from wiki.audit import log
from wiki.mail import notices, outbox
from wiki.models import Letter, Report, ReportState, Revision, User, clock
from wiki.models.letters import ref_of_answer
from wiki.policy import interests, reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused


@transaction.atomic
def report(revision: Revision, *, wrong: str, source: str = "", email: str = "") -> Report:
    """Store a reader's report about `revision`, and notify the moderators and the page's watchers.

    It comes from anybody, so only what readers can see takes it.
    """
    if not revision.publications.exists():
        raise Refused("Only what readers have seen can be reported.")
    reasons.refuse_unseen(wrong, source)
    made = Report.objects.create(
        page=revision.page,
        revision=revision,
        wrong=wrong.strip(),
        source=source.strip(),
        email=email,
        reported_at=clock.now(),
    )
    event = log.write("report", by=None, revision=revision, report=made.pk, at=made.reported_at)
    notices.tell(event)
    return made


@transaction.atomic
def take_up(report_id: int, *, by: User) -> Revision:
    """Return the draft in which `by` corrects what was reported: their open one, or a new one."""
    page_id = Report.objects.filter(pk=report_id).values_list("page_id", flat=True).first()
    if page_id is None:
        raise Refused("This report is no longer there.")
    page = lock_page(page_id)
    taken = Report.objects.locked(report_id)
    if taken.is_closed:
        raise Refused(f"{taken.handled_by_name} was first: this report is answered.")
    if taken.is_taken and taken.handled_by_id != by.pk:
        raise Refused(f"{taken.handled_by_name} is putting this right already.")
    draft = drafts.edit(page, author=by)
    if not draft.note:
        draft = drafts.save(
            draft,
            draft.document,
            by=by,
            note="Puts right what a reader reported: ",
            typed=draft.typed,
        )
    _handle(taken, ReportState.TAKEN, by=by, draft=draft)
    log.write("take_up_report", by=by, page=page, report=taken.pk)
    return draft


@transaction.atomic
def close(report_id: int, *, by: User, answer: str) -> Report:
    """Answer a report and close it. A reader who left an address gets the answer; the address is then
    removed.

    The letter keeps the address until it is sent or given up.
    """
    if not reload(by).can_review:
        raise Refused("Only a moderator answers a report. Take it up in a draft, or tell a moderator.")
    answer = reasons.required_words(answer, "Say in a sentence what was done, or why nothing needs to be.")
    page_id = Report.objects.filter(pk=report_id).values_list("page_id", flat=True).first()
    if page_id is None:
        raise Refused("This report is no longer there.")
    lock_page(page_id)
    answered = Report.objects.locked(report_id)
    if answered.is_closed:
        raise Refused(f"{answered.handled_by_name} was first: this report is answered.")
    interests.refuse("close_report", by, [answered.revision])
    email, answered.email, answered.answer = answered.email, "", answer
    _handle(answered, ReportState.CLOSED, by=by, draft=answered.draft)
    log.write("close_report", by=by, page=answered.page, report=answered.pk, reason=answered.answer)
    if email:
        outbox.post([_answer(answered, email)])
    return answered


def _handle(report_: Report, state: ReportState, *, by: User, draft: Revision | None) -> None:
    report_.state, report_.draft = state, draft
    report_.handled_by, report_.handled_by_name, report_.handled_at = by, str(by), clock.now()
    report_.save(
        update_fields=["state", "draft", "email", "answer", "handled_by", "handled_by_name", "handled_at"]
    )


def _answer(answered: Report, address: str) -> Letter:
    """Return the letter to the reader."""
    words = (
        f"You reported a mistake on “{answered.revision.title}”:\n\n  {answered.wrong}\n\n"
        f"{answered.handled_by_name} answers:\n\n  {answered.answer}\n\n"
        f"The page: {settings.SITE_URL}/wiki/{answered.revision.slug}/\n\n"
        "Your address was kept for this answer alone. It is removed when this email has left.\n"
    )
    return outbox.letter_to_address(
        address,
        subject=f"Your report on “{answered.revision.title}”",
        body=words,
        ref=ref_of_answer(answered),
    )
