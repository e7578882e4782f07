"""Raw SQL, as somebody would write it who goes round the wiki."""

import pytest
from django.db import IntegrityError, connection, transaction

# That a link binds each row is looked at in the end, for the link is written after the row.
TABLES = ("revision", "verdict", "publication", "ending", "verification", "whole_page_review", "event")
LINKS = ", ".join(f"{table}_is_bound" for table in TABLES)


def run(sql, *values):
    """Run it and return how many rows it touched; foreign keys are looked at at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {LINKS} DEFERRED")
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(sql, *values, by=""):
    """Run it and see it refused by what is named so."""
    with pytest.raises(IntegrityError, match=by):
        run(sql, *values)
