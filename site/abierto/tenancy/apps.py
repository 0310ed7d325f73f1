"""Spaces and their permission policies."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    name = "abierto.tenancy"
    label = "tenancy"
    verbose_name = _("Espacios")

    def ready(self) -> None:
        """Register policies before Wagtail builds its viewsets, lookups and receivers."""
        from wagtail.contrib.redirects.models import Redirect  # noqa: PLC0415 (models are not there before)

        from abierto.accounts.models import User  # noqa: PLC0415 (same)

        from . import provisioning, registration, scopes  # noqa: PLC0415 (same)
        from .isolation import default_policies  # noqa: PLC0415 (same)
        from .isolation.checks import check_admin_policies  # noqa: PLC0415 (same)
        from .models import PortalSettings  # noqa: PLC0415 (same)
        from .path_lookup import create_tree_index, register_path_lookup  # noqa: PLC0415 (same)

        register_path_lookup()
        post_migrate.connect(create_tree_index, sender=self, dispatch_uid="tenancy_create_tree_index")
        provisioning.register_models(state_administrators=(User, Redirect, PortalSettings))
        registration.register_policies()
        registration.connect_receivers()
        registration.register_choice_rules()
        scopes.register_wagtail_branches()
        default_policies.register_default_policies()
        checks.register(check_admin_policies)
