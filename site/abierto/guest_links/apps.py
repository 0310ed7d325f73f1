"""Signed links by which a person without an account reads one draft."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class GuestLinksConfig(AppConfig):
    name = "abierto.guest_links"
    label = "guest_links"
    verbose_name = _("Enlaces de lectura")

    def ready(self) -> None:
        """Open the files of a shared draft to its guests; revoke the links of a closed account."""
        from abierto.accounts.models import User  # noqa: PLC0415 (same)
        from abierto.media import access  # noqa: PLC0415 (needs the models)

        from . import services  # noqa: PLC0415 (needs the models)

        post_save.connect(
            services.revoke_links_of_closed_account,
            sender=User,
            dispatch_uid="abierto.guest_links.revoke_links",
        )
        access.EXTRA_ACCESS_RULES.append(services.is_shown_to_guest)
