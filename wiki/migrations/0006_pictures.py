"""Pictures: what they show never changes; only consent to it can end."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FIXED = """
CREATE FUNCTION causeway_image_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF NEW.uploaded_by_id IS NULL THEN
        before := before - 'uploaded_by_id';
        after := after - 'uploaded_by_id';
    END IF;
    IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
        before := before - 'withdrawn_at' - 'withdrawn_why';
        after := after - 'withdrawn_at' - 'withdrawn_why';
    END IF;
    IF before <> after THEN
        RAISE EXCEPTION 'a picture can only be withdrawn' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER image_is_fixed BEFORE UPDATE ON wiki_image
    FOR EACH ROW EXECUTE FUNCTION causeway_image_is_fixed();
CREATE TRIGGER append_only BEFORE DELETE ON wiki_image FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_image
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
"""

LOOSE = """
DROP TRIGGER no_truncate ON wiki_image;
DROP TRIGGER append_only ON wiki_image;
DROP TRIGGER image_is_fixed ON wiki_image;
DROP FUNCTION causeway_image_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0005_sources_are_merged_and_noticed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=16, unique=True)),
                (
                    "format",
                    models.CharField(
                        choices=[("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "WEBP")], max_length=4
                    ),
                ),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                (
                    "widths",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        help_text="renditions in storage, smallest first",
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        max_length=300, verbose_name="what it shows, for those who cannot see it"
                    ),
                ),
                ("credit", models.CharField(max_length=200, verbose_name="who made it")),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc0", "CC0 1.0 (no rights reserved)"),
                            ("public_domain", "Public domain"),
                            ("cc_by_4", "CC BY 4.0"),
                            ("cc_by_sa_4", "CC BY-SA 4.0"),
                            ("cc_by_3", "CC BY 3.0"),
                            ("cc_by_sa_3", "CC BY-SA 3.0"),
                            ("own", "Own work, given under CC BY-SA 4.0"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "origin",
                    models.URLField(blank=True, max_length=500, verbose_name="where it was first shown"),
                ),
                ("shows_patient", models.BooleanField(default=False)),
                ("consent", models.TextField(blank=True, verbose_name="declaration of consent")),
                ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("uploaded_by_name", models.CharField(max_length=120)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
                (
                    "uploaded_by",
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
                        condition=models.Q(shows_patient=False) | ~models.Q(consent=""),
                        name="patient_image_has_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            licence__in=[
                                "cc0",
                                "public_domain",
                                "cc_by_4",
                                "cc_by_sa_4",
                                "cc_by_3",
                                "cc_by_sa_3",
                                "own",
                            ]
                        ),
                        name="licence_is_known",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Depiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="depictions",
                        to="wiki.image",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="depictions", to="wiki.page"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "image"), name="depiction_counts_once")
                ]
            },
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
