"""Each row of the record is bound to the one before by hash."""

from collections.abc import Iterator

import django.db.models.deletion
from django.db import migrations, models

# Where a chain ends. It holds the chain first: a function that is volatile reads after it has waited, what one
# statement cannot. A page's chain goes with the page's lock; that of the site has one of its own.
HEAD = """
CREATE FUNCTION causeway_head_of_chain(of_page bigint, OUT place integer, OUT digest text)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF of_page IS NULL THEN
        PERFORM pg_advisory_xact_lock(51717, 3);
        SELECT l.place, l.digest INTO place, digest FROM wiki_link l
            WHERE l.page_id IS NULL ORDER BY l.place DESC LIMIT 1;
    ELSE
        PERFORM 1 FROM wiki_page WHERE id = of_page FOR NO KEY UPDATE;
        SELECT l.place, l.digest INTO place, digest FROM wiki_link l
            WHERE l.page_id = of_page ORDER BY l.place DESC LIMIT 1;
    END IF;
END $$;
"""

# Nothing of the record is committed that no link binds.
IS_BOUND = """
CREATE FUNCTION causeway_is_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM wiki_link WHERE "table" = TG_ARGV[0] AND "row" = NEW.id) THEN
        RAISE EXCEPTION 'a row of % is bound by no link', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

# The table of a link, the table of the row, and when the row has to be bound.
BOUND = [
    ("revision", "wiki_revision", "INSERT OR UPDATE OF state", "NEW.state <> 'draft'"),
    ("verdict", "wiki_verdict", "INSERT", "true"),
    ("publication", "wiki_publication", "INSERT", "true"),
    ("ending", "wiki_publication", "UPDATE OF in_force", "NOT upper_inf(NEW.in_force)"),
    ("verification", "wiki_verification", "INSERT", "true"),
    ("event", "wiki_event", "INSERT", "true"),
]


def _triggers() -> Iterator[tuple[str, str]]:
    """Return (create, drop) for each trigger."""
    for table in ("wiki_link", "wiki_anchor"):
        yield (
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION causeway_append_only();",
            f"DROP TRIGGER append_only ON {table};",
        )
        yield (
            f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();",
            f"DROP TRIGGER no_truncate ON {table};",
        )
    for name, table, acts, when in BOUND:
        yield (
            f"CREATE CONSTRAINT TRIGGER {name}_is_bound AFTER {acts} ON {table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION causeway_is_bound('{name}');",
            f"DROP TRIGGER {name}_is_bound ON {table};",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0013_passages_are_corrected_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("heads", models.JSONField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("table", models.CharField(max_length=30)),
                ("row", models.BigIntegerField()),
                ("payload", models.JSONField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="wiki.page",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["table", "row"], name="link_of_a_row")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "place"), name="chain_has_one_link_at_a_place", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.RunSQL(HEAD, "DROP FUNCTION causeway_head_of_chain(bigint);"),
        migrations.RunSQL(IS_BOUND, "DROP FUNCTION causeway_is_bound();"),
        *(migrations.RunSQL(create, drop) for create, drop in _triggers()),
    ]
