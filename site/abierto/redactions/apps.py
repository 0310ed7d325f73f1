"""The helper that hides personal data before a text is saved."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class RedactionsConfig(AppConfig):
    name = "abierto.redactions"
    label = "redactions"
    verbose_name = _("Textos con datos ocultos")

    def ready(self) -> None:
        """Register the periodic jobs."""
        register_job(
            Job(
                "delete_redactions",
                _("Borrar los textos con datos ocultos que nadie terminó"),
                timedelta(hours=1),
            )
        )
