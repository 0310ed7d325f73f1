"""Images and documents, checked on the way in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Images and documents, checked on the way in."""

    name = "abierto.media"
    label = "media"
    verbose_name = _("Archivos")

    def ready(self) -> None:
        """Follow what is hidden."""
        from . import receivers  # noqa: PLC0415 (needs the models)

        receivers.connect()
