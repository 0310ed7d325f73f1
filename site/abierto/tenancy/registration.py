"""Permission policies limited to the user's spaces, and registrations once all models are loaded."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from wagtail.models import Locale, Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.signals import copy_for_translation_done

from abierto.accounts.models import User
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.provisioning import assign_root
from blocks.choosers import register_choice_policy

from .access import owns, scope, sees_everything, spaces_of
from .isolation.row_sets import filter_explorable
from .models import SpaceOwned
from .reference_policy import SpaceChoicePolicy, register_spaceless_models

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


def register_policies() -> None:
    """Register the permission policies of pages and of every model with a space.

    Images and documents keep Wagtail's policy by collection, which determines their space.
    """
    register_permission_policy(Page, ScopedPagePolicy(Page))
    for model in apps.get_models():
        if issubclass(model, SpaceOwned):
            register_permission_policy(model, SpacePermissionPolicy(model))


def register_choice_rules() -> None:
    """Register the reference rule with the blocks."""
    register_choice_policy(SpaceChoicePolicy())
    register_spaceless_models(Locale, Space)


def connect_receivers() -> None:
    """Make the translation of a root page a root of the same space; it is in another tree."""
    copy_for_translation_done.connect(assign_translated_root, dispatch_uid="tenancy_assign_translated_root")


def assign_translated_root(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Receiver: assign the translation of a root page to its space."""
    if not isinstance(target_obj, Page):
        return
    root = SpaceRoot.objects.filter(page_id=source_obj.pk).select_related("space").first()
    if root is not None:
        assign_root(root.space, target_obj)
