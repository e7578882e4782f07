"""The Django app."""

from django.apps import AppConfig
from django.core.signals import request_finished


class WikiConfig(AppConfig):
    """All of Causeway."""

    name = "wiki"
    verbose_name = "Causeway"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, the sentences of forms, and what is done after an answer."""
        from wiki import (
            checks,  # noqa: F401  importing it registers them
            last_reads,
            page_views,
        )
        from wiki.forms import error_messages
        from wiki.models.reading import replicas

        error_messages.install()
        request_finished.connect(last_reads.write, dispatch_uid="last reads")
        request_finished.connect(page_views.write_when_due, dispatch_uid="readers")
        request_finished.connect(replicas.look, dispatch_uid="replicas")
