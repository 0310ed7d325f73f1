"""Registrations with Wagtail once all models are loaded."""

from typing import Any

from django.apps import apps
from wagtail.models import Locale, Page
from wagtail.permissions import register_permission_policy
from wagtail.signals import copy_for_translation_done

from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.policies import ScopedPagePolicy, SpacePermissionPolicy
from abierto.tenancy.provisioning import assign_root
from blocks.choosers import register_choice_policy

from .models import SpaceOwned
from .reference_policy import SpaceChoicePolicy, register_spaceless_models


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
