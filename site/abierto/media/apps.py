"""Images and documents, checked on the way in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from abierto.bad_requests.screening import register_path_check
from abierto.media.filter_specs import is_allowed_spec


class MediaConfig(AppConfig):
    """Images and documents, checked on the way in."""

    name = "abierto.media"
    label = "media"
    verbose_name = _("Archivos")

    def ready(self) -> None:
        """Follow what is hidden, and refuse pictures that cannot be drawn before any view begins."""
        from . import receivers  # noqa: PLC0415 (needs the models)

        receivers.connect()
        register_path_check("filter_spec", is_allowed_spec)
