"""The work around a review: whose turn it is, since when, and what is still owed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    """The work around a review: whose turn it is, since when, and what is still owed."""

    name = "abierto.reviewing"
    label = "reviewing"
    verbose_name = _("Trabajo de revisión")
