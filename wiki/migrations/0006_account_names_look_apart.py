"""How names look: a key of each account that no two share."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

from wiki.text.person_names import name_key, name_keys


def work_out(apps: Any, schema_editor: Any) -> None:
    """Work the keys out for accounts that are there; who looks like an earlier one keeps the user name’s."""
    known: set[str] = set()
    for person in apps.get_model("wiki", "User").objects.order_by("pk"):
        shown = person.name or person.username
        keys = (name_key(shown), name_key(person.username), f"account{person.pk}")
        person.name_key = next(key for key in keys if key and key not in known)
        person.name_keys = sorted(name_keys(shown) | name_keys(person.username))
        known.add(person.name_key)
        person.save(update_fields=["name_key", "name_keys"])


class Migration(migrations.Migration):
    dependencies = [("wiki", "0005_retirements_are_found")]

    operations = [
        migrations.AddField("user", "name_key", models.CharField(editable=False, max_length=600, null=True)),
        migrations.AddField(
            "user",
            "name_keys",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=600), default=list, editable=False, size=None
            ),
            preserve_default=False,
        ),
        migrations.RunPython(work_out, migrations.RunPython.noop),
        migrations.AlterField(
            "user", "name_key", models.CharField(editable=False, max_length=600, unique=True)
        ),
    ]
