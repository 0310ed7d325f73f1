"""Who may sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who may sign in."""

    name = "abierto.accounts"
    label = "accounts"
    verbose_name = _("Cuentas")

    def ready(self) -> None:
        """Listen to second factors that come and go."""
        from . import second_factor  # noqa: PLC0415 (needs the models)

        second_factor.connect()
