"""Contradictions across the whole wiki: statements against each other and against rows of data sets."""

from dataclasses import dataclass
from typing import Final

from django.db import connection, models

from wiki.domain.relations import LEADS_TO, RELATIONS

HELPING: Final = ("treats", "first_line_for", "prevents")
BOTH_WAYS: Final = tuple(one.id for one in RELATIONS.values() if one.symmetric)


class ContradictionKind(models.TextChoices):
    """How two contradict each other."""

    SUPPORTED = "supported-or-not", "Said to be so, and said to be unsupported"
    HARM = "treats-or-harms", "A treatment, and a contraindication"
    FREQUENCIES = "frequencies", "Frequencies that do not overlap"
    CERTAINTY = "certainty", "Certainty two steps apart"
    INHERITANCE = "inheritance", "Different inheritance"
    DENIED = "denied", "A page says so, a data set says not"
    NOT_HERE = "not-supported-here", "A data set says so, a page says that it is unsupported"


@dataclass(frozen=True)
class Contradiction:
    """A statement, and what contradicts it: another one or a row."""

    kind: ContradictionKind
    statement: int
    other: int | None
    row: str | None


def contradictions() -> list[Contradiction]:
    """Return all of them, by kind; one query, which compares sets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT * FROM causeway_contradictions(%s, %s, %s) ORDER BY 1, 2, 3, 4",
            [sorted(LEADS_TO), list(HELPING), list(BOTH_WAYS)],
        )
        rows = cursor.fetchall()
    return [Contradiction(ContradictionKind(kind), *more) for kind, *more in rows]
