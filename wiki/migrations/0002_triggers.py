"""The triggers by which PostgreSQL itself refuses to change what was submitted, signed, published or logged.

They stand as SQL beside the models that they guard, in `wiki/models/sql/`.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "models" / "sql"

# The first two files define functions that the triggers of the others call.
FILES = (
    "append_only",
    "chains",
    "contradictions",
    "corrections",
    "credentials",
    "data_sets",
    "events",
    "graph",
    "images",
    "letters",
    "meanings",
    "name_words",
    "page_merges",
    "pages",
    "postings",
    "publications",
    "remarks",
    "revisions",
    "row_states",
    "second_reads",
    "sources",
    "stored_answers",
    "tasks",
    "typed_words",
    "verifications",
    "whole_page_reviews",
)

# Dropping a function drops the triggers that call it.
DROP = """
ALTER TABLE wiki_verdict DROP CONSTRAINT verdict_names_the_author;
DROP VIEW wiki_graphlink;
DO $$
DECLARE
    name regprocedure;
BEGIN
    FOR name IN SELECT oid FROM pg_proc WHERE proname LIKE 'causeway\\_%' LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("wiki", "0001_tables")]

    operations = [migrations.RunSQL("\n".join((SQL / f"{name}.sql").read_text() for name in FILES), DROP)]
