"""Four eyes: what may be public, and who said so."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """Four eyes: what may be public, and who said so."""

    name = "abierto.editorial"
    label = "editorial"
    verbose_name = _("Edición")

    def ready(self) -> None:
        """Start listening, and check that no page type of ours escapes."""
        from abierto.editorial import receivers  # noqa: PLC0415 - models exist only now
        from abierto.editorial.checks import check_four_eyes  # noqa: PLC0415

        receivers.connect()
        checks.register(check_four_eyes, checks.Tags.models)
