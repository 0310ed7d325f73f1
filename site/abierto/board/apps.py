"""The board of the municipalities."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class BoardConfig(AppConfig):
    name = "abierto.board"
    label = "board"
    verbose_name = _("Tablero de los municipios")

    def ready(self) -> None:
        register_job(
            Job("check_sites", _("Visitar los sitios de los municipios"), timedelta(days=1), is_long=True)
        )
