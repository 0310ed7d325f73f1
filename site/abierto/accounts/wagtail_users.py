"""Wagtail's accounts app with our own views."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Stands in ``INSTALLED_APPS`` for ``wagtail.users``."""

    user_viewset = "abierto.accounts.admin.views.PortalUserViewSet"
