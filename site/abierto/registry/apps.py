"""Institutions, people, seats, municipalities, goals and words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Institutions, people, seats, municipalities, goals and words."""

    name = "abierto.registry"
    label = "registry"
    verbose_name = _("Registro")

    def ready(self) -> None:
        """Close the lists that nobody edits, before Wagtail builds its viewsets."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415

        from abierto.tenancy import provisioning  # noqa: PLC0415
        from abierto.tenancy.reference_policy import register_spaceless_models  # noqa: PLC0415

        from . import models  # noqa: PLC0415
        from .policies import ReadOnlyPolicy  # noqa: PLC0415

        closed = (models.SDGGoal, models.SDGTarget)
        for model in closed:
            register_permission_policy(model, ReadOnlyPolicy(model))
        register_spaceless_models(*closed)
        provisioning.register_models(state=models.WRITTEN_BY_THE_STATE)
