"""The permission policy of the settings that each site has."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy


class WholePortalPolicy(ModelPermissionPolicy):
    """Permission on the setting of one site is permission on that of each.

    Rights by site would cost one more query on every screen of the admin, whose menu asks for them.
    """

    def sites_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Site]:
        """Return the sites whose setting ``user`` may change."""
        return Site.objects.all() if self.user_has_permission(user, action) else Site.objects.none()
