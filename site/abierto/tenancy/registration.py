"""What the app hands to Wagtail once every model is loaded."""

from typing import Any

from django.apps import apps
from wagtail.models import Locale, Page
from wagtail.permissions import register_permission_policy
from wagtail.signals import copy_for_translation_done

from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.policies import OwnPagePolicy, SpacePermissionPolicy
from abierto.tenancy.provisioning import assign_root
from blocks.choosers import register_choice_policy

from .models import SpaceOwned
from .reference_policy import SpacePolicy, register_without_space


def register_policies() -> None:
    """Give every row that has a space the policy of its space.

    Images and documents keep Wagtail's own, by collection: their space is read from it.
    """
    register_permission_policy(Page, OwnPagePolicy(Page))
    for model in apps.get_models():
        if issubclass(model, SpaceOwned):
            register_permission_policy(model, SpacePermissionPolicy(model))


def register_choices() -> None:
    """Tell the blocks which chosen objects may be seen and shown."""
    register_choice_policy(SpacePolicy())
    register_without_space(Locale, Space)


def follow_translations() -> None:
    """Give the new language version of a root to the same space: it hangs from another tree."""
    copy_for_translation_done.connect(give_translation, dispatch_uid="tenancy_give_translation")


def give_translation(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Assign the translation of a space's root to that space."""
    if not isinstance(target_obj, Page):
        return
    root = SpaceRoot.objects.filter(page_id=source_obj.pk).select_related("space").first()
    if root is not None:
        assign_root(root.space, target_obj)
