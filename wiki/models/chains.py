"""The hash chains of the record: a chain of SHA-256 links for each page, and the anchors over all of them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from django.db import connection, models

from wiki.models import locks
from wiki.models.lists.keyset import KeyOrder, number
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.pages import Page
from wiki.text.canonical_json import anchor_digest, hidden, link_digest, plain


@dataclass(frozen=True)
class Bound:
    """Which columns of a table a link binds: its model, the name columns beside keys of people, and
    omissions.
    """

    model: str
    what: str  # one row of it, in words
    names: Mapping[str, str] = field(default_factory=dict)  # key of a person → column of the name, or ""
    left_out: Collection[str] = ()

    def columns_of(self, row: models.Model) -> dict[str, Any]:
        """Return the values of a row in the columns that are bound."""
        columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
        return {name: value for name, value in columns.items() if name not in self.left_out}


# A link's `table` → what it binds. The content of a revision is bound by its digest, its state by the events
# that moved it; a publication by two links, one when it begins and one when it ends.
BOUND: Final = {
    "revision": Bound(
        "Revision",
        "version",
        {"author_id": "author_name"},
        left_out=("state", "content", "typed", "deleted_words"),
    ),
    "verdict": Bound("Verdict", "verdict", {"reviewer_id": "reviewer_name", "author_id": ""}),
    "publication": Bound("Publication", "publication", left_out=("in_force", "ending")),
    "ending": Bound(
        "Publication",
        "end of publication",
        left_out=(
            *("page_id", "revision_id", "way", "verdict_id", "loaded_id", "whole_page_review_id"),
            *("changes", "signed", "writers", "likeness"),
        ),
    ),
    "verification": Bound("Verification", "verification", {"by_id": "by_name"}),
    "whole_page_review": Bound("WholePageReview", "whole-page review", {"by_id": "by_name"}),
    "event": Bound("Event", "event", {"actor_id": "actor_name", "person_id": "person_name"}),
}


def payload_of(table: str, row: Any) -> dict[str, Any]:
    """Return what a link binds of a row, as plain JSON. Names are included as their SHA-256."""
    columns = BOUND[table].columns_of(row)
    if table == "publication":
        columns |= {"since": row.in_force.lower, "from_that_moment": row.in_force.lower_inc}
    if table == "ending":
        del columns["in_force"]
        columns |= {"until": row.in_force.upper, "with_that_moment": row.in_force.upper_inc}
    for name in filter(None, BOUND[table].names.values()):
        columns[name] = hidden(columns[name])
    return {name: plain(value) for name, value in columns.items()}


def _chain(page_id: int | None) -> str:
    """Return the name of a chain in an anchor."""
    return "" if page_id is None else str(page_id)


# In the order of the pages, because each is locked.
_HEADS: Final = """
    SELECT page, head.place, head.digest FROM unnest(%s::bigint[]) WITH ORDINALITY AS known (page, nth),
        LATERAL causeway_head_of_chain(page) AS head
    ORDER BY nth"""


# An anchor is made after this many links, and at once when a publication changed.
LINKS_TO_AN_ANCHOR: Final = 20


_ADD_LINK: Final = """
INSERT INTO wiki_link (page_id, place, "table", "row", payload, previous, digest)
VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id"""


class LinkQuerySet(models.QuerySet["Link"]):
    """Queries on links."""

    def head_of(self, page_id: int | None) -> tuple[int, str]:
        """Return place and digest of a chain's last link, and lock the chain until the transaction ends.

        A page's chain is held by the page's own lock, so acts on different pages never queue.
        """
        if page_id is not None:
            return self.heads_of([page_id])[page_id]
        locks.note(locks.Rank.SITE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT place, digest FROM causeway_head_of_chain(NULL)")
            place, digest = cursor.fetchone()
        return place or 0, digest or ""

    def heads_of(self, page_ids: Collection[int]) -> dict[int | None, tuple[int, str]]:
        """Return the same of the chains of some pages, which are locked in their order."""
        pages = sorted(page_ids)
        for page_id in pages:
            locks.note(locks.Rank.PAGE, page_id)
        with connection.cursor() as cursor:
            cursor.execute(_HEADS, [pages])
            return {page: (place or 0, digest or "") for page, place, digest in cursor.fetchall()}

    def add(self, links: "list[Link]") -> "list[Link]":
        """Save new links, in their order, with one query; of a single one, as most are, it is written out."""
        if len(links) != 1:
            return self.bulk_create(links)
        (link,) = links
        payload = Link._meta.get_field("payload").get_db_prep_save(link.payload, connection)
        row = [link.page_id, link.place, link.table, link.row, payload, link.previous, link.digest]
        with connection.cursor() as cursor:
            cursor.execute(_ADD_LINK, row)
            (link.pk,) = cursor.fetchone()
        link._state.adding, link._state.db = False, connection.alias
        return links

    def in_order(self) -> Self:
        """Keep all, chain by chain, from the first place on."""
        return self.order_by(models.F("page").asc(nulls_first=True), "place", "pk")

    def newest_pk(self) -> int:
        """Return the id of the newest link; 0 if there is none."""
        return self._newest_pk() or 0

    @prepared_row
    def _newest_pk(self) -> "models.QuerySet[Link, int]":
        return self.order_by("-pk").values_list("pk", flat=True)[:1]

    @prepared
    def tables_after(self, pk: int) -> "models.QuerySet[Link, str]":
        """Return the tables of the first links after one: as many as may wait for an anchor."""
        return self.after(pk).values_list("table", flat=True)[:LINKS_TO_AN_ANCHOR]

    def after(self, pk: int) -> Self:
        """Keep those that were written after the link with this id."""
        return self.filter(pk__gt=pk)

    def heads_after(self, pk: int) -> dict[str, list[Any]]:
        """Return place and digest of the last link of each chain that grew since, by page ("" for none)."""
        return {_chain(page): [place, digest] for page, place, digest in self._heads_after(pk)}

    @prepared
    def _heads_after(self, pk: int) -> "models.QuerySet[Link, tuple[int | None, int, str]]":
        last = self.after(pk).order_by("page", "-place").distinct("page")
        return last.values_list("page_id", "place", "digest")

    def at_heads(self, heads: Mapping[str, Iterable[Any]]) -> dict[str, list[Any]]:
        """Return the links at the places of these heads, in the same form; missing ones are left out."""
        wanted = {(int(page) if page else None): place for page, (place, _) in heads.items()}
        pages = [page for page in wanted if page is not None]
        chains = models.Q(page__in=pages) | models.Q(page=None)
        rows = self.filter(chains, place__in=set(wanted.values())).values_list("page_id", "place", "digest")
        found = [one for one in rows if wanted.get(one[0]) == one[1]]
        return {_chain(page): [place, digest] for page, place, digest in found}


class Link(models.Model):
    """One row of the record as it was written, bound to the link before by its hash."""

    # None for the chain of events without a page, such as changes of roles.
    page = models.ForeignKey(Page, models.PROTECT, null=True, related_name="links")
    place = models.PositiveIntegerField()
    # Which row: "event", "verdict", "publication", "revision", …, and its id.
    table = models.CharField(max_length=30)
    row = models.BigIntegerField()
    # The bound columns, in the form of canonical JSON (RFC 8785).
    payload = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "place"], name="chain_has_one_link_at_a_place", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["table", "row"], name="link_of_a_row")]

    def __str__(self) -> str:
        """Return chain and place."""
        chain = f"of page {self.page_id}" if self.page_id else "of the site"
        return f"place {self.place} of the chain {chain}"

    def recomputed(self) -> str:
        """Return the digest, computed again from the other columns."""
        return link_digest(
            chain=self.page_id,
            place=self.place,
            table=self.table,
            row=self.row,
            payload=self.payload,
            previous=self.previous,
        )


NEWEST_ANCHOR_FIRST: Final = KeyOrder.downward(number("pk"))


_ADD: Final = """
INSERT INTO wiki_anchor (day, made_at, heads, last_link, previous, digest) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (previous) DO NOTHING RETURNING id"""


class AnchorQuerySet(models.QuerySet["Anchor"]):
    """Queries on anchors."""

    def newest_first(self) -> Self:
        """Order by when they were made, newest first; without the heads."""
        return self.defer("heads").order_by(*NEWEST_ANCHOR_FIRST.by)

    @prepared_row
    def newest(self) -> Self:
        """Return the last one, without the heads."""
        return self.newest_first()[:1]

    @prepared_row
    def newest_with_heads(self) -> Self:
        """Return the last one."""
        return self.order_by(*NEWEST_ANCHOR_FIRST.by)[:1]

    def newest_before(self, day: dt.date) -> "Anchor | None":
        """Return the last anchor of an earlier day."""
        return self.newest_first().filter(day__lt=day).first()

    def add(self, anchor: "Anchor") -> "Anchor | None":
        """Save an anchor and return it; None if another one follows the same one already. One query."""
        heads = Anchor._meta.get_field("heads").get_db_prep_save(anchor.heads, connection)
        values = [anchor.day, anchor.made_at, heads, anchor.last_link, anchor.previous, anchor.digest]
        with connection.cursor() as cursor:
            cursor.execute(_ADD, values)
            if (row := cursor.fetchone()) is None:
                return None
        (anchor.pk,) = row
        anchor._state.adding, anchor._state.db = False, connection.alias
        return anchor

    def in_order(self) -> Iterator["Anchor"]:
        """Yield all from the first on, a few at a time."""
        yield from self.order_by("pk").iterator(chunk_size=100)


class Anchor(models.Model):
    """One hash over the ends of the chains that grew since the last anchor; keep a copy elsewhere."""

    day = models.DateField()
    made_at = models.DateTimeField()
    # Chain (page id, "" for none, "rows") → [place, digest] of its newest link.
    heads = models.JSONField()
    # The id of the newest link when the anchor was made; later links are not anchored yet.
    last_link = models.BigIntegerField(default=0)
    # Unique, so that two anchors made at the same time cannot follow the same one.
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)

    objects = AnchorQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the day and its hash."""
        return f"{self.day}: {self.digest}"

    def as_json(self) -> dict[str, Any]:
        """Return all that its digest is computed from, and the digest."""
        return {
            "day": self.day.isoformat(),
            "made_at": str(plain(self.made_at)),
            "digest": self.digest,
            "previous": self.previous,
            "heads": self.heads,
        }

    def recomputed(self) -> str:
        """Return the digest, computed again from the other columns."""
        return anchor_digest(day=self.day, made_at=self.made_at, heads=self.heads, previous=self.previous)
