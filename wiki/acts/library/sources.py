"""Adding to the wiki's sources. A record is never edited; a wrong one is answered by a right one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import IntegrityError, transaction

from wiki.audit import log
from wiki.domain.evidence import Basis
from wiki.models import Checked, NoticeNature, Source, SourceId, SourceNotice, User
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.text.sources.identifiers import Identifier
from wiki.text.sources.records import JournalNotice
from wiki.text.sources.references import vancouver


def find(ids: Sequence[Identifier]) -> Source | None:
    """Return the source that any of `ids` names, or None."""
    known = Source.objects.by_key(one.key for one in ids)
    return Source.objects.with_ids().get(pk=min(known.values())) if known else None


# What PubMed and Crossref call a kind of study, the most telling first.
_KINDS: Final = {
    "practice guideline": Basis.GUIDELINE,
    "guideline": Basis.GUIDELINE,
    "systematic review": Basis.SYSTEMATIC_REVIEW,
    "meta-analysis": Basis.SYSTEMATIC_REVIEW,
    "clinical trial protocol": Basis.TRIAL_PROTOCOL,
    "randomized controlled trial": Basis.RANDOMIZED_TRIAL,
    "case reports": Basis.CASE_REPORT,
    "review": Basis.NARRATIVE_REVIEW,
    "dataset": Basis.DATASET,
    "editorial": Basis.EXPERT_OPINION,
    "comment": Basis.EXPERT_OPINION,
    "letter": Basis.EXPERT_OPINION,
    "book": Basis.REFERENCE_BOOK,
    "monograph": Basis.REFERENCE_BOOK,
    "reference-book": Basis.REFERENCE_BOOK,
}


def kind_of(types: Iterable[str]) -> str:
    """Return the kind of study that a work's types of publication suggest, or "" when they tell nothing."""
    said = {one.lower() for one in types}
    return str(next((kind for type_, kind in _KINDS.items() if type_ in said), ""))


@transaction.atomic
def add(
    ids: Sequence[Identifier],
    csl: Mapping[str, Any],
    *,
    type: str,  # noqa: A002  # the field's word
    by: User,
    checked: str = Checked.PARTIAL,
    checked_how: str = "",
    told: Sequence[JournalNotice] = (),
) -> Source:
    """Return the source that `ids` name, adding it if the wiki has none. A found one stays as it is."""
    if not reload(by).can_write:
        raise Refused("Only clinicians and moderators may add sources.")
    if found := find(ids):
        return found
    if not ids:
        raise Refused("Give a DOI, PMID, ISBN or web address, so that others can find the source.")
    if not str(csl.get("title", "")).strip():
        raise Refused("Give the source’s title.")
    if type not in Basis.values:
        raise Refused(f"“{type}” is not a type of evidence this wiki knows.")
    try:
        with transaction.atomic():
            return _add(ids, csl, type=type, by=by, checked=checked, checked_how=checked_how, told=told)
    except IntegrityError:
        # Somebody added it this very moment.
        if found := find(ids):
            return found
        raise


def _add(
    ids: Sequence[Identifier],
    csl: Mapping[str, Any],
    *,
    type: str,  # noqa: A002  # the field's word
    by: User,
    checked: str,
    checked_how: str,
    told: Sequence[JournalNotice],
) -> Source:
    """Write the source with its identifiers and with what journals said of it."""
    source = Source.objects.create(
        csl=dict(csl),
        text=vancouver(csl),
        year=_year(csl),
        type=Basis(type),
        checked=checked,
        checked_how=checked_how[:300],
        created_by=by,
    )
    rows = (
        SourceId(source=source, scheme=one.scheme, value=one.value, position=position)
        for position, one in enumerate(ids)
    )
    # All write them in one order: two who add two of the same at once never wait for each other.
    SourceId.objects.bulk_create(sorted(rows, key=str))
    SourceNotice.objects.bulk_create(
        (
            SourceNotice(
                source=source,
                nature=NoticeNature(one.nature),
                noticed_on=one.on or None,
                reference=one.reference[:500],
            )
            for one in told
        ),
        ignore_conflicts=True,
    )
    log.write("add_source", by=by, key=ids[0].key)
    return Source.objects.with_ids().get(pk=source.pk)


def _year(csl: Mapping[str, Any]) -> int | None:
    try:
        return int(csl["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None
