"""Publishing a revision and taking a publication back. Verdicts and loading call these functions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from wiki.acts.context import ActContext
from wiki.acts.upkeep import dependents, retractions
from wiki.audit import chain, log
from wiki.domain.lifecycle import State
from wiki.domain.professions import Impact
from wiki.mail import notices
from wiki.models import Address, Citation, Ending, Page, Publication, Revision, User, Verdict, Way, clock
from wiki.models.locks import lock_names
from wiki.models.queries.text_authors import first_versions
from wiki.models.queries.verdict_openings import opening_data
from wiki.policy import review_state, submission_problems
from wiki.policy.refusal import NotReady, Refused
from wiki.published import derive
from wiki.published.neighbours import derive_neighbours


def lock_names_for(revision_id: int, *, instead_of: int | None) -> None:
    """Lock the names, before the page, to publish a revision that was compared with `instead_of`.

    The lock is exclusive where what others link to, or say something of, would lead elsewhere.
    """
    leads_elsewhere = instead_of is None or Revision.objects.leads_elsewhere(revision_id, instead_of)
    lock_names(exclusive=leads_elsewhere)


def publish(act: ActContext, verdict: Verdict) -> Publication:
    """Publish the revision of an act, and include the waiting revisions that it was built on.

    Of a merge of two pages the other one is retired with it. The names must be locked by `lock_names_for`.
    """
    publication = _publish(act, verdict)
    if act.retiring is not None:
        _publish(act.retiring, twin_of(verdict, act.retiring))
    return publication


def twin_of(verdict: Verdict, half: ActContext) -> Verdict:
    """Return the verdict on the other half of a merge that was given together with one."""
    same = (verdict.reviewer_id, verdict.decision)
    return next(one for one in half.verdicts if (one.reviewer_id, one.decision) == same)


def _publish(act: ActContext, verdict: Verdict) -> Publication:
    page, revision, live = act.page, act.revision, act.live
    leads_elsewhere = live is None or _leads_elsewhere(live.revision, revision)
    is_first = _claim(page, revision.slug)
    _refuse_without_successor(revision)
    since = _close(live, Ending.REPLACED) if live else act.now
    revision.state = State.APPROVED
    revision.save(update_fields=["state"])
    signed = act.signatures.counting
    state = review_state.after_approval(revision, live, signed, is_first=is_first)
    authors = first_versions(revision, live, act.family)
    writers = {"writers": [one.pk for one in authors]}
    publication = _open(revision, verdict, since=since, **writers, **state.as_fields(revision.document))
    publication.first_versions = authors
    included = _include_ancestors(act)
    before = dependents.dependents_of(page) if live else None
    _show(publication, page, leads_elsewhere=leads_elsewhere, is_first=is_first)
    if live and before:
        impact = {"impact": verdict.impact or revision.impact, "meaning": verdict.meaning or revision.meaning}
        dependents.update_tasks(before, live.revision, publication, by=act.person, **impact)
    retractions.update_tasks(page, by=act.person, is_first=is_first)
    _tell_of_approval(act, included, verdict)
    _tell_of_retirement(act)
    return publication


@dataclass(frozen=True)
class Opened:
    """The publication of a loaded text that readers do not get yet, and what it replaces."""

    publication: Publication
    page: Page
    live: Publication | None
    before: dependents.Dependents | None
    is_first: bool


def open_loaded(revisions: Sequence[Revision]) -> list[Opened]:
    """Open the publications of loaded texts that no person here has reviewed; `show_loaded` shows them.

    The names must be locked exclusively, and the pages.
    """
    _claim_all(revisions)
    pages = [one.page_id for one in revisions]
    before = set(Publication.objects.filter(page__in=pages).values_list("page_id", flat=True))
    live = Publication.objects.live_of_pages(before)
    resting = {pk: dependents.dependents_of(one.page) for pk, one in live.items()}
    since = {pk: _close(one, Ending.REPLACED) for pk, one in live.items()}
    Revision.objects.filter(pk__in=[one.pk for one in revisions]).update(state=State.APPROVED)
    now = clock.now()
    opened = []
    for revision in revisions:
        revision.state = State.APPROVED
        state = review_state.ReviewState(loaded=revision).as_fields(revision.document)
        in_force = DateTimeTZRange(since.get(revision.page_id, now), None)
        opened.append(
            Publication(page=revision.page, revision=revision, in_force=in_force, way=Way.LOADED, **state)
        )
    Publication.objects.bulk_create(opened)
    chain.bind_many([("publication", one, one.page_id) for one in opened])
    return [
        Opened(one, one.page, live.get(one.page_id), resting.get(one.page_id), one.page_id not in before)
        for one in opened
    ]


def _claim_all(revisions: Sequence[Revision]) -> None:
    """Give each page the address of its new title for ever, unless another page has it."""
    known = Address.objects.owners({one.slug for one in revisions})
    for one in revisions:
        if known.setdefault(one.slug, one.page_id) != one.page_id:
            raise Refused(f"{one.title}: Another page has the address /wiki/{one.slug}/.")
    there = Address.objects.owners(known)
    new = [one for one in revisions if one.slug not in there]
    Address.objects.bulk_create(Address(slug=one.slug, page=one.page) for one in new)


def show_loaded(opened: Sequence[Opened]) -> None:
    """Derive what readers get of loaded texts. Where links lead, all texts loaded with them say already."""
    for are_first in (True, False):
        some = [(one.page, one.publication) for one in opened if one.is_first is are_first]
        derive.derive_many(some, are_first=are_first)


def tell_neighbours(loaded: Sequence[Opened], *, by: User | None, relinks: bool) -> None:
    """Update the pages that lead to the loaded ones, and the tasks that rest on them."""
    for are_first in (True, False):
        if some := [one.page for one in loaded if one.is_first is are_first]:
            derive_neighbours(some, are_first=are_first, relinks=relinks or not are_first)
    for one in loaded:
        if one.live and one.before:
            dependents.update_tasks(one.before, one.live.revision, one.publication, by=by, impact="")
    with_notices = Citation.objects.resting_on_notices([one.page.pk for one in loaded if one.is_first])
    for one in loaded:
        if not one.is_first or one.page.pk in with_notices:
            retractions.update_tasks(one.page, by=by, is_first=one.is_first)


def _leads_elsewhere(old: Revision, new: Revision) -> bool:
    """Return whether publishing `new` changes where links and statements of other pages lead."""
    before, after = old.document.retirement, new.document.retirement
    return (old.slug, old.kind, before) != (new.slug, new.kind, after)


def _claim(page: Page, slug: str) -> bool:
    """Give `page` the address `slug` for ever, unless another page has it; return whether it is its first
    address.
    """
    known = dict(Address.objects.at_or_of(slug, page.pk))
    if known.get(slug, page.pk) != page.pk:
        raise Refused(f"Another page has the address /wiki/{slug}/. Send this back for another title.")
    if slug not in known:
        Address.objects.create(slug=slug, page=page)
    return not known


def _refuse_without_successor(revision: Revision) -> None:
    """Refuse to retire a page in favour of one that is no longer published. The names must be locked."""
    if revision.document.retirement is None:
        return
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


def _open(revision: Revision, verdict: Verdict | None, *, since: dt.datetime, **fields: Any) -> Publication:
    publication = Publication.objects.create(
        page=revision.page,
        revision=revision,
        verdict=verdict,
        in_force=DateTimeTZRange(since, None),
        **fields,
    )
    chain.bind("publication", publication, page_id=publication.page_id)
    return publication


def _open_again(last: Publication, since: dt.datetime) -> Publication:
    """Publish an earlier version again, with its review state of that time."""
    kept = (
        *("way", "loaded_id", "whole_page_review_id"),
        *("changes", "signed", "writers", "likeness"),
    )
    return _open(last.revision, last.verdict, since=since, **{name: getattr(last, name) for name in kept})


def _include_ancestors(act: ActContext) -> list[Revision]:
    revision = act.revision
    waiting = [
        one for one in act.family.carried(revision) if one.pk != revision.pk and one.state == State.SUBMITTED
    ]
    for one in waiting:
        for half in filter(None, (one, one.retiring_half())):
            into = revision if half is one or act.retiring is None else act.retiring.revision
            half.state = State.INCLUDED
            half.save(update_fields=["state"])
            log.write("include", by=act.person, revision=half, into=into.number)
    return waiting


def _tell_of_approval(act: ActContext, included: list[Revision], verdict: Verdict) -> None:
    revision = act.revision
    event = log.write(
        "approve",
        by=act.person,
        revision=revision,
        at=verdict.decided_at,
        digest=verdict.digest,
        # The log keeps ids, because a removed account may change the name that is shown.
        authors=sorted({one.author_id for one in (revision, *included) if one.author_id is not None}),
        impact=verdict.impact or revision.impact,
        meaning=verdict.meaning or revision.meaning,
        **_whose_words(act, verdict),
        **_merged(act),
        # Of a merge of two pages both halves are opened on one screen, which is the other half's.
        **opening_data(act.opening if revision.retired_with_id is None else None),
    )
    # Of a merge of two pages, those who wrote hear of it once.
    wrote = [revision.author, *(one.author for one in included)] if revision.retired_with_id is None else ()
    notices.tell(event, wrote)


def _merged(act: ActContext) -> dict[str, Any]:
    """Return what a merge of two pages did to this one, in words."""
    if act.retiring is not None:
        return {"merge": f"It took over “{act.retiring.revision.title}”, which was retired with it."}
    stays = act.revision.retired_with
    return {"merge": f"It was merged into “{stays.title}”, version {stays.number}."} if stays else {}


def _whose_words(act: ActContext, verdict: Verdict) -> dict[str, Any]:
    """Return whether the sentence about the change's meaning is the approver's own and not the author's."""
    others = [one.meaning for one in act.signatures.approvals if one.pk != verdict.pk]
    own = bool(verdict.meaning) and verdict.meaning not in (act.revision.meaning, *others)
    return {"in_own_words": True} if own else {}


def _tell_of_retirement(act: ActContext) -> None:
    """Notify the people who have a draft or a submission on the page that it is retired."""
    before, revision = act.live_revision, act.revision
    told = revision.document.retirement
    if told is None or (before is not None and before.document.retirement is not None):
        return
    unfinished = Revision.objects.on(revision.page).filter(state__in=(State.DRAFT, State.SUBMITTED))
    event = log.write(
        "retire", by=act.person, revision=revision, reason=told.reason, replaced_by=told.replaced_by
    )
    notices.tell(event, [one.author for one in unfinished])


def _show(
    publication: Publication | None, page: Page, *, leads_elsewhere: bool, is_first: bool = False
) -> None:
    derive.derive(page, publication, is_first=is_first)
    if leads_elsewhere:
        derive_neighbours([page], are_first=is_first)


def version_before(revision: Revision) -> Publication | None:
    """Return the publication that would follow if `revision` were reverted: the newest that nobody took
    back.

    Nor is it one whose text was suppressed.
    """
    return (
        Publication.objects.filter(page=revision.page_id, revision__state=State.APPROVED)
        .exclude(revision=revision)
        .readable()
        .select_related("revision", "verdict")
        .order_by("-in_force__startswith", "-pk")
        .first()
    )


def revert(act: ActContext, *, reason: str) -> Publication | None:
    """End the live publication; reopen the newest earlier one that nobody reverted, if there is one.

    Of a merge of two pages the retirement of the other one is reverted too. The names must be held alone.
    """
    fallback = _revert(act, reason=reason)
    if act.retiring is not None:
        _revert(act.retiring, reason=reason)
    return fallback


def _revert(act: ActContext, *, reason: str) -> Publication | None:
    page, revision = act.page, act.revision
    # The page that went in a merge may have been brought back since: it stays as readers have it, if at all.
    live = act.live if act.live_revision == revision else None
    last = version_before(revision) if live else None
    since = _close(live, Ending.UNAPPROVED) if live else clock.now()
    revision.state = State.UNAPPROVED
    revision.save(update_fields=["state"])
    fallback = _open_again(last, since) if last else None
    if live:
        leads_elsewhere = last is None or _leads_elsewhere(last.revision, revision)
        before = dependents.dependents_of(page)
        _show(fallback, page, leads_elsewhere=leads_elsewhere)
        # A taken-back version may have held a wrong sentence on which statements of other pages rest.
        dependents.update_tasks(before, revision, fallback, by=act.person, impact=Impact.SAFETY)
        retractions.update_tasks(page, by=act.person)
    event = log.write("unapprove", by=act.person, revision=revision, at=since, reason=reason.strip())
    wrote = act.family.carried(revision) if revision.retired_with_id is None else ()
    notices.tell(event, [one.author for one in wrote])
    return fallback
