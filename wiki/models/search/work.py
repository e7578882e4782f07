"""What a search costs the database."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.db import connection

_TABLES: Final = "wiki_posting, wiki_commonword, wiki_pagevector, wiki_spelling, wiki_name"


def settled() -> None:
    """Leave the tables of search as they are some minutes after a load, once PostgreSQL has tidied them."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {_TABLES}")


def buffers_of(search: Callable[[], object]) -> int:
    """Return how many blocks the statements of a search touch, as EXPLAIN counts them."""
    statements: list[tuple[str, Any]] = []
    with connection.execute_wrapper(_keeping(statements)):
        search()
    return sum(_buffers(statement, asked) for statement, asked in statements)


def _keeping(statements: list[tuple[str, Any]]) -> Callable[..., Any]:
    def keep(execute: Callable[..., Any], sql: str, asked: Any, many: bool, context: Any) -> Any:
        statements.append((sql, asked))
        return execute(sql, asked, many, context)

    return keep


def _buffers(statement: str, asked: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {statement}", asked)
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
