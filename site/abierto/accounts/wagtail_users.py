"""Wagtail's users app with this portal's viewset."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Replaces ``wagtail.users`` in ``INSTALLED_APPS``."""

    user_viewset = "abierto.accounts.admin.views.PortalUserViewSet"
