"""Remarks on passages, who opened a comparison, who looks at what; how often pages are read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIXED = """
-- What somebody said stays as they said it. A thread is resolved and opened again; removing an account takes
-- the account away and leaves the name.
CREATE FUNCTION causeway_remark_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a remark is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    before := to_jsonb(OLD) - 'resolved_at' - 'resolved_by_id' - 'resolved_by_name';
    after := to_jsonb(NEW) - 'resolved_at' - 'resolved_by_id' - 'resolved_by_name';
    IF NEW.author_id IS NULL THEN
        before := before - 'author_id';
        after := after - 'author_id';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'the words of a remark cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remark_is_fixed BEFORE UPDATE OR DELETE ON wiki_remark
    FOR EACH ROW EXECUTE FUNCTION causeway_remark_is_fixed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_remark
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();

-- Who opened which comparison is part of what an approval rests on: only the time in view grows.
CREATE FUNCTION causeway_opening_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'seconds' <> to_jsonb(OLD) - 'seconds' OR NEW.seconds < OLD.seconds THEN
        RAISE EXCEPTION 'what was opened stays on record' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opening_is_fixed BEFORE UPDATE ON wiki_opening
    FOR EACH ROW EXECUTE FUNCTION causeway_opening_is_fixed();
"""

LOOSE = """
DROP TRIGGER opening_is_fixed ON wiki_opening;
DROP FUNCTION causeway_opening_is_fixed();
DROP TRIGGER no_truncate ON wiki_remark;
DROP TRIGGER remark_is_fixed ON wiki_remark;
DROP FUNCTION causeway_remark_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0010_changes_have_weight"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="claim",
                        serialize=False,
                        to="wiki.revision",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("seconds", models.PositiveIntegerField(default=0)),
                (
                    "compared_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wiki.revision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "person", "compared_with"),
                        name="comparison_is_opened_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("whole", "The whole"),
                            ("title", "The title"),
                            ("summary", "The summary"),
                            ("paragraph", "A paragraph"),
                            ("statement", "A statement"),
                        ],
                        default="whole",
                        max_length=10,
                    ),
                ),
                ("passage", models.TextField(blank=True)),
                ("text", models.TextField()),
                ("author_name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                ("resolved_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="remarks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="wiki.page"
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="wiki.revision",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="wiki.remark",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["page", "made_at"], name="remark_by_page")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place__in", ["whole", "title", "summary", "paragraph", "statement"])
                        ),
                        name="remark_place_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="remark_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="wiki.page"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "day"), name="visits_are_counted_by_day")
                ],
            },
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
