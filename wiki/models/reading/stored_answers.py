"""Answers to anonymous readers, kept as bytes until something that they show changes. Derived."""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import psycopg
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction

from wiki.models.reading.loop_connection import LoopConnection

# What an answer shows that lists many pages: `sql/stored_answers.sql` drops it with every change.
LISTS: Final = 0
# Answers that nobody asked for again make room, oldest first.
MOST: Final = 100_000
# Longer than any answer takes to be made; then a change is no longer of interest to one that is being made.
KEPT: Final = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Moment:
    """What the database says before an answer is made: what is committed, how long that stays true."""

    snapshot: str
    good_until: dt.datetime


class Kept(NamedTuple):
    """An answer to be stored: its ETag, header fields and body (gzip)."""

    etag: str
    headers: dict[str, str]
    body: bytes


def etag_of(key: str, headers: Mapping[str, str], content: bytes, secret: str = "") -> str:
    """Return the ETag of an answer: a digest that nobody can make without the secret of this site.

    So whoever writes into the table alone is found out (`published/stored_answers.py`).
    """
    told = json.dumps([key, sorted(headers.items())]).encode()
    made = hmac.new((secret or settings.SECRET_KEY).encode(), told + b"\n" + content, hashlib.sha256)
    return f'W/"{made.hexdigest()[:32]}"'


class LoadedAnswer(NamedTuple):
    """What is stored of an answer, in the form that was asked for; no body for who has it already.

    The header fields are as they are stored (JSON). `shows` are the pages that it shows, `seconds` how long
    a cache in front may keep it.
    """

    counted: int | None
    etag: str
    headers: str
    body: bytes | None
    is_brotli: bool
    has_brotli: bool
    shows: Sequence[int]
    seconds: int


class StoredAnswerManager(models.Manager["StoredAnswer"]):
    """Reads and writes of stored answers."""

    def at(self, key: str, *, brotli: bool, etags: str = "") -> LoadedAnswer | None:
        """Return what is stored under a key, if it is good now; without the body if its ETag is among some.

        This is the whole of what most readers cost, so it goes past Django's cursor: PostgreSQL keeps the
        plan, and sends the bytes as they are.
        """
        connection.ensure_connection()
        prepares = not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
        with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
            row = cursor.execute(_AT, [key, etags, brotli], prepare=prepares, binary=True).fetchone()
        return LoadedAnswer(*row) if row else None

    async def at_in_loop(self, key: str, *, brotli: bool, etags: str = "") -> LoadedAnswer | None:
        """Return the same as `at`, for an event loop that waits for nothing else; raises `DatabaseError`."""
        row = await IN_LOOP.row([key.encode(), etags.encode(), b"t" if brotli else b"f"])
        return LoadedAnswer(*row) if row else None

    def add_brotli(self, key: str, etag: str, body: bytes) -> None:
        """Keep an answer in its smallest form too, as long as it is still the same."""
        self.filter(key=key, etag=etag).update(brotli=body)

    def moment(self) -> Moment:
        """Return the present moment of the database, to be asked for before an answer is made.

        An answer is good until the next moment at which the clock alone changes what readers get: a day
        ends, a correction lapses, a protection or a suspension ends. What was due within the last minute
        still counts: the clock of a server may be behind that of the database.
        """
        with connection.cursor() as cursor:
            cursor.execute(_MOMENT, {"zone": settings.TIME_ZONE})
            return Moment(*cursor.fetchone())

    def put(
        self,
        key: str,
        kept: Kept,
        moment: Moment,
        *,
        slug: str = "",
        counts: bool = False,
        edge_seconds: int = 0,
    ) -> bool:
        """Keep an answer that was made since a moment, unless it may be out of date; return whether it is.

        With a slug it shows that page and its neighbours, else it lists pages. `counts` says whether each
        answer counts as a view of that page.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            # Who changes what readers see holds this lock from the drop to the commit. Nobody waits here.
            cursor.execute("SELECT pg_try_advisory_xact_lock(51717, 4)")
            if not cursor.fetchone()[0]:
                return False
            # Only now, so that it sees whatever was committed before the lock was ours.
            cursor.execute(
                _PUT,
                {
                    "key": key,
                    "etag": kept.etag,
                    "headers": json.dumps(kept.headers),
                    "body": kept.body,
                    "counts": counts,
                    "edge_seconds": edge_seconds,
                    "good_until": moment.good_until,
                    "snapshot": moment.snapshot,
                    "slug": slug,
                },
            )
            return bool(cursor.rowcount == 1)

    def make_room(self) -> int:
        """Delete what is out of date, and the oldest where there is too much; return how many went."""
        PublicChange.objects.filter(at__lt=models.functions.Now() - KEPT).delete()
        late, _ = self.filter(good_until__lte=models.functions.Now()).delete()
        newest = self.order_by("-stored_at").values("pk")[MOST:]
        many, _ = self.filter(pk__in=newest).delete()
        return late + many


# Parameters: the key, the ETags of what a browser has, whether it reads brotli.
_AT: Final = b"""
SELECT counted, etag, headers::text,
    CASE WHEN strpos($2, etag) > 0 THEN NULL WHEN $3 THEN coalesce(brotli, body) ELSE body END,
    $3 AND brotli IS NOT NULL, brotli IS NOT NULL,
    shows, least(edge_seconds, floor(extract(epoch FROM good_until - clock_timestamp()))::int)
FROM wiki_storedanswer WHERE key = $1 AND good_until > clock_timestamp()
"""
# The connection of the server's event loop.
IN_LOOP: Final = LoopConnection(_AT)

_MOMENT: Final = """
WITH clock AS (SELECT clock_timestamp() - interval '1 minute' AS earlier)
SELECT pg_current_snapshot()::text, least(
    (date_trunc('day', earlier AT TIME ZONE %(zone)s) + interval '1 day') AT TIME ZONE %(zone)s,
    (SELECT min(lapses_at) FROM wiki_correction WHERE lapses_at > earlier),
    (SELECT min(protected_until) FROM wiki_page WHERE protected_until > earlier),
    (SELECT min(suspended_until) FROM wiki_user WHERE suspended_until > earlier)
) FROM clock
"""

_PUT: Final = """
WITH shown AS (SELECT page_id FROM wiki_address WHERE slug = %(slug)s)
INSERT INTO wiki_storedanswer (key, etag, headers, body, edge_seconds, counted, good_until, stored_at, shows)
SELECT %(key)s, %(etag)s, %(headers)s, %(body)s, %(edge_seconds)s,
    (SELECT page_id FROM shown WHERE %(counts)s),
    %(good_until)s, clock_timestamp(), CASE
    WHEN %(slug)s = '' THEN ARRAY[0]
    ELSE ARRAY(
        SELECT page_id FROM shown
        UNION SELECT subject_id FROM wiki_statement WHERE object_id IN (SELECT page_id FROM shown)
        UNION SELECT object_id FROM wiki_statement WHERE subject_id IN (SELECT page_id FROM shown)
        UNION SELECT target_id FROM wiki_mention
            WHERE page_id IN (SELECT page_id FROM shown) AND target_id IS NOT NULL
    )
END
WHERE NOT EXISTS (
    SELECT FROM wiki_publicchange
    WHERE "transaction" >= pg_snapshot_xmin(%(snapshot)s)::text::bigint
      AND NOT pg_visible_in_snapshot("transaction"::text::xid8, %(snapshot)s)
) AND %(good_until)s > clock_timestamp()
ON CONFLICT (key) DO UPDATE
SET (etag, headers, body, edge_seconds, brotli, counted, good_until, stored_at, shows) = (
    excluded.etag, excluded.headers, excluded.body, excluded.edge_seconds, NULL,
    excluded.counted, excluded.good_until, excluded.stored_at, excluded.shows
)
"""


class StoredAnswer(models.Model):
    """An answer as it was made for whoever asked first, with the pages whose changes drop it. Derived."""

    key = models.CharField(max_length=64, primary_key=True)
    etag = models.CharField(max_length=40)
    headers = models.JSONField()
    body = models.BinaryField(help_text="compressed with gzip")
    brotli = models.BinaryField(null=True, help_text="the same, compressed with brotli, if it is read often")
    edge_seconds = models.PositiveSmallIntegerField(help_text="how long a cache in front may keep it")
    counted = models.BigIntegerField(null=True, help_text="the page of which each answer counts as a view")
    good_until = models.DateTimeField()
    stored_at = models.DateTimeField()
    shows = ArrayField(models.BigIntegerField(), help_text="pages; 0 stands for lists of pages")

    objects = StoredAnswerManager()

    class Meta:
        indexes = [
            GinIndex(fields=["shows"], name="stored_answer_by_page"),
            models.Index(fields=["stored_at"], name="stored_answer_by_age"),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    """Queries on what caches in front are to forget."""

    def unsent_to(self, edge: str) -> "list[PublicChange]":
        """Return the changes that a cache was not told of yet, oldest first."""
        return list(self.exclude(sent_to__contains=[edge]).order_by("at", "pk"))

    def mark_sent(self, changes: "Sequence[PublicChange]", edge: str) -> None:
        """Note that a cache was told of some changes, unless they have grown since."""
        for one in changes:
            told = models.Func(models.F("sent_to"), models.Value(edge), function="array_append")
            self.filter(pk=one.pk, at=one.at, shows=one.shows).update(sent_to=told)


class PublicChange(models.Model):
    """A transaction that changed something that readers see. Written by `sql/stored_answers.sql`."""

    transaction = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_default=models.functions.Now())
    shows = ArrayField(models.BigIntegerField(), help_text="pages; 0 stands for lists of pages, -1 for all")
    sent_to = ArrayField(
        models.CharField(max_length=500), db_default=[], help_text="caches in front that were told"
    )

    objects = PublicChangeQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the transaction’s number."""
        return str(self.transaction)
