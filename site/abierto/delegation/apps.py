"""Reviewers who decide in the place of an absent reviewer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationConfig(AppConfig):
    name = "abierto.delegation"
    label = "delegation"
    verbose_name = _("Delegaciones")

    def ready(self) -> None:
        """Require of deputies the second factor that the absent reviewer needs."""
        from abierto.accounts import second_factor  # noqa: PLC0415 (needs the models)

        from . import services  # noqa: PLC0415 (needs the models)

        second_factor.EXTRA_RULES.append(services.is_deputy_today)
