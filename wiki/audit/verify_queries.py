"""Queries of `manage.py verify_history` over all tables."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from django.db import connection, models

from wiki.domain.lifecycle import State
from wiki.models.corrections import Suppression
from wiki.models.events import Event
from wiki.models.queries.typed_words import TypedWords
from wiki.models.revisions import Revision
from wiki.models.verdicts import Verdict
from wiki.policy import own_words
from wiki.text.compare.word_numbers import METHOD

# How many rows are loaded at once.
BATCH: Final = 500


def sent_in(acts: Collection[str]) -> Iterator[Any]:
    """Yield every revision that was ever submitted, with its last event among `acts`."""
    last = Event.objects.filter(revision=models.OuterRef("pk"), act__in=acts).order_by("-pk").values("act")
    rows = Revision.objects.exclude(state=State.DRAFT).annotate(last_act=models.Subquery(last[:1]))
    yield from rows.order_by("page", "number", "pk").iterator(BATCH)


def with_words_of_another_method(revisions: Collection[Revision]) -> list[int]:
    """Return those of some versions whose words were computed in another way than now."""
    kept = TypedWords.objects.of_versions(revisions).exclude(method=METHOD)
    return list(kept.values_list("pk", flat=True))


def with_other_words(revisions: Collection[Revision]) -> Iterator[int]:
    """Yield those of some versions of which other words are kept than they brought. They must be readable."""
    kept = dict(TypedWords.objects.of_versions(revisions).values_list("pk", "numbers"))
    for one, numbers in own_words.typed_by(revisions):
        if kept.get(one.pk) != sorted(numbers):
            yield one.pk


def on_other_words() -> Iterator[tuple[int, int]]:
    """Yield id and page of each verdict whose digest differs from its revision's."""
    other = Verdict.objects.exclude(digest=models.F("revision__digest")).order_by("pk")
    yield from other.values_list("pk", "revision__page").iterator(BATCH)


def hidden_otherwise() -> Iterator[tuple[int, int]]:
    """Yield id and page of each version whose text is hidden otherwise than the log says."""
    acts = {"suppress": False, "confirm_suppression": True, "show_again": None}
    told = Event.objects.filter(act__in=acts, revision__isnull=False).order_by("pk")
    last = {pk: (acts[act], page) for pk, act, page in told.values_list("revision", "act", "page")}
    rows = Suppression.objects.values_list("revision", "confirmed_at", "revision__page")
    kept = {pk: (at is not None, page) for pk, at, page in rows}
    for pk in sorted(last.keys() | kept.keys()):
        said, page = last.get(pk, (None, None))
        is_so, where = kept.get(pk, (None, page))
        if said != is_so:
            yield pk, where or 0


def wrongly_carried() -> Iterator[tuple[int, int]]:
    """Yield id and page of each signature carried over a rebase that is not as it was given."""
    same = {f"carried_from__{name}": models.F(name) for name in ("reviewer", "decision", "decided_at")}
    carried = Verdict.objects.filter(carried_from__isnull=False, reviewer__isnull=False)
    yield from carried.exclude(**same).order_by("pk").values_list("pk", "revision__page").iterator(BATCH)


def half_merges() -> Iterator[tuple[int, int]]:
    """Yield id and page of each version of a merge of two pages whose other half is not there, or differs."""
    sent_in = Revision.objects.exclude(state=State.DRAFT)
    alone = models.Q(takes_over__isnull=False, retires=None)
    parted = models.Q(retired_with__isnull=False) & ~models.Q(state=models.F("retired_with__state"))
    strange = models.Q(retired_with__isnull=False) & ~models.Q(parent=models.F("retired_with__takes_over"))
    found = sent_in.filter(alone | parted | strange).order_by("pk")
    yield from found.values_list("pk", "page").iterator(BATCH)


def unbound() -> Iterator[tuple[str, int, int | None]]:
    """Yield table, id and page of each row of the record with no link, or more than one."""
    with connection.cursor() as cursor:
        for table, source in _ROWS.items():
            cursor.execute(
                f"""SELECT rows.id, rows.page_id FROM ({source}) rows
                    LEFT JOIN wiki_link link ON link."table" = %s AND link."row" = rows.id
                    GROUP BY rows.id, rows.page_id HAVING count(link.id) <> 1 ORDER BY rows.id""",  # noqa: S608  # our own words
                [table],
            )
            yield from ((table, pk, page) for pk, page in cursor.fetchall())


_ROWS: Final = {
    "revision": "SELECT id, page_id FROM wiki_revision WHERE state <> 'draft'",
    "verdict": "SELECT v.id, page_id FROM wiki_verdict v JOIN wiki_revision r ON r.id = v.revision_id",
    "publication": "SELECT id, page_id FROM wiki_publication",
    "ending": "SELECT id, page_id FROM wiki_publication WHERE NOT upper_inf(in_force)",
    "verification": "SELECT id, page_id FROM wiki_verification",
    "whole_page_review": "SELECT id, page_id FROM wiki_wholepagereview",
    "event": "SELECT id, page_id FROM wiki_event",
}
