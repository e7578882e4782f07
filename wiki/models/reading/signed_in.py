"""What a page for somebody signed in needs to know: session, person, what they read before, the stored body.

It is one question, composed of the queries that ask for each part alone elsewhere.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple, Self

import psycopg
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models.functions import Now

from wiki.models.events import counts_of_header
from wiki.models.lists.prepared import Placeholder, prepared_row
from wiki.models.published_pages import PublishedPage, PublishedPageQuerySet
from wiki.models.reading.stored_answers import IN_LOOP
from wiki.models.users import User


class ReadBefore(NamedTuple):
    """A published page, and which version of it somebody read before."""

    slug: str
    page_id: int
    revision_id: int
    number: int
    author_id: int | None
    last_read: int | None
    has_read: bool

    @classmethod
    def at(cls, slug: str, person_id: int) -> Self | None:
        """Return the page at an address, as one person has read it; None where there is none."""
        row = _read_at(PublishedPageQuerySet(PublishedPage), slug, person_id)
        return cls(*row) if row else None

    @classmethod
    def from_page(cls, page: PublishedPage) -> Self:
        """Return the same of a page that was loaded for one person."""
        told: Any = page
        revision = page.publication.revision
        return cls(
            *(page.slug, page.page_id, revision.pk, page.number, revision.author_id),
            *(told.last_read, told.has_read),
        )


def _read_by(slug: Any, person_id: Any) -> "models.QuerySet[PublishedPage, tuple[Any, ...]]":
    revision = "publication__revision"
    columns = ("slug", "page_id", f"{revision}_id", f"{revision}__number", f"{revision}__author_id")
    rows = PublishedPageQuerySet(PublishedPage).read_by(person_id).filter(slug=slug)
    return rows.values_list(*columns, "last_read", "has_read")


@prepared_row
def _read_at(
    _pages: PublishedPageQuerySet, slug: str, person_id: int
) -> "models.QuerySet[PublishedPage, tuple[Any, ...]]":
    return _read_by(slug, person_id)


class SignedInReader(NamedTuple):
    """Who a session may belong to, and what is stored for them; each is None where it is not there.

    `session` is the content of the session, which tells whether the person is the one that was asked for.
    """

    session: str
    has_second_step: bool
    person: User | None
    read: ReadBefore | None
    etag: str | None
    headers: str
    body: bytes | None


class ReaderQuestion(NamedTuple):
    """What is asked for: a session, and the person, address and stored answer that probably go with it.

    The body of the stored answer is left out where it has the ETag that is given.
    """

    session_key: str
    person_id: int
    slug: str
    key: str
    etag: str
    second_steps: tuple[str, ...]


def signed_in_reader(asked: ReaderQuestion) -> SignedInReader | None:
    """Return what one question finds; None where no session of that key is open."""
    connection.ensure_connection()
    prepares = not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
        values = [one.decode() for one in _values(asked)]
        row = cursor.execute(_question(), values, prepare=prepares, binary=True).fetchone()
    return _reader(row) if row else None


async def signed_in_reader_in_loop(asked: ReaderQuestion) -> SignedInReader | None:
    """Return the same, for an event loop that waits for nothing else; raises `DatabaseError`."""
    row = await IN_LOOP.row(_values(asked), _question())
    return _reader(row) if row else None


def _values(asked: ReaderQuestion) -> list[bytes]:
    steps = "{" + ",".join(asked.second_steps) + "}"
    told = (asked.session_key, str(asked.person_id), asked.slug, asked.key, asked.etag, steps)
    return [one.encode() for one in told]


def _reader(row: tuple[Any, ...]) -> SignedInReader:
    session, has_second_step, etag, headers, body, *rest = row
    end = len(_columns()) + len(_counts())
    person, read = rest[:end], rest[end:]
    return SignedInReader(
        session,
        has_second_step,
        _person(person) if person[0] is not None else None,
        ReadBefore(*read) if read[0] is not None else None,
        etag,
        headers or "",
        body,
    )


def _person(values: list[Any]) -> User:
    columns = _columns()
    person = User.from_db("default", columns, values[: len(columns)])
    for name, count in zip(_counts(), values[len(columns) :], strict=True):
        setattr(person, name, count)
    return person


@cache
def _columns() -> tuple[str, ...]:
    return tuple(field.attname for field in User._meta.concrete_fields)


@cache
def _counts() -> tuple[str, ...]:
    return tuple(counts_of_header())


_QUESTION: Final = """
SELECT session.session_data, EXISTS (
        SELECT FROM mfa_authenticator WHERE user_id = {person}::bigint AND type = ANY ({steps}::text[])
    ),
    answer.etag, answer.headers::text, CASE WHEN answer.etag <> {etag}::text THEN answer.body END,
    person.*, read.*
FROM ({sessions}) AS session
LEFT JOIN ({people}) AS person ON true
LEFT JOIN ({pages}) AS read ON true
LEFT JOIN wiki_storedanswer AS answer ON answer.key = {key}::text AND answer.good_until > clock_timestamp()
"""


@cache
def _question() -> bytes:
    """Return the question, with its values numbered as `_values` has them."""
    names = ("session", "person", "slug", "key", "etag", "steps")
    numbers = {name: f"${place}" for place, name in enumerate(names, 1)}
    sessions = Session.objects.filter(session_key=Placeholder("session"), expire_date__gt=Now())
    people = User.objects.get_queryset().filter(pk=Placeholder("person")).annotate(**counts_of_header())
    parts = {
        "sessions": sessions.values_list("session_data"),
        "people": people.values_list(*_columns(), *_counts()),
        "pages": _read_by(Placeholder("slug"), Placeholder("person")),
    }
    composed = {name: _numbered(rows, numbers) for name, rows in parts.items()}
    return _QUESTION.format(**numbers, **composed).encode()


def _numbered(rows: "models.QuerySet[Any, Any]", numbers: Mapping[str, str]) -> str:
    """Return the SQL of a query: its placeholders with their numbers, all else it compares with as it is."""
    sql, values = rows.query.get_compiler(using=rows.db).as_sql()
    told = (
        numbers[one.name] if isinstance(one, Placeholder) else psycopg.sql.Literal(one).as_string()
        for one in values
    )
    return str(sql % tuple(told))
