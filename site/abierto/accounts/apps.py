"""Who may sign in."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who may sign in."""

    name = "abierto.accounts"
    label = "accounts"
    verbose_name = _("Cuentas")

    def ready(self) -> None:
        """Listen to second factors that come and go, and check that settings leave the door shut."""
        from . import second_factor  # noqa: PLC0415 (needs the models)
        from .checks import check_the_door  # noqa: PLC0415

        second_factor.connect()
        checks.register(check_the_door, checks.Tags.security)
