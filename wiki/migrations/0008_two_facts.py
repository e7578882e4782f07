"""Two facts of a page: who reviewed the whole of it, and who approved what since; and what was only loaded."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "models" / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0007_meaning_withdrawals"),
    ]

    operations = [
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
            ],
        ),
        migrations.RemoveConstraint(
            model_name="verification",
            name="verification_is_of_a_page_or_of_a_statement",
        ),
        migrations.RemoveField(
            model_name="publication",
            name="due_on",
        ),
        migrations.RemoveField(
            model_name="publishedpage",
            name="cosigners",
        ),
        migrations.RemoveField(
            model_name="publishedpage",
            name="verification",
        ),
        migrations.AddField(
            model_name="publication",
            name="changes",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="publication",
            name="likeness",
            field=models.CharField(default="", max_length=32),
        ),
        migrations.AddField(
            model_name="publication",
            name="loaded",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wiki.revision"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="signed",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="publication",
            name="way",
            field=models.CharField(
                choices=[("approved", "Approved"), ("loaded", "Loaded, approved by nobody")],
                default="approved",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="approvals",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="changes",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="loaded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="origin",
            field=models.CharField(
                choices=[
                    ("person", "Written by people"),
                    ("starter", "Starter content"),
                    ("import", "Loaded from files"),
                ],
                default="person",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="reviewed_version",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="reviewers",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="user",
            name="is_demo",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="publication",
            name="verdict",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="wiki.verdict",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="origin",
            field=models.CharField(
                choices=[
                    ("person", "Written by people"),
                    ("starter", "Starter content"),
                    ("import", "Loaded from files"),
                ],
                default="person",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="verification",
            name="object",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wiki.page"
            ),
        ),
        migrations.AlterField(
            model_name="verification",
            name="relation",
            field=models.CharField(max_length=40),
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
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation", ""), _negated=True), name="verification_is_of_a_statement"
            ),
        ),
        migrations.AddField(
            model_name="wholepagereview",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="whole_page_reviews",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="wholepagereview",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="whole_page_reviews", to="wiki.page"
            ),
        ),
        migrations.AddField(
            model_name="wholepagereview",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="whole_page_reviews",
                to="wiki.revision",
            ),
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
            model_name="publishedpage",
            name="whole_page_review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wiki.wholepagereview",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["page", "likeness"], name="publication_by_likeness"),
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
        migrations.RemoveField(
            model_name="verification",
            name="due_on",
        ),
        migrations.AddConstraint(
            model_name="wholepagereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked", ""), _negated=True),
                name="whole_page_review_says_what_was_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="wholepagereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", False), ("missing", [])),
                    models.Q(models.Q(("missing", []), _negated=True), ("due_on", None)),
                    _connector="OR",
                ),
                name="whole_page_review_is_due_again_when_complete",
            ),
        ),
        migrations.RunSQL(
            (SQL / "whole_page_reviews.sql").read_text(),
            "DROP FUNCTION causeway_whole_page_review_fits CASCADE",
        ),
    ]
