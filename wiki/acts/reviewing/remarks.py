"""Remarks on a submission, passage by passage, and which of them are still open."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import shorten
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from wiki.acts.locking import lock_revision
from wiki.audit import log
from wiki.domain.lifecycle import State
from wiki.domain.relations import RELATIONS
from wiki.mail import notices
from wiki.models import ANYBODY, Family, Page, Remark, RemarkPlace, Revision, User, Visitor, clock
from wiki.policy import interests, reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.text.compare.align import likeness
from wiki.text.compare.diff import BlockChange
from wiki.text.document import Document
from wiki.text.markdown.blocks import blocks_of

# How many characters of a paragraph a remark keeps: enough to find the paragraph again.
LONGEST_PASSAGE: Final = 4_000
# A remark goes on to the paragraph that is at least so much like the one it was made on,
# and by so much more than any other.
STILL_THE_SAME: Final = 0.6
CLEARLY: Final = 0.1
# The most comparisons of paragraphs for one page.
MOST_COMPARED: Final = 2_000
# The states in which a version can be discussed.
OPEN: Final = frozenset({State.SUBMITTED, State.CHANGES_REQUESTED})
# Threads that were resolved before one of these verdicts are no longer shown.
SETTLED: Final = frozenset({State.APPROVED, State.UNAPPROVED})


@dataclass(frozen=True)
class RemarkTarget:
    """A passage that a remark can be about."""

    place: RemarkPlace
    text: str = ""

    @cached_property
    def key(self) -> str:
        """Return the name of the passage in forms and addresses; it changes only with the passage's words."""
        return hashlib.sha256(f"{self.place}\n{self.text}".encode("utf-8", "replace")).hexdigest()[:12]


WHOLE: Final = RemarkTarget(RemarkPlace.WHOLE)


def on_paragraph(text: str) -> RemarkTarget:
    """Return the target that is this paragraph."""
    return RemarkTarget(RemarkPlace.PARAGRAPH, text[:LONGEST_PASSAGE])


def on_statement(relation: str, object_id: int, population: str = "") -> RemarkTarget:
    """Return the target that is this statement."""
    return RemarkTarget(RemarkPlace.STATEMENT, f"{relation} {object_id} {population.casefold()}".rstrip())


@dataclass(frozen=True)
class Thread:
    """A remark with its answers, as one person sees it on one version."""

    first: Remark
    passage: RemarkTarget | None
    is_elsewhere: bool
    can_settle: bool

    @property
    def is_open(self) -> bool:
        """Return whether nobody has resolved it."""
        return self.first.resolved_at is None

    @property
    def state(self) -> str:
        """Return "open" or "resolved"."""
        return "open" if self.is_open else "resolved"

    @property
    def answers(self) -> Sequence[Remark]:
        """Return what was answered, oldest first."""
        return sorted(self.first.answers.all(), key=lambda one: (one.made_at, one.pk))


@dataclass(frozen=True)
class Discussion:
    """All remarks on one version and on the versions that it descends from."""

    threads: Sequence[Thread]
    can_speak: bool
    by_key: dict[str, list[Thread]] = field(default_factory=dict)

    @property
    def open(self) -> list[Thread]:
        """Return the unresolved threads."""
        return [one for one in self.threads if one.is_open]

    @property
    def gone(self) -> list[Thread]:
        """Return the threads about passages that this version no longer has."""
        return [one for one in self.threads if one.passage is None]


def _tree_of(revision: Revision, remarks: Sequence[Remark]) -> Family:
    """Return the tree beneath a version as far back as the first of some remarks; no query for none."""
    if not remarks:
        return Family(revision.page_id, ())
    return Family.back_to(revision, min(one.revision.number or 0 for one in remarks))


def discussion_of(
    revision: Revision, *, family: Family, by: User, before: Document | None, blocks: Iterable[BlockChange]
) -> Discussion:
    """Return the threads about `revision`, each at the place where its passage is now.

    Of earlier versions it has the unresolved threads, and all that were written since the page's last
    published version.
    """
    first_remarks = list(Remark.objects.threads_of(revision.page_id).visible_to(by))
    tree = _tree_of(revision, first_remarks)
    ancestry, recent = tree.ancestry(revision), tree.ancestry(revision, until=SETTLED)
    mine = by.pk in {one.author_id for one in family.authors_of(revision)}
    stands = _RemarkPlaces(revision.document, before, list(blocks))
    threads = []
    for first in first_remarks:
        if first.revision_id in recent or (first.revision_id in ancestry and first.resolved_at is None):
            passage, is_elsewhere = stands.place(first)
            can_settle = mine or by.can_review or first.author_id == by.pk
            threads.append(Thread(first, passage, is_elsewhere, can_settle and by.can_write))
    by_key: dict[str, list[Thread]] = {}
    for one in threads:
        if one.passage is not None:
            by_key.setdefault(one.passage.key, []).append(one)
    return Discussion(threads, by.can_write and revision.state in OPEN, by_key)


class _RemarkPlaces:
    """The places in one version of the passages that remarks are about."""

    def __init__(self, document: Document, before: Document | None, blocks: Sequence[BlockChange]) -> None:
        """Index the passages of the version, and those of the earlier version that it drops."""
        self.slots = {
            RemarkPlace.WHOLE: WHOLE,
            RemarkPlace.TITLE: RemarkTarget(RemarkPlace.TITLE, document.title),
            RemarkPlace.SUMMARY: RemarkTarget(RemarkPlace.SUMMARY, document.summary),
        }
        self.statements = {one.text: one for one in _statements(document, before)}
        self.exact = {
            on_paragraph(one.text).text: on_paragraph(one.text) for one in reversed(blocks) if one.text
        }
        self.was = {
            on_paragraph(one.old_text).text: on_paragraph(one.text) for one in blocks if one.change != "added"
        }
        self.words = {text: text.split() for text in self.exact}
        self.budget = MOST_COMPARED

    def place(self, remark: Remark) -> tuple[RemarkTarget | None, bool]:
        """Return the passage that a remark is about now, and whether its words changed."""
        if slot := self.slots.get(RemarkPlace(remark.place)):
            return slot, slot.text != remark.passage
        if remark.place == RemarkPlace.STATEMENT:
            return self.statements.get(remark.passage), False
        if found := self.exact.get(remark.passage):
            return found, False
        found = self.was.get(remark.passage) or self._nearest(remark.passage)
        return found, found is not None

    def _nearest(self, text: str) -> RemarkTarget | None:
        """Return the paragraph that is clearly the most similar to `text`."""
        self.budget -= len(self.words)
        if self.budget < 0:
            return None
        said = text.split()
        scores = sorted(((likeness(said, words), one) for one, words in self.words.items()), reverse=True)
        best, second = [*scores, (0.0, ""), (0.0, "")][:2]
        is_clear = best[0] >= STILL_THE_SAME and best[0] - second[0] >= CLEARLY
        return self.exact[best[1]] if is_clear else None


def _statements(*documents: Document | None) -> list[RemarkTarget]:
    return [on_statement(*row.key) for one in documents if one for row in one.statements]


def passages_of(document: Document, before: Document | None) -> list[RemarkTarget]:
    """Return every passage that can be remarked on in a change from `before` to `document`."""
    bodies = [one.body for one in (document, before) if one]
    return [
        WHOLE,
        RemarkTarget(RemarkPlace.TITLE, document.title),
        RemarkTarget(RemarkPlace.SUMMARY, document.summary),
        *(on_paragraph(one.source) for body in bodies for one in blocks_of(body)),
        *_statements(document, before),
    ]


@transaction.atomic
def remark(revision_id: int, *, by: User, at: str, text: str) -> Remark:
    """Post a remark on the passage called `at`, visible to everybody who works on the submission."""
    revision, person = _enter(revision_id, by)
    passages = passages_of(revision.document, _before(revision, Family.of_branch(revision)))
    passage = next((one for one in passages if one.key == at), None)
    if passage is None:
        raise Refused("This version has no such passage. Say it of another one, or of the whole.")
    return _say("remark", revision, by=person, text=text, place=passage.place, passage=passage.text)


@transaction.atomic
def answer(revision_id: int, thread_id: int, *, by: User, text: str) -> Remark:
    """Answer a remark, while looking at `revision_id`."""
    revision, person = _enter(revision_id, by)
    first = _thread(revision.page, thread_id)
    return _say("answer", revision, by=person, text=text, thread=first, place=first.place)


@transaction.atomic
def resolve(revision_id: int, thread_id: int, *, by: User) -> Remark:
    """Mark a thread as resolved."""
    revision, first, person = _enter_to_settle("resolve", revision_id, thread_id, by)
    if first.resolved_at is not None:
        raise Refused(f"{first.resolved_by_name} has resolved this already.")
    return _settle("resolve", revision, first, by=person, is_resolved=True)


@transaction.atomic
def reopen(revision_id: int, thread_id: int, *, by: User) -> Remark:
    """Mark a thread as unresolved again."""
    revision, first, person = _enter_to_settle("reopen", revision_id, thread_id, by)
    if first.resolved_at is None:
        raise Refused("This comment is open already.")
    return _settle("reopen", revision, first, by=person, is_resolved=False)


def reason_with_open_remarks(revision: Revision, reason: str) -> str:
    """Return `reason` followed by the open remarks on `revision`."""
    found = Remark.objects.threads_of(revision.page_id).unresolved()
    threads = list(found.filter(revision__suppression=None))
    ancestry = _tree_of(revision, threads).ancestry(revision)
    lines = [_line(one, revision) for one in threads if one.revision_id in ancestry]
    return "\n\n".join([reason.strip(), *lines] if reason.strip() else lines)


def _line(one: Remark, revision: Revision) -> str:
    """Return a remark as one line of a reason: its passage, words and author, and the link for answers."""
    path = f"{settings.SITE_URL}{reverse('review', args=[revision.pk])}#remark-{one.pk}"
    return f"On {_named(one, revision)}: {one.text} ({one.author_name}) {path}"


def _named(one: Remark, revision: Revision) -> str:
    if one.place == RemarkPlace.PARAGRAPH:
        return f"“{_shortened(one.passage)}”"
    if one.place == RemarkPlace.STATEMENT:
        return f"the statement “{_statement(one.passage, revision.author or ANYBODY)}”"
    return RemarkPlace(one.place).label.lower()


def _shortened(text: str) -> str:
    return shorten(text, 80, placeholder=" …")


def _statement(passage: str, reader: Visitor) -> str:
    """Return a statement in words. The other page is named only as far as `reader` may know of it."""
    relation, object_id, population = [*passage.split(" ", 2), ""][:3]
    titles = Revision.objects.visible_to(reader).titles_of([int(object_id)])
    of_whom = f" in {population}" if population else ""
    return f"{RELATIONS[relation].label} {titles.get(int(object_id), 'another page')}{of_whom}"


def _enter(revision_id: int, by: User) -> tuple[Revision, User]:
    """Lock the page; return the revision and the person, if the person may take part in the discussion."""
    revision, person = lock_revision(revision_id), reload(by)
    if not person.can_write:
        raise Refused(person.suspension or "Only clinicians and moderators take part in the discussion.")
    if not Revision.objects.visible_to(person).filter(pk=revision.pk).exists():
        raise Refused("This version is not there for you.")
    if revision.state not in OPEN:
        label = State(revision.state).label.lower()
        raise Refused(f"The discussion of this version is closed: it is {label}. What was said is kept.")
    return revision, person


def _before(revision: Revision, family: Family) -> Document | None:
    begun = family.begun_from(revision)
    return Revision.objects.get(pk=begun.pk).document if begun else None


def _thread(page: Page, thread_id: int) -> Remark:
    first = Remark.objects.threads_of(page).filter(pk=thread_id).first()
    if first is None:
        raise Refused("There is no such comment on this page.")
    return first


def _enter_to_settle(act: str, revision_id: int, thread_id: int, by: User) -> tuple[Revision, Remark, User]:
    revision, person = _enter(revision_id, by)
    first = _thread(revision.page, thread_id)
    authors = {one.author_id for one in Family.of_branch(revision).authors_of(revision)}
    if person.pk in {first.author_id, *authors}:
        return revision, first, person
    if not person.can_review:
        raise Refused("Who made a comment, the authors of the version and moderators can settle it.")
    interests.refuse(act, person, [revision])
    return revision, first, person


def _say(
    act: str,
    revision: Revision,
    *,
    by: User,
    text: str,
    place: str,
    passage: str = "",
    thread: Remark | None = None,
) -> Remark:
    text = reasons.required_words(text, "Say something.")
    said = Remark.objects.create(
        page=revision.page,
        revision=revision,
        thread=thread,
        place=place,
        passage=passage,
        text=text,
        author=by,
        author_name=str(by),
        made_at=clock.now(),
    )
    # The log does not contain the remark's words: readers may see the log but no remarks.
    event = log.write(act, by=by, revision=revision, at=said.made_at, remark=said.pk)
    notices.tell(event, _concerned(revision, thread))
    return said


def _concerned(revision: Revision, thread: Remark | None) -> Collection[User]:
    """Return the authors of the submission and everybody who takes part in the discussion."""
    ids = {one.author_id for one in Family.of_branch(revision).authors_of(revision)}
    if thread is not None:
        ids |= {thread.author_id, *(one.author_id for one in thread.answers.all())}
    return [one for one in User.objects.in_bulk(ids - {None}).values() if one.can_write]


def _settle(act: str, revision: Revision, first: Remark, *, by: User, is_resolved: bool) -> Remark:
    now = clock.now()
    first.resolved_at = now if is_resolved else None
    first.resolved_by = by if is_resolved else None
    first.resolved_by_name = str(by) if is_resolved else ""
    first.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name"])
    log.write(act, by=by, revision=revision, at=now, remark=first.pk)
    return first
