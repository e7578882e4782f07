"""The statements and the rows of data sets that an answer rests on, of whatever number, in one query."""

from collections.abc import Collection
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from wiki.models.data_sets.entries import DataRelease, DataRow, Entry
from wiki.models.sources import Source
from wiki.models.statements import Statement

_STATEMENT: Final = ("id", "subject_id", "object_id", "relation", "stance", "grade", "frequency", "note")
_ROW: Final = ("key", "subject_id", "object_id", "relation", "denied", "frequency", "sources")
_ENDS: Final = ("subject", "object")


def statements_and_rows(
    statements: Collection[int], rows: Collection[str]
) -> tuple[dict[int, Statement], dict[str, DataRow]]:
    """Return statements that readers see, by id, with both names and the works that they rest on, and rows of
    data sets, by key, with both ends, their pages and the release. Only what a step shows is loaded.
    """
    parts = [
        *([_statements_as_json(statements)] if statements else ()),
        *([_rows_as_json(rows)] if rows else ()),
    ]
    found = list(parts[0].union(*parts[1:], all=True)) if parts else []
    seen = (_statement(told) for is_row, told in found if not is_row)
    kept = (_row(told) for is_row, told in found if is_row)
    return {one.pk: one for one in seen}, {one.pk: one for one in kept}


def _statements_as_json(ids: Collection[int]) -> "models.QuerySet[Any, Any]":
    works = Source.objects.filter(citations__statement=models.OuterRef("pk")).order_by("pk").distinct()
    told = JSONObject(
        **{name: name for name in _STATEMENT},
        **{f"{end}_{name}": f"{end}__published_page__{name}" for end in _ENDS for name in ("title", "slug")},
        works=ArraySubquery(works.values(work=JSONObject(pk="pk", text="text"))),
    )
    return Statement.objects.public().filter(pk__in=ids).values_list(models.Value(False), told)


def _rows_as_json(keys: Collection[str]) -> "models.QuerySet[Any, Any]":
    told = JSONObject(
        **{name: name for name in _ROW},
        **{end: JSONObject(id=f"{end}__id", code=f"{end}__code", name=f"{end}__name") for end in _ENDS},
        **{f"{end}_pages": f"{end}_pages" for end in _ENDS},
        release=JSONObject(id="release__id", data_set="release__data_set", version="release__version"),
    )
    return DataRow.objects.filter(pk__in=keys).with_pages().values_list(models.Value(True), told)


def _statement(told: dict[str, Any]) -> Statement:
    one = Statement(**{name: told.pop(name) for name in _STATEMENT})
    vars(one).update(told)
    return one


def _row(told: dict[str, Any]) -> DataRow:
    release = DataRelease(**told["release"])
    subject, object_ = (Entry(release=release, **told[end]) for end in _ENDS)
    own = {name: told[name] for name in _ROW if not name.endswith("_id")}
    one = DataRow(release=release, subject=subject, object=object_, **own)
    one.subject_pages, one.object_pages = told["subject_pages"], told["object_pages"]
    return one
