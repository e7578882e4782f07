"""A share of what was judged is judged once more, blind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The second decision is written once, by somebody who took no part in the first; nothing else ever changes.
FIXED = """
CREATE FUNCTION causeway_second_read_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF OLD.decided_at IS NULL THEN
        IF EXISTS (SELECT 1 FROM wiki_revision WHERE id = NEW.revision_id AND author_id = NEW.reader_id)
            OR EXISTS (
                SELECT 1 FROM wiki_verdict WHERE revision_id = NEW.revision_id AND reviewer_id = NEW.reader_id
            )
        THEN
            RAISE EXCEPTION 'a second reader takes no part in the first reading'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        before := before - ARRAY['reader_id', 'reader_name', 'decision', 'reason', 'decided_at'];
        after := after - ARRAY['reader_id', 'reader_name', 'decision', 'reason', 'decided_at'];
    ELSIF NEW.reader_id IS NULL THEN
        before := before - ARRAY['reader_id', 'reader_name'];
        after := after - ARRAY['reader_id', 'reader_name'];
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'a second read is decided once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER second_read_is_fixed BEFORE UPDATE ON wiki_secondread
    FOR EACH ROW EXECUTE FUNCTION causeway_second_read_is_fixed();
CREATE TRIGGER append_only BEFORE DELETE ON wiki_secondread
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_secondread
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
"""

LOOSE = """
DROP TRIGGER no_truncate ON wiki_secondread;
DROP TRIGGER append_only ON wiki_secondread;
DROP TRIGGER second_read_is_fixed ON wiki_secondread;
DROP FUNCTION causeway_second_read_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0016_pages_and_accounts_are_limited"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("drawn_at", models.DateTimeField()),
                ("reader_name", models.CharField(blank=True, max_length=120)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approve", "Approved"),
                            ("request_changes", "Changes requested"),
                            ("reject", "Rejected"),
                            ("unapprove", "Approval taken back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wiki.publication",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="second_reads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_read",
                        to="wiki.revision",
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_read",
                        to="wiki.verdict",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", "")),
                            models.Q(
                                ("decided_at__isnull", False), models.Q(("decision", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="decided_second_read_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["", "approve"]),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="second_reader_owes_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
