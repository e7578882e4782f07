"""The chain of row states: every change of a row that rules and readers depend on, bound by a trigger.

Sources, requirements, registrations and the like are not lines of the record, yet an approval rests on them.
A trigger binds each state of each of their rows (`sql/row_states.sql`); here it is read and recomputed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db import connection, models

from wiki.models.lists.prepared import prepared_row
from wiki.text.canonical_json import link_digest

# The name of this chain in an anchor.
ROWS: Final = "rows"
# Table → what one of its rows is, in words. These tables have the trigger; a test checks that.
BOUND_STATES: Final = {
    "address": "address",
    "application": "application to write",
    "correction": "correction",
    "credential": "registration",
    "disclosure": "declaration of interests",
    "image": "picture",
    "interest": "interest",
    "interest_pages": "page of an interest",
    "meaningwithdrawal": "sentence withdrawn",
    "opening": "opening of a comparison",
    "page": "page",
    "remark": "remark",
    "report": "report",
    "requirement": "required signature",
    "secondread": "second reading",
    "source": "source",
    "sourcecheck": "check of a source",
    "sourceid": "identifier of a source",
    "sourcenotice": "notice on a source",
    "suppression": "suppression",
    "task": "task",
    "user": "account",
}


@dataclass(frozen=True)
class AlteredRow:
    """A row that differs from its last bound state: missing, never bound, or changed in some columns."""

    table: str
    row: int
    page: int | None
    altered: tuple[str, ...] = ()
    is_gone: bool = False

    def __str__(self) -> str:
        """Return it as a sentence."""
        said = f"{BOUND_STATES[self.table].capitalize()} {self.row}"
        if self.is_gone:
            return f"{said} is gone; its last state was bound."
        if not self.altered:
            return f"{said} is bound by no state of it."
        columns = ", ".join(f"“{one}”" for one in self.altered)
        return f"{said} is not as it was bound last: its {columns} was changed."


class RowStateQuerySet(models.QuerySet["RowState"]):
    """Queries on states of rows."""

    def in_order(self) -> Self:
        """Keep all, from the first place on."""
        return self.order_by("place")

    def head(self) -> list[Any]:
        """Return place and digest of the newest state; nothing where there is none."""
        return list(self._head() or ())

    @prepared_row
    def _head(self) -> "models.QuerySet[RowState, tuple[int, str]]":
        return self.order_by("-place").values_list("place", "digest")[:1]

    def holds(self, place: int, digest: str) -> bool:
        """Return whether there is a state with this digest at this place."""
        return self.filter(place=place, digest=digest).exists()


class RowState(models.Model):
    """One state of one row, bound to the state that was written before it, of any row."""

    place = models.PositiveBigIntegerField(unique=True)
    # Which row: the table without `wiki_`, and its id.
    table = models.CharField(max_length=30)
    row = models.BigIntegerField()
    # {"columns": {name: digest}, "salt": …}; no columns where the row was removed.
    payload = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = RowStateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "row", "-place"], name="newest_state_of_a_row")]

    def __str__(self) -> str:
        """Return where in the chain."""
        return f"place {self.place} of the chain of row states"

    def recomputed(self) -> str:
        """Return the digest, computed again from the other columns."""
        return link_digest(
            chain=ROWS,
            place=self.place,
            table=self.table,
            row=self.row,
            payload=self.payload,
            previous=self.previous,
        )


def altered_rows() -> Iterator[AlteredRow]:
    """Yield each row that differs from its last bound state, table by table."""
    for table in BOUND_STATES:
        with connection.cursor() as cursor:
            page = _PAGE_OF.get(table, "NULL::bigint")
            cursor.execute(_ROWS_AND_STATES.format(table=table, page=page), [table])
            while rows := cursor.fetchmany(_BATCH):
                yield from filter(None, (_altered_row(table, *row) for row in rows))
            cursor.execute(_GONE.format(table=table), [table])
            yield from (AlteredRow(table, pk, None, is_gone=True) for (pk,) in cursor.fetchall())


def _altered_row(
    table: str, pk: int, page: int | None, written: str, payload: str | None
) -> AlteredRow | None:
    """Return how a row differs from its newest state, if it does."""
    if payload is None:
        return AlteredRow(table, pk, page)
    bound, values = json.loads(payload), json.loads(written)
    columns = bound["columns"]
    altered = [name for name in columns if columns[name] != _digest(bound["salt"], name, values.get(name))]
    if altered or not columns:
        return AlteredRow(table, pk, page, tuple(sorted(altered)))
    return None


def _digest(salt: str, column: str, value: str | None) -> str:
    """Return the digest that the database binds of a column; `value` is PostgreSQL's JSON of it."""
    return hashlib.sha256(f"{salt} {column} {value}".encode()).hexdigest()[:32]


_BATCH: Final = 500
_OF_REVISION: Final = "(SELECT page_id FROM wiki_revision WHERE id = t.revision_id)"
# The page of each row, for the tables whose rows have one.
_PAGE_OF: Final = {
    "page": "t.id",
    **dict.fromkeys(("address", "correction", "remark", "report", "task"), "t.page_id"),
    **dict.fromkeys(("requirement", "opening", "secondread", "suppression"), _OF_REVISION),
}
_ROWS_AND_STATES: Final = """
    SELECT t.id, {page},
        (SELECT jsonb_object_agg(key, one::text) FROM jsonb_each(to_jsonb(t)) AS pair(key, one)),
        (SELECT payload FROM wiki_rowstate WHERE "table" = %s AND "row" = t.id ORDER BY place DESC LIMIT 1)
    FROM wiki_{table} t ORDER BY t.id"""
_GONE: Final = """
    SELECT last.row FROM (
        SELECT DISTINCT ON ("row") "row", payload FROM wiki_rowstate
        WHERE "table" = %s ORDER BY "row", place DESC
    ) last LEFT JOIN wiki_{table} t ON t.id = last.row
    WHERE t.id IS NULL AND last.payload -> 'columns' <> '{{}}' ORDER BY last.row"""
