"""Adding to the wiki's sources. A record is never edited; a wrong one is answered by a right one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from wiki.models import Checked, Source, SourceId, User
from wiki.text.identifiers import Identifier
from wiki.text.references import vancouver
from wiki.vocabulary import Basis
from wiki.workflow import log
from wiki.workflow.locking import as_they_are_now
from wiki.workflow.refusal import Refused


def find(ids: Sequence[Identifier]) -> Source | None:
    """Return the source that any of `ids` names, or None."""
    known = Source.objects.by_key(one.key for one in ids)
    return Source.objects.with_ids().get(pk=min(known.values())) if known else None


@transaction.atomic
def add(
    ids: Sequence[Identifier],
    csl: Mapping[str, Any],
    *,
    type: str,  # noqa: A002  # the field's word
    by: User,
    checked: str = Checked.PARTIAL,
    checked_how: str = "",
) -> Source:
    """Return the source that `ids` name, adding it if the wiki has none. A found one stays as it is."""
    if not as_they_are_now(by).can_write:
        raise Refused("Only clinicians and moderators may add sources.")
    if found := find(ids):
        return found
    if not ids:
        raise Refused("Give a DOI, PMID, ISBN or web address, so that others can find the source.")
    if not str(csl.get("title", "")).strip():
        raise Refused("Give the source’s title.")
    if type not in Basis.values:
        raise Refused(f"“{type}” is not a type of evidence this wiki knows.")
    source = Source.objects.create(
        csl=dict(csl),
        text=vancouver(csl),
        year=_year(csl),
        type=Basis(type),
        checked=checked,
        checked_how=checked_how[:300],
        created_by=by,
    )
    SourceId.objects.bulk_create(
        SourceId(source=source, scheme=one.scheme, value=one.value, position=position)
        for position, one in enumerate(ids)
    )
    log.write("add_source", by=by, key=ids[0].key)
    return Source.objects.with_ids().get(pk=source.pk)


def _year(csl: Mapping[str, Any]) -> int | None:
    try:
        return int(csl["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None
