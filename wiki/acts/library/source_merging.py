"""Acts on known sources: merging two records of one work, and keeping a journal's later notice."""

import datetime as dt

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.upkeep import retractions
from wiki.audit import log
from wiki.models import Citation, NoticeNature, Page, Source, SourceNotice, User
from wiki.models.locks import lock_names, lock_site
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.published import derive
from wiki.text.sources.identifiers import place_of_notice


@transaction.atomic
def merge_sources(source_id: int, *, into: int, by: User) -> Source:
    """Let the record `into` stand for `source_id` wherever it is cited; return the one that stays.

    Neither record changes: the identifiers of the first lead to the second from now on, in every page in
    force, every draft and every version that is ever shown again.
    """
    _may_review(by)
    pages = _hold_pages_citing(source_id)
    interests.refuse("merge_sources", by, map(live_revision, pages))
    records = Source.objects.locked((source_id, into))
    if source_id == into:
        raise Refused("That is this very record. Choose the other one.")
    if source_id not in records or into not in records:
        raise Refused("There is no such source.")
    if records[source_id].merged_into_id is not None or records[into].merged_into_id is not None:
        raise Refused("One of the two was merged already. Look at it again, then choose.")
    Source.objects.filter(pk=source_id).update(merged_into=into)
    Source.objects.filter(merged_into=source_id).update(merged_into=into)
    _derive(pages, by=by)
    log.write("merge_sources", by=by, source=source_id, into=into)
    return records[into]


@transaction.atomic
def unmerge_sources(source_id: int, *, by: User) -> Source:
    """Undo the merge of a record into another one; return the record."""
    _may_review(by)
    kept = Source.objects.standing_for(source_id)
    pages = _hold_pages_citing(kept)
    interests.refuse("unmerge_sources", by, map(live_revision, pages))
    record = Source.objects.locked((source_id,)).get(source_id)
    if record is None or record.merged_into_id is None:
        raise Refused("This record was not merged, so there is nothing to undo.")
    Source.objects.filter(pk=source_id).update(merged_into=None)
    _derive(pages, by=by)
    log.write("unmerge_sources", by=by, source=source_id, of=kept)
    return Source.objects.get(pk=source_id)


@transaction.atomic
def give_notice(
    source_id: int, *, nature: str, by: User, on: dt.date | None = None, reason: str = "", reference: str = ""
) -> SourceNotice:
    """Record that a journal retracted, corrected or questioned a work. A repeated notice is stored once."""
    _may_review(by)
    if nature not in NoticeNature.values:
        raise Refused("Say whether the work is retracted, corrected or under an expression of concern.")
    if not Source.objects.filter(pk=source_id).exists():
        raise Refused("There is no such source.")
    reasons.refuse_unseen(reason, reference)
    pages = Page.objects.filter(pk__in=_citing(source_id)).order_by("pk")
    interests.refuse("source_notice", by, map(live_revision, pages))
    place = place_of_notice(reference)[:500]
    retractions.keep_notice(source_id, nature=nature, by=by, on=on, reason=reason, reference=place)
    return SourceNotice.objects.get(source=source_id, nature=nature, reference=place)


@transaction.atomic
def detach_notice(notice_id: int, *, by: User, reason: str) -> SourceNotice:
    """Take a notice that somebody gave to the wrong record off it again; return it."""
    _may_review(by)
    notice = SourceNotice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise Refused("There is no such notice.")
    if not reason.strip():
        raise Refused("Say why the notice is not about this work.")
    reasons.refuse_unseen(reason)
    pages = Page.objects.filter(pk__in=_citing(notice.source_id)).order_by("pk")
    interests.refuse("detach_notice", by, map(live_revision, pages))
    return retractions.detach_notice(notice_id, by=by, reason=reason.strip())


def _may_review(by: User) -> None:
    if not reload(by).can_review:
        raise Refused("Only a moderator may do this. An administrator can grant the role.")


def _hold_pages_citing(source_id: int) -> list[Page]:
    """Lock every published page that rests on a source, in the order of their ids.

    With the names held alone nobody else approves, so no page can begin to rest on it meanwhile.
    """
    lock_site()
    lock_names(exclusive=True)
    return [lock_page(page_id) for page_id in _citing(source_id)]


def _citing(source_id: int) -> list[int]:
    cited = Citation.objects.filter(source=source_id).order_by("page").values_list("page", flat=True)
    return list(cited.distinct())


def _derive(pages: list[Page], *, by: User) -> None:
    """Derive the pages again: notices on either record may now concern them, or no longer do."""
    for page in pages:
        derive.derive_live(page)
        retractions.update_tasks(page, by=by)
