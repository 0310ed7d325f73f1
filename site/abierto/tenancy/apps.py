"""Whose is what: spaces and their permissions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    """Whose is what: spaces and their permissions."""

    name = "abierto.tenancy"
    label = "tenancy"
    verbose_name = _("Espacios")

    def ready(self) -> None:
        """Register the policies before Wagtail builds its viewsets, and follow new translations."""
        from . import registration  # noqa: PLC0415 (models are not there before this moment)

        registration.register_policies()
        registration.follow_translations()
        registration.register_choices()
