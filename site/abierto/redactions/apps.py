"""A tool that replaces personal data in a text before it becomes part of a page."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class RedactionsConfig(AppConfig):
    name = "abierto.redactions"
    label = "redactions"
    verbose_name = _("Textos con datos ocultos")

    def ready(self) -> None:
        """Register the job that deletes unfinished redactions."""
        register_job(
            Job(
                "delete_redactions",
                _("Borrar los textos con datos ocultos que nadie terminó"),
                timedelta(hours=1),
            )
        )
