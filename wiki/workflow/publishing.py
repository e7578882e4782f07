"""How a revision goes live, and how it is taken back. Called by verdicts only."""

import calendar
import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from wiki.lifecycle import State
from wiki.models import Address, Ending, Family, Page, Publication, Revision, User, Verdict, Watch, clock
from wiki.models.pages import hold_names
from wiki.text.wikilinks import slug_of
from wiki.vocabulary import Kind
from wiki.workflow import derive, log, notices
from wiki.workflow.refusal import Refused


def is_missing_signatures(revision: Revision) -> bool:
    """Return whether a signature that was asked for at submission is not there yet."""
    signed = list(
        revision.verdicts.filter(decision="approve", digest=revision.digest).values_list(
            "reviewer_id", "reviewer__role"
        )
    )
    free = dict(signed)
    for need in revision.requirements.order_by("pk"):
        person = next((one for one, role in free.items() if role == need.role), None)
        if person is None:
            return True
        del free[person]
    return False


def publish(revision: Revision, *, verdict: Verdict, by: User, family: Family) -> Publication:
    """Make `revision` the one that readers see, and settle what waited beneath it."""
    page = revision.page
    live = Publication.objects.open().filter(page=page).select_related("revision").first()
    slug = slug_of(revision.title)
    renamed = live is None or slug_of(live.revision.title) != slug
    hold_names(changing=renamed)
    _claim(page, slug)
    since = _close(live, Ending.REPLACED) if live else clock.now()
    revision.state = State.APPROVED
    revision.save(update_fields=["state"])
    publication = _open(revision, verdict, since=since, due_on=due_after(since, revision.kind))
    included = _include_ancestors(revision, family, by=by)
    _show(page, renamed=renamed)
    _tell_of_approval(revision, included, by=by, verdict=verdict)
    return publication


def due_after(moment: dt.datetime, kind: str) -> dt.date:
    """Return the day on which an approval of a page of `kind` given at `moment` is due again."""
    months = moment.month - 1 + Kind(kind).review_months
    year, month = moment.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(moment.day, calendar.monthrange(year, month)[1]))


def _claim(page: Page, slug: str) -> None:
    """Give `page` the address `slug` for ever, unless another page has it."""
    if Address.objects.taken_by_another(slug, page.pk):
        raise Refused(f"Another page has the address /wiki/{slug}/. Send this back for another title.")
    Address.objects.get_or_create(slug=slug, page=page)


def _close(publication: Publication, ending: Ending) -> dt.datetime:
    """End a publication now and return the moment."""
    moment = max(clock.now(), publication.since + dt.timedelta(microseconds=1))
    publication.in_force = DateTimeTZRange(publication.since, moment)
    publication.ending = ending
    publication.save(update_fields=["in_force", "ending"])
    return moment


def _open(revision: Revision, verdict: Verdict, *, since: dt.datetime, due_on: dt.date) -> Publication:
    return Publication.objects.create(
        page=revision.page,
        revision=revision,
        verdict=verdict,
        in_force=DateTimeTZRange(since, None),
        due_on=due_on,
    )


def _include_ancestors(revision: Revision, family: Family, *, by: User) -> list[Revision]:
    waiting = [
        one for one in family.carried(revision) if one.pk != revision.pk and one.state == State.SUBMITTED
    ]
    for one in waiting:
        one.state = State.INCLUDED
        one.save(update_fields=["state"])
        log.write("include", by=by, revision=one, into=revision.number)
    return waiting


def _tell_of_approval(revision: Revision, included: list[Revision], *, by: User, verdict: Verdict) -> None:
    people = [revision.author, *(one.author for one in included), *Watch.objects.watchers_of(revision.page)]
    event = log.write(
        "approve",
        by=by,
        revision=revision,
        at=verdict.decided_at,
        digest=verdict.digest,
        authors=sorted({revision.author_name, *(one.author_name for one in included)}),
    )
    notices.tell(event, people)


def _show(page: Page, *, renamed: bool) -> None:
    derive.derive(page)
    if renamed:
        derive.derive_neighbours(page)


def what_was_before(revision: Revision) -> Publication | None:
    """Return what readers would get if `revision` were taken back: the last one that nobody took back."""
    return (
        Publication.objects.filter(page=revision.page_id, revision__state=State.APPROVED)
        .exclude(revision=revision)
        .select_related("revision", "verdict")
        .order_by("-in_force", "-pk")
        .first()
    )


def take_back(revision: Revision, *, by: User, reason: str) -> Publication | None:
    """End the live publication; open again the last one that nobody took back, if there is one."""
    page = revision.page
    live = Publication.objects.open().select_related("revision").get(page=page)
    before = what_was_before(revision)
    renamed = before is None or slug_of(before.revision.title) != slug_of(revision.title)
    hold_names(changing=renamed)
    since = _close(live, Ending.UNAPPROVED)
    revision.state = State.UNAPPROVED
    revision.save(update_fields=["state"])
    fallback = _open(before.revision, before.verdict, since=since, due_on=before.due_on) if before else None
    _show(page, renamed=renamed)
    event = log.write("unapprove", by=by, revision=revision, at=since, reason=reason.strip())
    authors = [one.author for one in Family(page.pk).carried(revision)]
    notices.tell(event, [*authors, *Watch.objects.watchers_of(page)])
    return fallback
