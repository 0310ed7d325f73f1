"""Spreadsheets that become drafts of pages and of registry rows."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class ImportsConfig(AppConfig):
    name = "abierto.imports"
    label = "imports"
    verbose_name = _("Importaciones")

    def ready(self) -> None:
        """Register the job that checks, loads and undoes the waiting batches."""
        label = _("Revisar y cargar las importaciones")
        register_job(Job("import_batches", label, timedelta(minutes=10), is_long=True))
