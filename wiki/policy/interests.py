"""Conflicts of interest: a reviewer's declared interests, compared with what a change is about."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wiki.domain.lifecycle import State
from wiki.models import (
    Address,
    Decision,
    Disclosure,
    Interest,
    InterestNature,
    Name,
    Page,
    Revision,
    Source,
    User,
)
from wiki.models.credentials import LAID_DOWN
from wiki.models.publications import live_revision
from wiki.policy.refusal import Refused
from wiki.text.compare.diff import Comparison, Piece, RowChange, compare
from wiki.text.days import day_in_words
from wiki.text.document import Row
from wiki.text.markdown.html import outline
from wiki.text.slugs import ascii_slug, fold, slug_of
from wiki.text.sources.author_names import as_written, same_person

# Names shorter than this are not searched in running text: they would match by chance.
SHORTEST_NAME = 3


# What a declared interest bars: each act of a moderator on a text, and whether the whole of it is asked about
# or only what it changes. `refuse` is the one place that asks; a test walks every act.
WHOLE: Final[dict[str, bool]] = {
    "approve": False,
    "request_changes": False,
    "reject": False,
    "unapprove": False,
    "claim": False,
    "resolve": False,
    "reopen": False,
    "second_read": False,
    "verify": True,
    "whole_page_review": True,
    "withdraw_meaning": True,
    "correct": True,
    "second": True,
    "lift": True,
    "suppress": True,
    "confirm_suppression": True,
    "show_again": True,
    "protect": True,
    "unprotect": True,
    "withdraw_picture": True,
    "merge_sources": True,
    "unmerge_sources": True,
    "check_source": True,
    "source_notice": True,
    "detach_notice": True,
    "close_task": True,
    "close_report": True,
}


@dataclass(frozen=True)
class Subjects:
    """What a change is about: page ids, folded names, authors as CSL records, the changed words, and those of
    the works cited there.
    """

    pages: Mapping[int, str]
    names: Mapping[str, str]
    authors: Collection[dict[str, str]]
    words: str
    works: str


@dataclass(frozen=True)
class InterestLink:
    """What a declared interest names: a page with all its names, or a bare name."""

    title: str
    page_id: int | None
    names: frozenset[str]


def refuse(
    act: str, person: User, touched: Iterable[Revision | None], *, declared: Disclosure | None = None
) -> None:
    """Raise `Refused` if the person declared an interest in one of the texts that an act touches."""
    for revision in touched:
        if revision and (found := conflicts_of(person, revision, whole=WHOLE[act], declared=declared)):
            raise Refused(" ".join(found))


def conflicts_of(
    person: User, revision: Revision, *, whole: bool = False, declared: Disclosure | None = None
) -> list[str]:
    """Return a sentence for each interest of a person that this change touches.

    What they declared last counts, even when it has expired: `declared`, if the caller has read it.
    """
    declared = declared or Disclosure.objects.newest_of(person)
    if declared is None or not declared.interests_that_count:
        return []
    return conflicts_with(declared, {revision.pk: subjects_of(revision, whole=whole)})[revision.pk]


def conflicts_in(
    person: User,
    changes: Collection[tuple[Revision, Revision | None]],
    *,
    declared: Disclosure | None = None,
) -> dict[int, list[str]]:
    """Return, by version id, a sentence for each declared interest that each of some changes touches.

    A change is a version with what it is a change of. The number of queries does not grow with them.
    """
    declared = declared or Disclosure.objects.newest_of(person)
    if declared is None or not declared.interests_that_count:
        return {revision.pk: [] for revision, _ in changes}
    return conflicts_with(declared, subjects_of_all(changes))


def conflicts_with(declared: Disclosure, subjects: Mapping[int, Subjects]) -> dict[int, list[str]]:
    """Return a sentence for each declared interest that each of some subjects touches, by their keys."""
    interests = declared.interests_that_count
    meant = _pages_called({name for one in interests for name in one.names})
    heirs = _heirs_of({page.pk for one in interests for page in one.pages.all()} | set(meant.values()))
    known = _names_of(heirs.keys() | {page for some in heirs.values() for page in some})
    for page_id, slug in Address.objects.filter(page__in=known).values_list("page_id", "slug"):
        known[page_id].append(slug.replace("-", " "))  # what the page was called before, too
    ties = [(one, list(_ties_of(one, known, meant, heirs))) for one in interests]
    found: dict[int, list[str]] = {}
    for key, about in subjects.items():
        met = ((one, _meeting(tied, about)) for one, tied in ties)
        found[key] = [_sentence(one, *how) for one, how in met if how]
    return found


def _pages_called(names: Collection[str]) -> dict[str, int]:
    """Return the page that each name leads to, or led to before: a brand name means the drug."""
    keys = {fold(name) for name in names}
    if not keys:
        return {}
    slugs = {fold(name): slug_of(name) for name in names}
    before = dict(Address.objects.filter(slug__in=slugs.values()).values_list("slug", "page_id"))
    now = Name.objects.leading_from(keys).values_list("key", "page_id")
    return {key: before[slug] for key, slug in slugs.items() if slug in before} | dict(now)


def _heirs_of(page_ids: Collection[int]) -> dict[int, list[int]]:
    """Return of each page those that stand in its place since it was merged or retired."""
    found: dict[int, list[int]] = {pk: [] for pk in page_ids}
    step = {pk: pk for pk in page_ids}
    while step:
        rows = Page.objects.filter(pk__in=step.values(), replaced_by__isnull=False)
        after = {pk: heir for pk, heir in rows.values_list("pk", "replaced_by") if heir}
        step = {
            pk: after[last]
            for pk, last in step.items()
            if last in after and after[last] not in (pk, *found[pk])
        }
        for pk, heir in step.items():
            found[pk].append(heir)
    return found


def _sentence(interest: Interest, tie: InterestLink, does: str) -> str:
    nature = str(InterestNature(interest.nature).label)
    return (
        f"You declared {nature[0].lower()}{nature[1:]} ({interest.party}), tied to {tie.title}; "
        f"this change {does}, so somebody else reviews it.{_still(interest)}"
    )


def _still(interest: Interest) -> str:
    """Return why an interest counts that its person left out of their last declaration, in a sentence."""
    if interest.laid_down_at is None:
        return ""
    until = day_in_words(interest.laid_down_at + LAID_DOWN)
    return f" You have left it out since; it counts for {LAID_DOWN.days} days after that, until {until}."


def _ties_of(
    interest: Interest,
    known: Mapping[int, list[str]],
    meant: Mapping[str, int],
    heirs: Mapping[int, list[int]],
) -> Iterator[InterestLink]:
    for page in interest.pages.all():
        for one in (page.pk, *heirs[page.pk]):
            names = known.get(one, [f"page {one}"])
            yield InterestLink(names[0], one, frozenset(map(fold, names)))
    for name in interest.names:
        yield InterestLink(name, None, frozenset({fold(name)}))
        page_id = meant.get(fold(name))
        for one in (page_id, *heirs[page_id]) if page_id else ():
            yield InterestLink(name, one, frozenset(map(fold, known.get(one, ()))))


def _meeting(ties: Iterable[InterestLink], subjects: Subjects) -> tuple[InterestLink, str] | None:
    """Return the first link of an interest that the change touches, and how it touches it."""
    for tie in ties:
        if tie.page_id in subjects.pages:
            return tie, f"is about {tie.title}"
        for name in sorted(tie.names & subjects.names.keys()):
            return tie, f"is about {subjects.names[name]}"
        if any(len(name) >= SHORTEST_NAME and f" {name} " in subjects.words for name in tie.names):
            return tie, f"names {tie.title}"
        by = next(
            (one for one in subjects.authors if tie.page_id is None and same_person(tie.title, one)), None
        )
        if by:
            return tie, f"cites a work by {as_written(by)}"
        if any(len(name) >= SHORTEST_NAME and f" {name} " in subjects.works for name in tie.names):
            return tie, f"cites a work on {tie.title}"
    return None


@dataclass(frozen=True)
class _Mentions:
    """What a change mentions: its own page, other pages by id and by link, sources by key, and its words."""

    page_id: int
    own: list[str]
    texts: list[str]
    links: dict[str, str]
    pages: set[int]
    keys: set[str]


def _mentions_of(revision: Revision, before: Revision | None) -> _Mentions:
    old, after = before.document if before else None, revision.document
    change = compare(old, after)
    texts = list(_changed_texts(change))
    outlines = [outline(text) for text in texts]
    pages = {row.object for one in change.rows if one.change != "same" for row in _sides(one)}
    pages |= {one.replaced_by for one in change.retirement if one and one.replaced_by}
    return _Mentions(
        page_id=revision.page_id,
        own=[after.title, *after.aliases, *([old.title] if old else [])],
        texts=texts,
        links={slug_of(title): title for one in outlines for title in one.links},
        pages=pages,
        keys={key for one in outlines for key in one.citations} | _keys_of_rows(change),
    )


def subjects_of(revision: Revision, *, whole: bool = False) -> Subjects:
    """Return what `revision` changes; of a decided one, what it changed in the version it was compared with.

    The `whole` of it is what it says, as if all were new.
    """
    return subjects_of_all([(revision, None if whole else _before(revision))])[revision.pk]


def subjects_of_all(changes: Iterable[tuple[Revision, Revision | None]]) -> dict[int, Subjects]:
    """Return what each of some changes is about, by the id of the version; four queries for all of them.

    What takes another page over is about all of that page, too; that is one query more.
    """
    changes = list(changes)
    mentions = {revision.pk: [_mentions_of(revision, before)] for revision, before in changes}
    for pk, one in _taken_over(changes).items():
        mentions[pk].append(_mentions_of(one, None))
    every = [one for found in mentions.values() for one in found]
    slugs = {slug for one in every for slug in one.links}
    led = dict(Address.objects.filter(slug__in=slugs).values_list("slug", "page_id"))
    known = _names_of({page for one in every for page in one.pages} | set(led.values()))
    works = _works_of({key for one in every for key in one.keys})
    return {
        pk: _together([_subjects(one, led, known, works) for one in found]) for pk, found in mentions.items()
    }


def _taken_over(changes: Collection[tuple[Revision, Revision | None]]) -> dict[int, Revision]:
    """Return the version of another page that each of some changes takes over, by the id of the change."""
    wanted = {revision.pk: revision.takes_over_id for revision, _ in changes if revision.takes_over_id}
    found = Revision.objects.in_bulk(wanted.values()) if wanted else {}
    return {pk: found[taken] for pk, taken in wanted.items()}


def _together(found: Sequence[Subjects]) -> Subjects:
    if len(found) == 1:
        return found[0]
    return Subjects(
        pages={page: title for one in found for page, title in one.pages.items()},
        names={name: title for one in found for name, title in one.names.items()},
        authors=[author for one in found for author in one.authors],
        words="".join(one.words for one in found),
        works="".join(one.works for one in found),
    )


def _subjects(
    change: _Mentions,
    led: Mapping[str, int],
    known: Mapping[int, list[str]],
    works: Mapping[str, dict[str, Any]],
) -> Subjects:
    pages = change.pages | {led[slug] for slug in change.links if slug in led}
    named = {page: known[page] for page in pages if page in known} | {change.page_id: change.own}
    names = {fold(name): titles[0] for titles in named.values() for name in titles}
    cited = [works[key] for key in sorted(change.keys) if key in works]
    return Subjects(
        pages={page: titles[0] for page, titles in named.items()},
        names={fold(title): title for title in change.links.values()} | names,
        authors=[author for one in cited for author in one.get("author", [])],
        words=_as_words(change.texts),
        works=_as_words(str(one.get("title", "")) for one in cited),
    )


def _as_words(texts: Iterable[str]) -> str:
    return f" {ascii_slug(' '.join(texts), 1_000_000).replace('-', ' ')} "


def _before(revision: Revision) -> Revision | None:
    if revision.state == State.SUBMITTED:
        return live_revision(revision.page)
    approvals = revision.verdicts.filter(decision=Decision.APPROVE).select_related("compared_with")
    first = approvals.order_by("decided_at", "pk").first()
    return first.compared_with if first else live_revision(revision.page)


def _changed_texts(change: Comparison) -> Iterator[str]:
    """Yield every changed paragraph in both versions, and the other words that change."""
    for block in change.blocks:
        if block.is_shown:
            yield from _old_and_new_words(block.pieces)
    for pieces in (change.title, change.summary):
        if any(piece.op != "same" for piece in pieces):
            yield from _old_and_new_words(pieces)
    rows = [row for one in change.rows if one.change != "same" for row in _sides(one)]
    yield from (text for row in rows for text in row.words)
    yield from (one.reason for one in change.retirement if one)


def _old_and_new_words(pieces: Iterable[Piece]) -> Iterator[str]:
    for op in ("removed", "added"):
        if text := "".join(piece.text for piece in pieces if piece.op in ("same", op)):
            yield text


def _sides(change: RowChange) -> list[Row]:
    return [row for row in (change.old, change.new) if row]


def _keys_of_rows(change: Comparison) -> set[str]:
    """Return the citation keys of the statements that change."""
    return {key for one in change.rows if one.change != "same" for row in _sides(one) for key in row.sources}


def _names_of(page_ids: Collection[int]) -> dict[int, list[str]]:
    """Return titles and aliases of each page, its title first; of a page not published its newest title."""
    found: dict[int, list[str]] = {}
    rows = Name.objects.filter(page__in=page_ids).exclude(rank=2).order_by("rank", "pk")
    for page_id, text in rows.values_list("page_id", "text"):
        found.setdefault(page_id, []).append(text)
    missing = Revision.objects.titles_of(set(page_ids) - found.keys())
    return found | {page_id: [title] for page_id, title in missing.items()}


def _works_of(keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the record of each source by the key that cites it, as CSL has it."""
    known = Source.objects.by_key(keys)
    records = dict(Source.objects.filter(pk__in=known.values()).values_list("pk", "csl"))
    return {key: records[pk] for key, pk in known.items()}
