"""Correcting and verifying the record of a source, by comparing it with the work.

Where a page in force rests on the source, or somebody verifies what they added themselves, another person
signs before it counts: readers are told that the record is verified.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from wiki.acts.library.sources import record_texts, year_of
from wiki.acts.upkeep import retractions
from wiki.audit import log
from wiki.domain.evidence import Basis
from wiki.mail import notices
from wiki.models import Checked, Citation, Page, Source, SourceCheck, SourceId, SourceNotice, User, clock
from wiki.models.locks import lock_site
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.text.sources.identifiers import Identifier
from wiki.text.sources.references import vancouver

LONGEST_COMPARISON = 300


@transaction.atomic
def check(
    source_id: int,
    *,
    csl: Mapping[str, Any],
    type: str,  # noqa: A002  # the field's word
    compared_with: str,
    shown: Mapping[str, Any],
    by: User,
    ids: Mapping[str, str] | None = None,
    ids_shown: Mapping[str, str] | None = None,
) -> SourceCheck:
    """Say that a record is right as `csl` has it; apply it at once where nobody else has to sign.

    `ids` has the value of each scheme of its identifiers, None where they are right as they are. `shown` and
    `ids_shown` are what was compared: when the record is another by now, nothing is kept.
    """
    if not reload(by).can_write:
        raise Refused("Only clinicians and moderators may check sources.")
    ask = "Say with what you compared it: the work itself, its abstract at PubMed, the publisher’s page."
    compared_with = reasons.required_words(compared_with, ask, longest=LONGEST_COMPARISON)
    if type not in Basis.values:
        raise Refused(f"“{type}” is not a type of evidence this wiki knows.")
    if not str(csl.get("title", "")).strip():
        raise Refused("Give the source’s title.")
    reasons.refuse_unseen(*record_texts(dict(csl)))
    lock_site()
    source = _held(source_id)
    has = _ids_of(source)
    if source.csl != shown or (ids_shown is not None and dict(ids_shown) != has):
        raise Refused("The record was changed meanwhile. Compare it again, as it is now.")
    right_ids = has if ids is None else _with_implied(ids, had=has)
    if right_ids != has:
        _refuse_ids(source, right_ids)
    interests.refuse("check_source", by, _resting_on(source))
    waiting = SourceCheck.objects.of_source(source).filter(decided_at=None).first()
    if waiting is not None:
        raise Refused(
            f"{waiting.asked_by_name} has compared this record already. That waits for a signature."
        )
    before = {
        "csl": source.csl,
        "ids": has,
        "type": source.type,
        "checked": source.checked,
        "how": source.checked_how,
    }
    said = SourceCheck.objects.create(
        source=source,
        before=before,
        csl=dict(csl),
        ids=right_ids,
        type=type,
        compared_with=compared_with,
        asked_by=by,
        asked_by_name=str(by),
        asked_at=clock.now(),
    )
    if needs_another(source, by):
        log.write("ask_source_check", by=by, source=source.pk, check=said.pk, words=source.title)
        return said
    return _apply(said, source, (), by=by)


def needs_another(source: Source, by: User) -> bool:
    """Return whether somebody else has to sign what `by` says of a record."""
    return by.pk == source.created_by_id or Citation.objects.filter(source=source).exists()


@transaction.atomic
def confirm(check_id: int, *, by: User) -> SourceCheck:
    """Sign what another person said of a record: from now on the record says that, and is verified."""
    said, source, pages = _to_decide(check_id, by=by)
    if said.before["csl"] != source.csl or said.before["ids"] != _ids_of(source):
        raise Refused("The record was changed meanwhile. Decline this, and have it compared again.")
    return _apply(said, source, pages, by=by)


@transaction.atomic
def decline(check_id: int, *, by: User, reason: str) -> SourceCheck:
    """Leave a record as it is, and tell whoever compared it why."""
    reason = reasons.required_words(reason, "Say what is wrong with it.")
    said, source, _ = _to_decide(check_id, by=by)
    said.decided_by, said.decided_by_name, said.decided_at = by, str(by), clock.now()
    said.reason = reason
    said.save(update_fields=["decided_by", "decided_by_name", "decided_at", "reason"])
    event = log.write(
        "decline_source_check", by=by, source=source.pk, check=said.pk, words=source.title, reason=reason
    )
    notices.tell(event, [said.asked_by])
    return said


def new_ids(said: SourceCheck) -> list[Identifier]:
    """Return the identifiers that a check gives the record."""
    return [Identifier(*one) for one in sorted(said.ids.items() - said.before["ids"].items())]


def detached_by(said: SourceCheck) -> list[SourceNotice]:
    """Return the notices that are about another work once a check is applied."""
    keys = {f"{scheme}:{value}" for scheme, value in said.ids.items()}
    found = SourceNotice.objects.of_the_work().filter(source=said.source_id, keys__isnull=False)
    return [one for one in found.order_by("pk") if keys.isdisjoint(one.keys or ())]


def staying_with(said: SourceCheck) -> list[SourceNotice]:
    """Return the notices that people gave to the record itself: they stay, whatever identifiers it gets."""
    if not said.changed_ids:
        return []
    return [*SourceNotice.objects.filter(source=said.source_id, keys__isnull=True).order_by("pk")]


def _to_decide(check_id: int, *, by: User) -> tuple[SourceCheck, Source, list[Page]]:
    """Return what is to be decided, with its record and the pages that rest on it, all held; refuse who may
    not.
    """
    if not reload(by).can_review:
        raise Refused("Only a moderator may do this. An administrator can grant the role.")
    found = SourceCheck.objects.filter(pk=check_id).values_list("source", flat=True).first()
    if found is None:
        raise Refused("This is no longer there.")
    pages = retractions.lock_pages_resting_on(found)
    source = _held(found)
    said = SourceCheck.objects.select_for_update(of=("self",)).get(pk=check_id)
    if not said.waits:
        raise Refused(f"{said.decided_by_name} was first: this is decided.")
    if said.asked_by_id == by.pk:
        raise Refused("You compared it yourself. Another moderator signs.")
    interests.refuse("check_source", by, _resting_on(source))
    return said, source, pages


def _apply(said: SourceCheck, source: Source, pages: Iterable[Page], *, by: User) -> SourceCheck:
    said.decided_by, said.decided_by_name, said.decided_at = by, str(by), clock.now()
    said.is_applied = True
    said.save(update_fields=["decided_by", "decided_by_name", "decided_at", "is_applied"])
    Source.objects.filter(pk=source.pk).update(
        csl=said.csl,
        text=vancouver(said.csl),
        year=year_of(said.csl),
        type=said.type,
        checked=Checked.FULL,
        checked_how=said.compared_with,
    )
    if said.ids != said.before["ids"]:
        _refuse_ids(source, said.ids)
        with retractions.notices_follow(source.pk, pages, by=by):
            _correct_ids(source, said.ids)
    event = log.write("check_source", by=by, source=source.pk, check=said.pk, words=source.title)
    notices.tell(event, [said.asked_by])
    return said


def _ids_of(source: Source) -> dict[str, str]:
    return dict(SourceId.objects.filter(source=source).values_list("scheme", "value"))


def _with_implied(ids: Mapping[str, str], *, had: Mapping[str, str]) -> dict[str, str]:
    """Return identifiers with those that their form implies, without what only those before implied."""
    gone = {
        name for scheme, value in had.items() - ids.items() for name in Identifier(scheme, value).other_names
    }
    kept = {scheme: value for scheme, value in ids.items() if Identifier(scheme, value) not in gone}
    names = (name for scheme, value in kept.items() for name in Identifier(scheme, value).other_names)
    return {name.scheme: name.value for name in names} | kept


def _refuse_ids(source: Source, ids: Mapping[str, str]) -> None:
    """Raise `Refused` if a record cannot have these identifiers."""
    if not ids:
        raise Refused("Leave at least one identifier, so that others can find the source.")
    reasons.refuse_unseen(*ids.values())
    rows = SourceId.with_former.filter(scheme__in=ids, value__in=ids.values()).exclude(source=source)
    for one in rows.select_related("source"):
        if ids.get(one.scheme) != one.value:
            continue
        if one.source.merged_into_id == source.pk:
            raise Refused(
                f"{one} leads here already, by a record that was merged into this one. Leave it out."
            )
        raise Refused(
            f"{one} is an identifier of another source, “{one.source.title}”. If both are the same work, "
            "ask a moderator to merge them."
        )


def _correct_ids(source: Source, ids: Mapping[str, str]) -> None:
    """Give a record these identifiers; those that it had and has no more become former ones."""
    had = {one.scheme: one for one in SourceId.objects.filter(source=source)}
    former = [one.pk for scheme, one in had.items() if ids.get(scheme) != one.value]
    SourceId.objects.filter(pk__in=former).update(is_former=True)
    for scheme, value in ids.items():
        if scheme in had and had[scheme].value == value:
            continue
        if SourceId.with_former.filter(source=source, scheme=scheme, value=value).update(is_former=False):
            continue
        # A corrected one stands where the other stood, as the first of them is what people cite.
        position = had[scheme].position if scheme in had else len(had)
        try:
            with transaction.atomic():
                SourceId.objects.create(source=source, scheme=scheme, value=value, position=position)
        except IntegrityError:
            raise Refused(
                f"{scheme}:{value} was just given to another source. Look it up, then try again."
            ) from None


def _held(source_id: int) -> Source:
    """Return the source, its row held; one that another stands for is checked there."""
    source = Source.objects.locked((source_id,)).get(source_id)
    if source is None:
        raise Refused("There is no such source.")
    if source.merged_into_id is not None:
        raise Refused("Another record stands for this one. Check that one.")
    return source


def _resting_on(source: Source) -> Iterator[Any]:
    cited = Citation.objects.filter(source=source).values("page")
    return map(live_revision, Page.objects.filter(pk__in=cited).order_by("pk"))
