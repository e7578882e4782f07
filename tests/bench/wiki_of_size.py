"""A wiki of as many pages as one likes, from a seed: what the acts wrote of one page is copied by COPY.

Each page has 42 words by Zipf's law, a source and an alias of its own, four links and two statements. They
lead to pages that many lead to already (preferential attachment); every second page links to the hub. On
every tenth a change waits, and one page has as many versions as changes wait. The triggers run only for what
search reads; the digests of copies are not computed.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from django.apps import apps
from django.db import connection
from django.utils import timezone

from tests import cast
from wiki.models import Page, User
from wiki.models.search import ranking, suggestions
from wiki.policy.due_dates import due_after

SEED: Final = 22
# Words of the pattern. A copy has others in their place.
PATTERN, ALIAS, HUB, LONG = "Patternpagek", "Patternnamek", "Thehubk", "Thelonghistoryk"
ENDS: Final = ("Endonek", "Endtwok", "Endthreek", "Endfourk")
# The first pages that others lead to; no word of a copy may be one of the pattern.
FIRST: Final = ("Gout", "Rickets", "Scurvy", "Beriberi")
WORDS: Final = [f"zipfword{chr(97 + n // 26)}{chr(97 + n % 26)}k" for n in range(42)]
PMID: Final = 90_000_000
# Written by triggers or jobs, or about no page.
NOT_COPIED: Final = {"rowstate", "anchor", "storedanswer", "publicchange", "posting", "nameword", "spelling"}
# What search reads is derived by the triggers of these.
WITH_TRIGGERS: Final = ("publishedpage", "name")
# The ids of the pattern, a range for each table: no other number in any column is like one of them.
FIRST_ID, IDS_A_TABLE = 880_000_000, 10_000
# Where the ids of copies begin: of pages, of waiting changes, of versions.
PAGES_FROM, WAITING_FROM, VERSIONS_FROM = 1_000, 100_000_000, 200_000_000
SYLLABLES: Final = [a + b for a in "bdfgklmnprtvz" for b in "aeiou"]
AT_ONCE: Final = 1000
DAYS: Final = 3650
A_DAY: Final = dt.timedelta(days=1)

# Of each table the rows as text, as COPY takes them.
Rows = dict[str, list[list[str | None]]]
type Tokens = dict[str, str]


@dataclass(frozen=True)
class WikiOfSize:
    """A wiki that was built: its people, the page to which half of all link, the one with many versions."""

    pages: int
    people: dict[str, User]
    hub: int
    long: int


@dataclass(frozen=True)
class Pattern:
    """What the acts wrote of a page, of a change that waits on it, and of a later version of another page."""

    page: Rows
    waiting: Rows
    version: Rows
    ends: list[Page]
    first: list[tuple[str, str]]
    hub: Page
    long: Page


def word_of(number: int) -> str:
    """Return a word that no other number has; those of neighbouring numbers begin differently."""
    left, found = number * 104_729 % len(SYLLABLES) ** 3, ""
    for _ in range(3):
        left, one = divmod(left, len(SYLLABLES))
        found = SYLLABLES[one] + found
    return found


def slug_of(number: int) -> str:
    """Return the address of the page with a number."""
    return f"{word_of(number)}osis"


def build(pages: int, *, versions: int = 0) -> WikiOfSize:
    """Fill an empty database with a wiki of so many pages; return it.

    One page has so many `versions`, or a tenth as many as there are pages.
    """
    people = {name: cast.make_user(name, name) for name in ("clinician", "moderator")}
    people["colleague"] = cast.make_user("colleague", "clinician")
    _number_from(FIRST_ID)
    pattern = _pattern(people)
    ranking.count_words()  # the usual length of a page is known before the words of copies are written
    for rows in _chunks(pattern, pages):
        _copy(rows)
    _give_history(pattern.version, pattern.long, versions or max(pages // 10, 10))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    ranking.count_words()
    suggestions.choose_names()
    return WikiOfSize(pages, people, pattern.hub.pk, pattern.long.pk)


# --- The pattern ------------------------------------------------------------------------------------------


def _pattern(people: dict[str, User]) -> Pattern:
    author, moderator = people["clinician"], people["moderator"]
    cast.make_source(author)
    ends = [cast.make_page(author, moderator, title) for title in ENDS]
    hub, long = (cast.make_page(author, moderator, title) for title in (HUB, LONG))
    first = [(title, str(cast.make_page(author, moderator, title).pk)) for title in FIRST]
    before = _keys()
    cast.make_source(author, f"pmid:{PMID}")
    page = cast.make_page(author, moderator, PATTERN, aliases=(ALIAS,), **_text(ends))
    cast.review_whole(page, moderator)
    rows, before = _new_rows(before)
    place = _tables()["link"].index("page_id")
    rows["link"] = [link for link in rows["link"] if link[place]]  # the chain of no page is one alone
    cast.propose_change(page, people["colleague"], summary="What a colleague would say.")
    waiting, before = _new_rows(before)
    cast.approve(cast.propose_change(long, author, summary="Once more."), moderator)
    version, _ = _new_rows(before)
    return Pattern(rows, waiting, version, ends, first, hub, long)


def _text(ends: Sequence[Page]) -> dict[str, object]:
    headings = ("What it is", "Treatment", "Outlook")
    parts = (
        f"## {heading}\n\nIt goes with {' '.join(WORDS[n :: len(headings)])}.\n\n"
        for n, heading in enumerate(headings)
    )
    links = ", ".join(f"[[{title}]]" for title in ENDS)
    body = f"{''.join(parts)}See {links}. It was seen in a cohort [@pmid:{PMID}]."
    rows = tuple(cast.statement(one, sources=(f"pmid:{PMID}",)) for one in ends[:2])
    return {"body": body, "statements": rows}


def _tables() -> dict[str, list[str]]:
    """Return the tables that are copied, without their prefix, and the columns of each, its key first."""
    models = apps.get_app_config("wiki").get_models(include_auto_created=True)
    found = {}
    with connection.cursor() as cursor:
        for table in (one._meta.db_table for one in models):
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                " AND NOT attisdropped AND attgenerated = '' ORDER BY attname <> 'id', attnum",
                [table],
            )
            found[table.removeprefix("wiki_")] = [name for (name,) in cursor.fetchall()]
    return {table: columns for table, columns in found.items() if table not in NOT_COPIED}


def _number_from(first: int) -> None:
    with connection.cursor() as cursor:
        for place, (table, columns) in enumerate(_tables().items()):
            if columns[0] == "id":
                sequence = f"pg_get_serial_sequence('wiki_{table}', 'id')"
                cursor.execute(f"SELECT setval({sequence}, %s)", [first + place * IDS_A_TABLE])


def _keys() -> dict[str, set[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table, (key, *_) in _tables().items():
            cursor.execute(f"SELECT {key}::text FROM wiki_{table}")
            found[table] = {one for (one,) in cursor.fetchall()}
    return found


def _new_rows(before: dict[str, set[str]]) -> tuple[Rows, dict[str, set[str]]]:
    """Return the rows written since, and the keys of all rows that there are now."""
    now, columns, found = _keys(), _tables(), {}
    with connection.cursor() as cursor:
        for table, keys in now.items():
            if new := [*(keys - before[table])]:
                key, read = columns[table][0], ", ".join(f'"{name}"::text' for name in columns[table])
                where = f"WHERE {key}::text = ANY(%s) ORDER BY {key}"
                cursor.execute(f"SELECT {read} FROM wiki_{table} {where}", [new])
                found[table] = [list(row) for row in cursor.fetchall()]
    return found, now


# --- Copies -----------------------------------------------------------------------------------------------


class Copier:
    """Copies rows: in each cell, other words and ids stand where the pattern has its own."""

    def __init__(self, rows: Rows, *, first: int) -> None:
        """Remember the rows; the ids of copies begin at `first`."""
        self._rows, self._first = rows, first
        # Of each row, the columns in which something is replaced, and what; known with the first copy.
        self._places: dict[str, list[list[tuple[int, list[str]]]]] = {}

    def ids(self, number: int) -> Tokens:
        """Return the ids of one copy, by those of the pattern."""
        return {
            str(row[0]): str(self._first + number * len(rows) + place)
            for rows in self._rows.values()
            for place, row in enumerate(rows)
            if str(row[0]).startswith(str(FIRST_ID)[:2])
        }

    def add(self, found: Rows, tokens: Tokens) -> None:
        """Add one copy to the rows that are written together."""
        if not self._places:
            self._places = {
                table: [_places(row, tokens) for row in rows] for table, rows in self._rows.items()
            }
        for table, rows in self._rows.items():
            for row, places in zip(rows, self._places[table], strict=True):
                new = list(row)
                for column, words in places:
                    value = str(new[column])
                    for word in words:
                        value = value.replace(word, tokens[word])
                    new[column] = value
                found.setdefault(table, []).append(new)


def _places(row: list[str | None], tokens: Tokens) -> list[tuple[int, list[str]]]:
    named = ((place, [one for one in tokens if one in (value or "")]) for place, value in enumerate(row))
    return [(place, words) for place, words in named if words]


def _chunks(pattern: Pattern, pages: int) -> Iterator[Rows]:
    """Yield the rows of all copies, a thousand pages at a time."""
    chance = random.Random(SEED)  # noqa: S311  no secret
    vocabulary = [f"{word_of(n)}k" for n in range(min(20_000, 20 * pages))]
    weights = list(accumulate(1 / (n + 1) for n in range(len(vocabulary))))
    page = Copier(pattern.page, first=PAGES_FROM)
    waiting = Copier(pattern.waiting, first=WAITING_FROM)
    leading = [*pattern.first]
    hub = (HUB, str(pattern.hub.pk))
    found: Rows = {}
    for number in range(pages):
        title, ids = slug_of(number).capitalize(), page.ids(number)
        ends = _different(chance, leading)
        if number % 2:
            ends[-1] = hub
        tokens = {PATTERN: title, ALIAS: f"Alias{word_of(number)}"}
        tokens |= {old: new for old, (new, _) in zip(ENDS, ends, strict=True)}
        tokens |= dict(zip(WORDS, chance.choices(vocabulary, cum_weights=weights, k=len(WORDS)), strict=True))
        tokens |= {old.lower(): new.lower() for old, new in tokens.items()}
        tokens |= {str(old.pk): new for old, (_, new) in zip(pattern.ends, ends, strict=True)}
        tokens |= ids | {str(PMID): str(PMID + number + 1)} | _days(chance)
        page.add(found, tokens)
        if number % 10 == 0:
            waiting.add(found, tokens | waiting.ids(number // 10))
        leading += [(title, ids[str(pattern.page["page"][0][0])]), *ends[:2]]
        if number % AT_ONCE == AT_ONCE - 1 or number == pages - 1:
            yield found
            found = {}


def _different(chance: random.Random, leading: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return as many pages as there are ends; those that many lead to already are drawn more often."""
    found: dict[tuple[str, str], None] = {}
    while len(found) < len(ENDS):
        found[chance.choice(leading)] = None
    return [*found]


def _days(chance: random.Random) -> Tokens:
    """Return the days of a page: written within ten years, due again within three; a fiftieth is overdue."""
    now = timezone.now()
    written = now.date() - chance.randrange(1, DAYS) * A_DAY
    due = now.date() + chance.randrange(-20, 980) * A_DAY
    return {f"{now.date()}": f"{written}", f"{due_after(now, 'condition')}": f"{due}"}


def _copy(rows: Rows) -> None:
    columns = _tables()
    with connection.cursor() as cursor:
        for triggers, tables in (("replica", rows.keys() - WITH_TRIGGERS), ("origin", WITH_TRIGGERS)):
            cursor.execute(f"SET session_replication_role = {triggers}")
            for table in sorted(set(tables) & rows.keys()):
                named = ", ".join(f'"{name}"' for name in columns[table])
                with cursor.copy(f"COPY wiki_{table} ({named}) FROM STDIN") as copy:
                    for row in rows[table]:
                        copy.write_row(row)


def _give_history(version: Rows, page: Page, versions: int) -> None:
    """Copy a version of a page so often, each in force for a part of ten years, before the live one."""
    copier, columns, found = Copier(version, first=VERSIONS_FROM), _tables(), Rows()
    now, step = timezone.now().replace(microsecond=0), DAYS * A_DAY / (versions + 1)
    first = now - (versions + 1) * step
    links = len(version["link"])

    for number in range(versions):
        begin, rows = first + number * step, Rows()
        copier.add(rows, copier.ids(number) | {f"{now.date()}": f"{begin.date()}"})
        for row in rows["revision"]:
            _add(row, columns["revision"].index("number"), number)
        for row in rows["publication"]:
            row[columns["publication"].index("in_force")] = f'["{begin}","{begin + step}")'
            row[columns["publication"].index("ending")] = "replaced"
        for row in rows["link"]:
            _add(row, columns["link"].index("place"), number * links)
        for table, some in rows.items():
            found.setdefault(table, []).extend(some)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        ended, live = f"page_id = {page.pk} AND NOT upper_inf(in_force)", version["revision"][0][0]
        cursor.execute(
            f"UPDATE wiki_publication SET in_force = tstzrange(%s, %s) WHERE {ended}", [first - A_DAY, first]
        )
        cursor.execute(f"UPDATE wiki_revision SET number = number + {versions} WHERE id = {live}")
        own = ", ".join(str(row[0]) for row in version["link"])
        cursor.execute(f"UPDATE wiki_link SET place = place + {versions * links} WHERE id IN ({own})")
    _copy(found)


def _add(row: list[str | None], column: int, number: int) -> None:
    row[column] = str(int(str(row[column])) + number)
