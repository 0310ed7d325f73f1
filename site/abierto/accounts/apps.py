"""Who may sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who may sign in."""

    name = "abierto.accounts"
    label = "accounts"
    verbose_name = _("Cuentas")
