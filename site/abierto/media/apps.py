"""Image and document models and the checks of uploads."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.bad_requests.screening import register_path_check
from abierto.jobs.registry import Job, register_job
from abierto.media.image_checks import is_allowed_spec


class MediaConfig(AppConfig):
    name = "abierto.media"
    label = "media"
    verbose_name = _("Archivos")

    def ready(self) -> None:
        """Connect the receivers and register the check of filter specs in addresses."""
        from . import receivers  # noqa: PLC0415 (needs the models)

        receivers.connect()
        register_path_check("filter_spec", is_allowed_spec)
        register_job(Job("read_files", _("Leer los documentos que esperan"), timedelta(minutes=5)))
