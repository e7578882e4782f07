"""How a revision goes live, and how it is taken back. Called by verdicts only."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from wiki.acts.upkeep import dependents, retractions
from wiki.audit import chain, log
from wiki.domain.lifecycle import State
from wiki.domain.professions import Weight
from wiki.mail import notices
from wiki.models import Address, Ending, Family, Page, Publication, Revision, User, Verdict, clock
from wiki.models.pages import lock_titles
from wiki.policy import submission_problems
from wiki.policy.due_dates import due_after
from wiki.policy.refusal import NotReady, Refused
from wiki.published import derive


def publish(revision: Revision, *, verdict: Verdict, by: User, family: Family) -> Publication:
    """Make `revision` the one that readers see, and settle what waited beneath it."""
    page = revision.page
    live = Publication.objects.open().filter(page=page).select_related("revision").first()
    leads_elsewhere = live is None or _leads_elsewhere(live.revision, revision)
    lock_titles(changing=leads_elsewhere)
    _claim(page, revision.slug)
    _refuse_without_successor(revision)
    since = _close(live, Ending.REPLACED) if live else clock.now()
    revision.state = State.APPROVED
    revision.save(update_fields=["state"])
    publication = _open(revision, verdict, since=since, due_on=due_after(since, revision.kind))
    included = _include_ancestors(revision, family, by=by)
    resting = dependents.dependents_of(page)
    _show(page, leads_elsewhere=leads_elsewhere)
    said = {"weight": verdict.weight or revision.weight, "meaning": verdict.meaning or revision.meaning}
    dependents.follow(resting, live.revision if live else None, publication, by=by, **said)
    retractions.look_at_sources(page, by=by)
    _tell_of_approval(revision, included, by=by, verdict=verdict)
    _tell_of_retirement(live.revision if live else None, revision, by=by)
    return publication


def _leads_elsewhere(old: Revision, new: Revision) -> bool:
    """Return whether what others link to, or say something of, leads elsewhere with `new` in force."""
    before, after = old.document.retirement, new.document.retirement
    return (old.slug, old.kind, before) != (new.slug, new.kind, after)


def _claim(page: Page, slug: str) -> None:
    """Give `page` the address `slug` for ever, unless another page has it."""
    if Address.objects.taken_by_another(slug, page.pk):
        raise Refused(f"Another page has the address /wiki/{slug}/. Send this back for another title.")
    Address.objects.get_or_create(slug=slug, page=page)


def _refuse_without_successor(revision: Revision) -> None:
    """Refuse to retire a page in favour of one that is not in force any more. The names must be held."""
    if found := list(submission_problems.retirement(revision.document, revision.page_id)):
        raise NotReady(found)


def _close(publication: Publication, ending: Ending) -> dt.datetime:
    """End a publication now and return the moment."""
    moment = max(clock.now(), publication.since + dt.timedelta(microseconds=1))
    publication.in_force = DateTimeTZRange(publication.since, moment)
    publication.ending = ending
    publication.save(update_fields=["in_force", "ending"])
    chain.bind("ending", publication, page_id=publication.page_id)
    return moment


def _open(revision: Revision, verdict: Verdict, *, since: dt.datetime, due_on: dt.date) -> Publication:
    publication = Publication.objects.create(
        page=revision.page,
        revision=revision,
        verdict=verdict,
        in_force=DateTimeTZRange(since, None),
        due_on=due_on,
    )
    chain.bind("publication", publication, page_id=publication.page_id)
    return publication


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
    event = log.write(
        "approve",
        by=by,
        revision=revision,
        at=verdict.decided_at,
        digest=verdict.digest,
        # Ids, not names: the log outlives accounts, and people choose what they are called then.
        authors=sorted({one.author_id for one in (revision, *included) if one.author_id is not None}),
        weight=verdict.weight or revision.weight,
        meaning=verdict.meaning or revision.meaning,
    )
    notices.tell(event, [revision.author, *(one.author for one in included)])


def _tell_of_retirement(before: Revision | None, revision: Revision, *, by: User) -> None:
    """Tell those who have something begun or waiting on the page that it is retired now."""
    told = revision.document.retirement
    if told is None or (before is not None and before.document.retirement is not None):
        return
    unfinished = Revision.objects.on(revision.page).filter(state__in=(State.DRAFT, State.SUBMITTED))
    event = log.write("retire", by=by, revision=revision, reason=told.reason, replaced_by=told.replaced_by)
    notices.tell(event, [one.author for one in unfinished])


def _show(page: Page, *, leads_elsewhere: bool) -> None:
    derive.derive(page)
    if leads_elsewhere:
        derive.derive_neighbours(page)


def what_was_before(revision: Revision) -> Publication | None:
    """Return what readers would get if `revision` were taken back: the last one that nobody took back.

    Nor is it one whose text was suppressed.
    """
    return (
        Publication.objects.filter(page=revision.page_id, revision__state=State.APPROVED)
        .exclude(revision=revision)
        .exclude(revision__suppression__isnull=False)
        .select_related("revision", "verdict")
        .order_by("-in_force", "-pk")
        .first()
    )


def take_back(revision: Revision, *, by: User, reason: str) -> Publication | None:
    """End the live publication; open again the last one that nobody took back, if there is one."""
    page = revision.page
    live = Publication.objects.open().select_related("revision").get(page=page)
    before = what_was_before(revision)
    leads_elsewhere = before is None or _leads_elsewhere(before.revision, revision)
    lock_titles(changing=leads_elsewhere)
    since = _close(live, Ending.UNAPPROVED)
    revision.state = State.UNAPPROVED
    revision.save(update_fields=["state"])
    fallback = _open(before.revision, before.verdict, since=since, due_on=before.due_on) if before else None
    resting = dependents.dependents_of(page)
    _show(page, leads_elsewhere=leads_elsewhere)
    # Whoever takes an approval back found a sentence wrong on which others may rest.
    dependents.follow(resting, revision, fallback, by=by, weight=Weight.SAFETY)
    retractions.look_at_sources(page, by=by)
    event = log.write("unapprove", by=by, revision=revision, at=since, reason=reason.strip())
    notices.tell(event, [one.author for one in Family(page.pk).carried(revision)])
    return fallback
