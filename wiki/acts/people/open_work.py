"""The open work of a person whose account is closed or suspended, and handing it to a colleague."""

from dataclasses import dataclass

from wiki.acts.locking import lock_page
from wiki.acts.writing import drafts
from wiki.audit import log
from wiki.mail import notices
from wiki.models import Claim, Page, Report, ReportState, Revision, User, publications
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused


@dataclass(frozen=True)
class Work:
    """The open work of a person that colleagues may have to take over."""

    owned: list[Page]
    returned: list[Revision]
    reports: list[Report]
    claims: list[Claim]

    @property
    def is_any(self) -> bool:
        """Return whether there is something to hand on to a colleague."""
        return bool(self.owned or self.returned)


@dataclass(frozen=True)
class HandedOverWork:
    """The result of reassigning work: the colleague's new drafts, and what they could not take over."""

    drafts: list[Revision]
    left: list[Revision]

    def __str__(self) -> str:
        """Return what the administrator should know about it, or ""."""
        told = []
        if self.drafts:
            told.append(f"Now drafts of {self.drafts[0].author}: {_titles(self.drafts)}.")
        if self.left:
            told.append(f"Not handed on, because there is a draft of the page already: {_titles(self.left)}.")
        return " ".join(told)


def _titles(revisions: list[Revision]) -> str:
    return ", ".join(f"“{one.title}”" for one in revisions)


def work_of(person: User) -> Work:
    """Return what waits for a person."""
    return Work(
        owned=list(Page.objects.in_the_care_of(person).select_related("published_page")),
        returned=list(Revision.objects.returned_to(person).select_related("page")),
        reports=list(Report.objects.taken_up_by(person)),
        claims=list(Claim.objects.of_person(person)),
    )


def hold(person: User) -> dict[int, Page]:
    """Lock all pages on which the person has open work, in the order of their ids."""
    work = work_of(person)
    ids = {one.pk for one in work.owned} | {one.page_id for one in work.returned}
    ids |= {one.page_id for one in work.reports}
    return {pk: lock_page(pk) for pk in sorted(ids)}


def let_go(person: User, *, by: User) -> None:
    """End the person's claims, and reopen the reports that they had taken up."""
    Claim.objects.of_person(person).delete()
    for one in Report.objects.taken_up_by(person).select_related("page"):
        one.state, one.draft = ReportState.OPEN, None
        one.save(update_fields=["state", "draft"])
        log.write("release_report", by=by, page=one.page, person=person, report=one.pk)


def hand_over(person: User, pages: dict[int, Page], *, by: User, to: User | None) -> HandedOverWork:
    handed = HandedOverWork([], [])
    if to is not None and (to.pk == person.pk or not reload(to).can_write):
        raise Refused(f"{to} cannot carry this on. Choose a colleague who may write.")
    for page in Page.objects.in_the_care_of(person).filter(pk__in=pages):
        page.owner = to
        page.save(update_fields=["owner"])
        live = publications.live_revision(page)
        notices.tell(log.write("change_owner", by=by, page=page, revision=live, person=to), [to])
    if to is not None:
        for revision in Revision.objects.returned_to(person).filter(page__in=pages):
            _carry_on(revision, pages, handed, person=person, by=by, to=to)
    return handed


def _carry_on(
    revision: Revision, pages: dict[int, Page], handed: HandedOverWork, *, person: User, by: User, to: User
) -> None:
    """Begin the colleague's draft from one returned text. The original author stays named."""
    revision.page = pages[revision.page_id]
    draft = drafts.carry_on(revision, author=to)
    if draft is None:
        handed.left.append(revision)
        return
    handed.drafts.append(draft)
    event = log.write("hand_over_work", by=by, revision=revision, person=person, to=to.pk, draft=draft.pk)
    notices.tell(event, [to, person])
