"""Acts on sources: adding a record, and adding what is learned about a work later.

Adding never changes a record that is there: who wants to correct one says so in `source_checks`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from wiki.acts.upkeep import retractions
from wiki.audit import log
from wiki.domain.evidence import Basis
from wiki.models import Checked, NoticeNature, Source, SourceId, SourceNotice, User, clock
from wiki.policy import reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.text.slugs import fold
from wiki.text.sources.formats.raw import JournalNotice
from wiki.text.sources.identifiers import Identifier
from wiki.text.sources.references import vancouver


def find(ids: Sequence[Identifier]) -> Source | None:
    """Return the source that any of `ids` names, or None; the first of them that names one decides."""
    names = list(chain.from_iterable((one, *one.other_names) for one in ids))
    known = Source.objects.by_key((one.key for one in names), with_former=False)
    return (
        Source.objects.with_ids().get(pk=next(known[one.key] for one in names if one.key in known))
        if known
        else None
    )


def without_former(ids: Sequence[Identifier]) -> list[Identifier]:
    """Return the identifiers that can name another work; raise `Refused` if all are former ones.

    Texts cite a source by its former identifier until somebody edits them, so it can name no other work.
    """
    keys = [one.key for one in ids]
    current = Source.objects.by_key(keys, with_former=False)
    former = {key: pk for key, pk in Source.objects.by_key(keys).items() if key not in current}
    kept = [one for one in ids if one.key not in former]
    if ids and not kept:
        source = Source.objects.with_ids().get(pk=former[ids[0].key])
        raise Refused(
            f"{ids[0].key} stood in the record of “{source.title}” until it was corrected, and texts "
            f"may still cite that work so. Cite it as [@{source.key}]; if you mean another work, give "
            "another identifier of it."
        )
    return kept


# Publication types of PubMed and Crossref with the kind of study they mean, the most specific first.
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
    """Return the kind of study that a work's publication types suggest, or "" when they suggest none."""
    said = {one.lower() for one in types}
    return str(next((kind for type_, kind in _KINDS.items() if type_ in said), ""))


@transaction.atomic
def add(
    ids: Sequence[Identifier],
    csl: Mapping[str, Any],
    *,
    type: str,  # noqa: A002  # the field's word
    by: User | None,
    checked: str = Checked.PARTIAL,
    checked_how: str = "",
    notices: Sequence[JournalNotice] = (),
) -> Source:
    """Return the source that `ids` name, adding it if the wiki has none.

    A source that the wiki already has gets the identifiers and notices that are new. `by` is None when the
    wiki adds it from files.
    """
    if by is not None and not reload(by).can_write:
        raise Refused("Only clinicians and moderators may add sources.")
    if found := find(ids):
        learn(found, ids, title=str(csl.get("title", "")), notices=notices, by=by)
        return found
    new = NewSource(tuple(without_former(ids)), csl, type, tuple(notices), checked, checked_how)
    new.refuse_unfit()
    try:
        with transaction.atomic():
            (source,) = _add_all([new], by=by)
    except IntegrityError:
        # Another transaction added the same source at the same time.
        if found := find(ids):
            return found
        raise
    return Source.objects.with_ids().get(pk=source.pk)


@dataclass(frozen=True)
class NewSource:
    """A work that is to be added, with the kind of study that it is."""

    ids: tuple[Identifier, ...]
    csl: Mapping[str, Any]
    type: str
    notices: tuple[JournalNotice, ...] = ()
    checked: str = Checked.PARTIAL
    checked_how: str = ""

    @property
    def keys(self) -> set[str]:
        """Return the keys of its identifiers and of those that their form implies."""
        return {one.key for each in self.ids for one in (each, *each.other_names)}

    def refuse_unfit(self) -> None:
        """Raise `Refused` if the record cannot be kept as it is."""
        if not self.ids:
            raise Refused("Give a DOI, PMID, ISBN or web address, so that others can find the source.")
        if not str(self.csl.get("title", "")).strip():
            raise Refused("Give the source’s title.")
        texts = record_texts(dict(self.csl))
        reasons.refuse_unseen(*(one.value for one in self.ids), *texts, self.checked_how)
        if self.type not in Basis.values:
            raise Refused(f"“{self.type}” is not a type of evidence this wiki knows.")


def add_from_files(works: Sequence[NewSource]) -> None:
    """Add the works of files that the wiki has not, in the name of the wiki; each must be fit to be kept.

    Who calls this has the chain of the site, so nobody adds the same source at the same time.
    """
    known = set(Source.objects.by_key(key for one in works for key in one.keys))
    new = []
    for one in works:
        if known.isdisjoint(one.keys):
            known |= one.keys
            new.append(one)
    _add_all(new, by=None)


@transaction.atomic
def add_collection(works: Iterable[NewSource], *, by: User) -> list[Source]:
    """Return the sources of a collection in their order, adding those that the wiki has not: all or none."""
    return [add(one.ids, one.csl, type=one.type, by=by, notices=one.notices) for one in works]


# Titles at least this similar count as the same title: a subtitle or a hyphen may differ.
ALIKE: Final = 0.6


@transaction.atomic
def learn(
    source: Source,
    ids: Iterable[Identifier],
    *,
    title: str,
    by: User | None,
    notices: Sequence[JournalNotice] = (),
) -> list[Identifier]:
    """Add what a record says about a known work that is new; return the identifiers that were added.

    Of each kind a work has one identifier, and none that names another source. A record with another title
    may be of another work: nothing of it is kept.
    """
    may = by is None or reload(by).can_write
    if not may or not is_same_title(title, source.title):
        return []
    source = Source.objects.with_ids().get(pk=source.merged_into_id or source.pk)
    has = {one.scheme for one in source.ids.all()}
    names = list(chain.from_iterable((one, *one.other_names) for one in ids))
    taken = Source.objects.by_key(one.key for one in names)
    new = {one.scheme: one for one in reversed(names) if one.scheme not in has and one.key not in taken}
    for position, one in enumerate(new.values(), start=len(has)):
        SourceId.objects.create(source=source, scheme=one.scheme, value=one.value, position=position)
        log.write("learn_identifier", by=by, source=source.pk, key=one.key)
    for notice in notices:
        pk, keys = _named_by(source, notice.keys)
        day = dt.date.fromisoformat(notice.on) if notice.on else None
        retractions.keep_notice(
            pk, nature=notice.nature, by=by, on=day, reference=notice.reference, keys=keys
        )
    return list(new.values())


def _named_by(source: Source, keys: Iterable[str]) -> tuple[int, list[str] | None]:
    """Return which record of a work some citation keys name, with those of it; None where there is none."""
    of_work = SourceId.objects.filter(Q(source=source) | Q(source__merged_into=source))
    by_record: dict[int, list[str]] = {}
    for one in of_work:
        if str(one) in keys:
            by_record.setdefault(one.source_id, []).append(str(one))
    pk = min(by_record, key=lambda pk: (pk != source.pk, pk), default=source.pk)
    return pk, by_record.get(pk)


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles are so alike that they can be of one work."""
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    alike = SequenceMatcher(None, shorter, longer[: len(shorter)], autojunk=False).ratio()
    return bool(shorter) and alike >= ALIKE


def record_texts(value: Any) -> Iterator[str]:
    """Yield every text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in record_texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in record_texts(one))


def _add_all(works: Sequence[NewSource], *, by: User | None) -> list[Source]:
    """Write new sources with their identifiers and with what journals said of them."""
    sources = Source.objects.bulk_create(_row(one, by) for one in works)
    both = list(zip(sources, works, strict=True))
    ids = (
        SourceId(source=source, scheme=one.scheme, value=one.value, position=position)
        for source, work in both
        for position, one in enumerate(_with_other_names(work.ids))
    )
    # Identifiers are always inserted in sorted order, so that two transactions cannot deadlock.
    SourceId.objects.bulk_create(sorted(ids, key=str))
    said = [_notice(source, work, notice) for source, work in both for notice in work.notices]
    SourceNotice.objects.bulk_create(said, ignore_conflicts=True)
    now = clock.now()
    log.write_many([log.unsaved("add_source", by=by, at=now, key=one.ids[0].key) for one in works])
    return sources


def _row(work: NewSource, by: User | None) -> Source:
    return Source(
        csl=dict(work.csl),
        text=vancouver(work.csl),
        year=year_of(work.csl),
        type=Basis(work.type),
        checked=work.checked,
        checked_how=work.checked_how[:300],
        created_by=by,
    )


def _notice(source: Source, work: NewSource, notice: JournalNotice) -> SourceNotice:
    return SourceNotice(
        source=source,
        nature=NoticeNature(notice.nature),
        noticed_on=notice.on or None,
        reference=notice.reference[:500],
        keys=sorted(work.keys.intersection(notice.keys)) or None,
    )


def _with_other_names(ids: Sequence[Identifier]) -> list[Identifier]:
    """Return the identifiers, followed by those that their form implies, where that kind is not given."""
    given = {one.scheme for one in ids}
    held = chain.from_iterable(one.other_names for one in ids)
    return [*ids, *(one for one in held if one.scheme not in given)]


def year_of(csl: Mapping[str, Any]) -> int | None:
    """Return the year in which a work was published, None when its record does not tell."""
    try:
        return int(csl["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None
