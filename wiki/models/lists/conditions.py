"""Conditions for which the database looks rows up one by one, and reads no table beforehand."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.lookups import IsNull


class ExistsForEach(models.Exists):
    """As `Exists`, but never answered for all rows of a table beforehand.

    Beside an OR PostgreSQL reads everything that the subquery may hold into memory, as soon as it believes
    that many rows will ask. It does not where the subquery has an OFFSET, so lists of fifty rows look up
    fifty.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def has_any(rows: "models.QuerySet[Any, Any]", *order: str) -> IsNull:
    """Return the condition that there is a row, of which the index of an order finds the first.

    Without the order PostgreSQL reads the table from its start, as it expects to meet a row soon.
    """
    return IsNull(models.Subquery(rows.order_by(*order).values("pk")[:1]), False)


def is_any_of(column: str, keys: Combinable | Sequence[object]) -> Combinable:
    """Return the condition that a column holds one of the keys of an array.

    Of a set, PostgreSQL cannot tell how few they are, and would read all rows.
    """
    condition = models.Func(column, keys, template="(%(expressions)s))", arg_joiner=" = ANY (")
    return models.ExpressionWrapper(condition, output_field=models.BooleanField())
