"""The open data: API, files, feeds and catalogues of public content."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class OpenDataConfig(AppConfig):
    name = "abierto.opendata"
    label = "opendata"
    verbose_name = _("Datos abiertos")

    def ready(self) -> None:
        """Register the job that builds the ZIP archive, and the deploy check of WeasyPrint."""
        from .pdf import check_weasyprint  # noqa: PLC0415 - models exist only now

        checks.register(check_weasyprint, deploy=True)
        register_job(
            Job("export_data", _("Armar el ZIP de datos abiertos"), timedelta(hours=1), is_long=True)
        )
