"""The forms say which kinds there are, so that a new kind needs no migration. No SQL is run."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Take the choices off the two columns that had them."""

    dependencies = [
        ("wiki", "0019_letters_keep_no_address"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reading",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.AlterField(
            model_name="watch",
            name="kind",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
