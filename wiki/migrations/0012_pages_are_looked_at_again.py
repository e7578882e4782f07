"""Pages are verified again, unchanged; tasks say what else to look at, and pages have owners."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A verification is on the words that readers see, never by who wrote them, and never changed. A task is settled
# once; with an account that is removed goes its key, and its name becomes what the person chose to be called.
# Rows of either are never removed.
FIXED = """
CREATE FUNCTION causeway_verification_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM wiki_publication p JOIN wiki_revision r ON r.id = p.revision_id
        WHERE p.page_id = NEW.page_id AND upper_inf(p.in_force) AND r.id = NEW.revision_id
          AND r.digest = NEW.digest AND r.author_id IS DISTINCT FROM NEW.by_id
    ) THEN
        RAISE EXCEPTION 'a verification is on the exact words in force, by somebody who did not write them'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION causeway_task_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'closed_by_id';
    after jsonb := to_jsonb(NEW) - 'closed_by_id';
BEGIN
    IF OLD.closed_at IS NULL THEN
        before := before - 'closed_at' - 'closed_by_name' - 'outcome' - 'settled';
        after := after - 'closed_at' - 'closed_by_name' - 'outcome' - 'settled';
    ELSIF NEW.closed_by_id IS NOT NULL AND NEW.closed_by_id IS DISTINCT FROM OLD.closed_by_id THEN
        after := after || '{"closed_by_id": 0}';
    ELSIF NEW.closed_by_id IS NULL AND OLD.closed_by_id IS NOT NULL THEN
        before := before - 'closed_by_name';
        after := after - 'closed_by_name';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'wiki_task is append-only: a task can only be settled, once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_fits BEFORE INSERT ON wiki_verification
    FOR EACH ROW EXECUTE FUNCTION causeway_verification_fits();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_verification
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('by_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_verification
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER task_is_settled_once BEFORE UPDATE ON wiki_task
    FOR EACH ROW EXECUTE FUNCTION causeway_task_is_settled_once();
CREATE TRIGGER append_only BEFORE DELETE ON wiki_task
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_task
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
"""

LOOSE = """
DROP TRIGGER no_truncate ON wiki_task;
DROP TRIGGER append_only ON wiki_task;
DROP TRIGGER task_is_settled_once ON wiki_task;
DROP TRIGGER no_truncate ON wiki_verification;
DROP TRIGGER append_only ON wiki_verification;
DROP TRIGGER verification_fits ON wiki_verification;
DROP FUNCTION causeway_task_is_settled_once();
DROP FUNCTION causeway_verification_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0011_submissions_are_discussed"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="owned_pages",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("relation", models.CharField(blank=True, max_length=40)),
                ("checked", models.TextField(verbose_name="what was checked")),
                ("by_name", models.CharField(max_length=120)),
                ("by_profession", models.CharField(blank=True, max_length=80)),
                ("standing", models.JSONField(default=dict)),
                ("verified_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="verifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wiki.page",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="wiki.page",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="wiki.revision",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="reading",
            name="verification",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wiki.verification",
            ),
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("retraction", "A source was retracted, corrected or questioned"),
                            ("premise", "A page that this rests on has changed"),
                            ("second_read", "A second reader disagrees"),
                            ("lapsed", "A safety correction has lapsed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ref", models.CharField(max_length=200)),
                ("relation", models.CharField(blank=True, max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by_name", models.CharField(blank=True, max_length=120)),
                ("outcome", models.TextField(blank=True)),
                ("settled", models.BooleanField(default=False)),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="wiki.sourcenotice",
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wiki.page",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="wiki.page"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["opened_at", "id"], name="task_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["retraction", "premise", "second_read", "lapsed"])),
                        name="task_cause_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("outcome", ""), ("settled", False)),
                            models.Q(("closed_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closed_task_has_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cause", "premise"),
                                ("object__isnull", False),
                                models.Q(("relation", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("cause", "premise"), _negated=True),
                                ("object", None),
                                ("relation", ""),
                            ),
                            _connector="OR",
                        ),
                        name="premise_is_of_a_statement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", "retraction"), ("notice__isnull", False)),
                            models.Q(models.Q(("cause", "retraction"), _negated=True), ("notice", None)),
                            _connector="OR",
                        ),
                        name="retraction_is_of_a_notice",
                    ),
                    models.UniqueConstraint(fields=("cause", "page", "ref"), name="task_is_opened_once"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked", ""), _negated=True), name="verification_says_what_was_checked"
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", False), ("object", None), ("relation", "")),
                    models.Q(
                        models.Q(("relation", ""), _negated=True), ("due_on", None), ("object__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="verification_is_of_a_page_or_of_a_statement",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="admits",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                size=None,
                help_text="sources of which the text says at each place that they were retracted",
            ),
        ),
        migrations.RemoveConstraint(model_name="sourcenotice", name="nature_is_known"),
        migrations.AlterField(
            model_name="sourcenotice",
            name="nature",
            field=models.CharField(
                choices=[
                    ("retraction", "Retracted"),
                    ("concern", "Expression of concern"),
                    ("correction", "Corrected"),
                    ("reinstated", "Reinstated"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["retraction", "concern", "correction", "reinstated"])),
                name="nature_is_known",
            ),
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
