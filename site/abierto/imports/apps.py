"""The app of the importer."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class ImportsConfig(AppConfig):
    """Spreadsheets that become drafts."""

    name = "abierto.imports"
    label = "imports"
    verbose_name = _("Importaciones")

    def ready(self) -> None:
        """Let the worker check, load and undo the batches that wait."""
        label = _("Revisar y cargar las importaciones")
        register_job(Job("import_batches", label, timedelta(minutes=10), is_long=True))
