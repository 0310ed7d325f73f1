"""Retention: a job proposes to delete rows past their term; two people of the state approve it."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class RetentionConfig(AppConfig):
    name = "abierto.retention"
    label = "retention"
    verbose_name = _("Plazos de conservación")

    def ready(self) -> None:
        """Register the job that proposes deletions once a day."""
        register_job(Job("propose_deletions", _("Proponer que se borre lo que venció"), timedelta(days=1)))
