"""Policies of Wagtail's addresses in ``url_names``, and the row sets of common parameters and fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from abierto.accounts.models import User
from abierto.tenancy.access import RequestUser, scope

from . import row_sets as rows
from . import url_names as addresses
from .policies import (
    NOT_A_ROW,
    AddressPolicy,
    OptionalRowSet,
    Reach,
    RowSet,
    register_common_names,
    register_policies,
)

#: Row sets of URL parameters with the same meaning everywhere; ``pk`` depends on the address.
IDS: dict[str, OptionalRowSet] = {
    **dict.fromkeys(
        ("page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"), rows.PAGES
    ),
    "image_id": rows.IMAGES,
    **dict.fromkeys(("document_id", "doc_id"), rows.DOCUMENTS),
    "uploaded_file_id": rows.UPLOADS,
    "collection_id": rows.COLLECTIONS,
    **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), rows.REVISIONS),
    "task_id": rows.TASKS,
    "task_state_id": rows.TASK_STATES,
    "workflow_pk": rows.WORKFLOWS,
    "workflow_state_id": rows.WORKFLOW_STATES,
    "redirect_id": rows.REDIRECTS,
    "translation_id": rows.TRANSLATIONS,
    "translation_source_id": rows.TRANSLATION_SOURCES,
    "string_segment_id": rows.STRING_SEGMENTS,
    "overridable_segment_id": rows.OVERRIDABLE_SEGMENTS,
    **dict.fromkeys(
        ("action_name", "content_type_app_name", "content_type_model_name", "filter_spec", "mode"), NOT_A_ROW
    ),
}

#: Row sets of query and form fields with the same meaning everywhere.
FIELDS: dict[str, OptionalRowSet] = {
    "ancestor_of": rows.EXPLORABLE_PAGES,
    "childOf": rows.EXPLORABLE_PAGES,
    "child_of": rows.EXPLORABLE_PAGES,
    "chooser": rows.PAGES,
    "collection": rows.COLLECTIONS,
    "collection_id": rows.COLLECTIONS,
    "descendant_of": rows.EXPLORABLE_PAGES,
    "destination": rows.PAGES,
    "destination_page_id": rows.PAGES,
    "edited_by": rows.COLLEAGUES,
    "locked_by": rows.COLLEAGUES,
    "new_parent_page": rows.PAGES,
    "owner": rows.COLLEAGUES,
    "parent": rows.PAGES,
    "parent_page": rows.PAGES,
    "parent_page_id": rows.PAGES,
    "redirect_page": rows.LINKABLE_PAGES,
    "requested_by": rows.COLLEAGUES,
    "revision_id": rows.REVISIONS,
    "site": rows.SITES,
    "target_pages[]": rows.PAGES,
    "task": rows.TASKS,
    "translation_of": rows.PAGES,
    "user": rows.COLLEAGUES,
    "workflow": rows.WORKFLOWS,
}

CHECKED = AddressPolicy(Reach.IDS_CHECKED)
SCOPED = AddressPolicy(Reach.SCOPED_LIST)


def policies_for(names: Iterable[str], policy: AddressPolicy) -> Mapping[str, AddressPolicy]:
    return dict.fromkeys(names, policy)


def chooser_policies(namespace: str, choosable: OptionalRowSet) -> Mapping[str, AddressPolicy]:
    """Return the policies of the views of a chooser."""
    policies = {
        **policies_for(("choose", "choose_results"), SCOPED),
        "chosen": AddressPolicy(Reach.IDS_CHECKED, {"pk": choosable}),
        "chosen_multiple": AddressPolicy(Reach.IDS_CHECKED, fields={"id": choosable}),
        "create": AddressPolicy(Reach.IDS_CHECKED),
    }
    return {f"{namespace}:{view}": policy for view, policy in policies.items()}


EXPLORER = AddressPolicy(Reach.SCOPED_LIST, {"parent_page_id": rows.EXPLORABLE_PAGES})
PAGE_CHOOSER = AddressPolicy(
    Reach.SCOPED_LIST,
    {"parent_page_id": rows.BROWSABLE_PAGES},
    {"id": rows.LINKABLE_PAGES, "parent_page_id": rows.BROWSABLE_PAGES},
)
PAGES_API = AddressPolicy(Reach.SCOPED_LIST, {"pk": rows.EXPLORABLE_PAGES}, {"id": rows.EXPLORABLE_PAGES})
#: The log entries of a user's own page may name users of any space.
HISTORY = AddressPolicy(Reach.IDS_CHECKED, fields={"user": NOT_A_ROW})
IMAGE_CHOOSER = {
    name: policy
    for name, policy in chooser_policies("wagtailimages_chooser", rows.IMAGES).items()
    if name not in addresses.SHADOWED
}


def register_default_policies() -> None:
    """Register the policies of Wagtail and wagtail-localize."""
    register_common_names(IDS, FIELDS)
    register_policies(
        {
            **policies_for(addresses.NO_TENANT_DATA, AddressPolicy(Reach.NO_TENANT_DATA)),
            **policies_for((*addresses.STATE_ONLY, *addresses.SHADOWED), AddressPolicy(Reach.STATE_ONLY)),
            **policies_for((f"wagtailadmin_pages:{view}" for view in addresses.PAGE_VIEWS), CHECKED),
            **policies_for((f"wagtailimages:{view}" for view in addresses.IMAGE_VIEWS), CHECKED),
            **policies_for((f"wagtaildocs:{view}" for view in addresses.DOCUMENT_VIEWS), CHECKED),
            **policies_for((f"wagtail_localize:{view}" for view in addresses.TRANSLATION_VIEWS), CHECKED),
            **policies_for(addresses.SCOPED_LISTS, SCOPED),
            **policies_for(("wagtailadmin_explore", "wagtailadmin_explore_results"), EXPLORER),
            **policies_for(("wagtailadmin_pages:history", "wagtailadmin_pages:history_results"), HISTORY),
            "wagtailadmin_pages:revisions_compare": AddressPolicy(Reach.IDS_CHECKED, {"pk": rows.PAGES}),
            "wagtailadmin_pages:choose_parent": AddressPolicy(
                Reach.SCOPED_LIST, {"app_label": NOT_A_ROW, "model_name": NOT_A_ROW}
            ),
            **policies_for(
                (
                    "tenancy:choose_external_link",
                    "tenancy:choose_page",
                    "tenancy:choose_page_child",
                    "tenancy:choose_page_search",
                    "wagtailadmin_choose_page_chosen_multiple",
                ),
                PAGE_CHOOSER,
            ),
            **policies_for(
                (f"wagtailadmin_api:pages:{view}" for view in ("detail", "find", "listing")), PAGES_API
            ),
            "wagtailadmin_api:pages:action": AddressPolicy(Reach.IDS_CHECKED, {"pk": rows.PAGES}),
            **IMAGE_CHOOSER,
            "wagtailimages_chooser:select_format": CHECKED,
            **chooser_policies("wagtaildocs_chooser", rows.DOCUMENTS),
            "tenancy:tag_model_autocomplete": AddressPolicy(
                Reach.SCOPED_LIST, {"app_name": NOT_A_ROW, "model_name": NOT_A_ROW}
            ),
            "wagtailadmin_editing_sessions:ping": AddressPolicy(
                Reach.IDS_CHECKED,
                dict.fromkeys(("app_label", "model_name", "object_id", "session_id"), NOT_A_ROW),
                check=is_edited_object_in_scope,
            ),
            "wagtail_bulk_action": AddressPolicy(
                Reach.IDS_CHECKED,
                dict.fromkeys(("app_label", "model_name", "action"), NOT_A_ROW),
                check=limit_bulk_action,
            ),
        }
    )


ALL_LISTED = "all"


def resolve_model(kwargs: dict[str, Any]) -> type[Model] | None:
    """Return the model named by ``app_label`` and ``model_name``; None if there is none."""
    try:
        return apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return None


def is_edited_object_in_scope(request: HttpRequest, kwargs: dict[str, Any], user: RequestUser) -> bool:
    """Check that the object of an editing session is in the scope of ``user``."""
    model = resolve_model(kwargs)
    return model is not None and RowSet(lambda: model).includes([unquote(kwargs["object_id"])], user)


def limit_bulk_action(request: HttpRequest, kwargs: dict[str, Any], user: RequestUser) -> bool:
    """Check the rows of a bulk action; replace «all» by the listed rows in the scope of ``user``."""
    model = resolve_model(kwargs)
    if model is None or model is User:  # only the state team manages accounts
        return False
    action = bulk_action_registry.get_bulk_action_class(
        kwargs["app_label"], kwargs["model_name"], kwargs["action"]
    )
    if action is None:
        return False
    keys = request.GET.getlist("id")
    if ALL_LISTED in keys:
        listed = action(request, model).get_all_objects_in_listing_query(request.GET.get("childOf"))
        own = scope(model._default_manager.filter(pk__in=list(listed)), user)
        query = request.GET.copy()
        query.setlist("id", [str(key) for key in own.order_by().values_list("pk", flat=True).distinct()])
        request.GET = query  # type: ignore[assignment]
        return True
    return RowSet(lambda: model).includes(keys, user)
