"""The database itself refuses to change what was submitted, signed, published or logged."""

from django.db import migrations

FUNCTIONS = """
-- Rows may be added and nothing else, but for columns named as arguments: those may be set to null,
-- which is what removing an account does. Names are kept beside them.
CREATE FUNCTION causeway_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    nullable text;
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    FOREACH nullable IN ARRAY coalesce(TG_ARGV, '{}') LOOP
        IF after -> nullable = 'null'::jsonb THEN
            before := before - nullable;
            after := after - nullable;
        END IF;
    END LOOP;
    IF before <> after THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A draft is its author's. After that only the state moves, and only along the lifecycle.
CREATE FUNCTION causeway_revision_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('draft', 'submitted') THEN
            RAISE EXCEPTION 'a revision begins as a draft' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'only drafts can be removed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    ELSIF OLD.state = 'draft' THEN
        IF NEW.state NOT IN ('draft', 'submitted') OR NEW.page_id <> OLD.page_id THEN
            RAISE EXCEPTION 'a draft can only be submitted' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    before := to_jsonb(OLD) - 'state';
    after := to_jsonb(NEW) - 'state';
    IF NEW.author_id IS NULL THEN
        before := before - 'author_id';
        after := after - 'author_id';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'a submitted revision cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'submitted'
         AND NEW.state IN ('approved', 'changes_requested', 'rejected', 'withdrawn', 'included'))
        OR (OLD.state = 'approved' AND NEW.state = 'unapproved')
    ) THEN
        RAISE EXCEPTION 'a revision cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A verdict is on the words that the revision holds, and names their author: a foreign key alone would let
-- an empty author pass, and with it a verdict by the author.
CREATE FUNCTION causeway_verdict_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM wiki_revision WHERE id = NEW.revision_id AND digest = NEW.digest AND state <> 'draft'
            AND author_id IS NOT DISTINCT FROM NEW.author_id
    ) THEN
        RAISE EXCEPTION 'a verdict is on the exact words of a submitted revision'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- What is published is what was approved; a publication begins open and can only be closed.
CREATE FUNCTION causeway_publication_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF lower(NEW.in_force) IS NULL OR NOT upper_inf(NEW.in_force) THEN
            RAISE EXCEPTION 'a publication begins open' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM wiki_verdict v JOIN wiki_revision r ON r.id = v.revision_id
            WHERE v.id = NEW.verdict_id AND v.revision_id = NEW.revision_id AND v.decision = 'approve'
              AND v.digest = r.digest AND r.page_id = NEW.page_id AND r.state = 'approved'
        ) THEN
            RAISE EXCEPTION 'only what was approved can be published'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE'
        AND upper_inf(OLD.in_force) AND NOT upper_inf(NEW.in_force)
        AND lower(OLD.in_force) = lower(NEW.in_force)
        AND to_jsonb(OLD) - 'in_force' - 'ending' = to_jsonb(NEW) - 'in_force' - 'ending'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a publication can only be closed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION causeway_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% cannot be emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION causeway_append_only();
DROP FUNCTION causeway_revision_is_fixed();
DROP FUNCTION causeway_verdict_fits();
DROP FUNCTION causeway_publication_fits();
DROP FUNCTION causeway_no_truncate();
"""

# Tables that only grow, with the columns that removing an account may set to null.
APPEND_ONLY = {
    "wiki_verdict": ["reviewer_id", "author_id"],
    "wiki_event": ["actor_id", "person_id"],
    "wiki_source": ["created_by_id"],
    "wiki_sourceid": [],
    "wiki_address": [],
    "wiki_requirement": [],
}

OTHER = {
    "wiki_revision": ("revision_is_fixed", "INSERT OR UPDATE OR DELETE", "causeway_revision_is_fixed()"),
    "wiki_verdict": ("verdict_fits", "INSERT", "causeway_verdict_fits()"),
    "wiki_publication": ("publication_fits", "INSERT OR UPDATE OR DELETE", "causeway_publication_fits()"),
}

KEPT = sorted({*APPEND_ONLY, *OTHER})


def _triggers() -> list[tuple[str, str]]:
    """Return (create, drop) for each trigger."""
    made = []
    for table, nullable in APPEND_ONLY.items():
        arguments = ", ".join(f"'{column}'" for column in nullable)
        made.append((table, "append_only", "UPDATE OR DELETE", f"causeway_append_only({arguments})", "ROW"))
    for table, (name, acts, function) in OTHER.items():
        made.append((table, name, acts, function, "ROW"))
    for table in KEPT:
        made.append((table, "no_truncate", "TRUNCATE", "causeway_no_truncate()", "STATEMENT"))
    return [
        (
            f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH {each} EXECUTE FUNCTION {function};",
            f"DROP TRIGGER {name} ON {table};",
        )
        for table, name, acts, function, each in made
    ]


AUTHOR_OF_VERDICT = """
ALTER TABLE wiki_verdict ADD CONSTRAINT verdict_names_the_author
    FOREIGN KEY (revision_id, author_id) REFERENCES wiki_revision (id, author_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("wiki", "0003_first_tables")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *(migrations.RunSQL(create, drop) for create, drop in _triggers()),
        migrations.RunSQL(
            AUTHOR_OF_VERDICT, "ALTER TABLE wiki_verdict DROP CONSTRAINT verdict_names_the_author;"
        ),
    ]
