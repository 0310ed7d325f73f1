"""Users, sign-in, second factor and sessions."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "abierto.accounts"
    label = "accounts"
    verbose_name = _("Cuentas")

    def ready(self) -> None:
        """Connect the receivers of sign-in, sessions and profiles, and register the security check."""
        from . import attempts, second_factor, sessions, time_zone  # noqa: PLC0415 (needs the models)
        from .checks import check_sign_in_settings  # noqa: PLC0415

        attempts.connect()
        second_factor.connect()
        sessions.connect()
        time_zone.connect()
        checks.register(check_sign_in_settings, checks.Tags.security)
