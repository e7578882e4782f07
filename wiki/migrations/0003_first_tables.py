"""Pages, revisions, verdicts, publications, sources, the log; and what is derived."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wiki", "0002_search_and_intervals"),
    ]

    operations = [
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
                ("data", models.JSONField(default=dict)),
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
            ],
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
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="wiki.event"
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
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="wiki.page",
                    ),
                ),
                ("slug", models.SlugField(allow_unicode=True, max_length=140, unique=True)),
                ("title", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("condition", "Condition"),
                            ("finding", "Finding"),
                            ("symptom", "Symptom"),
                            ("infection", "Infection"),
                            ("gene", "Gene"),
                            ("drug", "Drug"),
                            ("exposure", "Exposure"),
                            ("treatment", "Treatment"),
                            ("test", "Test"),
                            ("anatomy", "Anatomy"),
                        ],
                        max_length=20,
                    ),
                ),
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
                ("authors", models.JSONField(default=list)),
                ("plain", models.TextField()),
                ("words", models.PositiveIntegerField()),
                (
                    "disputed",
                    models.PositiveIntegerField(
                        default=0, help_text="own statements on which evidence conflicts"
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
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
                ("rank", models.PositiveSmallIntegerField(help_text="0 title, 1 alias, 2 code")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="wiki.page"
                    ),
                ),
            ],
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
        ),
        migrations.AddField(
            model_name="event",
            name="page",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="wiki.page"
            ),
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
                            ("unapproved", "Approval taken back"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "Written and reviewed by people"),
                            ("starter", "Starter content"),
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
                ("typed", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="revisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="wiki.page"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="wiki.revision",
                    ),
                ),
                (
                    "second_parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_by",
                        to="wiki.revision",
                    ),
                ),
            ],
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
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="wiki.revision",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="event",
            name="revision",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="wiki.revision",
            ),
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
            ],
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
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ids", to="wiki.source"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
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
                            ("genetic_basis_of", "is a genetic basis of"),
                            ("infectious_agent_of", "is the infectious agent of"),
                            ("has_manifestation", "can show"),
                            ("has_complication", "can lead to"),
                            ("affects_site", "affects"),
                            ("diagnoses", "is used to diagnose"),
                            ("treats", "treats"),
                            ("studied_for", "is being studied for"),
                            ("prevents", "helps to prevent"),
                            ("worsens", "can worsen"),
                            ("associated_with", "is associated with"),
                            ("differential_of", "must be told apart from"),
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
                    "source_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
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
                            ("unapprove", "Approval taken back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decision_label", models.CharField(max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("checklist", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField()),
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
                ("in_force", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("due_on", models.DateField(verbose_name="next review due")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("replaced", "Replaced"), ("unapproved", "Approval taken back")],
                        max_length=20,
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
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="wiki.verdict",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("seen_at", None)), fields=["recipient"], name="notice_unseen"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("recipient", "event"), name="person_hears_of_an_event_once"
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="publication",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="wiki.publication"),
        ),
        migrations.AddIndex(
            model_name="name",
            index=models.Index(fields=["key", "rank"], name="name_exact"),
        ),
        migrations.AddIndex(
            model_name="name",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("key", name="gin_trgm_ops"), name="name_trigrams"
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["slug"], name="mention_by_slug"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("page", "slug"), name="mention_counts_once"),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("state", "submitted")), fields=["submitted_at", "id"], name="queue"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("state", "draft"), ("submitted_at__isnull", True)),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("number__isnull", False),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="only_drafts_have_no_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("typed__isnull", True), _connector="OR"),
                name="only_drafts_hold_what_was_typed",
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
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(
                fields=("revision", "label"), name="requirement_is_named_once"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["page", "at"], name="event_by_page"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="sourceid",
            constraint=models.UniqueConstraint(
                fields=("scheme", "value"), name="identifier_names_one_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourceid",
            constraint=models.UniqueConstraint(
                fields=("source", "scheme"), name="source_has_one_id_of_a_scheme"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("subject", "relation", "object"), name="statement_is_made_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", models.F("object")), _negated=True),
                name="no_statement_about_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["asserted", "disputed", "unsupported", "refuted"])),
                name="stance_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grade__in", ["high", "moderate", "low", "very_low", "ungraded", "not_applicable"])
                ),
                name="grade_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                fields=("page", "source", "statement"), name="citation_counts_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["approve", "request_changes", "reject", "unapprove"])),
                name="decision_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewer", models.F("author")), _negated=True),
                    ("decision", "unapprove"),
                    _connector="OR",
                ),
                name="nobody_reviews_their_own_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", "approve"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="verdict_owes_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                fields=("revision", "reviewer", "decision"), name="reviewer_decides_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("page", "="), ("in_force", "&&")], name="page_has_one_live_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ending", ""), ("in_force__upper_inf", True)),
                    models.Q(("in_force__upper_inf", False), models.Q(("ending", ""), _negated=True)),
                    _connector="OR",
                ),
                name="publication_that_ended_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="reading_search"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["kind", "slug"], name="reading_index"),
        ),
    ]
