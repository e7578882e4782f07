"""Own words: who wrote the words that a change newly publishes, found by comparing the words themselves.

What a version descends from can be forgotten on some path: a conflict, a copy, a version that is reverted
and written again. So the new words are compared with every version that was ever sent in on the page, or on
one that is merged into it, whatever became of it. `wiki.text.compare.stems` says when words are the same;
`TypedWords` leads to the versions that can hold one of them, and no others are read. Of the people who are
asked about, drafts are read as well: what somebody has typed and not sent in, somebody else may send in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wiki.domain.lifecycle import State
from wiki.models import Decision, Publication, Revision, TypedWords, User
from wiki.policy.refusal import Refused
from wiki.text.compare.stems import Wording, stemming
from wiki.text.compare.word_numbers import numbers_of
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
    """A version whose words a change publishes anew, and the sentences with them."""

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

    A change stems from itself, too. Six queries at most, one where nobody of `by` wrote on these pages, none
    where nobody can have written before. Only versions that may have brought a new word are read.
    """
    texts = _Wordings(one for pair in changes for one in pair if one is not None)
    pages = {revision.page_id for revision, _ in changes}
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
        found = _versions(changes, among, texts, by)
    texts.add(found)
    texts.load({pk for one in found for pk in _begun_with(one)})
    elsewhere = _readable_elsewhere({one.page_id for one in found} - pages)
    return {
        revision.pk: _stems(revision, live, found, _Sources(texts, merged, elsewhere))
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


def _versions(
    changes: Sequence[tuple[Revision, Revision | None]],
    among: Mapping[int, Collection[int]],
    texts: "_Wordings",
    by: Collection[int] | None,
) -> list[Revision]:
    """Return what some people (or all) submitted on these pages and may have brought a word of a change."""
    numbers: set[int] = set()
    for revision, live in changes:
        had = [texts.wording_of(live)] if live else []
        for page in among[revision.pk]:
            numbers |= numbers_of(page, texts.wording_of(revision), had)
    pages = {page for some in among.values() for page in some}
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


@dataclass(frozen=True)
class _Sources:
    """What stems are searched in: the texts, merged pages, and what is published of these."""

    texts: "_Wordings"
    merged: Collection[tuple[int, int]]
    elsewhere: Mapping[int, Wording]


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
    return [one for one in found if one.sentences]


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
        self._documents |= {one.pk: one.document for one in revisions if one.pk not in self._documents}

    def load(self, ids: Collection[int]) -> None:
        """Load the missing versions with one query."""
        if missing := set(ids) - self._documents.keys():
            self.add(Revision.objects.in_bulk(missing).values())

    def wording_of(self, revision: Revision) -> Wording:
        """Return the wording of a version."""
        return self._wording_of_id(revision.pk)

    def beneath(self, revision: Revision) -> list[Wording]:
        """Return the wording of what the author of `revision` began with."""
        return [self._wording_of_id(pk) for pk in _begun_with(revision)]

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
    where = f"version {one.number}{fate}" if one.number else "your draft of this page"
    return f"Readers would get words that you wrote in {where}: “{stem.quote}” Somebody else has to do this."


def refuse_own_words(person: User, revision: Revision, live: Revision | None) -> None:
    """Raise `Refused` if `revision` would newly publish words that the person wrote."""
    if found := stems_of(revision, live, by=[person.pk]):
        raise Refused(why_own(found[0]))
