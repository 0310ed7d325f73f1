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
        """Refuse what would be drawn for nothing before any view begins to draw it."""
        register_path_check("filter_spec", is_allowed_spec)
