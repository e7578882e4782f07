"""Mail goes to addresses without an account too; what is done with keeps neither address nor text."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BLANK = """
CREATE OR REPLACE FUNCTION causeway_letter_is_sent_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
        <> to_jsonb(NEW) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
    THEN
        RAISE EXCEPTION 'a letter cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'waiting' AND NEW.state IN ('sending', 'dropped'))
        OR (OLD.state = 'sending' AND NEW.state IN ('waiting', 'sent', 'failed', 'unknown'))
        OR (OLD.state = 'unknown' AND NEW.state = 'sent')
    ) THEN
        RAISE EXCEPTION 'a letter cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- The address may be all that is known of a reader, and the text may hold a link that opens an account.
    IF NEW.state NOT IN ('waiting', 'sending') THEN
        NEW.address := '';
        NEW.body := '';
    END IF;
    RETURN NEW;
END $$;
"""
KEEP = """
CREATE OR REPLACE FUNCTION causeway_letter_is_sent_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
        <> to_jsonb(NEW) - 'state' - 'send_at' - 'tries' - 'tried_at' - 'trouble' - 'sent_at'
    THEN
        RAISE EXCEPTION 'a letter cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'waiting' AND NEW.state IN ('sending', 'dropped'))
        OR (OLD.state = 'sending' AND NEW.state IN ('waiting', 'sent', 'failed', 'unknown'))
        OR (OLD.state = 'unknown' AND NEW.state = 'sent')
    ) THEN
        RAISE EXCEPTION 'a letter cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("wiki", "0018_what_was_there_is_chained")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="recipient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="letter", name="address", field=models.EmailField(blank=True, max_length=254)
        ),
        migrations.AlterField(model_name="letter", name="body", field=models.TextField(blank=True)),
        migrations.RunSQL(BLANK, KEEP),
        # The trigger blanks what is touched.
        migrations.RunSQL(
            "UPDATE wiki_letter SET tries = tries WHERE state NOT IN ('waiting', 'sending');",
            "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM wiki_letter WHERE recipient_id IS NULL;",
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("waiting", "sending")),
                    models.Q(("address", ""), ("body", "")),
                    _connector="OR",
                ),
                name="letter_that_is_done_is_blank",
            ),
        ),
    ]
