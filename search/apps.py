"""The public search: one question in plain Spanish over everything the portal has published."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Búsqueda")
    default_auto_field = "django.db.models.BigAutoField"
