"""Copies of the public content of microsites as ZIP files."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class MicrositeCopiesConfig(AppConfig):
    name = "abierto.microsite_copies"
    label = "microsite_copies"
    verbose_name = _("Copias de micrositios")

    def ready(self) -> None:
        """Register the job that makes the ordered copies."""
        register_job(
            Job("copy_microsites", _("Hacer las copias de micrositios"), timedelta(minutes=10), is_long=True)
        )
