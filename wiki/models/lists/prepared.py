"""Prepared queries: composed once in a process, then asked with other values each time.

Django composes the SQL of a query anew whenever it is asked. Of the short queries that every act asks, that
takes longer than the answer of PostgreSQL.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, cast

from django.db import connections, models
from django.db.models import prefetch_related_objects
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from wiki.models.lists.row_objects import DatabaseRow, object_maker


class Placeholder(models.Expression):
    """Stands for a value of a prepared query while its SQL is composed."""

    def __init__(self, name: str) -> None:
        """Stand for the argument `name`."""
        super().__init__(output_field=models.Field())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return a parameter: this one, until its value is known."""
        return "%s", (self,)


class _PreparedQuery(Query):
    """A query whose compiler has composed its SQL."""

    composed: SQLCompiler
    sql: str
    params: tuple[object, ...]
    # What turns each column into a value of Python, as Django's compiler says.
    converters: dict[int, Any]
    values: Mapping[str, object]

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler = _PreparedCompiler.__new__(_PreparedCompiler)
        kept = {"query": self, "using": using, "connection": connections[using] if using else connection}
        compiler.__dict__.update(self.composed.__dict__ | kept)
        return compiler

    def clone(self) -> "_PreparedQuery":
        copy = _PreparedQuery.__new__(_PreparedQuery)
        copy.__dict__.update(self.__dict__)
        return copy

    def chain(self, klass: Any = None) -> Any:
        return self.clone()


class _PreparedCompiler(SQLCompiler):
    """A compiler that has composed its SQL, and puts the values in."""

    query: _PreparedQuery

    def as_sql(self, *_: object, **__: object) -> Any:
        if self.query.select_for_update and self.connection.get_autocommit():
            raise TransactionManagementError("Rows are locked within a transaction only.")
        values = self.query.values
        return self.query.sql, tuple(
            values[param.name] if isinstance(param, Placeholder) else param for param in self.query.params
        )

    def get_converters(self, _expressions: object) -> dict[int, Any]:
        return self.query.converters


def prepared[**Values, Row](
    compose: Callable[Concatenate[Any, Values], "models.QuerySet[Any, Row]"],
) -> Callable[Concatenate[Any, Values], list[Row]]:
    """Return a method of a queryset that asks the query which `compose` describes, and returns its rows.

    `compose` is called once, with a placeholder for each argument, so no argument may decide what the query
    looks like: a list of keys goes through `is_any_of`, and what depends on the day or a setting is an
    argument. It is a query of the whole table: it raises `TypeError` on rows that were narrowed before.
    """
    names = [*signature(compose).parameters][1:]
    found: list[models.QuerySet[Any, Row]] = []
    makers: dict[str, Callable[[DatabaseRow], Any] | None] = {}

    def compiled(table: "models.QuerySet[Any, Any]") -> Any:
        rows: Any = cast("Any", compose)(table, *map(Placeholder, names))
        compiler = rows.query.get_compiler(using=rows.db)
        query = _PreparedQuery.__new__(_PreparedQuery)
        query.__dict__.update(rows.query.__dict__)
        query.sql, query.params = compiler.as_sql()
        query.converters = compiler.get_converters([one for one, *_ in compiler.select[: compiler.col_count]])
        query.composed = compiler
        rows._query = query  # setting `query` would make rows of values dictionaries
        return rows

    @wraps(compose)
    def ask(self: "models.QuerySet[Any, Any]", *args: Values.args, **kwargs: Values.kwargs) -> list[Row]:
        if self.query.where or self.query.annotations or self.query.is_sliced:
            raise TypeError(f"{compose.__qualname__} is asked of the whole table.")
        if not found:
            found.append(compiled(self))
        values = dict(zip(names, args, strict=False)) | kwargs
        rows: Any = found[0]
        database = rows.db
        if database not in makers:
            makers[database] = object_maker(rows, rows.query.composed)
        if (make := makers[database]) is not None:
            made = [make(one) for one in _rows_of(rows.query, database, values)]
            if made and rows._prefetch_related_lookups:
                prefetch_related_objects(made, *rows._prefetch_related_lookups)
            return made
        rows = rows.all()
        rows.query.values = values
        return list(rows)

    return cast("Callable[Concatenate[Any, Values], list[Row]]", ask)


def _rows_of(query: Any, database: str, values: Mapping[str, object]) -> list[DatabaseRow]:
    """Return what the database has for some values, each column as Python has it."""
    connection, composed = connections[database], query.composed
    if query.select_for_update and connection.get_autocommit():
        raise TransactionManagementError("Rows are locked within a transaction only.")
    params: list[Any] = [values[one.name] if isinstance(one, Placeholder) else one for one in query.params]
    with connection.cursor() as cursor:
        cursor.execute(query.sql, params)
        found: list[Any] = cursor.fetchall()
    if composed.has_extra_select:
        found = [row[: composed.col_count] for row in found]
    if query.converters and found:
        found = [list(row) for row in found]
        for place, (converters, expression) in query.converters.items():
            for row in found:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
    return found


def prepared_row[**Values, Row](
    compose: Callable[Concatenate[Any, Values], "models.QuerySet[Any, Row]"],
) -> Callable[Concatenate[Any, Values], Row | None]:
    """Return the same of a query that has one row at most: a method that returns it, or None."""
    rows = prepared(compose)

    @wraps(compose)
    def ask(self: "models.QuerySet[Any, Any]", *args: Values.args, **kwargs: Values.kwargs) -> Row | None:
        return next(iter(rows(self, *args, **kwargs)), None)

    return cast("Callable[Concatenate[Any, Values], Row | None]", ask)
