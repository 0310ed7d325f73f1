"""Users, sign-in, second factor and sessions."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from abierto.jobs.registry import Job, register_job


class AccountsConfig(AppConfig):
    name = "abierto.accounts"
    label = "accounts"
    verbose_name = _("Cuentas")

    def ready(self) -> None:
        """Connect the receivers of sign-in, sessions and profiles, and register job and check."""
        from . import attempts, profiles, second_factor, sessions  # noqa: PLC0415 (needs the models)
        from .checks import check_sign_in_settings  # noqa: PLC0415

        attempts.connect()
        second_factor.connect()
        sessions.connect()
        profiles.connect()
        register_job(Job("delete_sessions", _("Borrar las sesiones que vencieron"), timedelta(days=1)))
        checks.register(check_sign_in_settings, checks.Tags.security)
