"""Readers report what is wrong, and people watch pages."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0007_pages_retire"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        condition=models.Q(state__in=["open", "taken", "closed"]),
                        name="report_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="closed") | ~models.Q(answer=""),
                        name="closed_report_has_an_answer",
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
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watched_by", to="wiki.page"
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
                    models.UniqueConstraint(fields=("person", "page"), name="page_is_watched_once")
                ]
            },
        ),
    ]
