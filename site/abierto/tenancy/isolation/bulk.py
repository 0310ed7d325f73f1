"""Checks of addresses that name the model beside the id."""

from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from abierto.accounts.models import User
from abierto.tenancy.access import Person, scope
from abierto.tenancy.isolation.policies import RowSet

EVERYTHING_LISTED = "all"


def model_named(kwargs: dict[str, Any]) -> type[Model] | None:
    """Return the model that an address names; None where there is none."""
    try:
        return apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return None


def own_edited_object(request: HttpRequest, kwargs: dict[str, Any], user: Person) -> bool:
    """Check that what is being edited is in the scope of ``user``."""
    model = model_named(kwargs)
    return model is not None and RowSet(lambda: model).includes([unquote(kwargs["object_id"])], user)


def narrow_bulk_action(request: HttpRequest, kwargs: dict[str, Any], user: Person) -> bool:
    """Check the rows of a bulk action; «all» becomes what is listed in the scope of ``user``."""
    model = model_named(kwargs)
    if model is None or model is User:  # accounts are the state team's
        return False
    action = bulk_action_registry.get_bulk_action_class(
        kwargs["app_label"], kwargs["model_name"], kwargs["action"]
    )
    if action is None:
        return False
    keys = request.GET.getlist("id")
    if EVERYTHING_LISTED in keys:
        listed = action(request, model).get_all_objects_in_listing_query(request.GET.get("childOf"))
        own = scope(model._default_manager.filter(pk__in=list(listed)), user)
        query = request.GET.copy()
        query.setlist("id", [str(key) for key in own.order_by().values_list("pk", flat=True).distinct()])
        request.GET = query  # type: ignore[assignment]
        return True
    return RowSet(lambda: model).includes(keys, user)
