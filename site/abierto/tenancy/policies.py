"""Permission policies of rows that carry a space (``WAGTAIL.md`` calls this the policy registry)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from abierto.accounts.models import User
from abierto.tenancy.access import owns, scope, sees_everything, spaces_of

from .isolation.row_sets import explorable

READING = frozenset({"choose", "view"})


class SpacePermissionPolicy(ModelPermissionPolicy):
    """Django's permission on the model, and the space of the row.

    A row of the whole state (no space) may be seen by everybody who has the permission and changed by the
    state team; a row of a space, only there.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        """Say whether ``user`` may do ``action`` at all; whoever has a space may choose from what it sees."""
        if action == "choose":
            return sees_everything(user) or bool(spaces_of(user))
        return super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """Say whether ``user`` may do ``action`` with this row."""
        if not self.user_has_permission(user, action):
            return False
        if action in READING and getattr(instance, "space_id", None) is None:
            return sees_everything(user) or bool(spaces_of(user))
        return owns(user, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the rows with which ``user`` may do any of ``actions``."""
        rows = self.model._default_manager.all()
        wanted = {action for action in actions if self.user_has_permission(user, action)}
        if not wanted:
            return rows.none()
        visible = scope(rows, user)
        if sees_everything(user) or wanted & READING:
            return visible
        return visible.filter(space__isnull=False)


class OwnPagePolicy(PagePermissionPolicy):
    """Wagtail's policy of pages: a permission that reaches beyond one's spaces gives nothing there."""

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the pages of one's spaces with which ``user`` may do any of ``actions``."""
        return scope(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: User) -> QuerySet[Any]:
        """Return the pages that the explorer shows: one's own and the way down to them."""
        return explorable(super().explorable_instances(user), user)
