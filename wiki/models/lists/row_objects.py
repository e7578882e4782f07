"""Objects of prepared queries: how rows become them is found out once for a query, not each time."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.compiler import SQLCompiler

type DatabaseRow = Sequence[Any]


def object_maker(rows: Any, compiler: SQLCompiler) -> Callable[[DatabaseRow], Any] | None:
    """Return what makes of a row of the database what the queryset has for it: an object, a tuple, a value.

    `compiler` has composed the query. Returns None for what only Django's own way makes: dictionaries, and
    objects that fetch for each other.
    """
    kind, mode = rows._iterable_class, rows._fetch_mode
    if compiler.has_composite_fields([one for one, *_ in compiler.select]):
        return None
    if kind is FlatValuesListIterable:
        return _first
    if kind is ValuesListIterable:
        return tuple
    if kind is not ModelIterable or mode.track_peers or rows._known_related_objects:
        return None
    select, klass_info = compiler.select, compiler.klass_info
    columns = klass_info["select_fields"]
    start, end = columns[0], columns[-1] + 1
    make = _quick_from_db(klass_info["model"], mode)
    names = [one.target.attname for one, *_ in select[start:end]]
    related = get_related_populators(klass_info, select, rows.db, mode)
    _make_quickly(related, mode)
    more = [*(compiler.annotation_col_map or {}).items()]
    database = rows.db

    def of_row(row: DatabaseRow) -> Any:
        made = make(database, names, row[start:end])
        for one in related:
            one.populate(row, made)
        for name, column in more:
            setattr(made, name, row[column])
        return made

    return of_row


def _first(row: DatabaseRow) -> Any:
    return row[0]


def _make_quickly(populators: list[Any], mode: Any) -> None:
    for one in populators:
        one.from_db = _quick_from_db(one.model_cls, mode)
        _make_quickly(one.related_populators, mode)


def _quick_from_db(
    model: type[models.Model], mode: Any
) -> Callable[[str, list[str], DatabaseRow], models.Model]:
    """Return `from_db` of a model; without the detours of `__init__` where the model takes none."""
    if not _is_plain(model):
        return lambda database, names, values: model.from_db(database, names, values, fetch_mode=mode)
    new_state = models.base.ModelState

    def from_db(database: str, names: list[str], values: DatabaseRow) -> models.Model:
        made = model.__new__(model)
        state = new_state()
        state.adding, state.db, state.fetch_mode = False, database, mode
        kept = made.__dict__
        kept["_state"] = state
        kept.update(zip(names, values, strict=True))
        return made

    return from_db


def _is_plain(model: type[models.Model]) -> bool:
    """Return whether creating an object does nothing but keep the values of its columns."""
    own = {name for one in model.__mro__ if one not in (models.Model, object) for name in vars(one)}
    attributes = [getattr(model, one.attname) for one in model._meta.concrete_fields]
    return (
        own.isdisjoint({"__init__", "__new__", "__setattr__", "from_db"})
        and not (pre_init.has_listeners(model) or post_init.has_listeners(model))
        and all(
            isinstance(one, ForeignKeyDeferredAttribute) or not hasattr(type(one), "__set__")
            for one in attributes
        )
    )
