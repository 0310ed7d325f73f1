"""Permission policies that limit Django's permissions to the user's spaces."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from abierto.accounts.models import User
from abierto.tenancy.access import owns, scope, sees_everything, spaces_of

from .isolation.row_sets import filter_explorable

READING = frozenset({"choose", "view"})


class SpacePermissionPolicy(ModelPermissionPolicy):
    """Django's model permission, limited by the space of the row.

    With the permission, every user sees the rows without a space, which only the state team changes; rows of
    a space are seen and changed only within that space.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        """Check the model permission; ``choose`` needs only a role in a space."""
        if action == "choose":
            return sees_everything(user) or bool(spaces_of(user))
        return super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if action in READING and getattr(instance, "space_id", None) is None:
            return sees_everything(user) or bool(spaces_of(user))
        return owns(user, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        rows = self.model._default_manager.all()
        wanted = {action for action in actions if self.user_has_permission(user, action)}
        if not wanted:
            return rows.none()
        visible = scope(rows, user)
        if sees_everything(user) or wanted & READING:
            return visible
        return visible.filter(space__isnull=False)


class ScopedPagePolicy(PagePermissionPolicy):
    """Wagtail's page policy, where a permission beyond the user's spaces has no effect."""

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        return scope(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: User) -> QuerySet[Any]:
        """Return the user's own pages and their ancestors, which the explorer shows."""
        return filter_explorable(super().explorable_instances(user), user)
