"""Pages are protected for a time, accounts suspended; people choose how they are named."""

from django.db import migrations, models

# A key named as an argument may be set to null, which is what removing an account does; the name that stands
# beside it may change in that one statement and in no other, to what the person chose to be called. The name's
# column is that of the key ("author_id" has "author_name"), unless the argument names it: "key:name".
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION causeway_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    argument text;
    nullable text;
    name text;
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    FOREACH argument IN ARRAY coalesce(TG_ARGV, '{}') LOOP
        nullable := split_part(argument, ':', 1);
        name := coalesce(nullif(split_part(argument, ':', 2), ''), regexp_replace(nullable, '_id$', '_name'));
        IF after -> nullable = 'null'::jsonb THEN
            IF before -> nullable <> 'null'::jsonb THEN
                before := before - name;
                after := after - name;
            END IF;
            before := before - nullable;
            after := after - nullable;
        END IF;
    END LOOP;
    IF before <> after THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

APPEND_ONLY_BEFORE = """
CREATE OR REPLACE FUNCTION causeway_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""

# The same of a submitted revision and the name of its author.
REVISION = """
CREATE OR REPLACE FUNCTION causeway_revision_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
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
        %(name)sbefore := before - 'author_id';
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
        RAISE EXCEPTION 'a revision cannot go from %% to %%', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
WITH_NAME = """IF OLD.author_id IS NOT NULL THEN
            before := before - 'author_name';
            after := after - 'author_name';
        END IF;
        """


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0015_letters_are_sent_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="protected_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="page",
            name="protected_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="attribution",
            field=models.CharField(
                choices=[
                    ("name", "My name, as it stands"),
                    ("initials", "My initials"),
                    ("nobody", "“Former contributor”"),
                ],
                default="name",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="orcid",
            field=models.CharField(blank=True, max_length=19, verbose_name="ORCID iD"),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("protected_until", None),
                    models.Q(("protected_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="protection_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suspended_until", None),
                    models.Q(("suspended_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="suspension_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="person_name",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BEFORE),
        migrations.RunSQL(REVISION % {"name": WITH_NAME}, REVISION % {"name": ""}),
    ]
