"""A page can be retired, and another can replace it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wiki", "0006_pictures")]

    operations = [
        migrations.AddField(
            model_name="page",
            name="retired",
            field=models.TextField(blank=True, verbose_name="why it is retired"),
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
    ]
