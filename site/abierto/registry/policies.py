"""Permission policy of the read-only lists."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy

from abierto.accounts.models import User

READING = frozenset({"choose", "view"})


class ReadOnlyPolicy(BaseDjangoAuthPermissionPolicy):
    """Every admin user may read; no user may write, not even a superuser."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in READING and user.has_perm("wagtailadmin.access_admin")

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """Return all rows for ``view`` and ``choose``, else none."""
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, set(actions)) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the users who may do any of ``actions``."""
        if not READING & set(actions):
            return User.objects.none()
        return User.objects.with_perm("wagtailadmin.access_admin")
