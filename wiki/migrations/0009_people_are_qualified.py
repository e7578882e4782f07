"""Credentials that an administrator verified, and declarations of interests."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# What was entered stays as it was entered, what was verified as it was verified; a declaration is never
# changed. All of it goes with the account, and with nothing else: signatures keep what it said of their day.
FIXED = """
CREATE FUNCTION causeway_credential_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.person_id, NEW.profession, NEW.specialties, NEW.body, NEW.number, NEW.entered_at)
        IS DISTINCT FROM (OLD.person_id, OLD.profession, OLD.specialties, OLD.body, OLD.number, OLD.entered_at)
    OR (OLD.verified_at IS NOT NULL AND (NEW.verified_at, NEW.verified_how, NEW.valid_until)
        IS DISTINCT FROM (OLD.verified_at, OLD.verified_how, OLD.valid_until))
    OR (OLD.verified_at IS NOT NULL AND NEW.verified_by_name <> OLD.verified_by_name
        AND (OLD.verified_by_id IS NULL OR NEW.verified_by_id IS NOT NULL))
    OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_reason)
        IS DISTINCT FROM (OLD.ended_at, OLD.ended_reason))
    THEN
        RAISE EXCEPTION 'a credential stays as it was entered and verified'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION causeway_disclosure_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM wiki_user WHERE id = OLD.person_id) THEN
        RAISE EXCEPTION 'a declaration of interests goes with its person only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION causeway_interest_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM wiki_disclosure WHERE id = OLD.disclosure_id) THEN
        RAISE EXCEPTION 'an interest goes with its declaration only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER credential_is_fixed BEFORE UPDATE ON wiki_credential
    FOR EACH ROW EXECUTE FUNCTION causeway_credential_is_fixed();
CREATE TRIGGER append_only BEFORE UPDATE ON wiki_disclosure
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER append_only BEFORE UPDATE ON wiki_interest
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE TRIGGER append_only BEFORE UPDATE ON wiki_interest_pages
    FOR EACH ROW EXECUTE FUNCTION causeway_append_only();
CREATE CONSTRAINT TRIGGER disclosure_is_kept AFTER DELETE ON wiki_disclosure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_disclosure_is_kept();
CREATE CONSTRAINT TRIGGER interest_is_kept AFTER DELETE ON wiki_interest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION causeway_interest_is_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON wiki_interest
    FOR EACH STATEMENT EXECUTE FUNCTION causeway_no_truncate();
"""

LOOSE = """
DROP TRIGGER no_truncate ON wiki_interest;
DROP TRIGGER no_truncate ON wiki_disclosure;
DROP TRIGGER interest_is_kept ON wiki_interest;
DROP TRIGGER disclosure_is_kept ON wiki_disclosure;
DROP TRIGGER append_only ON wiki_interest_pages;
DROP TRIGGER append_only ON wiki_interest;
DROP TRIGGER append_only ON wiki_disclosure;
DROP TRIGGER credential_is_fixed ON wiki_credential;
DROP FUNCTION causeway_interest_is_kept();
DROP FUNCTION causeway_disclosure_is_kept();
DROP FUNCTION causeway_credential_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0008_readers_report"),
    ]

    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disclosures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "profession",
                    models.CharField(
                        choices=[
                            ("physician", "Physician"),
                            ("pharmacist", "Pharmacist"),
                            ("nurse", "Nurse"),
                            ("genetic_counsellor", "Genetic counsellor"),
                            ("psychologist", "Psychologist"),
                            ("therapist", "Physiotherapist, occupational or speech therapist"),
                            ("scientist", "Clinical scientist"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "specialties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("clinical_genetics", "Clinical genetics"),
                                ("clinical_pharmacology", "Clinical pharmacology"),
                                ("endocrinology", "Endocrinology"),
                                ("general_practice", "General practice"),
                                ("infectious_diseases", "Infectious diseases"),
                                ("internal_medicine", "Internal medicine"),
                                ("laboratory_medicine", "Laboratory medicine"),
                                ("nephrology", "Nephrology"),
                                ("neurology", "Neurology"),
                                ("neuropathology", "Neuropathology"),
                                ("neuropsychology", "Neuropsychology"),
                                ("neuroradiology", "Neuroradiology"),
                                ("neurosurgery", "Neurosurgery"),
                                ("obstetrics", "Obstetrics"),
                                ("oncology", "Oncology"),
                                ("paediatrics", "Paediatrics"),
                                ("paediatric_neurology", "Paediatric neurology"),
                                ("psychiatry", "Psychiatry"),
                                ("radiology", "Radiology"),
                                ("rheumatology", "Rheumatology"),
                                ("toxicology", "Toxicology"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                ("body", models.CharField(max_length=120, verbose_name="registration body")),
                ("number", models.CharField(max_length=40, verbose_name="registration number")),
                ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("verified_at", models.DateTimeField(null=True)),
                ("verified_by_name", models.CharField(blank=True, max_length=120)),
                ("verified_how", models.CharField(blank=True, max_length=300)),
                ("valid_until", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
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
                        condition=models.Q(
                            (
                                "profession__in",
                                [
                                    "physician",
                                    "pharmacist",
                                    "nurse",
                                    "genetic_counsellor",
                                    "psychologist",
                                    "therapist",
                                    "scientist",
                                ],
                            )
                        ),
                        name="profession_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("valid_until", None), ("verified_at", None), ("verified_by_name", "")),
                            models.Q(
                                ("valid_until__isnull", False),
                                ("verified_at__isnull", False),
                                models.Q(("verified_by_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="verified_credential_says_by_whom_and_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verified_by", models.F("person")), _negated=True),
                        name="nobody_verifies_their_own_credential",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                            ("employment", "Employment or position"),
                            ("advisory", "Advisory board or consulting"),
                            ("speaker", "Fees for talks or writing"),
                            ("research", "Research funding"),
                            ("shares", "Shares or patents"),
                            ("own_paper", "A paper of one's own"),
                            ("family", "An interest of somebody close"),
                            ("other", "Another interest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("party", models.CharField(max_length=200)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="wiki.disclosure",
                    ),
                ),
                ("pages", models.ManyToManyField(blank=True, related_name="+", to="wiki.page")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "nature__in",
                                [
                                    "employment",
                                    "advisory",
                                    "speaker",
                                    "research",
                                    "shares",
                                    "own_paper",
                                    "family",
                                    "other",
                                ],
                            )
                        ),
                        name="interest_nature_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(FIXED, LOOSE),
    ]
