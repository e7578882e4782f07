"""Whether texts that no published page has any more hold what somebody looks for."""

from collections.abc import Iterable

from django.db import connection

from wiki.text.search.question import all_of
from wiki.text.search.vector import vector_of


def hold(texts: Iterable[str], words: str) -> bool:
    """Return whether some texts together hold what a page must hold to be one of `matching(words)`."""
    vector, _ = vector_of(tuple(("D", text) for text in texts))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, all_of(words)])
        return bool(cursor.fetchone()[0])
