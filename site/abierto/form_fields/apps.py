"""Form fields that read numbers and dates as people type them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormFieldsConfig(AppConfig):
    name = "abierto.form_fields"
    label = "form_fields"
    verbose_name = _("Campos de los formularios")

    def ready(self) -> None:
        """Use these fields in the forms that Wagtail builds."""
        from .model_fields import register_form_fields  # noqa: PLC0415 (needs Wagtail's models)

        register_form_fields()
