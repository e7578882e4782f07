"""Own words: who wrote the words that a change newly publishes, found by comparing the words themselves.

What a version descends from can be forgotten on some path: a conflict, a copy, a version that is reverted
and written again. So the new words are compared with every version that was ever sent in on the page, or on
one that is merged into it, whatever became of it. `wiki.text.compare.stems` says when words are the same;
`TypedWords` leads to the versions that can hold one of them, and no others are read. Of the people who are
asked about, drafts are read as well: what somebody has typed and not sent in, somebody else may send in. What
they deleted from a draft, or discarded with it, is known by the numbers of its runs of words alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wiki.domain.lifecycle import State
from wiki.domain.statement_fields import TEXT_FIELDS
from wiki.models import Decision, DeletedWords, Publication, Revision, TypedWords, User
from wiki.policy.refusal import Refused
from wiki.text.compare.stems import Wording, stemming
from wiki.text.compare.word_numbers import numbers_of, numbers_of_deleted, numbers_of_runs
from wiki.text.document import Document

LONGEST_QUOTE: Final = 120
_FATES: Final = {
    State.UNAPPROVED: "reverted",
    State.REJECTED: "rejected",
    State.CHANGES_REQUESTED: "sent back for changes",
    State.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True)
class Stem:
    """A version whose words a change publishes anew, and the sentences with them.

    Of deleted words the version is an empty draft that is not in the database.
    """

    revision: Revision
    sentences: tuple[str, ...]

    @property
    def quote(self) -> str:
        """Return the first of the sentences, shortened if it is long."""
        first = self.sentences[0]
        return first if len(first) <= LONGEST_QUOTE else f"{first[: LONGEST_QUOTE - 1]}…"

    @property
    def fate(self) -> str:
        """Return what became of the version if it is no longer published, in words; "" if it is."""
        return _FATES.get(State(self.revision.state), "")

    @property
    def why(self) -> str:
        """Return the reason of the last person who decided so; "" if none was given."""
        turned_down = [one for one in self.revision.verdicts.all() if one.decision != Decision.APPROVE]
        return max(turned_down, key=lambda one: one.pk).reason if turned_down else ""


def stems_of(revision: Revision, live: Revision | None, *, by: Collection[int] | None = None) -> list[Stem]:
    """Return the versions, oldest first, that contain words which `revision` would newly publish.

    `live` is what readers see now. With `by`, only what these people wrote is looked at, and their drafts,
    which nobody else may see, are looked at too.
    """
    return stems_of_all([(revision, live)], by=by)[revision.pk]


def stems_of_all(
    changes: Sequence[tuple[Revision, Revision | None]], *, by: Collection[int] | None = None
) -> dict[int, list[Stem]]:
    """Return the same for several changes, by the id of the change; each comes with its live revision.

    A change stems from itself, too. Seven queries at most, one where nobody of `by` wrote on these pages,
    none where nobody can have written before. Only versions that may have brought a new word are read.
    """
    texts = _Wordings(one for pair in changes for one in pair if one is not None)
    pages = {revision.page_id for revision, _ in changes}
    deleted: list[DeletedWords] = []
    if all(revision.number == 1 for revision, _ in changes):
        merged: set[tuple[int, int]] = set()
        found = [revision for revision, _ in changes if by is None or revision.author_id in by]
    elif by is not None and not (pages_by := TypedWords.objects.pages_written_on(by, pages)):
        return {revision.pk: [] for revision, _ in changes}
    else:
        merged = Revision.objects.merged_into(pages)
        among = _pages_of(changes, merged)
        if by is not None:
            among = {pk: whose & pages_by for pk, whose in among.items()}
        numbers = _numbers_of(changes, among, texts)
        found = _versions(numbers, among, by)
        if by is not None:
            deleted += DeletedWords.objects.with_any(numbers, _all_pages(among), by)
    texts.add(found)
    texts.load({pk for one in found for pk in (*_begun_with(one), *_taken_over(one))})
    deleted += (_deleted_from(one, texts) for one in found if one.deleted_words)
    wrote_on = {one.page_id for one in found} | {one.page_id for one in deleted}
    elsewhere = _readable_elsewhere(wrote_on - pages)
    return {
        revision.pk: _stems(revision, live, found, _Sources(texts, merged, elsewhere, deleted))
        for revision, live in changes
    }


def _pages_of(
    changes: Sequence[tuple[Revision, Revision | None]], merged: Collection[tuple[int, int]]
) -> dict[int, set[int]]:
    """Return, by the id of each change, its page and those that were to be merged into that."""
    return {
        revision.pk: {page for page, into in merged if into == revision.page_id} | {revision.page_id}
        for revision, _ in changes
    }


def _all_pages(among: Mapping[int, Collection[int]]) -> set[int]:
    return {page for some in among.values() for page in some}


def _numbers_of(
    changes: Sequence[tuple[Revision, Revision | None]],
    among: Mapping[int, Collection[int]],
    texts: "_Wordings",
) -> set[int]:
    """Return the numbers of what the changes newly say, as said on each of their pages."""
    numbers: set[int] = set()
    for revision, live in changes:
        had = [texts.wording_of(live)] if live else []
        for page in among[revision.pk]:
            numbers |= numbers_of(page, texts.wording_of(revision), had)
    return numbers


def _versions(
    numbers: Collection[int], among: Mapping[int, Collection[int]], by: Collection[int] | None
) -> list[Revision]:
    """Return what some people (or all) submitted on these pages and may have brought a word of a change."""
    pages = _all_pages(among)
    found = TypedWords.objects.versions_with(numbers, pages)
    if by is None:
        return list(found)
    drafts = Revision.objects.filter(page__in=pages, author__in=by, state=State.DRAFT)
    return [*found.filter(author__in=by), *drafts.select_related("author").order_by("pk")]


def typed_by(revisions: Collection[Revision]) -> Iterator[tuple[Revision, set[int]]]:
    """Yield versions with the numbers of the words that each brought, less the first ones.

    One query; none where the parents are loaded.
    """
    later = [one for one in revisions if one.number != 1]
    parents = (one.parent for one in later if one.parent_id and Revision.parent.is_cached(one))
    texts = _Wordings([*revisions, *filter(None, parents)])
    texts.load({pk for one in later for pk in _begun_with(one)})
    for one in later:
        yield one, numbers_of(one.page_id, texts.wording_of(one), texts.beneath(one))


def as_typed(draft: Revision) -> Document:
    """Return what a draft says, with the texts of its form that no document can hold yet."""
    if draft.typed is None:
        return draft.document
    rows = [draft.typed.get("head", {}), *draft.typed.get("statements", ())]
    names = ("title", "summary", "body", *(one.name for one in TEXT_FIELDS))
    texts = [str(row[name]) for row in rows for name in names if row.get(name)]
    held = draft.document
    more = (one for one in texts if one not in (held.title, held.summary, held.body))
    return replace(held, body="\n\n".join([held.body, *more]))


def deleted_by_saving(draft: Revision, before: Document) -> list[int]:
    """Return the numbers of all words that were ever deleted from a draft which said `before`.

    Words that it was begun with are among them; `left_behind` leaves them out.
    """
    now = numbers_of_deleted(draft.page_id, Wording(before), Wording(as_typed(draft)))
    return sorted(now.union(draft.deleted_words))


def left_behind(draft: Revision, *, discarded: bool = False) -> set[int]:
    """Return the numbers of the words that its author deleted from a draft, or of all that is discarded.

    What it was begun with is not its author's.
    """
    gone = set(draft.deleted_words)
    if discarded:
        gone |= numbers_of_runs(draft.page_id, Wording(as_typed(draft)).runs)
    return gone - begun_with(draft) if gone else gone


def begun_with(draft: Revision) -> set[int]:
    """Return the numbers of all runs of words that a draft was begun with, or takes over; one query."""
    texts = _Wordings([])
    texts.load({*_begun_with(draft), *_taken_over(draft)})
    return texts.begun_with(draft)


def _taken_over(draft: Revision) -> Iterator[int]:
    """Yield the id of the version whose text a draft takes over, if it takes over any."""
    yield from () if draft.takes_over_id is None else (draft.takes_over_id,)


def _deleted_from(draft: Revision, texts: "_Wordings") -> DeletedWords:
    """Return the words that were deleted from a draft which is still open."""
    numbers = set(draft.deleted_words) - texts.begun_with(draft)
    return DeletedWords(page=draft.page, author=draft.author, numbers=[*numbers], since=draft.created_at)


@dataclass(frozen=True)
class _Sources:
    """What stems are searched in: the texts, merged pages, what is published of these, what was deleted."""

    texts: "_Wordings"
    merged: Collection[tuple[int, int]]
    elsewhere: Mapping[int, Wording]
    deleted: Collection[DeletedWords]


def _stems(
    revision: Revision, live: Revision | None, versions: Collection[Revision], among: _Sources
) -> list[Stem]:
    pages = {page for page, into in among.merged if into == revision.page_id} | {revision.page_id}
    had = [among.texts.wording_of(live)] if live else []
    had += [text for page, text in among.elsewhere.items() if page in pages]
    after = among.texts.wording_of(revision)
    earlier = [one for one in versions if one.page_id in pages and _is_earlier(one, revision)]
    found = [
        Stem(one, tuple(stemming(after, had, among.texts.wording_of(one), among.texts.beneath(one))))
        for one in earlier
    ]
    for gone in (one for one in among.deleted if one.page_id in pages):
        draft = Revision(page_id=gone.page_id, author_id=gone.author_id, created_at=gone.since)
        if _is_earlier(draft, revision):
            found.append(Stem(draft, tuple(_with_deleted(after, had, gone))))
    return [one for one in found if one.sentences]


def _with_deleted(after: Wording, had: Collection[Wording], gone: DeletedWords) -> Iterator[str]:
    """Yield the sentences of `after` that newly hold a run of words which somebody deleted."""
    read = frozenset().union(*(one.runs for one in had))
    for one in after.sentences:
        if not numbers_of_runs(gone.page_id, one.runs - read).isdisjoint(gone.numbers):
            yield one.text


def _is_earlier(one: Revision, revision: Revision) -> bool:
    """Return whether words of `revision` may come from `one`: itself, or what was there before it.

    A draft was there since it was begun.
    """
    begun = one.submitted_at or one.created_at
    return revision.submitted_at is None or begun <= revision.submitted_at


class _Wordings:
    """The wording of each version, computed once."""

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self._documents: dict[int, Document] = {}
        self._wordings: dict[int, Wording] = {}
        self.add(revisions)

    def add(self, revisions: Iterable[Revision]) -> None:
        """Add versions."""
        self._documents |= {one.pk: as_typed(one) for one in revisions if one.pk not in self._documents}

    def load(self, ids: Collection[int]) -> None:
        """Load the missing versions with one query, if any are missing."""
        if missing := set(ids) - self._documents.keys():
            self.add(Revision.objects.in_bulk(missing).values())

    def wording_of(self, revision: Revision) -> Wording:
        """Return the wording of a version."""
        return self._wording_of_id(revision.pk)

    def beneath(self, revision: Revision) -> list[Wording]:
        """Return the wording of what the author of `revision` began with."""
        return [self._wording_of_id(pk) for pk in _begun_with(revision)]

    def begun_with(self, draft: Revision) -> set[int]:
        """Return the numbers of all runs of words that a draft was begun with, or takes over."""
        texts = [self._wording_of_id(pk) for pk in (*_begun_with(draft), *_taken_over(draft))]
        return {one for text in texts for one in numbers_of_runs(draft.page_id, text.runs)}

    def _wording_of_id(self, pk: int) -> Wording:
        if pk not in self._wordings:
            self._wordings[pk] = Wording(self._documents[pk])
        return self._wordings[pk]


def _begun_with(revision: Revision) -> Iterator[int]:
    """Yield the ids of the versions that the author of `revision` began with."""
    yield from (pk for pk in (revision.parent_id, revision.second_parent_id) if pk is not None)


def _readable_elsewhere(page_ids: Collection[int]) -> dict[int, Wording]:
    """Return what is published on pages that are merged into others; nothing of retired pages."""
    open_ = Publication.objects.open_of(page_ids).select_related("revision") if page_ids else ()
    documents = {one.page_id: one.revision.document for one in open_}
    return {page: Wording(one) for page, one in documents.items() if one.retirement is None}


def why_own(stem: Stem) -> str:
    """Return why somebody may not approve the publication of what they wrote earlier."""
    one = stem.revision
    fate = f", which was {stem.fate}" if stem.fate else ""
    drafted = "your draft of this page" if one.pk else "a draft of this page and did not send in"
    where = f"version {one.number}{fate}" if one.number else drafted
    return f"Readers would get words that you wrote in {where}: “{stem.quote}” Somebody else has to do this."


def refuse_own_words(person: User, revision: Revision, live: Revision | None) -> None:
    """Raise `Refused` if `revision` would newly publish words that the person wrote."""
    if found := stems_of(revision, live, by=[person.pk]):
        raise Refused(why_own(found[0]))
