"""Two moderators correct a passage at once, for 72 hours; a moderator hides the text of one version for good."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

# What was proposed stays, what was seconded stays, what was lifted stays. Only people who leave are let go.
FIXED = """
CREATE FUNCTION causeway_correction_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a correction is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.page_id, NEW.revision_id, NEW.passage, NEW.replacement, NEW.reason, NEW.proposed_at)
        IS DISTINCT FROM
        (OLD.page_id, OLD.revision_id, OLD.passage, OLD.replacement, OLD.reason, OLD.proposed_at)
    OR ((OLD.seconded_at IS NOT NULL OR OLD.lifted_at IS NOT NULL)
        AND (NEW.seconded_at, NEW.lapses_at, NEW.follow_up_id)
        IS DISTINCT FROM (OLD.seconded_at, OLD.lapses_at, OLD.follow_up_id))
    OR (OLD.lifted_at IS NOT NULL
        AND (NEW.lifted_at, NEW.lifted_reason) IS DISTINCT FROM (OLD.lifted_at, OLD.lifted_reason))
    OR (NEW.proposed_by_id IS NOT NULL AND NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id)
    OR (OLD.seconded_at IS NOT NULL AND NEW.seconded_by_id IS NOT NULL
        AND NEW.seconded_by_id IS DISTINCT FROM OLD.seconded_by_id)
    OR (OLD.lifted_at IS NOT NULL AND NEW.lifted_by_id IS NOT NULL
        AND NEW.lifted_by_id IS DISTINCT FROM OLD.lifted_by_id)
    OR (NEW.proposed_by_name <> OLD.proposed_by_name
        AND (OLD.proposed_by_id IS NULL OR NEW.proposed_by_id IS NOT NULL))
    OR (OLD.seconded_at IS NOT NULL AND NEW.seconded_by_name <> OLD.seconded_by_name
        AND (OLD.seconded_by_id IS NULL OR NEW.seconded_by_id IS NOT NULL))
    OR (OLD.lifted_at IS NOT NULL AND NEW.lifted_by_name <> OLD.lifted_by_name
        AND (OLD.lifted_by_id IS NULL OR NEW.lifted_by_id IS NOT NULL))
    THEN
        RAISE EXCEPTION 'a correction stays as it was proposed, seconded and lifted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER correction_is_fixed BEFORE UPDATE OR DELETE ON wiki_correction
    FOR EACH ROW EXECUTE FUNCTION causeway_correction_is_fixed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_correction
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();

-- What is suppressed is neither in force nor waiting, and never comes into force again.
CREATE FUNCTION causeway_suppressed_is_not_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'wiki_publication' THEN
        IF EXISTS (SELECT 1 FROM wiki_suppression WHERE revision_id = NEW.revision_id) THEN
            RAISE EXCEPTION 'what was suppressed cannot be published'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF EXISTS (
        SELECT 1 FROM wiki_publication WHERE revision_id = NEW.revision_id AND upper_inf(in_force)
    ) OR EXISTS (
        SELECT 1 FROM wiki_revision WHERE id = NEW.revision_id AND state IN ('draft', 'submitted')
    ) THEN
        RAISE EXCEPTION 'what is in force or waits cannot be suppressed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER suppressed_is_not_in_force BEFORE INSERT ON wiki_publication
    FOR EACH ROW EXECUTE FUNCTION causeway_suppressed_is_not_in_force();
CREATE TRIGGER suppressed_is_not_in_force BEFORE INSERT ON wiki_suppression
    FOR EACH ROW EXECUTE FUNCTION causeway_suppressed_is_not_in_force();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wiki_suppression
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only('by_id');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_suppression
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
"""

LOOSE = """
DROP TRIGGER suppressed_is_not_in_force ON wiki_publication;
DROP TRIGGER suppressed_is_not_in_force ON wiki_suppression;
DROP TRIGGER append_only ON wiki_suppression;
DROP TRIGGER no_truncate ON wiki_suppression;
DROP FUNCTION causeway_suppressed_is_not_in_force();
DROP TRIGGER correction_is_fixed ON wiki_correction;
DROP TRIGGER no_truncate ON wiki_correction;
DROP FUNCTION causeway_correction_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0012_pages_are_looked_at_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("passage", models.TextField()),
                ("replacement", models.TextField(blank=True)),
                ("reason", models.TextField()),
                ("proposed_by_name", models.CharField(max_length=120)),
                ("proposed_at", models.DateTimeField()),
                ("seconded_by_name", models.CharField(blank=True, max_length=120)),
                ("seconded_at", models.DateTimeField(null=True)),
                ("lapses_at", models.DateTimeField(null=True)),
                ("lifted_by_name", models.CharField(blank=True, max_length=120)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_reason", models.TextField(blank=True)),
                (
                    "follow_up",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wiki.revision",
                    ),
                ),
                (
                    "lifted_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="wiki.page",
                    ),
                ),
                (
                    "proposed_by",
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
                        related_name="corrections",
                        to="wiki.revision",
                    ),
                ),
                (
                    "seconded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seconded_by", models.F("proposed_by")), _negated=True),
                        name="correction_needs_two_moderators",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lapses_at", None), ("seconded_at", None)),
                            models.Q(
                                ("lapses_at__gt", models.F("seconded_at")),
                                (
                                    "lapses_at__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("seconded_at"), "+", models.Value(datetime.timedelta(days=3))
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="correction_lapses_after_72_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at", None),
                            models.Q(("lifted_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lifted_correction_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_by", None),
                            ("seconded_by", None),
                            models.Q(
                                models.Q(("lifted_by", models.F("proposed_by")), _negated=True),
                                models.Q(("lifted_by", models.F("seconded_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_is_lifted_by_a_third",
                    ),
                    models.UniqueConstraint(
                        models.F("page"),
                        django.db.models.functions.text.MD5("passage"),
                        condition=models.Q(("lifted_at", None)),
                        name="passage_is_corrected_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_name", models.CharField(max_length=120)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suppression",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="suppression_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reading",
            name="corrected",
            field=models.JSONField(default=list),
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
