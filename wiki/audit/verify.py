"""Verification of the record: every chain, row, digest and anchor is computed again.

Reads in order and in batches, so that memory stays bounded however long the record is; it yields everything
that does not fit, each with the page that it belongs to.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, Final

from django.apps import apps

from wiki.audit import verify_queries
from wiki.audit.attribution import removals
from wiki.audit.verify_queries import BATCH
from wiki.domain.lifecycle import State
from wiki.models import Anchor, Link, RowState, User
from wiki.models.chains import BOUND, payload_of
from wiki.models.queries import verdict_openings
from wiki.models.row_states import BOUND_STATES, ROWS, altered_rows
from wiki.text.canonical_json import hidden, plain

# The state of a revision after each of these events.
STATES = {
    "submit": State.SUBMITTED,
    "rebase": State.SUBMITTED,
    "approve": State.APPROVED,
    "load": State.APPROVED,
    "include": State.INCLUDED,
    "request_changes": State.CHANGES_REQUESTED,
    "reject": State.REJECTED,
    "withdraw": State.WITHDRAWN,
    "unapprove": State.UNAPPROVED,
}

UNREADABLE: Final = (TypeError, KeyError, AttributeError, ValueError)
OTHER_WORDS: Final = "the words that it brought are not kept as its text says"
OTHER_METHOD: Final = (
    "the words that it brought were computed in another way than now; manage.py rebuild computes them anew"
)


@dataclass(frozen=True)
class Mismatch:
    """A mismatch, as a sentence, and the page that it belongs to, if any."""

    sentence: str
    page: int | None = None

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


@dataclass
class Counted:
    """How much was verified so far: for progress, and for the final report."""

    links: int = 0
    chains: int = 0
    revisions: int = 0
    anchors: int = 0
    states: int = 0

    def __str__(self) -> str:
        """Return it in words."""
        chains = f"{self.links} links in {self.chains} chains"
        return f"{chains}, {self.states} states of rows, {self.revisions} versions and {self.anchors} anchors"


@dataclass
class Proof:
    """One verification of the whole record: iterate over `troubles`; `counted` then has the totals."""

    # The digest of an anchor that was kept elsewhere; it must be one of ours.
    kept: str = ""
    progress: Callable[[str], object] = str
    counted: Counted = field(default_factory=Counted)

    def troubles(self) -> Iterator[Mismatch]:
        """Yield every mismatch."""
        yield from self._chains()
        yield from (Mismatch(_not_bound(table, pk), page) for table, pk, page in verify_queries.unbound())
        yield from self._revisions()
        yield from self._verdicts()
        yield from (
            Mismatch(f"The text of revision {pk} is not hidden as the log says.", page)
            for pk, page in verify_queries.hidden_otherwise()
        )
        yield from self._states()
        yield from self._anchors()

    def _chains(self) -> Iterator[Mismatch]:
        """Compute every link again, and compare the bound rows with their present columns."""
        chain: int | None = -1
        place, previous = 0, ""
        total = Link.objects.count()
        for links in batched(Link.objects.in_order().iterator(BATCH), BATCH):
            rows = _BoundRows(links)
            for link in links:
                if link.page_id != chain:
                    chain, place, previous = link.page_id, 0, ""
                    self.counted.chains += 1
                found = _troubles_of_link(link, place + 1, previous)
                found += [rows.trouble_of(link)] if link.table in BOUND else []
                yield from (Mismatch(one, link.page_id) for one in found if one)
                place, previous = link.place, link.digest
                self.counted.links += 1
            self.progress(f"{self.counted.links} of {total} links")

    def _states(self) -> Iterator[Mismatch]:
        """Compute the chain of row states again, and compare each row with its newest state."""
        place, previous = 0, ""
        for state in RowState.objects.in_order().iterator(BATCH):
            self.counted.states += 1
            found = _troubles_of_link(state, place + 1, previous)
            yield from map(Mismatch, found)
            place, previous = state.place, state.digest
        yield from (Mismatch(str(one), one.page) for one in altered_rows())

    def _revisions(self) -> Iterator[Mismatch]:
        """Compute the digest of each revision's content again, and its state from the log."""
        for some in batched(verify_queries.sent_in(STATES), BATCH):
            troubles = {one.pk: _trouble_of_revision(one) for one in some}
            sound = [one for one in some if not troubles[one.pk]]
            troubles |= dict.fromkeys(_with_other_words(sound), OTHER_WORDS)
            troubles |= dict.fromkeys(verify_queries.with_words_of_another_method(sound), OTHER_METHOD)
            for revision in some:
                self.counted.revisions += 1
                if trouble := troubles[revision.pk]:
                    version = f"Version {revision.number} of page {revision.page_id} (revision {revision.pk})"
                    yield Mismatch(f"{version}: {trouble}.", revision.page_id)

    def _verdicts(self) -> Iterator[Mismatch]:
        """Check that each verdict has the digest of its revision, and that each merge has both its halves."""
        for pk, page in verify_queries.on_other_words():
            yield Mismatch(f"Verdict {pk} was given on other words than its version holds.", page)
        for pk, page in verify_queries.wrongly_carried():
            yield Mismatch(f"Verdict {pk} is not the signature that it was carried from.", page)
        for pk, page in verdict_openings.approved_unopened():
            yield Mismatch(f"Approval {pk}: the record does not tell when it was opened.", page)
        for pk, page in verdict_openings.opened_otherwise():
            yield Mismatch(f"Event {pk} tells an opening of what was decided that is not kept so.", page)
        for pk, page in verify_queries.half_merges():
            yield Mismatch(f"Revision {pk} is half of a merge of two pages, without its other half.", page)

    def _anchors(self) -> Iterator[Mismatch]:
        """Compute every anchor again, and check that the chains still hold what it binds."""
        previous, digests = "", set()
        for anchor in Anchor.objects.in_order():
            self.counted.anchors += 1
            said = f"anchor {anchor.pk} of {anchor.day}"
            if anchor.previous != previous:
                yield Mismatch(f"The {said} does not follow the one before it.")
            if anchor.recomputed() != anchor.digest:
                yield Mismatch(f"The {said} does not have the digest of what it says.")
            yield from _troubles_of_heads(anchor, said)
            previous = anchor.digest
            digests.add(previous)
        if self.kept and self.kept not in digests:
            yield Mismatch(
                "No anchor has the digest that was kept elsewhere: the record was written anew since."
            )


def _troubles_of_heads(anchor: Anchor, said: str) -> Iterator[Mismatch]:
    """Yield each chain that no longer holds what an anchor binds of it."""
    heads = dict(anchor.heads)
    if not all(_is_head(chain, head) for chain, head in heads.items()):
        yield Mismatch(f"What the {said} binds cannot be read any more.")
        return
    if (rows := heads.pop(ROWS, None)) and not RowState.objects.holds(*rows):
        yield Mismatch(f"The chain of row states does not hold what the {said} binds: a state is gone.")
    there = Link.objects.at_heads(heads)
    for chain, head in heads.items():
        if there.get(chain) != head:
            whose = f"chain of page {chain}" if chain else "chain of the site"
            sentence = f"The {whose} does not hold what the {said} binds: a link is gone."
            yield Mismatch(sentence, int(chain) if chain else None)


def _is_head(chain: Any, head: Any) -> bool:
    """Return whether this is a chain, and the place and digest of its newest link."""
    is_chain = chain in ("", ROWS) or str(chain).isdecimal()
    return is_chain and isinstance(head, list) and list(map(type, head)) == [int, str]


def _not_bound(table: str, pk: int) -> str:
    return f"{BOUND[table].what.capitalize()} {pk} is bound by no link, or by more than one."


def _troubles_of_link(link: Link | RowState, place: int, previous: str) -> list[str]:
    """Return the mismatches of a link in itself and with the one before."""
    found = []
    if link.place != place:
        found.append(f"The link at {link} should be at place {place}: one is missing.")
    if link.previous != previous:
        found.append(f"The link at {link} does not follow the one before it.")
    if link.recomputed() != link.digest:
        found.append(f"The link at {link} does not have the digest of what it says.")
    if link.table not in (BOUND if isinstance(link, Link) else BOUND_STATES):
        found.append(f"The link at {link} binds a row of “{link.table}”, which is no part of the record.")
    return found


class _BoundRows:
    """The rows that some links bind, with their present columns: one query per table."""

    def __init__(self, links: Iterable[Link]) -> None:
        """Load the rows, and which of the people that they name still have an account."""
        wanted: dict[str, set[int]] = {}
        people: set[int] = set()
        for link in links:
            if bound := BOUND.get(link.table):
                wanted.setdefault(link.table, set()).add(link.row)
                people |= {link.payload.get(key) for key in bound.names} - {None}
        self._rows: dict[tuple[str, int], Any] = {}
        for table, ids in wanted.items():
            manager = apps.get_model("wiki", BOUND[table].model)._default_manager
            found = manager.defer(*(() if table in ("publication", "ending") else BOUND[table].left_out))
            self._rows |= {(table, one.pk): one for one in found.filter(pk__in=ids)}
        self._people = set(User.objects.filter(pk__in=people).values_list("pk", flat=True))
        self._removals = removals() if people - self._people else {}

    def trouble_of(self, link: Link) -> str:
        """Return the difference between a row and its link; "" if there is none."""
        said = f"{BOUND[link.table].what.capitalize()} {link.row}"
        if (row := self._rows.get((link.table, link.row))) is None:
            return f"{said} is gone; it was bound at {link}."
        now = payload_of(link.table, row)
        changed = [
            f"“{column}”"
            for column, value in link.payload.items()
            if column not in now or (now[column] != value and not self._was_removed(link, column, now))
        ]
        if not changed:
            return ""
        return f"{said} is not as it was bound at {link}: its {', '.join(changed)} was changed."

    def _was_removed(self, link: Link, column: str, now: dict[str, Any]) -> bool:
        """Return whether a column differs only because an account was removed, as the event of that says."""
        for key, name in BOUND[link.table].names.items():
            person = link.payload.get(key)
            is_gone = person is not None and now[key] is None and person not in self._people
            if is_gone and column == key:
                return True
            if is_gone and column == name:
                return bool(now[name] == hidden(self._removals.get(person, "")))
        return False


def _with_other_words(revisions: Collection[Any]) -> list[int]:
    """Return those versions of which other words are kept than they brought.

    One whose parent cannot be read is left out: the parent has told so.
    """
    try:
        return list(verify_queries.with_other_words(revisions))
    except UNREADABLE:
        return [pk for one in revisions if len(revisions) > 1 for pk in _with_other_words([one])]


def _trouble_of_revision(revision: Any) -> str:
    """Return the difference between a revision and its digest or log; "" if there is none."""
    try:
        document = revision.document
    except UNREADABLE:
        return "what it says cannot be read any more"
    if plain(document.as_json()) != revision.content or document.digest() != revision.digest:
        return "what it says does not have the digest that was signed"
    if (document.title[:120], document.kind[:20]) != (revision.title, revision.kind):
        return "its title or kind is not that of what it says"
    if STATES.get(revision.last_act) != revision.state:
        return f"it is “{revision.state}”, and the log says otherwise"
    if revision.typed is not None or revision.deleted_words:
        return "it holds what only a draft may hold"
    return ""
