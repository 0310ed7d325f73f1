"""Read the open data that municipalities publish on their own sites."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class HarvestConfig(AppConfig):
    name = "abierto.harvest"
    label = "harvest"
    verbose_name = _("Fichas externas de los municipios")

    def ready(self) -> None:
        """Register the job that reads the addresses of the municipalities once a day."""
        label = _("Leer lo que publican los municipios en otros sitios")
        register_job(Job("harvest", label, timedelta(days=1), is_long=True))
