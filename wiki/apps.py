"""The one app."""

from django.apps import AppConfig


class WikiConfig(AppConfig):
    """All of Causeway."""

    name = "wiki"
    verbose_name = "Causeway"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from wiki import checks  # noqa: F401  importing it registers them
