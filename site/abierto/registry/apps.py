"""Institutions, people, seats, municipalities, SDG and glossary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "abierto.registry"
    label = "registry"
    verbose_name = _("Registro")

    def ready(self) -> None:
        """Register the read-only policies before Wagtail builds its viewsets."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415

        from abierto.tenancy import provisioning  # noqa: PLC0415
        from abierto.tenancy.reference_policy import register_spaceless_models  # noqa: PLC0415
        from abierto.tenancy.registration import ReadOnlyPolicy  # noqa: PLC0415

        from . import models  # noqa: PLC0415

        closed = (models.SDGGoal, models.SDGTarget)
        for model in closed:
            register_permission_policy(model, ReadOnlyPolicy(model))
        register_spaceless_models(*closed)
        provisioning.register_models(state=models.STATE_MODELS, own=models.OWN_MODELS)
