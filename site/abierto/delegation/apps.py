"""Reviewers who decide in the place of an absent reviewer."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class DelegationConfig(AppConfig):
    name = "abierto.delegation"
    label = "delegation"
    verbose_name = _("Delegaciones")

    def ready(self) -> None:
        """Require a second factor of deputies, and end the delegations of closed accounts."""
        from abierto.accounts import second_factor  # noqa: PLC0415 (needs the models)
        from abierto.accounts.models import User  # noqa: PLC0415 (same)

        from . import services  # noqa: PLC0415 (needs the models)

        second_factor.EXTRA_RULES.append(services.is_deputy_today)
        post_save.connect(
            services.end_delegations_of_closed_account, sender=User, dispatch_uid="delegation.closed_account"
        )
