"""The helper that hides personal data before a text is saved."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedactionsConfig(AppConfig):
    name = "abierto.redactions"
    label = "redactions"
    verbose_name = _("Textos con datos ocultos")
