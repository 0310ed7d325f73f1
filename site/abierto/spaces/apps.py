"""The spaces of institutions and municipalities, as the state team makes them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "abierto.spaces"
    label = "spaces"
    verbose_name = _("Espacios")

    def ready(self) -> None:
        """Complete the template of microsites and the permissions of spaces after each migration."""
        from abierto.tenancy.provisioning import add_missing_permissions  # noqa: PLC0415 (needs the models)

        from .microsite_template import add_registered_pages  # noqa: PLC0415 (needs the models)

        post_migrate.connect(add_registered_pages, sender=self, dispatch_uid="spaces_add_registered_pages")
        post_migrate.connect(add_missing_permissions, sender=self, dispatch_uid="spaces_add_permissions")
