"""All tables, with the extensions and the text-search configuration that their indexes need."""

import datetime
from pathlib import Path

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "models" / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("transaction", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "shows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="pages; 0 stands for lists of pages, -1 for all",
                    ),
                ),
                (
                    "sent_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=500),
                        db_default=[],
                        help_text="caches in front that were told",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("etag", models.CharField(max_length=40)),
                ("headers", models.JSONField()),
                ("body", models.BinaryField(help_text="compressed with gzip")),
                (
                    "brotli",
                    models.BinaryField(
                        help_text="the same, compressed with brotli, if it is read often", null=True
                    ),
                ),
                (
                    "edge_seconds",
                    models.PositiveSmallIntegerField(help_text="how long a cache in front may keep it"),
                ),
                (
                    "counted",
                    models.BigIntegerField(
                        help_text="the page of which each answer counts as a view", null=True
                    ),
                ),
                ("good_until", models.DateTimeField()),
                ("stored_at", models.DateTimeField()),
                (
                    "shows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="pages; 0 stands for lists of pages"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["shows"], name="stored_answer_by_page"),
                    models.Index(fields=["stored_at"], name="stored_answer_by_age"),
                ],
            },
        ),
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL((SQL / "search.sql").read_text(), "DROP TEXT SEARCH CONFIGURATION causeway;"),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("heads", models.JSONField()),
                ("last_link", models.BigIntegerField(default=0)),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for review"),
                            ("approved", "Approved"),
                            ("changes_requested", "Changes requested"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("included", "Included in a later version"),
                            ("unapproved", "Approval reverted"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "Written by people"),
                            ("starter", "Starter content"),
                            ("import", "Loaded from files"),
                        ],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("author_name", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("content", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("digest", models.CharField(max_length=64)),
                ("note", models.TextField(blank=True, verbose_name="note to the reviewer")),
                (
                    "impact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Nothing: no reader would understand anything differently"),
                            ("wording", "Wording only"),
                            ("action", "Changes advice"),
                            ("safety", "Safety: somebody could come to harm without it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("meaning", models.TextField(blank=True, verbose_name="what it means for a patient")),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High risk"), ("medium", "Medium risk"), ("low", "Low risk")],
                        max_length=10,
                    ),
                ),
                ("typed", models.JSONField(null=True)),
                (
                    "deleted_words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("submitted_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["submitted_at", "id"],
                        name="queue",
                    ),
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["risk", "submitted_at", "id"],
                        name="queue_by_risk",
                    ),
                    models.Index(
                        condition=models.Q(("impact", "safety"), ("state", "submitted")),
                        fields=["submitted_at", "id"],
                        name="queue_for_safety",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "submitted",
                                    "approved",
                                    "changes_requested",
                                    "rejected",
                                    "withdrawn",
                                    "included",
                                    "unapproved",
                                ],
                            )
                        ),
                        name="revision_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number__isnull", True), ("state", "draft"), ("submitted_at__isnull", True)
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("number__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="only_drafts_have_no_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("typed__isnull", True), _connector="OR"),
                        name="only_drafts_hold_what_was_typed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("impact__in", ["", "none", "wording", "action", "safety"])),
                        name="impact_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["", "high", "medium", "low"])), name="risk_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("impact__in", ["action", "safety"]), _negated=True),
                            models.Q(("meaning", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="impact_that_needs_a_meaning_has_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("retired", models.TextField(blank=True, verbose_name="why it is retired")),
                ("protected_until", models.DateTimeField(null=True)),
                ("protected_reason", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("protected_until", None),
                            models.Q(("protected_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="protection_has_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("id__gt", 0)), name="page_is_no_entry"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchStatistics",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pages", models.PositiveIntegerField()),
                ("mean_length", models.FloatField()),
                ("counted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=600, unique=True)),
                (
                    "name_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=600), editable=False
                    ),
                ),
                ("profession", models.CharField(blank=True, max_length=80, verbose_name="profession")),
                ("about", models.TextField(blank=True, max_length=1000, verbose_name="about")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("clinician", "Clinician"),
                            ("moderator", "Moderator"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        default="reader",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("orcid", models.CharField(blank=True, max_length=19, verbose_name="ORCID iD")),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("name", "My name, as it stands"),
                            ("initials", "My initials"),
                            ("nobody", "“Former contributor”"),
                        ],
                        default="name",
                        max_length=10,
                    ),
                ),
                (
                    "mailing",
                    models.CharField(
                        choices=[
                            ("at_once", "An email for each, at once"),
                            ("daily", "One email a day"),
                            ("weekly", "One email a week"),
                            ("never", "No email; only the list on the site"),
                        ],
                        default="at_once",
                        max_length=10,
                    ),
                ),
                (
                    "not_mailed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("own", "Your own work"),
                                ("signer", "Changes that need a signature that you can give"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("suspended_until", models.DateTimeField(null=True)),
                ("suspended_reason", models.TextField(blank=True)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["reader", "clinician", "moderator", "auditor", "administrator"])
                        ),
                        name="role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suspended_until", None),
                            models.Q(("suspended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suspension_has_a_reason",
                    ),
                ],
                "indexes": [models.Index(fields=["name", "username", "id"], name="user_by_name")],
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
        ),
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
            ],
        ),
        migrations.AddField(
            model_name="revision",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="revisions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="children",
                to="wiki.revision",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="second_parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried_by",
                to="wiki.revision",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="takes_over",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_over_by",
                to="wiki.revision",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="retired_with",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="retires",
                to="wiki.revision",
            ),
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
                            ("midwife", "Midwife"),
                            ("dietitian", "Dietitian"),
                            ("audiologist", "Audiologist"),
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
                                ("anaesthetics", "Anaesthetics"),
                                ("cardiology", "Cardiology"),
                                ("clinical_genetics", "Clinical genetics"),
                                ("clinical_pharmacology", "Clinical pharmacology"),
                                ("dentistry", "Dentistry"),
                                ("dermatology", "Dermatology"),
                                ("ear_nose_throat", "Ear, nose and throat"),
                                ("emergency_medicine", "Emergency medicine"),
                                ("endocrinology", "Endocrinology"),
                                ("gastroenterology", "Gastroenterology"),
                                ("general_practice", "General practice"),
                                ("geriatrics", "Geriatrics"),
                                ("haematology", "Haematology"),
                                ("infectious_diseases", "Infectious diseases"),
                                ("intensive_care", "Intensive care"),
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
                                ("ophthalmology", "Ophthalmology"),
                                ("orthopaedics", "Orthopaedics"),
                                ("paediatrics", "Paediatrics"),
                                ("paediatric_neurology", "Paediatric neurology"),
                                ("palliative_medicine", "Palliative medicine"),
                                ("psychiatry", "Psychiatry"),
                                ("public_health", "Public health"),
                                ("radiology", "Radiology"),
                                ("respiratory_medicine", "Respiratory medicine"),
                                ("rheumatology", "Rheumatology"),
                                ("surgery", "Surgery"),
                                ("toxicology", "Toxicology"),
                                ("urology", "Urology"),
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
                ("was_false", models.BooleanField(default=False)),
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
                                    "midwife",
                                    "dietitian",
                                    "audiologist",
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
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=120)),
                ("act", models.CharField(max_length=40)),
                ("person_name", models.CharField(blank=True, max_length=120)),
                ("data", models.JSONField(default=dict)),
                ("epoch", models.PositiveSmallIntegerField(db_default=0)),
                ("transaction", models.BigIntegerField(db_default=0)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
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
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("actor_name"), name="gin_trgm_ops"
                        ),
                        name="event_by_actor",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("person_name"), name="gin_trgm_ops"
                        ),
                        name="event_by_person",
                    ),
                    models.Index(fields=["at", "id"], name="event_by_time"),
                    models.Index(fields=["act", "at", "id"], name="event_by_act_and_time"),
                    models.Index(fields=["act", "id"], name="event_by_act"),
                    models.Index(fields=["epoch", "transaction", "id"], name="event_by_commit"),
                ],
            },
        ),
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
                        choices=[("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "WEBP"), ("SVG", "SVG")],
                        max_length=4,
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
                ("digests", models.JSONField(default=dict)),
                (
                    "alt",
                    models.CharField(
                        max_length=1000, verbose_name="what it shows, for those who cannot see it"
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
                        condition=models.Q(
                            ("shows_patient", False),
                            models.Q(("consent", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="patient_image_has_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "licence__in",
                                [
                                    "cc0",
                                    "public_domain",
                                    "cc_by_4",
                                    "cc_by_sa_4",
                                    "cc_by_3",
                                    "cc_by_sa_3",
                                    "own",
                                ],
                            )
                        ),
                        name="licence_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("format", "SVG"), _negated=True), ("uploaded_by", None), _connector="OR"
                        ),
                        name="nobody_uploads_a_drawing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("subject", models.CharField(max_length=250)),
                ("body", models.TextField(blank=True)),
                ("headers", models.JSONField(default=dict)),
                ("ref", models.CharField(max_length=120, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be sent"),
                            ("sending", "Handed to the mail server"),
                            ("sent", "Taken by the mail server"),
                            ("failed", "Given up"),
                            ("unknown", "Cut off while it was sent; not sent again"),
                            ("dropped", "Not sent: no longer wanted, or no longer theirs to read"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("send_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="wiki.event",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "made_at"], name="letter_by_recipient"),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["send_at", "id"], name="letter_due"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "sent", "failed", "unknown", "dropped"])
                        ),
                        name="sending_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("waiting", "sending")),
                            models.Q(("address", ""), ("body", "")),
                            _connector="OR",
                        ),
                        name="letter_that_is_done_is_blank",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                ("why", models.CharField(db_default="own", default="own", max_length=50)),
                ("by_mail", models.BooleanField(db_default=False, default=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="wiki.event"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="notices",
                        to="wiki.letter",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)), fields=["recipient"], name="notice_unseen"
                    ),
                    models.Index(
                        condition=models.Q(("by_mail", True), ("letter", None)),
                        fields=["recipient"],
                        name="notice_to_mail",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "event"), name="person_hears_of_an_event_once"
                    )
                ],
            },
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
            name="PublishedPage",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="published_page",
                        serialize=False,
                        to="wiki.page",
                    ),
                ),
                ("slug", models.SlugField(allow_unicode=True, max_length=140, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("summary", models.TextField()),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list
                    ),
                ),
                ("codes", models.JSONField(default=list)),
                ("html", models.TextField()),
                ("contents", models.JSONField(default=list)),
                ("places", models.JSONField(default=list)),
                (
                    "cited",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                (
                    "acknowledged_retractions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="sources of which the text says at each place that they were retracted",
                    ),
                ),
                ("authors", models.JSONField(default=list)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "Written by people"),
                            ("starter", "Starter content"),
                            ("import", "Loaded from files"),
                        ],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("loaded_at", models.DateTimeField(null=True)),
                ("reviewers", models.JSONField(default=list)),
                ("reviewed_version", models.PositiveIntegerField(null=True)),
                ("changes", models.PositiveIntegerField(default=0)),
                ("approvals", models.JSONField(default=list)),
                ("corrected", models.JSONField(default=list)),
                ("plain", models.TextField()),
                ("words", models.PositiveIntegerField()),
                ("whole_due_on", models.DateField(null=True)),
                ("check_on", models.DateField(null=True)),
                (
                    "disputed",
                    models.PositiveIntegerField(
                        default=0, help_text="own statements on which evidence conflicts"
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "forms",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="published_page_search"),
                    models.Index(fields=["kind", "slug"], name="published_page_index"),
                    models.Index(
                        django.db.models.functions.comparison.Least("whole_due_on", "check_on"),
                        models.F("page"),
                        name="published_page_due",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="wiki.page"
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
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
        migrations.AddField(
            model_name="page",
            name="replaced_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaces",
                to="wiki.page",
            ),
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=160)),
                ("key", models.CharField(max_length=160)),
                ("skeleton", models.CharField(blank=True, default="", max_length=320)),
                ("rank", models.PositiveSmallIntegerField(help_text="0 title, 1 alias, 2 code")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="wiki.page"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["key", "rank"], name="name_exact"),
                    models.Index(fields=["skeleton"], name="name_looks"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("key", name="gin_trgm_ops"),
                        name="name_trigrams",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(allow_unicode=True, max_length=140)),
                ("title", models.CharField(max_length=200)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="wiki.page"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mentioned_by",
                        to="wiki.page",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["slug"], name="mention_by_slug")],
                "constraints": [models.UniqueConstraint(fields=("page", "slug"), name="mention_counts_once")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("table", models.CharField(max_length=30)),
                ("row", models.BigIntegerField()),
                ("payload", models.JSONField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="wiki.page",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["table", "row"], name="link_of_a_row")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "place"), name="chain_has_one_link_at_a_place", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LastRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField()),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wiki.revision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="last_reads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wiki.revision"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wiki.page"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "page"), name="page_is_last_read_once")
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
        migrations.AddField(
            model_name="event",
            name="page",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="wiki.page"
            ),
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
                ],
            },
        ),
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
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="wiki.page",
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
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(allow_unicode=True, max_length=140, unique=True)),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="wiki.page"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figures", models.JSONField()),
                ("reviewing", models.JSONField(default=dict)),
                ("counted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="NeighbourUpdate",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wiki.page",
                    ),
                ),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="PageViews",
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
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("approved", "Approved"), ("loaded", "Loaded, approved by nobody")],
                        default="approved",
                        max_length=10,
                    ),
                ),
                ("changes", models.PositiveIntegerField(default=0)),
                ("signed", models.JSONField(default=list)),
                (
                    "writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("likeness", models.CharField(default="", max_length=32)),
                ("in_force", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("replaced", "Replaced"), ("unapproved", "Approval reverted")],
                        max_length=20,
                    ),
                ),
                (
                    "loaded",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wiki.revision",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="wiki.page",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("in_force__upper_inf", True)),
                        fields=["page"],
                        name="publication_open",
                    ),
                    models.Index(fields=["page", "likeness"], name="publication_by_likeness"),
                    models.Index(
                        "page",
                        django.contrib.postgres.fields.ranges.RangeStartsWith("in_force"),
                        "id",
                        name="publication_of_page_by_time",
                    ),
                    models.Index(
                        django.contrib.postgres.fields.ranges.RangeStartsWith("in_force"),
                        "id",
                        name="publication_by_time",
                    ),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("page", "="), ("in_force", "&&")], name="page_has_one_live_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", ""), ("in_force__upper_inf", True)),
                            models.Q(("in_force__upper_inf", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="publication_that_ended_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page__gt", 0)), name="no_publication_is_of_an_entry"
                    ),
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
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("profession", models.CharField(max_length=200)),
                ("wish", models.TextField(verbose_name="what they want to write about")),
                ("applied_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=120)),
                ("is_granted", models.BooleanField(default=False)),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("person",),
                        name="one_open_application_of_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answered_application_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wrong", models.TextField(verbose_name="what is wrong")),
                ("source", models.TextField(blank=True, verbose_name="what says so")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("reported_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("taken", "Being put right"), ("closed", "Answered")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("handled_by_name", models.CharField(blank=True, max_length=120)),
                ("handled_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="wiki.revision",
                    ),
                ),
                (
                    "handled_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="wiki.page"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["reported_at", "id"],
                        name="report_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "taken", "closed"])),
                        name="report_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="closed_report_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("clinician", "Clinician"),
                            ("moderator", "Moderator"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "professions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("physician", "Physician"),
                                ("pharmacist", "Pharmacist"),
                                ("nurse", "Nurse"),
                                ("midwife", "Midwife"),
                                ("dietitian", "Dietitian"),
                                ("audiologist", "Audiologist"),
                                ("genetic_counsellor", "Genetic counsellor"),
                                ("psychologist", "Psychologist"),
                                ("therapist", "Physiotherapist, occupational or speech therapist"),
                                ("scientist", "Clinical scientist"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                    ),
                ),
                (
                    "specialties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("anaesthetics", "Anaesthetics"),
                                ("cardiology", "Cardiology"),
                                ("clinical_genetics", "Clinical genetics"),
                                ("clinical_pharmacology", "Clinical pharmacology"),
                                ("dentistry", "Dentistry"),
                                ("dermatology", "Dermatology"),
                                ("ear_nose_throat", "Ear, nose and throat"),
                                ("emergency_medicine", "Emergency medicine"),
                                ("endocrinology", "Endocrinology"),
                                ("gastroenterology", "Gastroenterology"),
                                ("general_practice", "General practice"),
                                ("geriatrics", "Geriatrics"),
                                ("haematology", "Haematology"),
                                ("infectious_diseases", "Infectious diseases"),
                                ("intensive_care", "Intensive care"),
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
                                ("ophthalmology", "Ophthalmology"),
                                ("orthopaedics", "Orthopaedics"),
                                ("paediatrics", "Paediatrics"),
                                ("paediatric_neurology", "Paediatric neurology"),
                                ("palliative_medicine", "Palliative medicine"),
                                ("psychiatry", "Psychiatry"),
                                ("public_health", "Public health"),
                                ("radiology", "Radiology"),
                                ("respiratory_medicine", "Respiratory medicine"),
                                ("rheumatology", "Rheumatology"),
                                ("surgery", "Surgery"),
                                ("toxicology", "Toxicology"),
                                ("urology", "Urology"),
                            ],
                            max_length=30,
                        ),
                        default=list,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "label"), name="requirement_is_named_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RowState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveBigIntegerField(unique=True)),
                ("table", models.CharField(max_length=30)),
                ("row", models.BigIntegerField()),
                ("payload", models.JSONField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["table", "row", "-place"], name="newest_state_of_a_row")],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("csl", models.JSONField(verbose_name="record (CSL-JSON)")),
                ("text", models.TextField(verbose_name="reference in Vancouver style")),
                ("year", models.PositiveSmallIntegerField(null=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("guideline", "Guideline"),
                            ("systematic_review", "Systematic review"),
                            ("randomized_trial", "Randomised trial"),
                            ("cohort", "Cohort"),
                            ("case_control", "Case-control"),
                            ("cross_sectional", "Cross-sectional"),
                            ("diagnostic_accuracy", "Diagnostic accuracy"),
                            ("family_genetics", "Family genetics"),
                            ("case_series", "Case series"),
                            ("autopsy_series", "Autopsy series"),
                            ("case_report", "Case report"),
                            ("narrative_review", "Narrative review"),
                            ("reference_book", "Reference book"),
                            ("trial_protocol", "Trial protocol"),
                            ("conference_abstract", "Conference abstract"),
                            ("dataset", "Data set"),
                            ("mechanism", "Mechanism"),
                            ("expert_opinion", "Expert opinion"),
                            ("definition", "Definition"),
                            ("none", "None"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "checked",
                    models.CharField(
                        choices=[("full", "Verified"), ("partial", "Not fully verified")],
                        default="partial",
                        max_length=10,
                    ),
                ),
                ("checked_how", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="wiki.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.db.models.functions.text.Left("text", 80), "id", name="source_by_reference"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "guideline",
                                    "systematic_review",
                                    "randomized_trial",
                                    "cohort",
                                    "case_control",
                                    "cross_sectional",
                                    "diagnostic_accuracy",
                                    "family_genetics",
                                    "case_series",
                                    "autopsy_series",
                                    "case_report",
                                    "narrative_review",
                                    "reference_book",
                                    "trial_protocol",
                                    "conference_abstract",
                                    "dataset",
                                    "mechanism",
                                    "expert_opinion",
                                    "definition",
                                    "none",
                                ],
                            )
                        ),
                        name="source_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                        name="source_is_not_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=500)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_former", models.BooleanField(db_default=False)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ids", to="wiki.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "value"), name="identifier_names_one_source"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_former", False)),
                        fields=("source", "scheme"),
                        name="source_has_one_id_of_a_scheme",
                    ),
                ],
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="SourceCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField()),
                ("csl", models.JSONField()),
                ("ids", models.JSONField()),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("guideline", "Guideline"),
                            ("systematic_review", "Systematic review"),
                            ("randomized_trial", "Randomised trial"),
                            ("cohort", "Cohort"),
                            ("case_control", "Case-control"),
                            ("cross_sectional", "Cross-sectional"),
                            ("diagnostic_accuracy", "Diagnostic accuracy"),
                            ("family_genetics", "Family genetics"),
                            ("case_series", "Case series"),
                            ("autopsy_series", "Autopsy series"),
                            ("case_report", "Case report"),
                            ("narrative_review", "Narrative review"),
                            ("reference_book", "Reference book"),
                            ("trial_protocol", "Trial protocol"),
                            ("conference_abstract", "Conference abstract"),
                            ("dataset", "Data set"),
                            ("mechanism", "Mechanism"),
                            ("expert_opinion", "Expert opinion"),
                            ("definition", "Definition"),
                            ("none", "None"),
                        ],
                        max_length=30,
                    ),
                ),
                ("compared_with", models.CharField(max_length=300)),
                ("asked_by_name", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_applied", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="wiki.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("source",),
                        name="one_waiting_check_of_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("compared_with", ""), _negated=True), name="check_says_with_what"
                    ),
                ],
            },
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
                            ("reinstated", "Reinstated"),
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
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
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
                        condition=models.Q(
                            ("nature__in", ["retraction", "concern", "correction", "reinstated"])
                        ),
                        name="nature_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("source", "nature", "reference"), name="source_is_noticed_once_by_each_notice"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommonWord",
            fields=[
                ("lexeme", models.TextField(db_collation="C", primary_key=True, serialize=False)),
                ("pages", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="NameBeginning",
            fields=[
                (
                    "letters",
                    models.CharField(db_collation="C", max_length=160, primary_key=True, serialize=False),
                ),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FailedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("words", models.CharField(max_length=200)),
                ("times", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("words", "day"), name="failed_search_counts_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField(db_collation="C")),
                ("lexeme", models.TextField(db_collation="C")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="spelling_by_word"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                        name="spelling_trigrams",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("causes", "causes"),
                            ("risk_factor_for", "raises the risk of"),
                            ("genetic_basis_of", "is a genetic cause of"),
                            ("infectious_agent_of", "is the infectious agent of"),
                            ("has_manifestation", "can cause"),
                            ("has_complication", "can have the complication"),
                            ("affects_site", "affects"),
                            ("diagnoses", "is used to diagnose"),
                            ("treats", "treats"),
                            ("studied_for", "is being studied for"),
                            ("prevents", "helps to prevent"),
                            ("worsens", "can worsen"),
                            ("first_line_for", "is a first-line treatment for"),
                            ("contraindicated_in", "is contraindicated in"),
                            ("has_adverse_effect", "can have the side effect"),
                            ("interacts_with", "interacts with"),
                            ("monitored_by", "is monitored with"),
                            ("associated_with", "is associated with"),
                            ("differential_of", "is a differential diagnosis of"),
                            ("subtype_of", "is a type of"),
                            ("part_of", "is part of"),
                            ("see_also", "see also"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("asserted", "Supported"),
                            ("disputed", "Evidence conflicts"),
                            ("unsupported", "Claimed, but no reliable evidence found"),
                            ("refuted", "Evidence against"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("high", "High certainty"),
                            ("moderate", "Moderate certainty"),
                            ("low", "Low certainty"),
                            ("very_low", "Very low certainty"),
                            ("ungraded", "Not yet graded"),
                            ("not_applicable", "No grade needed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("guideline", "Guideline"),
                            ("systematic_review", "Systematic review"),
                            ("randomized_trial", "Randomised trial"),
                            ("cohort", "Cohort"),
                            ("case_control", "Case-control"),
                            ("cross_sectional", "Cross-sectional"),
                            ("diagnostic_accuracy", "Diagnostic accuracy"),
                            ("family_genetics", "Family genetics"),
                            ("case_series", "Case series"),
                            ("autopsy_series", "Autopsy series"),
                            ("case_report", "Case report"),
                            ("narrative_review", "Narrative review"),
                            ("reference_book", "Reference book"),
                            ("trial_protocol", "Trial protocol"),
                            ("conference_abstract", "Conference abstract"),
                            ("dataset", "Data set"),
                            ("mechanism", "Mechanism"),
                            ("expert_opinion", "Expert opinion"),
                            ("definition", "Definition"),
                            ("none", "None"),
                        ],
                        max_length=30,
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(help_text="for sorting: the grade's")),
                ("note", models.TextField(blank=True)),
                (
                    "strength",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("strong_for", "Strong recommendation for"),
                            ("conditional_for", "Conditional recommendation for"),
                            ("conditional_against", "Conditional recommendation against"),
                            ("strong_against", "Strong recommendation against"),
                        ],
                        max_length=20,
                    ),
                ),
                ("population", models.TextField(blank=True)),
                ("frequency", models.TextField(blank=True)),
                ("effect", models.TextField(blank=True)),
                (
                    "onset",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("HP:0030674", "Before birth"),
                            ("HP:0003577", "At birth"),
                            ("HP:0003623", "In the first 28 days"),
                            ("HP:0003593", "From 28 days to 1 year"),
                            ("HP:0011463", "From 1 to 5 years"),
                            ("HP:0003621", "From 5 to 15 years"),
                            ("HP:0003581", "From 16 years"),
                            ("HP:0011462", "From 16 to 40 years"),
                            ("HP:0003596", "From 40 to 60 years"),
                            ("HP:0003584", "After 60 years"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "inheritance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("HP:0000006", "Autosomal dominant: one changed copy is enough"),
                            ("HP:0000007", "Autosomal recessive: both copies are changed"),
                            ("HP:0001423", "X-linked dominant"),
                            ("HP:0001419", "X-linked recessive"),
                            ("HP:0001417", "X-linked"),
                            ("HP:0001427", "Mitochondrial: passed on by the mother"),
                            ("HP:0001442", "Somatic: arises in the body and is not passed on"),
                        ],
                        max_length=20,
                    ),
                ),
                ("penetrance", models.TextField(blank=True)),
                ("check_by", models.TextField(blank=True)),
                ("share_low", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ("share_high", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                (
                    "source_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements_about",
                        to="wiki.page",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wiki.revision"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="wiki.page"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("relation"),
                        models.F("stance"),
                        models.OrderBy(models.F("rank"), descending=True),
                        models.OrderBy(models.F("source_ids__len"), descending=True),
                        models.F("id"),
                        name="statement_by_support",
                    ),
                    models.Index(fields=["object", "rank", "id"], name="statement_of_an_object"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("subject"),
                        models.F("relation"),
                        models.F("object"),
                        django.db.models.functions.text.Lower("population"),
                        name="statement_is_made_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("share_high", None), ("share_low", None)),
                            models.Q(
                                ("share_high__isnull", False),
                                ("share_high__lte", 100),
                                ("share_low__gte", 0),
                                ("share_low__isnull", False),
                                ("share_low__lte", models.F("share_high")),
                            ),
                            _connector="OR",
                        ),
                        name="share_is_between_nothing_and_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "strength__in",
                                [
                                    "",
                                    "strong_for",
                                    "conditional_for",
                                    "conditional_against",
                                    "strong_against",
                                ],
                            )
                        ),
                        name="strength_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "onset__in",
                                [
                                    "",
                                    "HP:0030674",
                                    "HP:0003577",
                                    "HP:0003623",
                                    "HP:0003593",
                                    "HP:0011463",
                                    "HP:0003621",
                                    "HP:0003581",
                                    "HP:0011462",
                                    "HP:0003596",
                                    "HP:0003584",
                                ],
                            )
                        ),
                        name="onset_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "inheritance__in",
                                [
                                    "",
                                    "HP:0000006",
                                    "HP:0000007",
                                    "HP:0001423",
                                    "HP:0001419",
                                    "HP:0001417",
                                    "HP:0001427",
                                    "HP:0001442",
                                ],
                            )
                        ),
                        name="inheritance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", models.F("object")), _negated=True),
                        name="no_statement_about_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stance__in", ["asserted", "disputed", "unsupported", "refuted"])
                        ),
                        name="stance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "grade__in",
                                ["high", "moderate", "low", "very_low", "ungraded", "not_applicable"],
                            )
                        ),
                        name="grade_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    "guideline",
                                    "systematic_review",
                                    "randomized_trial",
                                    "cohort",
                                    "case_control",
                                    "cross_sectional",
                                    "diagnostic_accuracy",
                                    "family_genetics",
                                    "case_series",
                                    "autopsy_series",
                                    "case_report",
                                    "narrative_review",
                                    "reference_book",
                                    "trial_protocol",
                                    "conference_abstract",
                                    "dataset",
                                    "mechanism",
                                    "expert_opinion",
                                    "definition",
                                    "none",
                                ],
                            )
                        ),
                        name="basis_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                [
                                    "causes",
                                    "risk_factor_for",
                                    "genetic_basis_of",
                                    "infectious_agent_of",
                                    "has_manifestation",
                                    "has_complication",
                                    "affects_site",
                                    "diagnoses",
                                    "treats",
                                    "studied_for",
                                    "prevents",
                                    "worsens",
                                    "first_line_for",
                                    "contraindicated_in",
                                    "has_adverse_effect",
                                    "interacts_with",
                                    "monitored_by",
                                    "associated_with",
                                    "differential_of",
                                    "subtype_of",
                                    "part_of",
                                    "see_also",
                                ],
                            )
                        ),
                        name="relation_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="wiki.page"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="wiki.source",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="wiki.statement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "source", "statement"),
                        name="citation_counts_once",
                        nulls_distinct=False,
                    )
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
                ("confirmed_by_name", models.CharField(blank=True, max_length=120)),
                ("confirmed_at", models.DateTimeField(null=True)),
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
                    "confirmed_by",
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
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("by")), _negated=True),
                        name="suppression_needs_two_moderators",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at", None), ("confirmed_by", None), ("confirmed_by_name", "")
                            ),
                            models.Q(
                                ("confirmed_at__gte", models.F("at")),
                                models.Q(("confirmed_by_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="confirmed_suppression_says_by_whom",
                    ),
                ],
            },
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
                            ("data_row", "A row of a data set changed or is gone"),
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
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        condition=models.Q(
                            ("cause__in", ["retraction", "premise", "second_read", "lapsed", "data_row"])
                        ),
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
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reviewer_name", models.CharField(max_length=120)),
                ("reviewer_profession", models.CharField(blank=True, max_length=80)),
                ("reviewer_role", models.CharField(max_length=40)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("approve", "Approved"),
                            ("request_changes", "Changes requested"),
                            ("reject", "Rejected"),
                            ("unapprove", "Approval reverted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decision_label", models.CharField(max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("checklist", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField()),
                ("standing", models.JSONField(default=dict)),
                (
                    "impact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Nothing: no reader would understand anything differently"),
                            ("wording", "Wording only"),
                            ("action", "Changes advice"),
                            ("safety", "Safety: somebody could come to harm without it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("meaning", models.TextField(blank=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "carried_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="wiki.verdict",
                    ),
                ),
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
                    "reviewer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="verdicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["approve", "request_changes", "reject", "unapprove"])
                        ),
                        name="decision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewer", models.F("author")), _negated=True),
                            ("decision", "unapprove"),
                            _connector="OR",
                        ),
                        name="nobody_reviews_their_own_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "approve"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="verdict_owes_a_reason",
                    ),
                    models.UniqueConstraint(
                        fields=("revision", "reviewer", "decision"), name="reviewer_decides_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact__in", ["action", "safety"]), _negated=True),
                            models.Q(("meaning", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="verdict_says_what_it_means",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["decided_at"], name="verdict_by_time"),
                    models.Index(fields=["reviewer", "id"], name="verdict_by_reviewer"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TypedWords",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="typed_words",
                        serialize=False,
                        to="wiki.revision",
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("method", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["numbers"], name="versions_by_typed_words"
                    ),
                    models.Index(fields=["method", "revision"], name="typed_words_by_method"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeletedWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("since", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wiki.page"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["numbers"], name="authors_by_deleted_words"
                    ),
                ],
            },
        ),
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
                            ("unapprove", "Approval reverted"),
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
        migrations.AddField(
            model_name="publication",
            name="verdict",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="wiki.verdict",
            ),
        ),
        migrations.CreateModel(
            name="MeaningWithdrawal",
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
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meaning_withdrawal",
                        to="wiki.verdict",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="meaning_withdrawal_has_a_reason",
                    )
                ],
            },
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
                ("relation", models.CharField(max_length=40)),
                ("checked", models.TextField(verbose_name="what was checked")),
                ("by_name", models.CharField(max_length=120)),
                ("by_profession", models.CharField(blank=True, max_length=80)),
                ("standing", models.JSONField(default=dict)),
                ("verified_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wiki.page"
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("checked", ""), _negated=True),
                        name="verification_says_what_was_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("relation", ""), _negated=True),
                        name="verification_is_of_a_statement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=20)),
                (
                    "specialty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("anaesthetics", "Anaesthetics"),
                            ("cardiology", "Cardiology"),
                            ("clinical_genetics", "Clinical genetics"),
                            ("clinical_pharmacology", "Clinical pharmacology"),
                            ("dentistry", "Dentistry"),
                            ("dermatology", "Dermatology"),
                            ("ear_nose_throat", "Ear, nose and throat"),
                            ("emergency_medicine", "Emergency medicine"),
                            ("endocrinology", "Endocrinology"),
                            ("gastroenterology", "Gastroenterology"),
                            ("general_practice", "General practice"),
                            ("geriatrics", "Geriatrics"),
                            ("haematology", "Haematology"),
                            ("infectious_diseases", "Infectious diseases"),
                            ("intensive_care", "Intensive care"),
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
                            ("ophthalmology", "Ophthalmology"),
                            ("orthopaedics", "Orthopaedics"),
                            ("paediatrics", "Paediatrics"),
                            ("paediatric_neurology", "Paediatric neurology"),
                            ("palliative_medicine", "Palliative medicine"),
                            ("psychiatry", "Psychiatry"),
                            ("public_health", "Public health"),
                            ("radiology", "Radiology"),
                            ("respiratory_medicine", "Respiratory medicine"),
                            ("rheumatology", "Rheumatology"),
                            ("surgery", "Surgery"),
                            ("toxicology", "Toxicology"),
                            ("urology", "Urology"),
                        ],
                        max_length=30,
                    ),
                ),
                ("queue", models.BooleanField(default=False)),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watched_by",
                        to="wiki.page",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "page", "kind", "specialty", "queue"),
                        name="watched_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", ""), ("page__isnull", False), ("queue", False), ("specialty", "")
                            ),
                            models.Q(
                                ("page", None),
                                ("queue", False),
                                ("specialty", ""),
                                models.Q(("kind", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind", ""),
                                ("page", None),
                                ("queue", False),
                                models.Q(("specialty", ""), _negated=True),
                            ),
                            models.Q(("kind", ""), ("page", None), ("queue", True), ("specialty", "")),
                            _connector="OR",
                        ),
                        name="watch_is_of_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WholePageReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("checklist", models.JSONField(default=list)),
                ("checked", models.TextField(verbose_name="what was checked")),
                ("by_name", models.CharField(max_length=120)),
                ("by_profession", models.CharField(blank=True, max_length=80)),
                ("standing", models.JSONField(default=dict)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list
                    ),
                ),
                (
                    "together_with",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="next review due")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="whole_page_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="whole_page_reviews",
                        to="wiki.page",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="whole_page_reviews",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("checked", ""), _negated=True),
                        name="whole_page_review_says_what_was_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("missing", [])),
                            models.Q(models.Q(("missing", []), _negated=True), ("due_on", None)),
                            _connector="OR",
                        ),
                        name="whole_page_review_is_due_again_when_complete",
                    ),
                ],
                "indexes": [models.Index(fields=["by", "id"], name="whole_page_review_by_person")],
            },
        ),
        migrations.AddField(
            model_name="publication",
            name="whole_page_review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wiki.wholepagereview",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="claims",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="publication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="published_page",
                to="wiki.publication",
            ),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="whole_page_review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wiki.wholepagereview",
            ),
        ),
        migrations.CreateModel(
            name="PageVector",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wiki.publishedpage",
                    ),
                ),
                ("text", models.BinaryField()),
                ("title", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rest", models.CharField(db_collation="C", max_length=160)),
                (
                    "order",
                    models.PositiveIntegerField(help_text="the lower, the earlier it is suggested"),
                ),
                (
                    "name",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="wiki.name",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["rest", "order"], name="name_word_beginning"),
                    models.Index(fields=["name"], name="name_word_of_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "page_id", "lexeme", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("lexeme", models.TextField(db_collation="C")),
                (
                    "page",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="wiki.publishedpage",
                    ),
                ),
                ("impact", models.FloatField(help_text="all of BM25 that does not depend on the question")),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("lexeme"),
                        models.OrderBy(models.F("impact"), descending=True),
                        include=("page",),
                        name="posting_best_first",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publishedpage",
            index=models.Index(
                condition=models.Q(("whole_page_review", None)),
                fields=["slug"],
                name="published_page_unreviewed",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("content__has_key", "retirement")), fields=["page"], name="retirements"
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("state", "draft")),
                fields=["author", "saved_at"],
                name="drafts_of_an_author",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("state", "draft"), _negated=True),
                fields=["page", "author"],
                name="sent_in_on_page_by_author",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("state", "rejected")), fields=["digest"], name="rejected_by_digest"
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        ["approved", "included", "unapproved", "changes_requested", "rejected"],
                    )
                ),
                fields=["author", "submitted_at", "id"],
                name="decided_of_an_author",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("content", name="jsonb_path_ops"),
                name="revision_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "person"),
                    models.Q(("author", None), ("origin__in", ("starter", "import"))),
                    _connector="OR",
                ),
                name="nobody_is_the_author_of_what_was_loaded",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_with", None),
                    models.Q(("takes_over", None), models.Q(("state", "draft"), _negated=True)),
                    _connector="OR",
                ),
                name="what_retires_with_a_merge_is_sent_in_and_takes_nothing_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("page", "number"), name="revision_number_is_unique_on_its_page"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("page", "author"),
                name="author_has_one_draft_of_a_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("id", "author"), name="revision_with_its_author"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["page", "at", "id"], name="event_by_page"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict__isnull", False), ("way", "approved")),
                    models.Q(
                        ("changes", 0),
                        ("loaded", models.F("revision")),
                        ("signed", []),
                        ("verdict", None),
                        ("way", "loaded"),
                    ),
                    _connector="OR",
                ),
                name="publication_is_signed_or_says_that_nobody_did",
            ),
        ),
        migrations.CreateModel(
            name="DataRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "data_set",
                    models.CharField(
                        choices=[("hpo", "Human Phenotype Ontology"), ("do", "Disease Ontology")],
                        max_length=20,
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("loaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("is_current", models.BooleanField(default=False)),
                ("files", models.JSONField(default=dict, help_text="the SHA-256 of each file")),
                ("counts", models.JSONField(default=list, help_text="what was read, kept and dropped")),
                ("report", models.JSONField(default=dict, help_text="what came, went and changed")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("data_set",),
                        name="data_set_has_one_current_release",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("data_set__in", ["hpo", "do"])), name="data_set_is_known"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="EntryNumber",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("data_set", models.CharField(max_length=20)),
                ("code", models.TextField(db_collation="C")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("data_set", "code"), name="entry_has_one_number"),
                    models.CheckConstraint(
                        condition=models.Q(("id__lt", 0)), name="entry_number_is_negative"
                    ),
                ]
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    (SQL / "data_set_tables.sql").read_text(),
                    "DROP TABLE wiki_entry, wiki_entryancestor, wiki_entrycode, wiki_datarow, wiki_entryfinding; DROP SEQUENCE wiki_entry_numbers;",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("code", models.TextField(db_collation="C")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("finding", "finding"),
                                    ("disease", "disease"),
                                    ("symptom", "symptom"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.TextField()),
                        ("definition", models.TextField(default="")),
                        ("comment", models.TextField(default="")),
                        (
                            "synonyms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), default=list
                            ),
                        ),
                        (
                            "former_codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), default=list
                            ),
                        ),
                        ("links", models.IntegerField(default=0, help_text="how many rows name it")),
                        (
                            "disease_count",
                            models.IntegerField(
                                default=0, help_text="how many diseases show it, or something beneath it"
                            ),
                        ),
                        ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                        (
                            "release",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.datarelease",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EntryAncestor",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id",
                                "ancestor_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("distance", models.SmallIntegerField()),
                        (
                            "ancestor",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="below",
                                to="wiki.entry",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="upward",
                                to="wiki.entry",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.datarelease",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EntryCode",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id",
                                "system",
                                "code",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("system", models.CharField(max_length=40)),
                        ("code", models.TextField(db_collation="C")),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="codes",
                                to="wiki.entry",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.datarelease",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DataRow",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("relation", models.CharField(help_text="the id of a relation", max_length=30)),
                        (
                            "denied",
                            models.BooleanField(default=False, help_text="it says that this is not so"),
                        ),
                        ("frequency", models.TextField(default="")),
                        ("share_low", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                        ("share_high", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                        (
                            "sources",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                default=list,
                                help_text="as the data set has them",
                            ),
                        ),
                        ("evidence", models.CharField(default="", max_length=20)),
                        (
                            "details",
                            models.JSONField(
                                default=dict, help_text="what else it says: onset, sex, who entered it"
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.datarelease",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="rows_about",
                                to="wiki.entry",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="rows",
                                to="wiki.entry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EntryFinding",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "finding_id",
                                "disease_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("share", models.FloatField()),
                        (
                            "disease",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.entry",
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.entry",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="wiki.datarelease",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="SameSubject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id", "page_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="same_pages",
                        to="wiki.entry",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="same_entries",
                        to="wiki.page",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["page", "entry"], name="same_subject_by_page")]},
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                ("secret", models.CharField(max_length=60)),
                (
                    "wanted",
                    models.CharField(
                        choices=[
                            ("all", "All changes"),
                            ("recalls", "All recalls, nothing else"),
                            ("followed", "Only recalls of what you follow"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                ("epoch", models.PositiveSmallIntegerField(default=0)),
                ("transaction", models.BigIntegerField(default=0)),
                ("event", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("send_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=300)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stopped_at", None)), fields=["send_at", "id"], name="webhook_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "address"), name="webhook_is_set_once"),
                    models.CheckConstraint(
                        condition=models.Q(("wanted__in", ["all", "recalls", "followed"])),
                        name="webhook_wants_what_there_is",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecallWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("since", models.DateTimeField()),
                ("is_on", models.BooleanField(default=True)),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wiki.page",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recall_watches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wiki.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"),
                        models.F("page"),
                        models.F("revision"),
                        django.db.models.functions.text.Lower("words"),
                        name="recalls_are_followed_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page__isnull", False), ("words", ""))
                        | (models.Q(("page", None), ("revision", None)) & ~models.Q(("words", ""))),
                        name="recalls_are_of_a_page_or_of_words",
                    ),
                ],
            },
        ),
    ]
