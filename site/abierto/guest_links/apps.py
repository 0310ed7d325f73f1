"""Signed links by which a person without an account reads one draft."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuestLinksConfig(AppConfig):
    name = "abierto.guest_links"
    label = "guest_links"
    verbose_name = _("Enlaces de lectura")

    def ready(self) -> None:
        """Register the rule that opens the files of a shared draft to its guests."""
        from abierto.media import access  # noqa: PLC0415 (needs the models)

        from . import services  # noqa: PLC0415 (needs the models)

        access.EXTRA_ACCESS_RULES.append(services.is_shown_to_guest)
