"""Permission policy of site settings."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy


class SiteSettingPolicy(ModelPermissionPolicy):
    """A permission on the setting of one site holds for all sites.

    Permissions by site would cost another query on every admin page, because the menu checks them.
    """

    def sites_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Site]:
        return Site.objects.all() if self.user_has_permission(user, action) else Site.objects.none()
