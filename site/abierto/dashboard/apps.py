"""The work around a review: whose turn it is, since when, and what is still owed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    """The work around a review: whose turn it is, since when, and what is still owed."""

    name = "abierto.dashboard"
    label = "reviewing"
    verbose_name = _("Trabajo de revisión")

    def ready(self) -> None:
        """Stand-ins need what the reviewers they stand in for need; letters about reviews are ours."""
        from abierto.accounts import second_factor  # noqa: PLC0415 (needs the models)
        from abierto.delegation import services as delegating
        from abierto.guest_links import services as guests
        from abierto.media import access  # noqa: PLC0415 (needs the models)

        from . import notifications as submissions  # noqa: PLC0415 (need the models)

        access.ALSO_SHOWN_TO.append(guests.guest_sees)
        submissions.connect()
        second_factor.ALSO_NEEDED_BY.append(delegating.stands_in_for_somebody)
