"""Two records of one work become one, and what a journal says of a work later is kept beside it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

# A source's record stays as it was signed; only which other record stands for it may change.
FIXED = """
CREATE FUNCTION causeway_source_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'merged_into_id';
    after jsonb := to_jsonb(NEW) - 'merged_into_id';
BEGIN
    IF NEW.created_by_id IS NULL THEN
        before := before - 'created_by_id';
        after := after - 'created_by_id';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'wiki_source is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER append_only ON wiki_source;
CREATE TRIGGER append_only BEFORE DELETE ON wiki_source FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER source_is_fixed BEFORE UPDATE ON wiki_source
    FOR EACH ROW EXECUTE FUNCTION causeway_source_is_fixed();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_sourcenotice
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_sourcenotice
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
"""

LOOSE = """
DROP TRIGGER no_truncate ON wiki_sourcenotice;
DROP TRIGGER append_only ON wiki_sourcenotice;
DROP TRIGGER source_is_fixed ON wiki_source;
DROP TRIGGER append_only ON wiki_source;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_source
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('created_by_id');
DROP FUNCTION causeway_source_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("wiki", "0004_history_cannot_be_rewritten")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="wiki.source",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="source_is_not_merged_into_itself"
            ),
        ),
        migrations.CreateModel(
            name="SourceNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("retraction", "Retracted"),
                            ("concern", "Expression of concern"),
                            ("correction", "Corrected"),
                        ],
                        max_length=12,
                    ),
                ),
                ("noticed_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "reference",
                    models.CharField(blank=True, max_length=500, verbose_name="identifier of the notice"),
                ),
                ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="wiki.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(nature__in=["retraction", "concern", "correction"]),
                        name="nature_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("source", "nature", "reference"), name="source_is_noticed_once_by_each_notice"
                    ),
                ]
            },
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
